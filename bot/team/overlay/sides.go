package overlay

import (
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// Sides returns the terms that the given texts mean, each once, and the texts that mean no term or
// more than one. If two names share a word, people write it only once: "kubectl apply vs create",
// "liveness vs startup". If all texts are kubectl commands, people leave out kubectl: "exec vs attach".
func (v View) Sides(texts []string) (terms []*glossary.Term, unknown []string) {
	known, names := make([]*glossary.Term, len(texts)), []string{}
	for i, text := range texts {
		if t, ok := v.Sole(text); ok {
			known[i], names = t, append(names, text, t.Name.EN)
		}
	}
	if len(names) == 0 {
		names = append(names, "kubectl "+texts[0])
	}
	v.tellApart(texts, known)
	for i, text := range texts {
		t := known[i]
		for j := 0; t == nil && j < len(names); j++ {
			t = v.completed(text, strings.Fields(names[j]))
		}
		switch {
		case t == nil:
			unknown = append(unknown, text)
		case !slices.Contains(terms, t):
			terms = append(terms, t)
		}
	}
	return terms, unknown
}

// tellApart replaces terms in known that two of the texts share, if each text means a term of its own
// after the first word of the shared term's name. So "requests" and "limits", both of which mean
// "resource requests and limits", become "resource requests" and "resource limits".
func (v View) tellApart(texts []string, known []*glossary.Term) {
	for i, shared := range known {
		for j := i + 1; j < len(known) && shared != nil; j++ {
			if known[j] != shared || strings.EqualFold(texts[i], texts[j]) {
				continue
			}
			first, _, _ := strings.Cut(shared.Name.EN, " ")
			a, b := v.Exact(first+" "+texts[i]), v.Exact(first+" "+texts[j])
			if len(a) == 1 && len(b) == 1 && a[0].Term != b[0].Term {
				known[i], known[j] = a[0].Term, b[0].Term
				break
			}
		}
	}
}

// completed returns the term whose name consists of text and some words of another name: either all
// words of name except the last, followed by text, or text, followed by all words of name except
// the first. It returns nil if there is no such term, or more than one.
func (v View) completed(text string, name []string) *glossary.Term {
	if len(name) < 2 {
		return nil
	}
	for _, full := range []string{strings.Join(name[:len(name)-1], " ") + " " + text, text + " " + strings.Join(name[1:], " ")} {
		if found := v.Exact(full); len(found) == 1 {
			return found[0].Term
		}
	}
	return nil
}

// Sole returns the only certain match for the text, or false if there is none or more than one.
// Of two terms with the same name, it returns the built-in one.
func (v View) Sole(text string) (*glossary.Term, bool) {
	found := v.Search(text, 2)
	if len(found) == 2 && found[0].Term.Own && v.IsShared(found[1].Term) && strings.EqualFold(found[0].Term.Name.EN, found[1].Term.Name.EN) {
		found = found[1:]
	}
	if len(found) == 0 || found[0].Score < search.AnswerThreshold || len(found) > 1 && found[1].Score >= search.AnswerThreshold {
		return nil, false
	}
	return found[0].Term, true
}

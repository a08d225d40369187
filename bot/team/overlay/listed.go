package overlay

import (
	"slices"
	"strings"

	"k8sbot/bot/query"
	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search"
	"k8sbot/glossary/search/question"
)

// maxListedWords is the maximum number of words without a separator that may be short forms of
// names, as in "liveness readiness".
const maxListedWords = 4

// Listed returns the terms that text lists, each once, in the order of the text: "ImagePullBackOff
// CrashLoopBackOff", "what are taints and tolerations". If text is a sentence that spells at least
// two statuses as Kubernetes does, Listed returns these statuses. It returns nil if text does not
// list terms, or if it is itself a name. found is the result of [View.Search] for text.
func (v View) Listed(text string, found []search.Match) []*glossary.Term {
	if isNamed(found) && found[0].Kind != search.Question {
		return nil
	}
	certain := isAnswer(found) && found[0].Kind == search.Scanned // a message, or an object such as deploy/web
	for _, subject := range []string{text, question.Strip(text)} {
		parts, separated := query.SplitList(subject, v.Covers)
		terms := v.listed(parts, separated)
		if len(terms) < 2 || v.Covers(subject) || certain && !areStatuses(terms) {
			continue
		}
		if separated || !areStatuses(terms) || !isAnswer(found) || areSpelled(parts) { // "crashloopbackoff error" is about one status
			return terms
		}
	}
	if terms := v.spelledStatuses(text); len(terms) > 1 && !certain && (!isAnswer(found) || slices.Contains(terms, found[0].Term)) {
		return terms
	}
	return nil
}

// listed returns the terms named by the parts of a list, or nil if a part is not certainly the name
// of a term. Terms that people confuse may be named by short forms. Names without a separator
// between them must be of the same kind, because "pvc Pending" is not a list.
func (v View) listed(parts []string, separated bool) []*glossary.Term {
	named := !slices.ContainsFunc(parts, func(part string) bool { return !v.Covers(part) })
	if len(parts) < 2 || !named && !separated && len(parts) > maxListedWords {
		return nil
	}
	terms, unknown := v.Sides(parts)
	if len(unknown) > 0 || len(terms) < 2 {
		return nil
	}
	if separated || v.areConfused(terms) && areStatuses(terms) == terms[0].IsStatus() {
		if named || v.areConfused(terms) {
			return terms
		}
		return nil
	}
	areKinds := !slices.ContainsFunc(terms, func(t *glossary.Term) bool { return t.Resource == nil })
	if named && (areKinds || areStatuses(terms) && areSpelled(parts)) {
		return terms
	}
	return nil
}

func areStatuses(terms []*glossary.Term) bool {
	return !slices.ContainsFunc(terms, func(t *glossary.Term) bool { return !t.IsStatus() })
}

// areSpelled reports whether names of statuses are written as Kubernetes writes them, in upper and
// lower case.
func areSpelled(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return strings.ToLower(name) == name })
}

// areConfused reports whether the glossary says how each term differs from the term before it.
func (v View) areConfused(terms []*glossary.Term) bool {
	for i := 1; i < len(terms); i++ {
		_, compared := v.Glossary.Comparison(terms[i-1], terms[i])
		if _, ok := v.Glossary.Difference(terms[i-1], terms[i], glossary.English); !ok && !compared {
			return false
		}
	}
	return true
}

// spelledStatuses returns the statuses that text names exactly as Kubernetes spells them, unless
// that spelling is also an English word: ErrImagePull, but not Running.
func (v View) spelledStatuses(text string) []*glossary.Term {
	var terms []*glossary.Term
	end := 0
	for _, o := range v.Index.Mentions(text) {
		name := text[o.Start:o.End]
		if o.Start < end || !o.Term.IsStatus() || name != o.Term.Name.EN || !strings.ContainsFunc(name[1:], fold.IsUpper) {
			continue
		}
		if end = o.End; !slices.Contains(terms, o.Term) {
			terms = append(terms, o.Term)
		}
	}
	return terms
}

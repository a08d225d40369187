package lint

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// extensionRules check a file that extends a term. Rules that also check terms receive a term that
// contains only what the file adds.
var extensionRules = []func(*linter, *subject){
	ruleExtends,
	ruleAdds,
	func(_ *linter, s *subject) { checkSearchTexts(s) },
	ruleUnique,
	ruleSeenFields,
	ruleSeenTexts,
	ruleSeenKinds,
	ruleSay,
	ruleClaims,
	ruleVariants,
	ruleCommands,
	ruleAliasSeverity,
	ruleStyle,
}

// newExtension returns a subject for a file that extends a term. Its term contains only what
// the file adds.
func newExtension(f *glossary.File, base *glossary.Glossary) *subject {
	e := f.Extension
	t := &glossary.Term{ID: e.Extends, Aliases: e.Aliases, Paraphrases: glossary.LongText{Inline: e.Paraphrases}, Checks: e.Checks, Seen: e.Seen}
	if base != nil {
		if of, ok := base.Term(e.Extends); ok {
			t.Severity, t.Usages = of.Severity, of.Usages
			for _, v := range of.Variants {
				if slices.ContainsFunc(e.Seen, func(s glossary.Seen) bool { return s.Variant == v.ID }) {
					t.Variants = append(t.Variants, v)
				}
			}
		}
	}
	return &subject{term: t, file: f, team: base != nil}
}

// ruleExtends reports an extension of a term that is not built in, or that the team also
// replaces.
func ruleExtends(l *linter, s *subject) {
	id := s.file.Extension.Extends
	if l.base == nil {
		s.reportAt("extends", "is only for a team's terms: write this in the term's file")
		return
	}
	_, builtIn := l.base.Term(id)
	own := l.byID[id]
	switch {
	case own != nil && own.file != nil && builtIn:
		s.reportAt("extends", "%s replaces the built-in term %q: write this in that file, or delete that file", own.file.Path, id)
	case own != nil && own.file != nil:
		s.reportAt("extends", "%q is a term of your own: write this in its file, %s", id, own.file.Path)
	case !builtIn:
		s.reportAt("extends", "there is no built-in term %q: %s", id, l.suggest(id))
	}
}

// suggest suggests a built-in term with a similar ID, or says how to list all IDs.
func (l *linter) suggest(id string) string {
	key := fold.Key(id)
	var names []string
	for _, t := range l.base.All() {
		for _, n := range t.AllNames() {
			if fold.Key(n.Text) == key {
				return fmt.Sprintf("write %s, the ID of the term with this name", t.ID)
			}
		}
		limit := 1 + len(id)/5
		if fold.Distance([]rune(strings.ToLower(id)), []rune(t.ID), limit) <= limit {
			names = append(names, t.ID)
		}
	}
	if len(names) > 0 {
		return "write " + strings.Join(names[:min(len(names), 3)], " or ")
	}
	return "run k8sbot glossary list to see the IDs"
}

// Limits for what a team may add to an answer.
const (
	maxTeamNote   = 3
	maxTeamNoteEN = 240
	maxTeamNoteJA = 130
)

// ruleAdds reports an extension that adds nothing, a note that is too long, or a runbook that
// is not a URL.
func ruleAdds(l *linter, s *subject) {
	e := s.file.Extension
	if e.Note.IsZero() && e.Runbook == "" && e.Paraphrases.IsZero() && len(e.Aliases)+len(e.Checks)+len(e.Seen) == 0 {
		s.reportAt("extends", "the file adds nothing: write a note, a runbook, aliases, paraphrases, checks or seen")
	}
	if !e.Note.IsZero() {
		checkSentences(s, "note", e.Note, 1, maxTeamNote, maxTeamNoteEN, maxTeamNoteJA)
		checkStyle(s, "note", e.Note)
	}
	if e.Runbook == "" {
		return
	}
	lang := glossary.English
	if strings.HasPrefix(e.Runbook, "https://kubernetes.io/ja/") {
		lang = glossary.Japanese
	}
	if err := l.checkLink(e.Runbook, lang); err != nil {
		s.reportAt("runbook", "%v", err)
	}
}

// maxDropped is the maximum number of dropped names that a warning lists.
const maxDropped = 8

// ruleDropped warns about a term that replaces a built-in one but drops some of the texts by
// which the built-in term is found.
func ruleDropped(l *linter, s *subject) {
	if l.base == nil {
		return
	}
	of, ok := l.base.Term(s.term.ID)
	if !ok {
		return
	}
	keys := make(map[string]bool)
	for _, n := range s.term.AllNames() {
		keys[fold.Key(n.Text)] = true
	}
	var names, lost []string
	for _, n := range of.AllNames() {
		if key := fold.Key(n.Text); !keys[key] {
			keys[key] = true
			names = append(names, fmt.Sprintf("%q", n.Text))
		}
	}
	if n := len(names) - maxDropped; n > 0 {
		names = append(names[:maxDropped], fmt.Sprintf("%d more", n))
	}
	if len(names) > 0 {
		lost = append(lost, "the names "+strings.Join(names, ", "))
	}
	for _, field := range []struct {
		name     string
		old, now int
	}{
		{"paraphrases", lines(of.Paraphrases.Text()), lines(s.term.Paraphrases.Text())},
		{"seen", len(of.Seen), len(s.term.Seen)},
		{"causes", len(of.Causes), len(s.term.Causes)},
		{"checks", len(of.Checks), len(s.term.Checks)},
		{"confused_with", len(of.ConfusedWith), len(s.term.ConfusedWith)},
		{"related", len(references(of)) - len(of.ConfusedWith), len(references(s.term)) - len(s.term.ConfusedWith)},
	} {
		if field.now == 0 && field.old > 0 {
			lost = append(lost, fmt.Sprintf("all of %s (%d)", field.name, field.old))
		}
	}
	if len(lost) > 0 {
		s.warnAt("", "replaces the built-in term %s and drops %s: add them, or keep that term and write \"extends: %s\" with a note", of.ID, strings.Join(lost, "; "), of.ID)
	}
}

// lines returns the total number of lines of t in both languages.
func lines(t glossary.Text) int {
	n := 0
	for _, l := range glossary.Langs {
		n += len(sentencesOnly(t, l))
	}
	return n
}

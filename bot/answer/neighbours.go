package answer

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/stable"
)

// maxNeighbours is the maximum number of other terms that an answer leads to.
const maxNeighbours = 12

// neighbours returns the terms that an answer about t leads to, best first. They are the same in
// both languages. Terms that are named in t's summary or causes, in either language, come before
// all other terms. Within each of these two groups, the terms are sorted by tier, then by severity.
// Among equal terms, those that people confuse with t come first.
func (w writer) neighbours(t *glossary.Term) []*glossary.Term {
	type neighbour struct {
		term  *glossary.Term
		named bool
	}
	var all []neighbour
	english, japanese := overview(t, glossary.English), overview(t, glossary.Japanese)
	seen := map[string]bool{t.ID: true}
	add := func(other *glossary.Term) {
		if !seen[other.ID] {
			seen[other.ID] = true
			all = append(all, neighbour{other, names(english, other, glossary.English) || names(japanese, other, glossary.Japanese)})
		}
	}
	for _, confused := range t.ConfusedWith {
		if other, ok := w.glossary.Term(confused.Term); ok {
			add(other)
		}
	}
	for _, r := range w.glossary.Related(t) {
		add(r.Term)
	}
	stable.Sort(all, func(a, b *neighbour) int {
		return cmp.Or(compareBools(b.named, a.named), cmp.Compare(a.term.Tier, b.term.Tier),
			cmp.Compare(a.term.Severity.Rank(), b.term.Severity.Rank()))
	})
	terms := make([]*glossary.Term, min(len(all), maxNeighbours))
	for i := range terms {
		terms[i] = all[i].term
	}
	return terms
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// overview returns a term's summary and causes in l.
func overview(t *glossary.Term, l glossary.Lang) string {
	texts := []string{t.Summary.Paragraph(l)}
	for _, cause := range t.Causes {
		texts = append(texts, cause.Paragraph(l))
	}
	return strings.Join(texts, "\n")
}

// names reports whether text, which is in l, contains the full name of a term. A sentence may begin
// with the name, so upper and lower case matter only for the name of a status, such as Running.
func names(text string, t *glossary.Term, l glossary.Lang) bool {
	fold := strings.ToLower
	if t.IsStatus() {
		fold = func(s string) string { return s }
	}
	for _, name := range []string{t.Name.EN, t.DisplayName(l)} {
		for rest := fold(text); name != ""; {
			i := strings.Index(rest, fold(name))
			if i < 0 {
				break
			}
			before, _ := utf8.DecodeLastRuneInString(rest[:i])
			rest = rest[i+len(fold(name)):]
			after, _ := utf8.DecodeRuneInString(rest)
			if !isWordRune(before) && !isWordRune(after) {
				return true
			}
		}
	}
	return false
}

// isWordRune reports whether a character next to a name makes the name part of a longer word.
func isWordRune(r rune) bool {
	return r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// maxLabel is the maximum width, in columns, of a button label that a phone shows in full. Discord
// recommends this width (https://docs.discord.com/developers/components/reference#button).
const maxLabel = 38

// ButtonLabel shortens a button label. Japanese characters take two columns.
func ButtonLabel(text string) string {
	columns, end := 0, 0
	for i, r := range text {
		if columns < maxLabel {
			end = i // leaves room for the ellipsis
		}
		if columns++; r >= '⺀' {
			columns++
		}
	}
	if columns <= maxLabel {
		return text
	}
	return strings.TrimRight(text[:end], " ") + "…"
}

func (w writer) termButton(t *glossary.Term) reply.Button {
	return reply.NewButton(ButtonLabel(t.DisplayName(w.lang)), reply.ShowTerm, t.ID)
}

// termMenu returns a menu of terms, or an empty menu if there are no terms.
func (w writer) termMenu(label string, terms []*glossary.Term) reply.Menu {
	if len(terms) == 0 {
		return reply.Menu{}
	}
	m := reply.Menu{Label: label}
	for _, t := range terms[:min(len(terms), reply.MaxOptions)] {
		m.Options = append(m.Options, reply.NewButton(t.DisplayName(w.lang), reply.ShowTerm, t.ID))
	}
	return m
}

// addTerms adds terms to a reply's controls: as many buttons as there is room for, and a menu
// with the rest.
func (w writer) addTerms(r *reply.Reply, terms []*glossary.Term) {
	room := reply.MaxControls - len(r.Buttons)
	if len(terms) > room {
		room-- // make room for the menu
	}
	room = min(room, len(terms))
	for _, t := range terms[:room] {
		b := w.termButton(t)
		if mark := w.ownMark(t); mark != "" && slices.ContainsFunc(terms, func(o *glossary.Term) bool { return o != t && o.DisplayName(w.lang) == t.DisplayName(w.lang) }) {
			b.Label += " · " + mark
		}
		r.Buttons = append(r.Buttons, b)
	}
	r.Menu = w.termMenu(w.texts.MoreTerms, terms[room:])
}

package glossary

import (
	"strconv"
	"strings"
)

// A Name is a string under which a term is found.
type Name struct {
	Field  string // field path in the term's file, such as aliases[1]
	Text   string
	Shared bool // whether other terms have this name, too
}

// IsName reports whether n is the term's name in one of the languages, and not an alias.
func (n Name) IsName() bool { return strings.HasPrefix(n.Field, "name.") }

// AllNames returns all strings under which the term is found, except the ID. The names come
// first.
func (t *Term) AllNames() []Name {
	names := make([]Name, 0, 24)
	t.eachName(func(field string, i int, text string) {
		n := Name{Field: field, Text: text, Shared: field == "shares"}
		if field == "aliases" || field == "shares" || field == "resource.short_names" {
			n.Field += "[" + strconv.Itoa(i) + "]"
		}
		names = append(names, n)
	})
	return names
}

// Spellings calls do for each of [Term.AllNames], with the result of [Name.IsName]. It is faster.
func (t *Term) Spellings(do func(text string, isName bool)) {
	t.eachName(func(field string, _ int, text string) { do(text, Name{Field: field}.IsName()) })
}

// eachName calls do for each of AllNames, with its field and the index in it.
func (t *Term) eachName(do func(field string, i int, text string)) {
	list := func(field string, texts ...string) {
		for i, text := range texts {
			if text != "" {
				do(field, i, text)
			}
		}
	}
	list("name.en", t.Name.EN)
	list("name.ja", t.Name.JA)
	if r := t.Resource; r != nil {
		list("resource.plural", r.Plural)
		list("resource.short_names", r.ShortNames...)
	}
	list("reading", t.Reading)
	list("furigana", t.Furigana)
	list("stands_for", t.StandsFor)
	list("aliases", t.Aliases...)
	list("shares", t.Shares...)
}

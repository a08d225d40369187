package glossary

import (
	"slices"
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
	names = append(names, Name{Field: "name.en", Text: t.Name.EN}, Name{Field: "name.ja", Text: t.Name.JA})
	if r := t.Resource; r != nil {
		names = append(names, Name{Field: "resource.plural", Text: r.Plural})
		for i, s := range r.ShortNames {
			names = append(names, Name{Field: element("resource.short_names", i), Text: s})
		}
	}
	names = append(names, Name{Field: "reading", Text: t.Reading}, Name{Field: "furigana", Text: t.Furigana}, Name{Field: "stands_for", Text: t.StandsFor})
	for i, a := range t.Aliases {
		names = append(names, Name{Field: element("aliases", i), Text: a})
	}
	for i, a := range t.Shares {
		names = append(names, Name{Field: element("shares", i), Text: a, Shared: true})
	}
	return slices.DeleteFunc(names, func(n Name) bool { return n.Text == "" })
}

// element returns the path of element i, counting from 0, of the list at the path field.
func element(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }

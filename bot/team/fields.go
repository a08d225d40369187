package team

import (
	"slices"
	"strings"

	"k8sbot/glossary/lazyregexp"

	"golang.org/x/text/unicode/norm"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/lint"
	"k8sbot/glossary/sheet"
)

// The IDs of the form's fields.
const (
	NameField    = "name"
	OtherField   = "other" // the name in the other language
	TextField    = "text"
	AliasesField = "aliases"
	LinkField    = "link"
)

// Fields are the values that people enter in the form. Each value is one line, except for Text,
// which may have one line in each language.
type Fields struct{ Name, Other, Text, Aliases, Link string }

// A Mistake is a problem with a form field.
type Mistake struct {
	Field string // one of the IDs above
	// Problem says what is wrong, in the style of lint's messages.
	Problem string
}

// cells returns the fields as the cells of a spreadsheet row, by column. Either of the two names
// may be Japanese, and so may either of the two lines of the text.
func (f Fields) cells() (cells map[string]string, mistakes []Mistake) {
	name, other := oneLine(f.Name), oneLine(f.Other)
	cells = map[string]string{"name_en": name, "name_ja": other, "summary_en": "", "summary_ja": "", "docs_en": strings.TrimSpace(f.Link), "docs_ja": ""}
	switch {
	case name == "":
		mistakes = append(mistakes, Mistake{NameField, "is missing: enter a name"})
	case fold.HasJapanese(name) && fold.HasJapanese(other):
		mistakes = append(mistakes, Mistake{OtherField, "both names are Japanese: move one of them to “Other spellings”"})
		cells["name_en"], cells["name_ja"] = "", name
	case fold.HasJapanese(name):
		cells["name_en"], cells["name_ja"] = other, name
	case other != "" && !fold.HasJapanese(other):
		mistakes = append(mistakes, Mistake{OtherField, "neither name is Japanese: move one of them to “Other spellings”"})
		cells["name_ja"] = ""
	}
	for line := range strings.Lines(f.Text) {
		line, column := sentence(line)
		switch {
		case line == "":
		case cells[column] != "":
			mistakes = append(mistakes, Mistake{TextField, "has several sentences in one language: enter only one per language"})
		default:
			cells[column] = line
		}
	}
	var aliases []string
	known := []string{fold.Key(name), fold.Key(other)}
	for _, a := range strings.FieldsFunc(f.Aliases, func(r rune) bool { return strings.ContainsRune(",;、，；\n", r) }) {
		if a = oneLine(a); a != "" && !slices.Contains(known, fold.Key(a)) {
			aliases, known = append(aliases, a), append(known, fold.Key(a))
		}
	}
	cells["aliases"] = strings.Join(aliases, "; ")
	return cells, mistakes
}

// oneLine returns text with single spaces, without spaces at its ends, and with full-width
// letters converted to ASCII.
func oneLine(text string) string { return strings.Join(strings.Fields(norm.NFKC.String(text)), " ") }

var (
	spaceBeforeJapanese = lazyregexp.New(` ([\p{Hiragana}\p{Katakana}\p{Han}「])`)
	spaceAfterJapanese  = lazyregexp.New(`([\p{Hiragana}\p{Katakana}\p{Han}ー、。」]) `)
)

// sentence returns a line as a sentence that ends with a period, and the column for its language.
func sentence(line string) (text, column string) {
	text = oneLine(line)
	if !fold.HasJapanese(text) {
		if text != "" && !strings.HasSuffix(text, ".") {
			text += "."
		}
		return text, "summary_en"
	}
	text = spaceAfterJapanese.ReplaceAllString(spaceBeforeJapanese.ReplaceAllString(text, "$1"), "$1")
	if !strings.HasSuffix(text, "。") {
		text = strings.TrimRight(text, ".") + "。"
	}
	return text, "summary_ja"
}

// Write returns old with the fields written to its data, and the mistakes in the fields. It keeps
// the parts of old that are not in the form. If old is the zero Entry, Write returns a new term.
func (f Fields) Write(old Entry) (Entry, []Mistake) {
	cells, mistakes := f.cells()
	if old.Term == "" {
		old.Term = ID(cells["name_en"])
		if cells["name_en"] == "" {
			old.Term = ID(cells["name_ja"])
		}
	}
	if old.Category == "" {
		old.Category = "concepts"
	}
	data, err := sheet.Update([]byte(old.Data), cells)
	if err != nil {
		return old, append(mistakes, Mistake{TextField, err.Error()})
	}
	old.Data = string(data)
	found := len(mistakes)
	for _, p := range Lint(old) {
		field := fieldOf(p.Field, cells)
		if !slices.ContainsFunc(mistakes[:found], func(m Mistake) bool { return m.Field == field }) {
			mistakes = append(mistakes, Mistake{field, p.Message})
		}
	}
	return old, mistakes
}

// Lint returns the mistakes in entries, according to the rules for a team's files. Unlike a term in
// such a file, an entry may have the name of a built-in term.
func Lint(entries ...Entry) glossary.Problems {
	return lint.Check(Tree(entries), glossary.New(nil)).Mistakes()
}

// fieldOf returns the ID of the form's field for a field of a term file.
func fieldOf(field string, cells map[string]string) string {
	switch field, _, _ = strings.Cut(field, "["); {
	case field == "name.ja" && cells["name_en"] != "" && fold.HasJapanese(cells["name_ja"]):
		return OtherField
	case strings.HasPrefix(field, "name"):
		return NameField
	case field == "aliases":
		return AliasesField
	case strings.HasPrefix(field, "docs"):
		return LinkField
	}
	return TextField
}

// FieldsOf returns a term's fields as the form shows them to people who read the language l.
func FieldsOf(t *glossary.Term, l glossary.Lang) Fields {
	f := Fields{Name: t.Name.In(l), Other: t.Name.EN, Aliases: strings.Join(t.Aliases, ", "), Link: t.Docs.EN + t.Docs.JA}
	if f.Name == t.Name.EN {
		f.Other = t.Name.JA
	}
	if t.Docs.EN != "" {
		f.Link = t.Docs.EN
	}
	var lines []string
	for _, l := range []glossary.Lang{l, other(l)} {
		if t.Summary.Has(l) {
			lines = append(lines, t.Summary.Paragraph(l))
		}
	}
	f.Text = strings.Join(lines, "\n")
	return f
}

func other(l glossary.Lang) glossary.Lang {
	if l == glossary.English {
		return glossary.Japanese
	}
	return glossary.English
}

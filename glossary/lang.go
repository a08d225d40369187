package glossary

import (
	"encoding/json"
	"fmt"
	"strings"

	"k8sbot/glossary/zipped"
)

// A Lang is a language of the glossary.
type Lang string

// The languages of the glossary.
const (
	English  Lang = "en"
	Japanese Lang = "ja"
)

// Langs lists the languages in display order.
var Langs = []Lang{English, Japanese}

// ParseLang parses a language code, "en" or "ja" in any case. The error lists the
// valid codes.
func ParseLang(s string) (Lang, error) {
	for _, l := range Langs {
		if strings.EqualFold(s, string(l)) {
			return l, nil
		}
	}
	return "", fmt.Errorf("unknown language %q: use en or ja", s)
}

// LangOfLocale returns the language of a locale such as "ja-JP", "ja_JP.UTF-8" or "en-US". It
// returns false if the glossary does not support that language.
func LangOfLocale(locale string) (Lang, bool) {
	tag, _, _ := strings.Cut(locale, ".")
	tag, _, _ = strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	l, err := ParseLang(tag)
	return l, err == nil
}

// A Text contains the same text in each of the languages. A team's text may be available in only
// one language.
type Text struct {
	EN string `yaml:"en" json:"en,omitempty"`
	JA string `yaml:"ja" json:"ja,omitempty"`
}

// In returns the text in l or, if there is none, in the other language.
func (t Text) In(l Lang) string {
	if !t.Has(l) {
		return t.EN + t.JA
	}
	return t.Only(l)
}

// Only returns the text in l, or "" if there is none.
func (t Text) Only(l Lang) string {
	if l == Japanese {
		return t.JA
	}
	return t.EN
}

// Has reports whether there is text in l.
func (t Text) Has(l Lang) bool { return strings.TrimSpace(t.Only(l)) != "" }

// IsZero reports whether the text is empty in both languages.
func (t Text) IsZero() bool { return t == Text{} }

// Sentences returns the sentences of the text that [Text.In] returns. The files contain one
// sentence per line.
func (t Text) Sentences(l Lang) []string {
	s := strings.TrimSpace(t.In(l))
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// Paragraph returns the text that [Text.In] returns, as one paragraph.
func (t Text) Paragraph(l Lang) string {
	sentences := t.Sentences(l)
	if !t.Has(l) {
		l = l.other()
	}
	return JoinSentences(l, sentences...)
}

// other returns the other language.
func (l Lang) other() Lang {
	if l == Japanese {
		return English
	}
	return Japanese
}

// JoinSentences joins sentences with spaces in English, and without spaces in Japanese.
func JoinSentences(l Lang, sentences ...string) string {
	if l == Japanese {
		return strings.Join(sentences, "")
	}
	return strings.Join(sentences, " ")
}

// A LongText is a text that is compressed in the binary, since few answers need it.
type LongText struct {
	Inline Text // of a term that is not embedded
	Packed int  // a number from 1 for a text in both languages that compile has compressed
}

// Text decompresses the text, which takes less than a millisecond.
func (t LongText) Text() Text {
	if t.Packed == 0 {
		return t.Inline
	}
	return Text{EN: packedTexts.At(2*t.Packed - 2), JA: packedTexts.At(2*t.Packed - 1)}
}

// IsZero reports whether the text is empty in both languages.
func (t LongText) IsZero() bool { return t.Packed == 0 && t.Inline.IsZero() }

// MarshalJSON encodes the text like a [Text].
func (t LongText) MarshalJSON() ([]byte, error) { return json.Marshal(t.Text()) }

// packedTexts contains the texts of the embedded terms. builtIn sets it.
var packedTexts *zipped.Texts

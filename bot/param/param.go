// Package param describes the parameters of commands, for platforms that ask for each value
// separately.
package param

import (
	"k8sbot/bot/study"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// A Param is a parameter of a command.
type Param struct {
	Name     string // the English name, in letters only
	NameJA   string // the Japanese name
	Help     glossary.Text
	Kind     Kind
	Required bool
}

// A Kind is the kind of value that a parameter takes.
type Kind int

// The kinds of parameters.
const (
	Term     Kind = iota // any text; autocomplete offers terms
	Category             // one of Values
	Lang                 // one of Values
	Paste                // several lines of text
	Daily                // one of Values
	Review               // one of Values
	Text                 // any text
)

// A Value is one possible value of a parameter.
type Value struct {
	Value string
	Name  glossary.Text
}

// Values returns the possible values of a parameter, or nil if the parameter takes any text.
func (p Param) Values() []Value {
	var choices []Value
	switch p.Kind {
	case Category:
		for _, c := range glossary.Categories() {
			choices = append(choices, Value{string(c), glossary.Text{EN: c.Title(glossary.English), JA: c.Title(glossary.Japanese)}})
		}
	case Daily:
		choices = []Value{
			{"on", glossary.Text{EN: "on", JA: "on (開始)"}},
			{"off", glossary.Text{EN: "off", JA: "off (停止)"}},
			{"now", glossary.Text{EN: "now: a preview", JA: "now (プレビュー)"}},
		}
	case Review:
		for _, sub := range study.Subcommands() {
			choices = append(choices, Value{sub.Word, sub.Title})
		}
	case Lang:
		choices = []Value{
			{"ja", glossary.Text{EN: "日本語", JA: "日本語"}},
			{"en", glossary.Text{EN: "English", JA: "English"}},
			{"auto", glossary.Text{EN: wording.In(glossary.English).Auto, JA: wording.In(glossary.Japanese).Auto}},
		}
	}
	return choices
}

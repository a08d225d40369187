package study

import (
	"context"
	"strconv"
	"strings"
	"time"

	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/schedule"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// A Form asks for a person's settings, on platforms that have forms. [SettingsArg] turns the
// person's choices into an argument of the review command.
type Form struct {
	Lang              glossary.Lang
	Title, Note, Save string
	Fields            []Field
	// Button is the ID of the button to press after the form has been saved, or "".
	Button string
}

// A Field is a choice in a [Form].
type Field struct {
	ID, Label string
	Many      bool // whether a person may choose several
	Choices   []Choice
}

// A Choice is an option of a [Field]. A field has at most 25 choices.
type Choice struct {
	Value, Label string
	Chosen       bool
}

// The IDs of the fields.
const (
	timeField   = "time"
	daysField   = "days"
	perDayField = "count"
	langField   = "lang"
)

// perDayChoices are the numbers of cards per day that a form offers. A person can type other
// numbers instead.
var perDayChoices = []int{1, 2, 3, 5, 8, 10, 15, review.MaxPerDay}

// Form returns the form for a person with their current settings, or with the defaults if ctx
// is done before the store answers. first is true if the person has not opted in.
func (t *Tutor) Form(ctx context.Context, p Person) (f Form, first bool) {
	c := t.exchange(ctx, p)
	s, ok, err := t.reviewer.Store.Settings(ctx, p.Learner)
	if err == nil && ok {
		c.setLang(s.Lang)
	} else {
		s = c.defaults()
	}
	return Form{Lang: c.lang, Title: c.texts.FormTitle, Note: c.texts.WhatIsStored, Save: c.texts.Save, Fields: c.fields(s)}, err == nil && !ok
}

func (c *exchange) fields(s review.Settings) []Field {
	times := Field{ID: timeField, Label: c.texts.FormTime + " (" + s.Schedule.Zone + ")"}
	chosen := s.Schedule.Time.String()
	for hour := range 24 {
		at := schedule.TimeOfDay(hour * 60).String()
		times.Choices = append(times.Choices, Choice{at, at, at == chosen})
	}
	if s.Schedule.Time%60 != 0 {
		times.Choices = append(times.Choices, Choice{chosen, chosen, true})
	}
	days := Field{ID: daysField, Label: c.texts.FormDays, Many: true}
	for i := range week {
		d := time.Weekday((i + 1) % week) // from Monday
		days.Choices = append(days.Choices, Choice{strings.ToLower(d.String()[:3]), wording.WeekdayName(d, c.lang), s.Schedule.Days.Has(d)})
	}
	perDay := Field{ID: perDayField, Label: c.texts.FormPerDay}
	for _, n := range perDayChoices {
		perDay.Choices = append(perDay.Choices, Choice{strconv.Itoa(n), strconv.Itoa(n), n == s.PerDay})
	}
	return []Field{times, days, perDay, {ID: langField, Label: c.texts.FormLang, Choices: []Choice{
		{"ja", "日本語", s.Lang == glossary.Japanese}, {"en", "English", s.Lang == glossary.English},
	}}}
}

// SettingsArg returns the choices in a [Form] as an argument to type after the review command.
// chosen returns the values of the field with the given ID. An empty field leaves its setting
// unchanged.
func SettingsArg(chosen func(field string) []string) string {
	words := append([]string{"settings"}, chosen(timeField)...)
	if days := chosen(daysField); len(days) > 0 {
		words = append(words, strings.Join(days, ","))
	}
	for _, n := range chosen(perDayField) {
		words = append(words, n+"/day")
	}
	return strings.Join(append(words, chosen(langField)...), " ")
}

// NeedsForm reports whether a person who has not opted in must submit the form before using the
// given button.
func NeedsForm(a reply.Action) bool {
	return a.Verb == reply.Remember || a.Verb == reply.ReviewPlace && a.Arg(0) == ""
}

// OpensForm reports whether a button opens the form.
func OpensForm(a reply.Action) bool { return a.Verb == reply.ReviewSet && a.Arg(0) == reply.SetForm }

// IsFormArgument reports whether an argument of the review command opens the form.
func IsFormArgument(arg string) bool {
	first, rest := cutWord(arg)
	return rest == "" && OpensForm(subcommands[first])
}

package glossary

import (
	"slices"
	"strings"
)

// A Comparison describes how two terms differ.
//
// Each field after Difference is an aspect: it is nil, or has one text for each of the two terms,
// in the order of Terms. Such text is a short phrase of at most 90 characters, without a period.
// Commands, fields and statuses in it are in backticks.
type Comparison struct {
	// Terms are the IDs of the two terms.
	Terms []string `yaml:"terms"`
	// Difference states the difference in one sentence.
	Difference Text `yaml:"difference"`
	// UsualCause says what usually causes each status.
	UsualCause []Text `yaml:"usual_cause"`
	// WhatFollows says what happens after each status.
	WhatFollows []Text `yaml:"what_follows"`
	// WhenItFails says, for each term, what happens if it fails or is missing.
	WhenItFails []Text `yaml:"when_it_fails"`
	// WhenToUse says what each term is for.
	WhenToUse []Text `yaml:"when_to_use"`
	// HowToFix says how to fix each status.
	HowToFix []Text `yaml:"how_to_fix"`
	// WhereToLook says where to see each term in a cluster.
	WhereToLook []Text `yaml:"where_to_look"`
}

// An Aspect is one row of a comparison: a title, and one text for each term.
type Aspect struct {
	Field string // the field in comparisons.yaml, such as when_it_fails
	Title Text   // such as "When it fails"
	Texts []Text // one for each of [Comparison.Terms], in their order
}

// Aspects returns the aspects that are not nil, in display order.
func (c Comparison) Aspects() []Aspect {
	all := []Aspect{
		{"usual_cause", Text{"Usual cause", "主な原因"}, c.UsualCause},
		{"what_follows", Text{"What happens next", "この後"}, c.WhatFollows},
		{"when_it_fails", Text{"When it fails", "失敗すると"}, c.WhenItFails},
		{"when_to_use", Text{"When to use it", "使いどころ"}, c.WhenToUse},
		{"how_to_fix", Text{"How to fix it", "直し方"}, c.HowToFix},
		{"where_to_look", Text{"Where to look", "見る場所"}, c.WhereToLook},
	}
	return slices.DeleteFunc(all, func(a Aspect) bool { return a.Texts == nil })
}

// Commands returns the kubectl commands in the texts, without duplicates.
func (c Comparison) Commands() []string {
	var commands []string
	for _, a := range c.Aspects() {
		for _, t := range a.Texts {
			for _, l := range Langs {
				for i, code := range strings.Split(t.In(l), "`") {
					if i%2 == 1 && strings.HasPrefix(code, "kubectl ") && !slices.Contains(commands, code) {
						commands = append(commands, code)
					}
				}
			}
		}
	}
	return commands
}

// swapped returns the comparison with the terms and texts in reverse order.
func (c Comparison) swapped() Comparison {
	c.Terms = reversed(c.Terms)
	c.UsualCause = reversed(c.UsualCause)
	c.WhatFollows = reversed(c.WhatFollows)
	c.WhenItFails = reversed(c.WhenItFails)
	c.WhenToUse = reversed(c.WhenToUse)
	c.HowToFix = reversed(c.HowToFix)
	c.WhereToLook = reversed(c.WhereToLook)
	return c
}

func reversed[T any](list []T) []T {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

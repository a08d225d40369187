package appcommand

import (
	"testing"

	"k8sbot/glossary"
)

// maxChoices is the maximum number of fixed values of an option
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
const maxChoices = 25

// TestCommandLimits checks the commands against Discord's limits.
func TestCommandLimits(t *testing.T) {
	for _, c := range All() {
		total := 0
		count := func(name string, names map[string]string, description string, descriptions map[string]string) {
			for _, n := range append([]string{name}, names["ja"]) {
				if len([]rune(n)) > maxName {
					t.Errorf("name %q is longer than %d characters", n, maxName)
				}
			}
			for _, d := range []string{description, descriptions["ja"]} {
				if len([]rune(d)) > maxCommandText {
					t.Errorf("description %q is longer than %d characters", d, maxCommandText)
				}
			}
			total += max(len([]rune(name)), len([]rune(names["ja"]))) + max(len([]rune(description)), len([]rune(descriptions["ja"])))
		}
		var options func(list []Option)
		options = func(list []Option) {
			if len(list) > 25 {
				t.Errorf("got %d options, want at most 25", len(list))
			}
			optional := false
			for _, o := range list {
				count(o.Name, o.Names, o.Description, o.Descriptions)
				if o.Description == "" || o.Descriptions["ja"] == "" || o.Names["ja"] == "" {
					t.Errorf("option %s lacks an English or Japanese text", o.Name)
				}
				if o.Required && optional {
					t.Errorf("required option %s follows an optional one", o.Name)
				}
				optional = optional || !o.Required
				if len(o.Choices) > maxChoices {
					t.Errorf("option %s: got %d choices, want at most %d", o.Name, len(o.Choices), maxChoices)
				}
				for _, choice := range o.Choices {
					total += len([]rune(choice.Name)) + len(choice.Value)
				}
				options(o.Options)
			}
		}
		count(c.Name, c.Names, c.Description, c.Descriptions)
		options(c.Options)
		if total > maxCommand {
			t.Errorf("command %s: got %d characters, want at most %d", c.Name, total, maxCommand)
		}
	}
}

// TestCategoryChoices verifies that every category is a choice. Discord accepts at most 25
// choices; with more categories the option has to use autocomplete.
func TestCategoryChoices(t *testing.T) {
	if n := len(glossary.Categories()); n > maxChoices {
		t.Errorf("got %d categories, but Discord accepts %d choices: use autocomplete for the option", n, maxChoices)
	}
	options := 0
	for _, sub := range All()[0].Options {
		for _, option := range sub.Options {
			if option.Name != "category" {
				continue
			}
			options++
			if len(option.Choices) != len(glossary.Categories()) {
				t.Errorf("%s: got %d choices, want %d categories", sub.Name, len(option.Choices), len(glossary.Categories()))
			}
		}
	}
	if options == 0 {
		t.Error("no command has a category option")
	}
}

package discord

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/glossary"
)

// TestRegister verifies that commands are registered if and only if they differ from those
// that Discord has.
func TestRegister(t *testing.T) {
	t.Parallel()
	const get, put = "GET /applications/" + testApp + "/commands", "PUT /applications/" + testApp + "/commands"
	h := newHarness(t, nil)
	changed, err := h.adapter.registerOnce(t.Context(), testApp)
	if err != nil || !changed || h.fake.Count(put) != 1 {
		t.Fatalf("first registration: got changed %v, error %v, %d calls of PUT, want 1", changed, err, h.fake.Count(put))
	}
	var sent any
	raw := h.fake.Await(put, 1).Raw
	if err := json.Unmarshal(raw, &sent); err != nil {
		t.Fatal(err)
	}
	platformtest.Golden(t, "commands", sent)
	validate(t, schemaCommands, raw)
	if strings.Contains(string(raw), "null") {
		t.Error("the body contains null")
	}
	// Discord adds fields to each command and may return them in another order.
	var kept []map[string]any
	if err := json.Unmarshal(raw, &kept); err != nil {
		t.Fatal(err)
	}
	for i, c := range kept {
		c["id"], c["version"], c["nsfw"], c["default_member_permissions"] = i, "1", false, nil
		if c["description"] == nil {
			c["description"], c["description_localizations"] = "", nil
		}
		c["integration_types"], c["contexts"] = []int{1, 0}, []int{2, 1, 0}
	}
	kept[0], kept[1] = kept[1], kept[0]
	if h.fake.commands, err = json.Marshal(kept); err != nil {
		t.Fatal(err)
	}
	if changed, err = h.adapter.registerOnce(t.Context(), testApp); err != nil || changed || h.fake.Count(put) != 1 {
		t.Errorf("same commands: got changed %v, error %v, want neither", changed, err)
	}
	kept[1]["description"] = "an older one"
	if h.fake.commands, err = json.Marshal(kept); err != nil {
		t.Fatal(err)
	}
	if changed, err = h.adapter.registerOnce(t.Context(), testApp); err != nil || !changed || h.fake.Count(put) != 2 {
		t.Errorf("changed description: got changed %v, error %v, want a registration", changed, err)
	}
	if n := h.fake.Count(get); n != 3 {
		t.Errorf("got %d calls of GET, want 3", n)
	}
	h.fake.Prepare(get, platformtest.AnswerWith(401, `{"message":"401: Unauthorized"}`))
	if _, err := h.adapter.registerOnce(t.Context(), testApp); !errors.Is(err, gateway.ErrToken) {
		t.Errorf("status 401: got error %v, want ErrToken", err)
	}
}

// TestCommandLimits checks the commands against Discord's limits.
func TestCommandLimits(t *testing.T) {
	for _, c := range commands() {
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
		var options func(list []appOption)
		options = func(list []appOption) {
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
	for _, sub := range commands()[0].Options {
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

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

// TestRegister holds that commands are registered where they differ, and only
// there.
func TestRegister(t *testing.T) {
	t.Parallel()
	const get, put = "GET /applications/" + testApp + "/commands", "PUT /applications/" + testApp + "/commands"
	h := newHarness(t, nil)
	changed, err := h.adapter.registerOnce(t.Context(), testApp)
	if err != nil || !changed || h.fake.Count(put) != 1 {
		t.Fatalf("registered: %v, %v", changed, err)
	}
	var sent any
	raw := h.fake.Await(put, 1).Raw
	if err := json.Unmarshal(raw, &sent); err != nil {
		t.Fatal(err)
	}
	platformtest.Golden(t, "commands", sent)
	validate(t, schemaCommands, raw)
	if strings.Contains(string(raw), "null") {
		t.Error("a null is sent")
	}
	// Discord adds what it knows of each command, and may order them otherwise.
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
		t.Errorf("registered again: %v, %v", changed, err)
	}
	kept[1]["description"] = "an older one"
	if h.fake.commands, err = json.Marshal(kept); err != nil {
		t.Fatal(err)
	}
	if changed, err = h.adapter.registerOnce(t.Context(), testApp); err != nil || !changed || h.fake.Count(put) != 2 {
		t.Errorf("a change is not registered: %v, %v", changed, err)
	}
	if n := h.fake.Count(get); n != 3 {
		t.Errorf("the commands were read %d times", n)
	}
	h.fake.Prepare(get, platformtest.AnswerWith(401, `{"message":"401: Unauthorized"}`))
	if _, err := h.adapter.registerOnce(t.Context(), testApp); !errors.Is(err, gateway.ErrToken) {
		t.Errorf("a refused token is reported as %v", err)
	}
}

// TestCommandLimits holds what Discord allows of commands.
func TestCommandLimits(t *testing.T) {
	for _, c := range commands() {
		total := 0
		count := func(name string, names map[string]string, description string, descriptions map[string]string) {
			for _, n := range append([]string{name}, names["ja"]) {
				if len([]rune(n)) > maxName {
					t.Errorf("the name %q is too long", n)
				}
			}
			for _, d := range []string{description, descriptions["ja"]} {
				if len([]rune(d)) > maxCommandText {
					t.Errorf("the description %q is too long", d)
				}
			}
			total += max(len([]rune(name)), len([]rune(names["ja"]))) + max(len([]rune(description)), len([]rune(descriptions["ja"])))
		}
		var options func(list []appOption)
		options = func(list []appOption) {
			if len(list) > 25 {
				t.Errorf("%d options", len(list))
			}
			optional := false
			for _, o := range list {
				count(o.Name, o.Names, o.Description, o.Descriptions)
				if o.Description == "" || o.Descriptions["ja"] == "" || o.Names["ja"] == "" {
					t.Errorf("the option %s is not in both languages", o.Name)
				}
				if o.Required && optional {
					t.Errorf("the option %s is required behind one that is not", o.Name)
				}
				optional = optional || !o.Required
				if len(o.Choices) > maxChoices {
					t.Errorf("%d choices", len(o.Choices))
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
			t.Errorf("%s has %d characters", c.Name, total)
		}
	}
}

// TestCategoryChoices holds that every category can be chosen: Discord takes no more
// than 25 choices, so that more categories need an option of another kind.
func TestCategoryChoices(t *testing.T) {
	if n := len(glossary.Categories()); n > maxChoices {
		t.Errorf("there are %d categories, of which Discord offers %d: make the option complete what is typed", n, maxChoices)
	}
	lists := 0
	for _, sub := range commands()[0].Options {
		for _, option := range sub.Options {
			if option.Name != "category" {
				continue
			}
			lists++
			if len(option.Choices) != len(glossary.Categories()) {
				t.Errorf("%s offers %d of %d categories", sub.Name, len(option.Choices), len(glossary.Categories()))
			}
		}
	}
	if lists == 0 {
		t.Error("no command asks for a category")
	}
}

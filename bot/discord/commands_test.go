package discord

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/platform/platformtest"
)

// TestRegister verifies that commands are registered if and only if they differ from the
// registered ones.
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
		c["integration_types"] = []int{1, 0}
		slices.Reverse(c["contexts"].([]any))
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

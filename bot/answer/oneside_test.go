package answer

import (
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// TestOneSide checks that the known side of a comparison has the first button, within the limit.
func TestOneSide(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	pod, _ := g.Term("pod")
	miss := Miss(glossary.English, "flurb")
	r := OneSide(glossary.English, miss, []*glossary.Term{pod})
	if len(r.Buttons) != len(miss.Buttons)+1 || r.Buttons[0] != reply.NewButton("Pod", reply.ShowTerm, "pod") {
		t.Errorf("got buttons %v, want Pod before %v", r.Buttons, miss.Buttons)
	}
	full := reply.Reply{Kind: reply.KindTerm, Buttons: r.Buttons, Menu: reply.Menu{Options: miss.Buttons}}
	if got := OneSide(glossary.English, full, []*glossary.Term{pod}); len(got.Buttons) != reply.MaxControls-1 || got.Kind != reply.KindSuggestions {
		t.Errorf("got kind %s and buttons %v, want suggestions and %d buttons", got.Kind, got.Buttons, reply.MaxControls-1)
	}
}

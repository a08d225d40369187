package study

import (
	"strings"
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// TestOfferPaste checks that the Remember button takes the place of a term, and never of the button
// that shares the answer.
func TestOfferPaste(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	c := &exchange{Tutor: New(g, nil, nil), texts: wording.ReviewIn("en"), lang: "en"}
	steps, a, b := reply.NewButton("All steps", reply.ShowMore, "a"), reply.NewButton("a", reply.ShowTerm, "a"), reply.NewButton("b", reply.ShowTerm, "b")
	share := reply.NewButton("Share", reply.ShareAnswer, "en", string(reply.ExplainPaste))
	for _, tt := range []struct {
		buttons []reply.Button
		want    string
	}{
		{[]reply.Button{steps}, "All steps, Remember these 2 terms"},
		{[]reply.Button{steps, share}, "All steps, Share, Remember these 2 terms"},
		{[]reply.Button{steps, a, share}, "All steps, a, Share, Remember these 2 terms"},
		{[]reply.Button{steps, a, b, share}, "All steps, Share, Remember these 2 terms; More terms: a, b"},
		{[]reply.Button{steps, a, b, b}, "All steps, a, Remember these 2 terms; More terms: b, b"},
	} {
		r := c.offerPaste(reply.Reply{Buttons: tt.buttons}, []string{"a", "b"})
		got := labels(r.Buttons)
		if len(r.Menu.Options) > 0 {
			got += "; " + r.Menu.Label + ": " + labels(r.Menu.Options)
		}
		if got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
	for id, want := range map[string]string{
		"crashloopbackoff": "Remember CrashLoopBackOff",
		"x509-expired":     "Remember x509: certificate has expire…",
	} {
		if got := labels(c.offerPaste(reply.Reply{}, []string{id}).Buttons); got != want {
			t.Errorf("%s: got %s, want %s", id, got, want)
		}
	}
}

func labels(buttons []reply.Button) string {
	var all []string
	for _, b := range buttons {
		all = append(all, b.Label)
	}
	return strings.Join(all, ", ")
}

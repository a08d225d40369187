package bot

import (
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// TestPage checks that an answer about a term links to the page if there is one.
func TestPage(t *testing.T) {
	page := func(r reply.Reply) reply.Link {
		for _, b := range r.Blocks {
			if title, ok := b.(reply.Title); ok {
				return title.Page
			}
		}
		t.Errorf("got %+v, want a title", r.Blocks)
		return reply.Link{}
	}
	b := fixture(t, Options{PageURL: "https://k8sbot.example.com/glossary"})
	for _, tt := range []struct {
		req  Request
		want reply.Link
	}{
		{Request{Text: "widget", Lang: glossary.English}, reply.Link{Label: "Diagrams", URL: "https://k8sbot.example.com/glossary/?lang=en#widget"}},
		{Request{Text: "WidgetFailing", Lang: glossary.Japanese}, reply.Link{Label: "図で見る", URL: "https://k8sbot.example.com/glossary/?lang=ja#failing-widget"}},
		{Request{Action: reply.NewButton("", reply.ShowMore, "gadget").ID, Lang: glossary.English}, reply.Link{Label: "Diagrams", URL: "https://k8sbot.example.com/glossary/?lang=en#gadget"}},
	} {
		if got := page(b.Handle(t.Context(), tt.req)); got != tt.want {
			t.Errorf("%+v: got the page %+v, want %+v", tt.req, got, tt.want)
		}
	}
	if got := page(fixture(t, Options{}).Handle(t.Context(), Request{Text: "widget"})); got != (reply.Link{}) {
		t.Errorf("without a page: got %+v", got)
	}
}

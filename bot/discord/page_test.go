package discord

import (
	"strings"
	"testing"

	"k8sbot/bot/reply"
)

// TestPageLink checks that a title links to the page if there is one.
func TestPageLink(t *testing.T) {
	title := reply.Title{Name: "Pod", Page: reply.Link{Label: "Diagrams", URL: "https://k8sbot.example.com/?lang=en#pod"}}
	for _, page := range []bool{true, false} {
		if !page {
			title.Page = reply.Link{}
		}
		data, err := Render(reply.Reply{Blocks: []reply.Block{title}})
		if got := strings.Contains(string(data), `"author":{"url":"https://k8sbot.example.com/?lang=en#pod","name":"🗺️ Diagrams"}`); err != nil || got != page {
			t.Errorf("with a page %t: got %s, %v", page, data, err)
		}
	}
}

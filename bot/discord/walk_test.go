package discord

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// kana matches Japanese text.
var kana = regexp.MustCompile(`[\p{Hiragana}\p{Katakana}]`)

// TestWalk renders the replies about terms in both languages, and all other replies. It
// checks that bars have the color of the worst severity, that there is at most one footer, of one
// line, and at most four controls, and that English replies contain no Japanese. [TestKit] checks the limits of the same replies.
func TestWalk(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	colors := make(map[int]int)
	for name, r := range platformtest.Replies(t, Platform, Capabilities) {
		body, err := Render(r)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var out struct {
			Data struct{ Embeds, Components []map[string]any }
		}
		if err := json.Unmarshal(body, &out); err != nil {
			t.Fatal(err)
		}
		worst := r.Severity()
		kind, rest, _ := strings.Cut(name, "/")
		if id, _, _ := strings.Cut(rest, "/"); kind == "short" || kind == "more" || kind == "share" {
			term, ok := g.Term(id)
			if !ok {
				t.Fatalf("%s: no term %q", name, id)
			}
			if r.Kind == reply.KindTerm && r.Matches[0].Term.ID == id {
				worst = term.Severity
			}
		}
		if d := r.Diagnosis; d != nil && len(d.Issues) > 0 {
			worst = d.Issues[0].Severity
			for _, issue := range d.Issues {
				if issue.Severity.Rank() < worst.Rank() {
					worst = issue.Severity
				}
			}
		}
		if kind != "hostile" && !strings.HasPrefix(name, "team/one language") && r.Lang == glossary.English && kana.Match(body) {
			t.Errorf("%s: Japanese in an English answer: %s", name, body)
		}
		footers := 0
		for _, e := range out.Data.Embeds {
			color := int(e["color"].(float64))
			if color != colorOf(worst) {
				t.Errorf("%s: got color %#x, want that of severity %q, %#x", name, color, worst, colorOf(worst))
			}
			colors[color]++
			if footer, ok := e["footer"].(map[string]any); ok {
				footers++
				if strings.Contains(fmt.Sprint(footer["text"]), "\n") {
					t.Errorf("%s: footer %q has several lines", name, footer["text"])
				}
			}
		}
		controls := 0
		for _, row := range out.Data.Components {
			controls += len(objects(row["components"]))
		}
		if footers > 1 || controls > 4 {
			t.Errorf("%s: got %d footers and %d controls, want at most 1 and 4", name, footers, controls)
		}
	}
	if want := len(severityColors) + 1; len(colors) != want {
		t.Errorf("got the colors %v, want all %d", colors, want)
	}
}

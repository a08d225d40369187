package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/glossary"
)

// A languageStore is a store of one user's language.
type languageStore struct {
	bot.Store
	lang atomic.Value
}

func (l *languageStore) Language(context.Context, bot.Person) (glossary.Lang, error) {
	lang, _ := l.lang.Load().(glossary.Lang)
	return lang, nil
}

func (l *languageStore) SetLanguage(_ context.Context, _ bot.Person, lang glossary.Lang) error {
	l.lang.Store(lang)
	return nil
}

// TestHomeLanguage checks that the language buttons on the Home tab change its language, and
// that the next reply there is in that language.
func TestHomeLanguage(t *testing.T) {
	r := newHarness(t, func(o *Options) {
		g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
		if err != nil {
			t.Fatal(err)
		}
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Store: new(languageStore)})
	})
	r.fake.locale = "ja-JP"
	const box = "Look up a term"
	for i, payload := range []string{"home_opened.json", "home_lang.json", "home_search.json"} {
		r.deliver(payload)
		view := fmt.Sprint(r.fake.await("views.publish", i+1)["view"])
		if got, want := strings.Contains(view, box), i > 0; got != want {
			t.Errorf("after %s: got Home tab in English %v, want %v", payload, got, want)
		}
	}
}

// TestHomeBack checks that the Home tab opens with the statuses that are often asked about and
// without the list of commands, and that a reply there has a button that leads back.
func TestHomeBack(t *testing.T) {
	r := newHarness(t, nil)
	var views []string
	for i, payload := range []string{"home_opened.json", "home_search.json", "home_back.json"} {
		r.deliver(payload)
		views = append(views, fmt.Sprint(r.fake.await("views.publish", i+1)["view"]))
	}
	if back := "back"; strings.Contains(views[0], back) || !strings.Contains(views[1], back) {
		t.Errorf("got a button %q in\n%s\nand\n%s\nwant one in the second only", back, views[0], views[1])
	}
	if command := "forget me"; strings.Contains(views[0], command) {
		t.Errorf("got the command %q in\n%s", command, views[0])
	}
	if asked := "Common statuses"; !strings.Contains(views[0], asked) || strings.Contains(views[1], asked) {
		t.Errorf("got a menu %q in\n%s\nand\n%s\nwant one in the first only", asked, views[0], views[1])
	}
	if views[2] != views[0] {
		t.Errorf("after the button: got\n%s\nwant\n%s", views[2], views[0])
	}
}

// TestHome checks that the Home tab is within Slack's limits for each reply.
func TestHome(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	r := newHarness(t, func(o *Options) { o.Bot = platformtest.Bot(t, nil, o.Log) })
	s := &session{Adapter: r.adapter, client: r.adapter.single}
	for name, answer := range platformtest.Replies(t, Platform, Capabilities) {
		data, err := json.Marshal(s.home(t.Context(), bot.Request{Platform: Platform, Surface: bot.Home}, answer))
		if err != nil {
			t.Fatal(err)
		}
		var blocks []map[string]any
		if err := json.Unmarshal(data, &blocks); err != nil {
			t.Fatal(err)
		}
		if len(blocks) > blockkit.MaxViewBlocks || blocks[0]["type"] != "input" || blocks[len(blocks)-1]["type"] != "actions" {
			t.Errorf("%s: got %d blocks, from %v to %v; want at most 100, from input to actions", name, len(blocks), blocks[0]["type"], blocks[len(blocks)-1]["type"])
		}
		seen := make(map[any]bool)
		for _, b := range blocks {
			if err := checkBlockLimits(b); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if id := b["block_id"]; id != nil && seen[id] {
				t.Errorf("%s: duplicate block ID %v", name, id)
			}
			seen[b["block_id"]] = true
		}
	}
}

// phoneWidth is the width of a row of controls on a phone, in pixels: 390, less the margins.
const phoneWidth = 366

// widthOf estimates the width of a control, in pixels. A character takes 8 pixels, a wide one 16, and
// the space inside and after a button 32. A menu also has an arrow.
func widthOf(label string, menu bool) int {
	width := 32
	if menu {
		width += 24
	}
	for _, r := range label {
		if width += 8; r >= '⺀' {
			width += 8
		}
	}
	return width
}

// TestHomeOnPhone checks that no row of controls wraps on a phone when the Home tab opens.
func TestHomeOnPhone(t *testing.T) {
	r := newHarness(t, func(o *Options) { o.Bot = platformtest.Bot(t, nil, o.Log) })
	s := &session{Adapter: r.adapter, client: r.adapter.single}
	rows := 0
	for _, l := range glossary.Langs {
		req := bot.Request{Platform: Platform, Caps: Capabilities, Surface: bot.Home, Command: bot.HelpCommand, Lang: l}
		for _, block := range s.home(t.Context(), req, r.adapter.o.Bot.Handle(t.Context(), req)) {
			row, ok := block.(*slack.ActionBlock)
			if !ok {
				continue
			}
			rows++
			width, labels := 0, ""
			for _, e := range row.Elements.ElementSet {
				switch e := e.(type) {
				case *slack.ButtonBlockElement:
					width, labels = width+widthOf(e.Text.Text, false), labels+" | "+e.Text.Text
				case *slack.SelectBlockElement:
					width, labels = width+widthOf(e.Placeholder.Text, true), labels+" | "+e.Placeholder.Text
				}
			}
			if width > phoneWidth {
				t.Errorf("%s: the row%s takes %d pixels, want at most %d", l, labels, width, phoneWidth)
			}
		}
	}
	if rows < 3*len(glossary.Langs) {
		t.Errorf("got only %d rows", rows)
	}
}

// TestOnePrimary checks that of the replies in a view, only the first has a primary button.
func TestOnePrimary(t *testing.T) {
	a := reply.Button{ID: "1:help", Label: "a", Primary: true}
	first, second := blockkit.Render(reply.Reply{Buttons: []reply.Button{a}}), blockkit.RenderAs(reply.Reply{Buttons: []reply.Button{a}}, "second")
	data, err := json.Marshal(blockkit.OnePrimary(append(first.Blocks, second.Blocks...)))
	if n := strings.Count(string(data), `"style":"primary"`); err != nil || n != 1 || strings.Index(string(data), "primary") > strings.Index(string(data), "second") {
		t.Errorf("got %d primary buttons in %s, %v; want one, the first", n, data, err)
	}
}

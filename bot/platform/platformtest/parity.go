package platformtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/mark"
)

// Fixture returns a bot with the terms in bot/testdata/terms.
func Fixture(tb testing.TB, log *slog.Logger) *bot.Bot {
	tb.Helper()
	return Bot(tb, os.DirFS("../testdata/terms"), log)
}

// request returns the request that an adapter makes when the feature is used in language l.
func (f Feature) request(k Kit, l glossary.Lang) bot.Request {
	req := bot.Request{
		Platform: k.Platform, Caps: k.Caps, Surface: f.Surface, Text: f.Text.In(l), Action: f.Action, FromEphemeral: f.FromEphemeral, Locales: []string{string(l)},
	}
	if f.Surface == bot.Shortcut {
		req.Command = bot.ExplainCommand
	}
	return req
}

// testFeatures uses each feature in both languages and compares the body that the user
// gets with the bot's reply.
func (k Kit) testFeatures(t *testing.T) {
	b := Fixture(t, slog.New(slog.DiscardHandler))
	hasMessages := k.meets(t, Messages)
	for _, f := range features {
		if !hasMessages {
			if f.needsMessages {
				t.Logf("skipping feature %q", f.Name)
				continue
			}
			f.Surface = bot.Terminal
		}
		for _, l := range glossary.Langs {
			t.Run(fmt.Sprintf("%s/%s", f.Name, l), func(t *testing.T) {
				t.Parallel()
				want := b.Handle(context.Background(), f.request(k, l))
				body, ephemeral, canBeEphemeral := k.Do(t, f, l)
				if err := k.checkComplete(body, want); err != nil {
					t.Error(err)
				}
				if canBeEphemeral && ephemeral != want.Ephemeral && !want.ReplaceOriginal {
					t.Errorf("got ephemeral %v, want %v", ephemeral, want.Ephemeral)
				}
			})
		}
	}
}

// checkComplete returns an error if a body lacks part of a reply. A body must contain at least
// the beginning of each text, and each button.
func (k Kit) checkComplete(body []byte, r reply.Reply) error {
	isJSON := !slices.Contains(k.Lacks, JSON)
	all := withoutSpace(k.Unescape(string(body)))
	if isJSON {
		var v any
		if err := json.Unmarshal(body, &v); err != nil {
			return err
		}
		var parts []string
		allStrings(v, func(s string) { parts = append(parts, withoutSpace(k.Unescape(s))) })
		all = strings.Join(parts, "\n")
	}
	var errs []error
	for _, text := range textsOf(r) {
		const enough = 20 // characters; the rest may have been cut
		start := []rune(withoutSpace(text))
		if start = start[:min(len(start), enough)]; !strings.Contains(all, string(start)) {
			errs = append(errs, fmt.Errorf("body does not contain %q", text))
		}
	}
	for _, b := range r.Buttons {
		found := strings.Contains(string(body), b.ID)
		if !isJSON {
			found = strings.Contains(all, withoutSpace(b.Label))
		}
		if !found {
			errs = append(errs, fmt.Errorf("body does not contain the button %q (%s)", b.Label, b.ID))
		}
	}
	return errors.Join(errs...)
}

// textsOf returns all texts of a reply.
func textsOf(r reply.Reply) []string {
	var texts []string
	marked := func(list ...string) {
		for _, text := range list {
			for _, s := range mark.Spans(text) {
				texts = append(texts, s.Text)
			}
		}
	}
	step := func(s reply.Step) {
		texts = append(texts, s.Goal, s.Run)
		marked(s.Note)
	}
	for _, block := range r.Blocks {
		switch b := block.(type) {
		case reply.Title:
			texts = append(append(texts, b.Name, b.Other, b.Docs.URL), b.Context...)
		case reply.Headline:
			texts = append(texts, b.Text, b.About)
		case reply.Paragraph:
			texts = append(texts, b.Heading)
			texts = append(texts, b.Link.URL)
			marked(b.Bold, b.Text)
		case reply.List:
			texts = append(texts, b.Heading)
			marked(b.Items...)
		case reply.Steps:
			texts = append(texts, b.Heading)
			for _, s := range b.Commands {
				step(s)
			}
		case reply.Entry:
			texts = append(append(append(texts, b.Name), b.Facts...), b.Objects...)
			marked(b.Text)
			for _, a := range b.Asides {
				texts = append(texts, a.Heading, a.Link.URL)
				marked(a.Text)
			}
			for _, s := range b.Commands {
				step(s)
			}
		case reply.Comparison:
			texts = append(texts, b.Names...)
			marked(b.Difference)
			for _, row := range b.Rows {
				texts = append(texts, row.Label)
				marked(row.Cells...)
			}
		case reply.Note:
			marked(b.Text)
		}
	}
	return texts
}

// allStrings calls f with every string in a decoded JSON value.
func allStrings(v any, f func(string)) {
	switch v := v.(type) {
	case string:
		f(v)
	case []any:
		for _, inner := range v {
			allStrings(inner, f)
		}
	case map[string]any:
		for _, inner := range v {
			allStrings(inner, f)
		}
	}
}

// withoutSpace removes all white space from s, since platforms lay out the same text differently.
func withoutSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

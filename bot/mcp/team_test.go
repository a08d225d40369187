package mcp

import (
	"encoding/json"
	"log/slog"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/glossary"
)

// TestTeam looks up a term that a team extends, and a term that a team wrote in one language
// only.
func TestTeam(t *testing.T) {
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	g = g.With(glossary.ReadTree(fstest.MapFS{
		"workloads/ours.yaml": {Data: []byte("extends: widget\nnote:\n  ja: まず`当番`へ。\nrunbook: http://wiki.corp/widget\nchecks:\n  - run: gopher-deploy status\n    ja: 見ます。\n")},
		"tools/deploy.yaml":   {Data: []byte("name:\n  en: gopher-deploy\nsummary:\n  ja: 社内の道具です。\n")},
	}))
	log := slog.New(slog.DiscardHandler)
	c := connect(t, New(Options{Log: log, Glossary: g, Metrics: platform.NewMetrics(), Version: "v1", Lang: glossary.Japanese, Bot: bot.New(g, bot.Options{Log: log})}))
	for name, want := range map[string][2]string{
		"widget":        {"**Your team (in Japanese only)**\n\nまず`当番`へ。\n\nRunbook: http://wiki.corp/widget", `"team":[{"checks":[{"note":"見ます。","run":"gopher-deploy status"}],"note":"まず当番へ。","runbook":"http://wiki.corp/widget"}]`},
		"gopher-deploy": {"your team's term · in Japanese only", `"written_in":"ja"`},
	} {
		result := call(t, c, "lookup_term", map[string]any{"name": name, "lang": "en"})
		if text := textOf(result); !strings.Contains(text, want[0]) {
			t.Errorf("%s: got text\n%s\nwant it to contain\n%s", name, text, want[0])
		}
		data, err := json.Marshal(result.StructuredContent)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), want[1]) {
			t.Errorf("%s: got %s, want it to contain %s", name, data, want[1])
		}
	}
}

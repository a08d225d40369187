package page

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"k8sbot/glossary"
)

// TestTeam opens a term that a team extends and a term that it wrote, in both languages.
func TestTeam(t *testing.T) {
	o := glossary.ReadTree(fstest.MapFS{
		"pod-status/our-crash.yaml": {Data: []byte("extends: crashloopbackoff\nnote:\n  ja: まず`当番`へ。\nrunbook: http://wiki.corp/crash\nchecks:\n  - run: gopher-deploy status\n")},
		"tools/deploy.yaml":         {Data: []byte("name:\n  en: gopher-deploy\nsummary:\n  ja: 社内の道具です。\n")},
	})
	if len(o.Problems) > 0 {
		t.Fatal(o.Problems)
	}
	file := t.TempDir() + "/page.html"
	if err := os.WriteFile(file, []byte(render(t, load(t).With(o))), 0o644); err != nil {
		t.Fatal(err)
	}
	b := startBrowser(t)
	for lang, want := range map[string][2][]string{
		"ja": {{"チームより", "まず当番へ。", "手順書: http://wiki.corp/crash", "gopher-deploy status"}, {"チームの用語", "社内の道具です。"}},
		"en": {{"Your team", "まず当番へ。 (in Japanese only)", "Runbook: http://wiki.corp/crash"}, {"your team's term", "in Japanese only", "社内の道具です。"}},
	} {
		for i, id := range []string{"crashloopbackoff", "deploy"} {
			tb := b.open("file://"+file+"?lang="+lang+"#"+id, 360)
			got := tb.text("main")
			for _, part := range want[i] {
				if !strings.Contains(got, part) {
					t.Errorf("%s, %s: got %q, want it to contain %q", lang, id, got, part)
				}
			}
			if strings.Contains(got, "undefined") || i == 1 && strings.Contains(got, "Read more") {
				t.Errorf("%s, %s: got %q, want no link to a page that there is not", lang, id, got)
			}
		}
	}
	if complaints := b.complaints(); len(complaints) > 0 {
		t.Errorf("the browser complains: %q", complaints)
	}
}

package bot

import (
	"log/slog"
	"testing"

	"k8sbot/glossary"
)

// TestQuotedMessage checks that a message of a program says nothing about the language of the
// person who quotes it, but that a question about the message does. It uses the real glossary,
// whose messages the search recognizes.
func TestQuotedMessage(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := New(g, Options{Log: slog.New(slog.DiscardHandler)})
	for text, want := range map[string]glossary.Lang{
		`MountVolume.SetUp failed for volume "cfg" : secret "x" not found`: "ja",
		`MountVolume.SetUp failed for volume`:                              "ja",
		`Back-off restarting failed container`:                             "ja",
		`error: failed to pull image "web:1"`:                              "ja",
		`pod has unbound immediate PersistentVolumeClaims`:                 "ja",
		`Readiness probe failed: HTTP probe failed with statuscode: 503`:   "ja",
		`no space left on device`:                                          "ja",
		`why do I get MountVolume.SetUp failed for volume`:                 "en",
		`MountVolume.SetUp failed for volume "cfg", how do I fix it`:       "en",
		`is Back-off restarting failed container bad?`:                     "en",
		`the thing that stores cluster state`:                              "en",
		`MountVolume.SetUp failed for volume と出ます`:                         "ja",
	} {
		r := b.Handle(t.Context(), Request{Text: text, Surface: Mention, Platform: Slack, Caps: chat, Locales: []string{"ja-JP"}})
		if r.Lang != want {
			t.Errorf("%s: got language %s, want %s", text, r.Lang, want)
		}
	}
}

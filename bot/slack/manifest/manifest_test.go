package manifest

import (
	"encoding/json"
	"testing"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
)

func TestManifest(t *testing.T) {
	for name, args := range map[string][2]string{"manifest-socket": {SocketMode, ""}, "manifest-http": {HTTPMode, "https://k8sbot.example.com/"}, "manifest-many": {HTTPMode, "https://k8sbot.example.com"}} {
		data, err := New(args[0], args[1], name == "manifest-many")
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(data, &m); err != nil {
			t.Fatal(err)
		}
		platformtest.Golden(t, name, m)
		for _, s := range m["features"].(map[string]any)["shortcuts"].([]any) {
			// https://docs.slack.dev/reference/app-manifest#features
			if name := s.(map[string]any)["name"].(string); platform.Runes(name) > 24 {
				t.Errorf("shortcut %q is longer than 24 characters", name)
			}
		}
	}
	for _, args := range [][2]string{{HTTPMode, ""}, {HTTPMode, "http://example.com"}, {SocketMode, "https://example.com"}, {"pigeon", ""}} {
		if _, err := New(args[0], args[1], false); err == nil {
			t.Errorf("New%v: got no error", args)
		}
	}
	if _, err := New(SocketMode, "", true); err == nil {
		t.Error("many workspaces in Socket Mode: got no error")
	}
	if n := len([]rune(longDescription)); n < 174 || n > 4000 {
		t.Errorf("long description has %d characters, want 174 to 4000", n)
	}
}

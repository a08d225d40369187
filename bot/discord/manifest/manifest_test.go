package manifest

import (
	"strings"
	"testing"
)

func TestManifest(t *testing.T) {
	for _, args := range [][3]string{{GatewayMode, "", ""}, {GatewayMode, "400000000000000001", ""}, {HTTPMode, "400000000000000001", "https://k8sbot.example.com/"}} {
		text, err := Text(args[0], args[1], args[2])
		if err != nil {
			t.Fatal(err)
		}
		id := args[1]
		if id == "" {
			id = placeholder
		}
		for _, want := range []string{"client_id=" + id, "permissions=274877991936", "scope=applications.commands+bot", "integration_type=1"} {
			if !strings.Contains(text, want) {
				t.Errorf("Manifest%v: want %s in:\n%s", args, want, text)
			}
		}
		if strings.Contains(text, "https://k8sbot.example.com/discord/interactions") != (args[0] == HTTPMode) {
			t.Errorf("Manifest%v: wrong endpoint in:\n%s", args, text)
		}
	}
	for _, args := range [][3]string{{HTTPMode, "", ""}, {HTTPMode, "", "http://example.com"}, {GatewayMode, "", "https://example.com"}, {"pigeon", "", ""}, {GatewayMode, "abc", ""}} {
		if _, err := Text(args[0], args[1], args[2]); err == nil {
			t.Errorf("Manifest%v: got no error", args)
		}
	}
}

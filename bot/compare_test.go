package bot

import (
	"strings"
	"testing"

	"k8sbot/bot/reply"
)

// TestCompareList compares more than two terms. Nothing that was asked is dropped silently.
func TestCompareList(t *testing.T) {
	b := realBot(t)
	for _, tt := range []struct{ text, names, note string }{
		{"Deployment vs StatefulSet vs DaemonSet", "Deployment / StatefulSet / DaemonSet", ""},
		{"liveness vs readiness vs startup", "liveness probe / readiness probe / startup probe", ""},
		{"startup, liveness and readiness", "", ""},
		{"compare startup, liveness and readiness", "startup probe / liveness probe / readiness probe", ""},
		{"startup vs readiness", "startup probe / readiness probe", ""},
		{"kubectl apply vs create", "kubectl apply / kubectl create", ""},
		{"Pod vs Node vs flurbel", "Pod / node", "I couldn't find “flurbel”."},
		{"PVC vs PV vs StorageClass vs CSI", "PersistentVolumeClaim / PersistentVolume / StorageClass", "so I left out CSI."},
		{"StatefulSet vs Deployment, which one and why", "StatefulSet / Deployment", ""},
	} {
		r := b.Handle(t.Context(), Request{Surface: Terminal, Text: tt.text, Lang: "en"})
		names, notes := "", ""
		for _, block := range r.Blocks {
			switch block := block.(type) {
			case reply.Comparison:
				names = strings.Join(block.Names, " / ")
			case reply.Note:
				notes += block.Text
			}
		}
		if names != tt.names || !strings.HasSuffix(notes, tt.note) || tt.note == "" && notes != "" {
			t.Errorf("%s: got %q with the notes %q, want %q with %q", tt.text, names, notes, tt.names, tt.note)
		}
	}
}

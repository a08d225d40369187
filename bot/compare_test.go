package bot

import (
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// TestComparePairs asks for each pair of the glossary's comparisons, in several ways.
func TestComparePairs(t *testing.T) {
	b := realBot(t)
	g := b.glossary
	for _, pair := range glossary.EmbeddedTables().Comparisons {
		first, _ := g.Term(pair.Terms[0])
		second, _ := g.Term(pair.Terms[1])
		for _, ask := range []struct {
			lang       glossary.Lang
			form       string
			name       func(*glossary.Term) string
			subcommand string
		}{
			{"en", "%s vs %s", func(t *glossary.Term) string { return t.Name.EN }, ""},
			{"en", "what is the difference between %s and %s?", func(t *glossary.Term) string { return t.Name.EN }, ""},
			{"ja", "%sと%sの違い", func(t *glossary.Term) string { return t.DisplayName("ja") }, ""},
			{"ja", "%s、%sの違いを教えて", func(t *glossary.Term) string { return t.DisplayName("ja") }, ""},
			{"en", "%s vs %s", func(t *glossary.Term) string { return t.Name.EN }, "term"}, // on Discord
		} {
			text := fmt.Sprintf(ask.form, ask.name(first), ask.name(second))
			r := b.Handle(t.Context(), Request{Surface: Terminal, Command: ask.subcommand, Text: text, Lang: ask.lang})
			if r.Kind != reply.KindCompare || len(r.Matches) != 2 || r.Matches[0].Term != first || r.Matches[1].Term != second {
				t.Errorf("%q: got kind %s with %d terms, want the comparison", text, r.Kind, len(r.Matches))
			}
		}
	}
}

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
		{"exec vs attach", "kubectl exec / kubectl attach", ""},
		{"applyとcreateの違い", "kubectl apply / kubectl create", ""},
		{"Pod vs Node vs flurbel", "Pod / node", "I couldn't find “flurbel”."},
		{"PVC vs PV vs StorageClass vs CSI", "PersistentVolumeClaim / PersistentVolume / StorageClass", "so I left out CSI."},
		{"StatefulSet vs Deployment, which one and why", "StatefulSet / Deployment", ""},
		{"livenessとreadinessとstartupの違い", "liveness probe / readiness probe / startup probe", ""},
		{"Deployment、StatefulSet、DaemonSetの使い分けは?", "Deployment / StatefulSet / DaemonSet", ""},
		{"Deployment/StatefulSet 違い", "Deployment / StatefulSet", ""},
		{"configmap secret 違い", "ConfigMap / Secret", ""},
		{"liveness readiness startup difference", "liveness probe / readiness probe / startup probe", ""},
		{"ConfigMap, Secret, Downward API difference", "ConfigMap / Secret / Downward API", ""},
		{"difference between requests and limits", "Resource requests / Resource limits", ""},
		{"term liveness vs readiness", "liveness probe / readiness probe", ""},
		{"kubectl diff", "", ""},
		{"what is kubectl diff", "", ""},
		{"difference in clock speed", "", ""},
		{"list and watch", "", ""},
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

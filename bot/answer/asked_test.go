package answer

import (
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// TestOftenAsked checks that the menu has the given statuses first, and is filled up with the best
// known ones.
func TestOftenAsked(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		asked []string
		first []string // labels
	}{
		"nothing asked":         {nil, []string{g.Common(1)[0].DisplayName(glossary.English)}},
		"no statuses":           {[]string{"taint", "pod"}, nil},
		"statuses among others": {[]string{"taint", "evicted", "no-such-term", "oomkilled", "evicted"}, []string{"Evicted", "OOMKilled"}},
		"many":                  {[]string{"evicted", "oomkilled", "pending", "crashloopbackoff", "imagepullbackoff", "failed"}, []string{"Evicted", "OOMKilled", "Pending", "CrashLoopBackOff", "ImagePullBackOff"}},
	} {
		t.Run(name, func(t *testing.T) {
			m := OftenAsked(g, glossary.English, tt.asked)
			seen := make(map[reply.Button]bool)
			for i, b := range m.Options {
				a, err := reply.ParseAction(b.ID)
				if term, ok := g.Term(a.Arg(0)); err != nil || !ok || !term.IsStatus() || seen[b] {
					t.Errorf("option %d: got %v, want another status", i, b)
				}
				seen[b] = true
				if i < len(tt.first) && b.Label != tt.first[i] {
					t.Errorf("option %d: got %q, want %q", i, b.Label, tt.first[i])
				}
			}
			if len(m.Options) != maxOftenAsked {
				t.Errorf("got %d options, want %d", len(m.Options), maxOftenAsked)
			}
		})
	}
}

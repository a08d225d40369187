package search

import (
	"os"
	"strings"
	"testing"

	"k8sbot/glossary/search/guard"
)

// TestOthers checks that the names of other products are not answered with terms. The search does
// not know the names in testdata.
func TestOthers(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	x := embeddedIndex(t)
	data, err := os.ReadFile("testdata/others.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		name := strings.TrimSpace(line)
		if strings.HasPrefix(name, "#") {
			continue
		}
		if guard.IsOther(name) {
			t.Errorf("%s is also in others.txt", name)
		}
		found := x.Search(name, 3)
		if len(found) > 0 && (found[0].Kind == Exact || found[0].Kind == Alias || found[0].Kind == Folded) || len(x.Compound(name)) > 0 {
			continue // a term, or also a name of a term
		}
		n++
		if hasAnswer(found) {
			t.Errorf("Search(%q) = %v, want no answer", name, describe(found))
		}
	}
	if n < 500 {
		t.Errorf("got %d names, want at least 500", n)
	}
}

// TestOtherNames checks that a name is not mistaken for a similar one.
func TestOtherNames(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	x := embeddedIndex(t)
	for _, query := range []string{
		"FSx CSI driver", "Buildkite", "Kyma", "kubectl-xi", "a regular expression",
	} {
		if found := x.Search(query, 3); hasAnswer(found) {
			t.Errorf("Search(%q) = %v, want no answer", query, describe(found))
		}
	}
	for query, wrong := range map[string]string{
		"名前解決": "no-such-host", "volume claim": "volume-claim-templates", "pvcがPending": "pending", "PVC pending": "pending", "node not ready": "ready-column",
		"taintとtoleration": "tainttoleration",
	} {
		if found := x.Search(query, 3); len(found) > 0 && found[0].Term.ID == wrong {
			t.Errorf("Search(%q) = %v, want something else first", query, describe(found))
		}
	}
	for _, sentence := range []string{"rollout is stuck", "is rollout stuck"} { // rollout status
		if found := x.Search(sentence, 3); len(found) == 0 || found[0].Kind == Typo {
			t.Errorf("Search(%q) = %v, want more than a misspelled name", sentence, describe(found))
		}
	}
}

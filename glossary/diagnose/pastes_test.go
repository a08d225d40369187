package diagnose

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"k8sbot/glossary"
)

// testdata/pastes has what people paste, in the same two sets as the queries. Each file
// is a txtar with "paste" and "want". want has the IDs of the terms to explain, one per
// line; a term after a question mark is optional. The targets are the minimum recall and
// precision, which may be raised but never lowered. Those of tune are what the tuning has
// reached.
var marks = map[string]struct{ recall, precision float64 }{
	"tune":   {0.992, 0.988},
	"report": {0.94, 0.97},
}

// TestPastes measures recall and precision on the pastes, and compares them with the
// targets.
func TestPastes(t *testing.T) {
	d := load(t)
	g := terms(t)
	total := 0
	for _, part := range []string{"tune", "report"} {
		files, err := filepath.Glob("testdata/pastes/" + part + "/*.txtar")
		if err != nil {
			t.Fatal(err)
		}
		total += len(files)
		wanted, hit, explained, good := 0, 0, 0, 0
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil || len(archive.Files) != 2 {
				t.Fatalf("%s: want paste and want: %v", file, err)
			}
			required, allowed := make(map[string]bool), make(map[string]bool)
			for _, id := range strings.Fields(strings.ReplaceAll(string(archive.Files[1].Data), "? ", "?")) {
				id, optional := strings.CutPrefix(id, "?")
				if _, ok := g.Term(id); !ok {
					t.Errorf("%s: there is no term %q", file, id)
				}
				allowed[id] = true
				required[id] = !optional
			}
			got := make(map[string]bool)
			var extra []string
			for _, f := range scan(d, string(archive.Files[0].Data)) {
				if f.Severity.Rank() >= glossary.Transient.Rank() {
					continue // healthy
				}
				got[f.Term.ID] = true
				explained++
				if allowed[f.Term.ID] {
					good++
				} else {
					extra = append(extra, f.Term.ID)
				}
			}
			var missing []string
			for id, yes := range required {
				if yes {
					wanted++
					if got[id] {
						hit++
					} else {
						missing = append(missing, id)
					}
				}
			}
			if slices.Sort(missing); len(missing)+len(extra) > 0 {
				t.Logf("%s: missing %v, too many %v", file, missing, extra)
			}
		}
		recall, precision := float64(hit)/float64(wanted), float64(good)/float64(explained)
		t.Logf("%s: %d pastes, recall %.3f, precision %.3f", part, len(files), recall, precision)
		if m := marks[part]; recall < m.recall || precision < m.precision {
			t.Errorf("%s: below the targets %.3f and %.3f", part, m.recall, m.precision)
		}
	}
	if total < 60 {
		t.Errorf("got %d pastes, want at least 60", total)
	}
}

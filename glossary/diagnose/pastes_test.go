package diagnose

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// testdata/pastes has what people paste, in the same two parts: a txtar each, of
// "paste" and "want": the IDs of the terms that are to be explained, one a line;
// one behind a question mark may be explained and need not.
// They must reach these marks, which go up and never down: the share of the terms that
// should be explained that is, and the share of the explained ones that should be. Those
// of tune are what the tuning has reached.
var marks = map[string]struct{ recall, precision float64 }{
	"tune":   {0.992, 0.989},
	"report": {1, 1},
}

// TestPastes prints how many of the terms in pastes that should be explained are,
// and how many that are explained should be, and holds the marks.
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
		wanted, hit, all, good := 0, 0, 0, 0
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
			for _, f := range explained(diagnose(d, string(archive.Files[0].Data))) {
				got[f.Term.ID] = true
				all++
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
		recall, precision := float64(hit)/float64(wanted), float64(good)/float64(all)
		t.Logf("%s: %d pastes, %.3f of the wanted terms explained, %.3f of the explained ones wanted", part, len(files), recall, precision)
		if m := marks[part]; recall < m.recall || precision < m.precision {
			t.Errorf("%s: below the marks %.3f and %.3f", part, m.recall, m.precision)
		}
	}
	if total < 60 {
		t.Errorf("there are %d pastes, want 60 at least", total)
	}
}

// explained returns the findings of a diagnosis that have a term.
func explained(d Diagnosis) []Finding {
	var all []Finding
	for _, t := range d.Troubles {
		for _, f := range append([]Finding{t.Finding}, t.Symptoms...) {
			if f.Term != nil {
				all = append(all, f)
			}
		}
	}
	return all
}

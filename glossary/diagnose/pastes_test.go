package diagnose

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// testdata/pastes contains pastes from people, divided into tune and report. Each is a txtar
// archive with the files "paste" and "want". "want" lists the IDs of the terms to explain, one
// per line; a term after a question mark is optional.

// marks are the minimum recall and precision of the explained terms. Only raise them.
var marks = map[string]struct{ recall, precision float64 }{
	"tune":   {0.992, 0.989},
	"report": {1, 1},
}

// TestPastes checks the recall and precision of the terms explained in pastes.
func TestPastes(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
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
				t.Fatalf("%s: files paste and want: %v", file, err)
			}
			required, allowed := make(map[string]bool), make(map[string]bool)
			for _, id := range strings.Fields(strings.ReplaceAll(string(archive.Files[1].Data), "? ", "?")) {
				id, optional := strings.CutPrefix(id, "?")
				if _, ok := g.Term(id); !ok {
					t.Errorf("%s: unknown term %q", file, id)
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
			t.Errorf("%s: recall %.3f, precision %.3f, want at least %.3f and %.3f", part, recall, precision, m.recall, m.precision)
		}
	}
	if total < 60 {
		t.Errorf("got %d pastes, want at least 60", total)
	}
}

// explained returns the findings of a diagnosis that have a term.
func explained(d Diagnosis) []Finding {
	var all []Finding
	for _, t := range d.Issues {
		for _, f := range append([]Finding{*t.Finding}, t.Symptoms...) {
			if f.Term != nil {
				all = append(all, f)
			}
		}
	}
	return all
}

package tools

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/parse"
)

// TestFormats checks that a reader refuses the lines with the first bytes for which the table of formats
// says so: lines of real pastes, the same lines without their first bytes, and markers of CI jobs.
func TestFormats(t *testing.T) {
	files, err := filepath.Glob("../../diagnose/testdata/pastes/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	texts := []string{strings.Join(ciMarkers[:], "x\n")}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(data))
	}
	refused := 0
	for _, text := range texts {
		lines := line.Clean(text)
		for i := range lines {
			for s := strings.TrimSpace(lines[i].Text); s != ""; s = strings.TrimSpace(s[min(len(s), 3):]) {
				lines[i].Text = s
				for k, f := range formats {
					if f.starts == "" || strings.IndexByte(f.starts, min(s[0], wide[0])) >= 0 {
						continue
					}
					refused++
					if n := f.read(new(parse.Parser), lines[i:], s); n > 0 {
						t.Errorf("reader %d accepts %d lines from %q, which it should not be asked about", k, n, s)
					}
				}
			}
		}
	}
	if refused < 100_000 {
		t.Errorf("%d readers were not asked, want more", refused)
	}
}

package glossary

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestScan reads pastes from testdata/scan. A file is a txtar of "paste" and
// "want": a finding a line, with the objects in brackets and their namespace and
// container behind.
func TestScan(t *testing.T) {
	g := load(t)
	cases, err := filepath.Glob("testdata/scan/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Files) != 2 || archive.Files[0].Name != "paste" || archive.Files[1].Name != "want" {
				t.Fatal("a case is made of paste and want")
			}
			got := ""
			for _, f := range g.Scan(string(archive.Files[0].Data)) {
				got += f.Term.ID
				for _, o := range f.Objects {
					got += fmt.Sprintf(" [%s %s %s]", o, o.Namespace, o.Container)
				}
				got += "\n"
			}
			if *update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// objectName matches the names that Kubernetes allows.
var objectName = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`)

func FuzzScan(f *testing.F) {
	g := load(f)
	cases, err := filepath.Glob("testdata/scan/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range cases {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(archive.Files[0].Data))
	}
	f.Add("NAME\tREADY\xff\nポッド/ノード")
	f.Fuzz(func(t *testing.T, text string) {
		last := -1
		for _, finding := range g.Scan(text) {
			if rank := finding.Term.Severity.Rank(); rank < last {
				t.Errorf("%s stands behind something less serious", finding.Term.ID)
			} else {
				last = rank
			}
			for _, o := range finding.Objects {
				for _, name := range []string{o.Name, o.Namespace, o.Container} {
					if name != "" && !objectName.MatchString(name) {
						t.Errorf("%q is no name of an object", name)
					}
				}
			}
		}
	})
}

package diagnose

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

var update = flag.Bool("update", false, "update the want files of the test cases")

func terms(tb testing.TB) *glossary.Glossary {
	tb.Helper()
	g, err := glossary.Load()
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// load returns a Diagnoser that knows the embedded terms.
func load(tb testing.TB) *Diagnoser {
	tb.Helper()
	return New(search.New(terms(tb)))
}

// scan reads a whole text.
func scan(d *Diagnoser, text string) []Finding {
	found, _ := d.Scan(context.Background(), text)
	return found
}

// TestScan reads pastes from testdata/scan. A file is a txtar with "paste" and "want".
// want has one finding per line, followed by its objects in brackets, each with its
// namespace and container.
func TestScan(t *testing.T) {
	d := load(t)
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
				t.Fatal("want the files paste and want")
			}
			got := ""
			for _, f := range scan(d, string(archive.Files[0].Data)) {
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
	d := load(f)
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
		for _, finding := range scan(d, text) {
			if rank := finding.Term.Severity.Rank(); rank < last {
				t.Errorf("%s is listed after a less serious term", finding.Term.ID)
			} else {
				last = rank
			}
			for _, o := range finding.Objects {
				for _, name := range []string{o.Name, o.Namespace, o.Container} {
					if name != "" && !objectName.MatchString(name) {
						t.Errorf("%q is not a name of an object", name)
					}
				}
			}
		}
	})
}

// BenchmarkScan reads a paste of 4 kB.
func BenchmarkScan(b *testing.B) {
	d := load(b)
	row := "web-7d4b9c6f5-abcde      0/1     CrashLoopBackOff   12 (3m ago)     40m\n"
	event := "  Warning  BackOff  3s (x4 over 40s)  kubelet  Back-off restarting failed container app in pod web-1_shop(1234)\n"
	text := "NAME                     READY   STATUS             RESTARTS        AGE\n" + strings.Repeat(row, 30) + "\n" + strings.Repeat(event, 17)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		scan(d, text)
	}
}

package task

import (
	"os"
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary"
)

func TestProbe(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	x := New(g.All())
	for _, f := range []string{"tune", "report"} {
		data, _ := os.ReadFile("../testdata/queries/tasks-" + f + ".tsv")
		n, top1, top3 := 0, 0, 0
		for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
			if strings.HasPrefix(line, "#") {
				continue
			}
			row := strings.Split(line, "\t")
			want := strings.Fields(row[2])
			found := x.meanings().rank(row[1])
			at := slices.IndexFunc(found, func(m Match) bool { return slices.Contains(want, m.Term.ID) })
			n++
			if at == 0 {
				top1++
			}
			if at >= 0 && at < 3 {
				top3++
			}
			if f == "tune" && at != 0 {
				var s []string
				for _, m := range found[:min(4, len(found))] {
					s = append(s, m.Term.ID)
				}
				t.Logf("%d %q %v: %v  want %v", at, row[1], words().read(row[1]), s, want)
			}
		}
		t.Logf("%s: %d, top1 %.3f top3 %.3f", f, n, float64(top1)/float64(n), float64(top3)/float64(n))
	}
}

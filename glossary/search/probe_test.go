package search

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestProbeTasks(t *testing.T) {
	g := loadTerms(t)
	x := New(g)
	for _, f := range []string{"tune.tsv", "chat.tsv", "fresh.tsv", "report.tsv"} {
		for _, q := range readQueries(t, g, f) {
			found := x.Search(q.query, 3)
			for i, m := range found {
				if m.Term.IsTask() {
					state := "suggest"
					if m.Score >= AnswerThreshold {
						state = "ANSWER"
					}
					if i == 0 {
						t.Logf("%s %s %s %q -> %v want %v", f, state, q.kind, q.query, describe(found), q.want)
					}
					break
				}
			}
		}
	}
	for _, f := range []string{"tune", "report"} {
		data, _ := os.ReadFile("testdata/queries/tasks-" + f + ".tsv")
		var tl tally
		for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
			row := strings.Split(line, "\t")
			if len(row) != 3 {
				continue
			}
			found := x.Search(row[1], 3)
			before := tl
			tl.add(labelledQuery{row[0], row[1], strings.Fields(row[2])}, found)
			if f == "tune" && tl.top1 == before.top1 {
				t.Logf("TUNE %q %v want %s", row[1], describe(found), row[2])
			}
		}
		t.Logf("%s n %d top1 %.3f top3 %.3f direct %.3f precision %.3f", f, tl.n, share(tl.top1, tl.n), share(tl.top3, tl.n), share(tl.direct, tl.n), share(tl.right, tl.direct))
	}
	_ = slices.Max[[]int]
}

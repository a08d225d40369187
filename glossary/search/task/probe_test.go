package task

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary"
)

func TestNeg(t *testing.T) {
	g, _ := glossary.Load()
	x := New(g.All())
	var neg [3][]string
	for _, f := range []string{"tune.tsv", "chat.tsv"} {
		data, _ := os.ReadFile("../testdata/queries/" + f)
		for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
			row := strings.Split(line, "\t")
			if len(row) < 3 {
				continue
			}
			i := intentOf(row[1])
			if i == other {
				neg[0] = append(neg[0], "")
				continue
			}
			found := x.rank(row[1])
			if len(found) > 0 {
				neg[i] = append(neg[i], fmt.Sprintf("%.2f %q %s want %s (%s)", found[0].Score, row[1], found[0].Term.ID, row[2], row[0]))
			}
		}
	}
	for i := range neg {
		slices.Sort(neg[i])
		slices.Reverse(neg[i])
		t.Logf("intent %d: %d", i, len(neg[i]))
		if i > 0 {
			t.Log("\n" + strings.Join(neg[i][:min(70, len(neg[i]))], "\n"))
		}
	}
	var pos [3][]string
	data, _ := os.ReadFile("../testdata/queries/tasks-tune.tsv")
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		row := strings.Split(line, "\t")
		if len(row) < 3 {
			continue
		}
		found := x.rank(row[1])
		i := intentOf(row[1])
		second := 0.0
		if len(found) > 1 {
			second = found[1].Score
		}
		pos[i] = append(pos[i], fmt.Sprintf("%.2f %.2f %v %q", found[0].Score, second/found[0].Score, slices.Contains(strings.Fields(row[2]), found[0].Term.ID), row[1]))
	}
	for i := range pos {
		slices.Sort(pos[i])
		t.Logf("positive intent %d: %d\n%s", i, len(pos[i]), strings.Join(pos[i][:min(45, len(pos[i]))], "\n"))
	}
}

package diagnose

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// testdata/messages contains real events, errors and log lines, one file per subject. Each row
// has the IDs of the terms that may come first in its explanation, separated by spaces, or
// "healthy" if it needs no action. Rows without a term count as not recognized.

// messageFloors are the minimum shares of correct rows. Only raise them.
var messageFloors = map[string]float64{
	"api": 0.995, "containers": 0.992, "neighbors": 1, "nodes": 0.975, "volumes": 0.982, "workloads": 0.975,
}

// A labelledRow is a row of testdata: its values by column.
type labelledRow map[string]string

func readRows(tb testing.TB, file string) []labelledRow {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	var head []string
	var rows []labelledRow
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if head == nil {
			head = cells
			continue
		}
		row := labelledRow{}
		for i, c := range cells {
			if i < len(head) {
				row[head[i]] = c
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// TestMessages checks that enough messages are recognized as the right term, with the right
// object.
func TestMessages(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	d := load(t)
	files, _ := filepath.Glob("testdata/messages/*.tsv")
	for _, file := range files {
		subject := strings.TrimSuffix(filepath.Base(file), ".tsv")
		if subject == "tables" {
			continue
		}
		right, rows := 0, readRows(t, file)
		for i, r := range rows {
			text, object := messageText(r)
			got, ok := rightMessage(d, r, text, object)
			if ok {
				right++
			} else if testing.Verbose() {
				t.Logf("%s:%d: want %q, got %s: %s: %.140s", subject, i+2, r["term"], got, r["reason"], r["example"])
			}
		}
		share := float64(right) / float64(len(rows))
		t.Logf("%-12s %4d of %4d, %.3f", subject, right, len(rows), share)
		if share < messageFloors[subject] {
			t.Errorf("%s: %.3f of the rows are correct, want at least %.3f", subject, share, messageFloors[subject])
		}
	}
}

// messageText returns a row as a person would paste it, and the object that it is about.
func messageText(r labelledRow) (text, object string) {
	example := strings.ReplaceAll(r["example"], `\n`, "\n")
	if r["form"] != "event" || r["type"] == "-" {
		return example + "\n", ""
	}
	object = strings.ToLower(r["kind"]) + "/sample-1"
	switch r["kind"] {
	case "Pod":
		object = "pod/web-7d9f8c6b5d-x2v4q"
	case "Node":
		object = "node/worker-2"
	}
	return fmt.Sprintf("LAST SEEN   TYPE      REASON   OBJECT   MESSAGE\n2m          %s   %s   %s   %s\n", r["type"], r["reason"], object, example), object
}

// rightMessage reports whether a message is recognized as one of its terms.
func rightMessage(d *Diagnoser, r labelledRow, text, object string) (got string, ok bool) {
	diagnosis := diagnose(d, text)
	want := strings.Fields(r["term"])
	if r["term"] == "healthy" || r["severity"] == "info" && r["term"] == "" {
		return describe(diagnosis), len(diagnosis.Issues) == 0
	}
	for _, tr := range diagnosis.Issues[:min(1, len(diagnosis.Issues))] {
		for _, id := range want {
			if tr.Term != nil && tr.Term.ID == id && (object == "" || len(tr.Objects) > 0 && tr.Objects[0].String() == object) {
				return "", true
			}
		}
	}
	return describe(diagnosis), false
}

// The limits of TestTables. The false all-clears are questionable defaults that break
// nothing, such as a StorageClass that does not allow volume expansion.
const (
	maxFalseAllClears = 5
	minHealthyRows    = 134
	minUnhealthyRows  = 115
)

// TestTables checks that enough rows of testdata/messages/tables.tsv are judged correctly
// as healthy or unhealthy.
func TestTables(t *testing.T) {
	d := load(t)
	var right, all [2]int
	clear := 0
	rows := readRows(t, "testdata/messages/tables.tsv")
	for i, r := range rows {
		for j, column := range []string{"healthy", "unhealthy"} {
			if v := strings.TrimSpace(r[column]); v == "" || v == "-" {
				continue
			}
			diagnosis := diagnose(d, tableText(r["kind"], r["head"], r[column]))
			ok := diagnosis.IsHealthy()
			if column == "unhealthy" {
				if ok {
					clear++
				}
				ok = len(diagnosis.Issues) > 0
			}
			all[j]++
			if ok {
				right[j]++
			} else if testing.Verbose() {
				t.Logf("tables:%d: %s %s: got %s: %s", i+2, r["kind"], column, describe(diagnosis), r[column])
			}
		}
	}
	if clear > maxFalseAllClears || right[0] < minHealthyRows || right[1] < minUnhealthyRows {
		t.Errorf("healthy %d, unhealthy %d, false all-clears %d: want at least %d and %d, at most %d", right[0], right[1], clear, minHealthyRows, minUnhealthyRows, maxFalseAllClears)
	}
	t.Logf("healthy %d of %d, unhealthy %d of %d, false all-clears %d", right[0], all[0], right[1], all[1], clear)
}

var blanks = regexp.MustCompile(`\s{2,}|\t`)

// tableText returns a table with one row as kubectl prints it. It does not align the columns if
// the row and the header have a different number of cells.
func tableText(kind, head, row string) string {
	kind = strings.ToLower(strings.Fields(kind)[0])
	row = strings.ReplaceAll(row, `\n`, "\n")
	heads := strings.Fields(head)
	if blanks.MatchString(head) {
		heads = blanks.Split(head, -1)
	}
	cells := blanks.Split(strings.TrimSpace(row), -1)
	if len(heads) != len(cells) {
		return fmt.Sprintf("$ kubectl get %s\n%s\n%s\n", kind, head, row)
	}
	var top, below strings.Builder
	for i := range heads {
		width := max(len(heads[i]), len(cells[i])) + 3
		fmt.Fprintf(&top, "%-*s", width, heads[i])
		fmt.Fprintf(&below, "%-*s", width, cells[i])
	}
	return fmt.Sprintf("$ kubectl get %s\n%s\n%s\n", kind, strings.TrimRight(top.String(), " "), strings.TrimRight(below.String(), " "))
}

// describe returns a diagnosis in one line.
func describe(d Diagnosis) string {
	var s []string
	for _, t := range d.Issues {
		name := "?"
		if t.Term != nil {
			name = t.Term.ID
		}
		for _, o := range t.Objects {
			name += " " + o.String()
		}
		for _, f := range t.Symptoms {
			if f.Term != nil {
				name += " <" + f.Term.ID
			}
		}
		s = append(s, name)
	}
	return fmt.Sprintf("[%s] healthy %d, unread %d", strings.Join(s, "; "), d.Healthy, len(d.Unread))
}

package parse

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"k8sbot/glossary/paste/line"
)

// TestReadRows checks that the halves of a long table are read like the whole.
func TestReadRows(t *testing.T) {
	t.Parallel()
	const rows = 6000
	for _, tt := range []struct {
		name    string
		at      int // index of the row that other replaces
		other   string
		columns string
	}{
		{"only rows", -1, "", "NAME   READY   STATUS   RESTARTS   AGE"},
		{"ends in the first half", rows / 4, "", "NAME   READY   STATUS   RESTARTS   AGE"},
		{"ends in the second half", rows - 100, "NAME   AGE", "NAME   READY   STATUS   RESTARTS   AGE"},
		{"a rule", rows / 2, "-----", "NAME   READY   STATUS   RESTARTS   AGE"},
		{"a tree from the first half", rows / 3, "├─web   0/1   Error   1   4m", "NAME   READY   STATUS   RESTARTS   AGE"},
		{"a tree from the second half", rows - 100, "├─web   0/1   Error   1   4m", "NAME   READY   STATUS   RESTARTS   AGE"},
		{"containers", -1, "", "CONTAINER   IMAGE   CREATED   STATE   POD ID"},
		{"steps", -1, "", "STEP   PODNAME   DURATION   MESSAGE   AGE"},
		{"the object above", -1, "", "NAME   STARTED   DURATION   STATUS   AGE"},
	} {
		var b strings.Builder
		b.WriteString(tt.columns + "\n")
		for n := range rows {
			if n == tt.at {
				b.WriteString(tt.other + "\n")
				continue
			}
			fmt.Fprintf(&b, "web-%d   %d/1   CrashLoopBackOff   %d   %dm\n", n, n%2, n, n%50)
		}
		lines := line.Clean(b.String())
		head := head(lines[0].Text)
		if head == nil {
			t.Fatalf("%s: %q is not a header", tt.name, lines[0].Text)
		}
		want, got := new(Parser), new(Parser)
		first, second := *head, *head
		wantN := want.rowsIn(&first, "", lines[1:])
		gotN := got.readRows(&second, "", lines[1:])
		if gotN != wantN || first.tree != second.tree || want.said != got.said {
			t.Errorf("%s: %d rows, tree %t, said %v; want %d, %t, %v", tt.name, gotN, second.tree, got.said, wantN, first.tree, want.said)
		}
		wants, gots := want.Text.Observations.Slice(), got.Text.Observations.Slice()
		if len(wants) != len(gots) {
			t.Fatalf("%s: %d observations, want %d", tt.name, len(gots), len(wants))
		}
		for i := range wants {
			if !reflect.DeepEqual(wants[i], gots[i]) {
				t.Fatalf("%s: observation %d is %+v, want %+v", tt.name, i, gots[i], wants[i])
			}
		}
	}
}

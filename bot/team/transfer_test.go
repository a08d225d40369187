package team

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"k8sbot/glossary"
)

func never(string) (int, error) { return 0, nil }

// TestImport checks that importing a CSV file twice changes nothing the second time, and that
// importing exported terms changes nothing.
func TestImport(t *testing.T) {
	const file = "id,name_en,name_ja,aliases,summary_en,summary_ja\n" +
		"release-train,release train,,RT; train,The weekly deployment.,\n" +
		",,便,,,毎週のデプロイです。\n" +
		"pod,Pod,,,Our group of four.,\n"
	at := time.Unix(1, 0)
	plan, revisions, err := Import(strings.NewReader(file), Terms{}, never, at)
	if err != nil || len(plan.Conflicts) > 0 || len(revisions) != 3 {
		t.Fatalf("got %d revisions, %v, %v", len(revisions), plan, err)
	}
	var now Terms
	for _, r := range revisions {
		if !IsID(r.Term) || r.Number != 1 {
			t.Errorf("got %+v", r)
		}
		now.Entries = append(now.Entries, Entry{Term: r.Term, Category: r.Category, Data: r.Data, Number: r.Number})
	}
	if plan, again, err := Import(strings.NewReader(file), now, never, at); err != nil || len(again) > 0 || plan.Same != 3 {
		t.Errorf("again: got %+v, %v", plan, err)
	}
	changed := strings.Replace(file, "weekly", "daily", 1)
	if _, again, err := Import(strings.NewReader(changed), now, never, at); err != nil || len(again) != 1 || again[0].Number != 2 || again[0].Term != "team-release-train" {
		t.Errorf("changed: got %+v, %v", again, err)
	}
	var exported bytes.Buffer
	if err := glossary.Export(&exported, Decode(now.Entries).All(), "csv"); err != nil {
		t.Fatal(err)
	}
	if plan, again, err := Import(&exported, now, never, at); err != nil || len(again) > 0 || plan.Same != 3 {
		t.Errorf("exported and imported: got %+v, %v, %v", plan, again, err)
	}
	if plan, revisions, err := Import(strings.NewReader(file+"x,,,,No name.,\n"), Terms{}, never, at); err != nil || len(plan.Conflicts) == 0 || len(revisions) > 0 {
		t.Errorf("conflict: got %+v, %d revisions, %v", plan, len(revisions), err)
	}
	if _, revisions, _ := Import(strings.NewReader(file), Terms{}, func(string) (int, error) { return 4, nil }, at); revisions[0].Number != 5 {
		t.Errorf("a deleted term: got number %d", revisions[0].Number)
	}
}

// TestImportLimit checks that as many terms as a tenant may have can be imported, but not one
// more.
func TestImportLimit(t *testing.T) {
	rows := func(from, n int) string {
		var b strings.Builder
		b.WriteString("name_en,summary_en\n")
		for i := range n {
			fmt.Fprintf(&b, "word w%dw,Meaning %d of the list %x.\n", from+i, from+i, (from+i)*7919)
		}
		return b.String()
	}
	start := time.Now()
	plan, revisions, err := Import(strings.NewReader(rows(0, MaxTerms)), Terms{}, never, start)
	if err != nil || len(revisions) != MaxTerms {
		t.Fatalf("got %d revisions, %d conflicts %.300v, %v", len(revisions), len(plan.Conflicts), plan.Conflicts, err)
	}
	t.Logf("%d rows took %v", MaxTerms, time.Since(start))
	if _, revisions, err := Import(strings.NewReader(rows(0, MaxTerms+1)), Terms{}, never, start); err == nil || len(revisions) > 0 || !strings.Contains(err.Error(), "line 5002") {
		t.Errorf("one row more: got %d revisions, %v", len(revisions), err)
	}
	var now Terms
	for _, r := range revisions {
		now.Entries = append(now.Entries, Entry{Term: r.Term, Category: r.Category, Data: r.Data, Number: r.Number})
	}
	if _, revisions, err := Import(strings.NewReader(rows(MaxTerms, 1)), now, never, start); !errors.Is(err, ErrFull) || len(revisions) > 0 {
		t.Errorf("one term more: got %d revisions, %v", len(revisions), err)
	}
}

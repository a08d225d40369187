package review

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"
	"time"

	"k8sbot/bot/review/fsrs"
	"k8sbot/glossary"
)

func TestExport(t *testing.T) {
	g := loadGlossary(t)
	cards := []Card{
		{Term: "pod", Added: time.Unix(0, 0), Suspended: true},
		{Term: "crashloopbackoff", Added: time.Unix(3600, 0), Reps: 5, Lapses: 4, Memory: fsrs.Memory{Stability: 2.5, Difficulty: 5}, Last: monday, Due: monday + 3},
		{Term: "no-such-term"},
	}
	var anki, table, log strings.Builder
	err := errors.Join(WriteAnki(&anki, g.Term, cards, glossary.Japanese), WriteCards(&table, cards), WriteAnswers(&log, []Answer{
		{Term: "pod", Seq: 1, Kind: SelfGraded, Rating: Forgot, Day: monday, At: time.Unix(0, 0)},
		{Term: "pod", Seq: 2, Kind: SelfGraded, Undoes: 1, Day: monday, At: time.Unix(0, 0)},
		{Term: "pod", Seq: 3, Kind: Placed, Rating: placedKnown, Day: monday, At: time.Unix(0, 0)},
	}))
	if err != nil {
		t.Fatal(err)
	}
	body, ok := strings.CutPrefix(anki.String(), ankiHeader)
	r := csv.NewReader(strings.NewReader(body))
	r.Comma = '\t'
	rows, err := r.ReadAll()
	if err != nil || !ok || len(rows) != 2 || rows[0][0] != "CrashLoopBackOff" || rows[0][2] != "kubernetes pod-status" {
		t.Fatalf("got %q, %v", rows, err)
	}
	term, _ := g.Term("crashloopbackoff")
	if back := rows[0][1]; back != term.Summary.JA+"\n"+term.Checks[0].Run {
		t.Errorf("got back %q", back)
	}
	if want := `term,added,reps,lapses,stability,difficulty,last,due,left_out
crashloopbackoff,1970-01-01T01:00:00Z,5,4,2.5,5,2026-03-02,2026-03-05,false
no-such-term,0001-01-01T00:00:00Z,0,0,,,,,false
pod,1970-01-01T00:00:00Z,0,0,,,,,true
`; table.String() != want {
		t.Errorf("got %s, want %s", table.String(), want)
	}
	if want := `term,seq,day,at,kind,rating,undoes
pod,1,2026-03-02,1970-01-01T00:00:00Z,self,forgot,
pod,2,2026-03-02,1970-01-01T00:00:00Z,self,,1
pod,3,2026-03-02,1970-01-01T00:00:00Z,placement,knew,
`; log.String() != want {
		t.Errorf("got %s, want %s", log.String(), want)
	}
}

// A failingWriter fails at its second write, or at its first if it is full.
type failingWriter struct{ full bool }

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.full {
		return 0, errors.New("disk is full")
	}
	w.full = true
	return len(p), nil
}

func TestExportFails(t *testing.T) {
	g := loadGlossary(t)
	cards := []Card{{Term: "pod"}}
	for name, err := range map[string]error{
		"the header of Anki": WriteAnki(&failingWriter{full: true}, g.Term, cards, glossary.English),
		"the rows of Anki":   WriteAnki(&failingWriter{}, g.Term, cards, glossary.English),
		"the cards":          WriteCards(&failingWriter{full: true}, cards),
		"the answers":        WriteAnswers(&failingWriter{full: true}, nil),
	} {
		if err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

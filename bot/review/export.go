package review

import (
	"cmp"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"k8sbot/bot/review/fsrs"
	"k8sbot/glossary"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/stable"
)

// ankiHeader tells Anki how to read the file:
// https://docs.ankiweb.net/importing/text-files.html
const ankiHeader = "#separator:tab\n#html:false\n#notetype:Basic\n#deck:Kubernetes\n#tags column:3\n"

// WriteAnki writes a learner's cards as a text file that Anki can import, with the columns front,
// back and tags. Terms that find does not return are skipped. WriteAnki returns any error from w.
func WriteAnki(w io.Writer, find func(id string) (*glossary.Term, bool), cards []Card, lang glossary.Lang) error {
	if _, err := io.WriteString(w, ankiHeader); err != nil {
		return err
	}
	table := csv.NewWriter(w)
	table.Comma = '\t'
	for _, c := range byTerm(cards) {
		t, ok := find(c.Term)
		if !ok {
			continue
		}
		back := []string{mark.Strip(t.Summary.In(lang))}
		if len(t.Checks) > 0 {
			back = append(back, t.Checks[0].Run)
		}
		row := []string{t.DisplayName(lang), strings.Join(back, "\n"), "kubernetes " + string(t.Category)}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// WriteCards writes a learner's cards as CSV with a header. Days and times without a value are
// empty. WriteCards returns any error from w.
func WriteCards(w io.Writer, cards []Card) error {
	rows := [][]string{{"term", "added", "reps", "lapses", "stability", "difficulty", "last", "due", "left_out"}}
	for _, c := range byTerm(cards) {
		row := []string{c.Term, c.Added.UTC().Format(time.RFC3339), strconv.Itoa(c.Reps), strconv.Itoa(c.Lapses), "", "", "", "", strconv.FormatBool(c.Suspended)}
		if !c.IsNew() {
			row[4], row[5] = decimal(c.Memory.Stability), decimal(c.Memory.Difficulty)
			row[6], row[7] = c.Last.String(), c.Due.String()
		}
		rows = append(rows, row)
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// WriteAnswers writes a learner's log as CSV with a header, in the order of the log. It returns
// any error from w.
func WriteAnswers(w io.Writer, log []Answer) error {
	rows := [][]string{{"term", "seq", "day", "at", "kind", "rating", "undoes"}}
	for _, a := range log {
		undoes := ""
		if a.Undoes != 0 {
			undoes = strconv.Itoa(a.Undoes)
		}
		rows = append(rows, []string{a.Term, strconv.Itoa(a.Seq), a.Day.String(), a.At.UTC().Format(time.RFC3339), string(a.Kind), ratingName(a.Rating), undoes})
	}
	return csv.NewWriter(w).WriteAll(rows)
}

func ratingName(r fsrs.Rating) string {
	switch r {
	case 0:
		return ""
	case Forgot:
		return "forgot"
	}
	return "knew"
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func byTerm(cards []Card) []Card {
	cards = slices.Clone(cards)
	stable.Sort(cards, func(a, b *Card) int { return cmp.Compare(a.Term, b.Term) })
	return cards
}

package glossary

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"

	"k8sbot/glossary/mark"
)

// ExportFormats are the formats that [Export] writes.
var ExportFormats = []string{"json", "csv", "anki"}

// Export writes terms to w, in the given order, in one of the ExportFormats:
//
//   - json: an array of terms with all their fields, named as in the files;
//   - csv: a table for spreadsheets, with a header row and one term per row. It begins with
//     a byte order mark, and no cell is a formula;
//   - anki: a text file that Anki imports, with one card per term and language, and a deck
//     per language (https://docs.ankiweb.net/importing/text-files.html).
//
// langs are the languages of the cards. If format is unknown, the error lists the ExportFormats.
func Export(w io.Writer, terms []*Term, format string, langs ...Lang) error {
	switch format {
	case "json":
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(terms)
	case "csv":
		return exportCSV(w, terms)
	case "anki":
		return exportAnki(w, terms, langs)
	}
	return fmt.Errorf("unknown format %q: use one of %s", format, strings.Join(ExportFormats, ", "))
}

// byteOrderMark tells Excel that a file is in UTF-8. Without it, Excel decodes the file with the
// encoding of the system, such as CP932 in Japan
// (https://support.microsoft.com/office/8a935af5-3416-4edd-ba7e-3dfd2bc4a032).
const byteOrderMark = "\ufeff"

func exportCSV(w io.Writer, terms []*Term) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	rows := [][]string{{
		"id", "category", "tier", "name_en", "name_ja", "reading", "aliases", "layers", "severity",
		"summary_en", "summary_ja", "meaning_en", "meaning_ja", "docs_en", "docs_ja",
		"team_note_en", "team_note_ja", "team_runbook", "do", "seen",
	}}
	for _, t := range terms {
		var layers []string
		for _, u := range t.Usages {
			layers = append(layers, string(u.Kind))
		}
		row := []string{
			t.ID, string(t.Category), strconv.Itoa(t.Tier), t.Names().EN, t.Names().JA, t.Reading,
			strings.Join(t.OtherNames(), "; "), strings.Join(layers, "; "), string(t.Severity),
			mark.Strip(t.Summary.EN), mark.Strip(t.Summary.JA), paragraphOnly(t.Meaning.Text(), English), paragraphOnly(t.Meaning.Text(), Japanese),
			t.Docs.EN, t.Docs.JA,
		}
		row = append(append(row, teamCells(t)...), doCell(t), seenCell(t))
		for i := range row {
			row[i] = inert(row[i])
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}

// paragraphOnly returns t in l as one paragraph without code marks, or "" if t is available only in
// the other language.
func paragraphOnly(t Text, l Lang) string {
	if !t.Has(l) {
		return ""
	}
	return mark.Strip(t.Paragraph(l))
}

// teamCells returns the cells with a team's additions to a term: the notes in each language, and
// the runbooks.
func teamCells(t *Term) []string {
	var cells [3][]string
	for _, a := range t.Team {
		for i, text := range []string{paragraphOnly(a.Note, English), paragraphOnly(a.Note, Japanese), a.Runbook} {
			if text != "" {
				cells[i] = append(cells[i], text)
			}
		}
	}
	return []string{JoinSentences(English, cells[0]...), JoinSentences(Japanese, cells[1]...), strings.Join(cells[2], "; ")}
}

// doCell returns the cell with a task's commands.
func doCell(t *Term) string {
	var commands []string
	for _, a := range t.Do {
		commands = append(commands, a.Run)
	}
	return strings.Join(commands, " ; ")
}

// seenCell returns the cell with the messages by which a term is recognized, joined with
// seenSeparator. It returns "" if the term has rules of other kinds, which do not fit into a
// cell.
func seenCell(t *Term) string {
	var texts []string
	for _, s := range t.Seen {
		if !s.isMessage() || strings.Contains(s.Text, seenSeparator) {
			return ""
		}
		texts = append(texts, s.Text)
	}
	return strings.Join(texts, seenSeparator)
}

// seenSeparator separates the messages in a cell. A message may contain a semicolon, but not with
// spaces on both sides.
const seenSeparator = " ; "

// inert returns a cell that a spreadsheet does not interpret as a formula: it prepends an
// apostrophe to a cell that begins like a formula
// (https://owasp.org/www-community/attacks/CSV_Injection).
func inert(cell string) string {
	if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
		return "'" + cell
	}
	return cell
}

// ankiHeader tells Anki what each column is, counted from 1. Anki creates a missing deck if a
// column names the deck, but not if the header does.
const ankiHeader = "#separator:tab\n#html:true\n#notetype:Basic\n#guid column:1\n#deck column:4\n#tags column:5\n"

// ankiDecks maps each language to its deck.
var ankiDecks = map[Lang]string{English: "Kubernetes::English", Japanese: "Kubernetes::日本語"}

func exportAnki(w io.Writer, terms []*Term, langs []Lang) error {
	var b strings.Builder
	b.WriteString(ankiHeader)
	for _, t := range slices.SortedStableFunc(slices.Values(terms), func(a, b *Term) int { return a.Tier - b.Tier }) {
		for _, l := range langs {
			fmt.Fprintf(&b, "k8sbot-%s-%s\t%s\t%s\t%s\tk8sbot::%s k8sbot::tier%d k8sbot::%s\n",
				t.ID, l, ankiFront(t, l), ankiBack(t, l), ankiDecks[l], t.Category, t.Tier, l)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// ankiFront returns the front of a card: the term's name and its reading.
func ankiFront(t *Term, l Lang) string {
	front := html.EscapeString(t.DisplayName(l))
	if l == Japanese && t.Reading != t.Name.JA {
		front += "<br>" + html.EscapeString(t.Reading)
	}
	return front
}

// ankiBack returns the back of a card: the term's summary and meaning, and what to check first
// (for a status) or what to type (for a task).
func ankiBack(t *Term, l Lang) string {
	var b strings.Builder
	b.WriteString(`<div style="text-align:left"><b>` + markedHTML(t.Summary.Paragraph(l)) + "</b>")
	for _, s := range t.Meaning.Text().Sentences(l) {
		b.WriteString("<br>" + markedHTML(s))
	}
	if len(t.Checks) > 0 {
		b.WriteString("<br><br><code>" + html.EscapeString(t.Checks[0].Run) + "</code>")
		if note := t.Checks[0].Note(l); note != "" {
			b.WriteString("<br>" + markedHTML(note))
		}
	}
	for _, a := range t.Do {
		b.WriteString("<br><br>" + html.EscapeString(a.Heading(l)) + "<br><code>" + html.EscapeString(a.Run) + "</code>")
		if note := a.Note(l); note != "" {
			b.WriteString("<br>" + markedHTML(note))
		}
	}
	for _, a := range t.Team {
		b.WriteString("<br>")
		if !a.Note.IsZero() {
			b.WriteString("<br>" + teamLabel[l] + markedHTML(a.Note.Paragraph(l)))
		}
		if a.Runbook != "" {
			address := html.EscapeString(a.Runbook)
			b.WriteString(`<br><a href="` + address + `">` + address + "</a>")
		}
	}
	b.WriteString("</div>")
	return b.String()
}

// teamLabel is the label before a team's addition.
var teamLabel = map[Lang]string{English: "Your team: ", Japanese: "チームより: "}

// markedHTML returns text with code marks as HTML.
func markedHTML(text string) string {
	var b strings.Builder
	for _, s := range mark.Spans(text) {
		if s.Code {
			b.WriteString("<code>" + html.EscapeString(s.Text) + "</code>")
		} else {
			b.WriteString(html.EscapeString(s.Text))
		}
	}
	return b.String()
}

package glossary

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"html"
	"maps"
	"slices"
	"strings"
	"testing"
)

func export(t *testing.T, terms []*Term, format string, langs ...Lang) string {
	t.Helper()
	var b bytes.Buffer
	if err := Export(&b, terms, format, langs...); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func allTerms(t *testing.T) []*Term {
	t.Helper()
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return g.All()
}

// TestExportCSV reads the table like a spreadsheet program.
func TestExportCSV(t *testing.T) {
	terms := allTerms(t)
	text, ok := strings.CutPrefix(export(t, terms, "csv"), "\ufeff")
	if !ok {
		t.Error("no byte order mark: Excel would not read it as UTF-8")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(terms)+1 || len(rows[0]) != 20 {
		t.Errorf("got %d rows of %d cells, want %d of 20", len(rows), len(rows[0]), len(terms)+1)
	}
	options := 0
	for i, row := range rows[1:] {
		if do := row[18]; terms[i].IsTask() != (do != "") || terms[i].IsTask() && !strings.Contains(do, terms[i].Do[0].Run) {
			t.Errorf("%s: got the commands %q, want those of a task", row[0], do)
		}
		for j, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%s, %s: a spreadsheet takes %q for a formula", row[0], rows[0][j], cell)
			}
			if strings.ContainsAny(cell, "\n\x00") {
				t.Errorf("%s, %s: %q has a line break", row[0], rows[0][j], cell)
			}
			if strings.HasPrefix(cell, "'-") {
				options++
			}
		}
		if row[0] != terms[i].ID {
			t.Errorf("row %d is %s, want %s", i+1, row[0], terms[i].ID)
		}
	}
	if options == 0 {
		t.Error("no cell begins with an option, such as -o wide: the rule for formulas is not tested")
	}
}

func TestInert(t *testing.T) {
	for cell, want := range map[string]string{"": "", "Pod": "Pod", "--dry-run": "'--dry-run", "=1+1": "'=1+1", "@x": "'@x", "+1": "'+1", "\tx": "'\tx", "ポッド": "ポッド"} {
		if got := inert(cell); got != want {
			t.Errorf("inert(%q) = %q, want %q", cell, got, want)
		}
	}
}

// TestExportAnki reads the cards by the rules of Anki's importer: it splits lines at tabs
// with optional quotes, and takes lines that begin with # for headers and comments
// (https://docs.ankiweb.net/importing/text-files.html,
// https://github.com/ankitects/anki/blob/main/rslib/src/import_export/text/csv/metadata.rs).
func TestExportAnki(t *testing.T) {
	terms := allTerms(t)
	text := export(t, terms, "anki", Langs...)
	headers := map[string]string{}
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !strings.HasPrefix(line, "#") || !ok {
			break
		}
		headers[name] = value
	}
	want := map[string]string{"#separator": "tab", "#html": "true", "#notetype": "Basic", "#guid column": "1", "#deck column": "4", "#tags column": "5"}
	if !maps.Equal(headers, want) {
		t.Errorf("got the headers %v, want %v", headers, want)
	}
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.Comment, in.LazyQuotes, in.FieldsPerRecord = '\t', '#', true, 5
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2*len(terms) {
		t.Errorf("got %d cards, want %d", len(rows), 2*len(terms))
	}
	ids, tier, checks := map[string]bool{}, "k8sbot::tier1", 0
	for _, row := range rows {
		if ids[row[0]] {
			t.Errorf("two cards have the ID %s", row[0])
		}
		ids[row[0]] = true
		lang := Lang(row[0][len(row[0])-2:])
		if row[3] != ankiDecks[lang] {
			t.Errorf("%s: got the deck %q, want %q", row[0], row[3], ankiDecks[lang])
		}
		tags := strings.Split(row[4], " ")
		if len(tags) != 3 || tags[1] < tier || tags[2] != "k8sbot::"+string(lang) {
			t.Errorf("%s: got the tags %q, want a category, a tier from %s on, and the language", row[0], row[4], tier)
		}
		tier = tags[1]
		for _, field := range row[1:3] {
			if field == "" || strings.HasPrefix(field, `"`) || strings.Count(field, "<code>") != strings.Count(field, "</code>") {
				t.Errorf("%s: the field %q is empty, quoted or has an open tag", row[0], field)
			}
		}
		id := strings.TrimSuffix(strings.TrimPrefix(row[0], "k8sbot-"), "-"+string(lang))
		if i := slices.IndexFunc(terms, func(t *Term) bool { return t.ID == id }); terms[i].IsTask() {
			for _, a := range terms[i].Do {
				if !strings.Contains(row[2], html.EscapeString(a.Heading(lang))+"<br><code>"+html.EscapeString(a.Run)+"</code>") {
					t.Errorf("%s: the card %q lacks %q", row[0], row[2], a.Run)
				}
			}
		} else if strings.Contains(row[2], "<code>kubectl ") {
			checks++
		}
	}
	if checks < 200 {
		t.Errorf("got %d cards with a first check, want those of all statuses", checks)
	}
	if one := export(t, terms, "anki", Japanese); strings.Contains(one, "English") || strings.Count(one, "\n") != len(terms)+6 {
		t.Error("with one language: got cards in the other one, or not all cards")
	}
}

func TestExportJSON(t *testing.T) {
	terms := allTerms(t)
	var got []map[string]any
	if err := json.Unmarshal([]byte(export(t, terms[:3], "json")), &got); err != nil || len(got) != 3 || got[0]["id"] != terms[0].ID {
		t.Errorf("got %v, %v, want the first three terms", got, err)
	}
	if err := Export(new(bytes.Buffer), terms, "pdf"); err == nil || !strings.Contains(err.Error(), strings.Join(ExportFormats, ", ")) {
		t.Errorf("unknown format: got the error %v, want one that lists the formats", err)
	}
}

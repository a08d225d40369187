package glossary

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"

	"k8sbot/glossary/mark"
)

// ExportFormats are the formats that [Glossary.Export] writes.
var ExportFormats = []string{"json", "csv", "anki"}

// Export writes all terms to w in one of the ExportFormats:
//
//   - json: an array of terms with all their fields, named as in the files;
//   - csv: a table for spreadsheets, with a header row and one term per row;
//   - anki: a text file that Anki imports, with one card per term and
//     language (https://docs.ankiweb.net/importing/text-files.html).
//
// The error names the formats if format is not one of them.
func (g *Glossary) Export(w io.Writer, format string) error {
	switch format {
	case "json":
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(g.terms)
	case "csv":
		return g.exportCSV(w)
	case "anki":
		return g.exportAnki(w)
	}
	return fmt.Errorf("unknown format %q: use one of %s", format, strings.Join(ExportFormats, ", "))
}

func (g *Glossary) exportCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{
		"id", "category", "tier", "name_en", "name_ja", "reading", "aliases", "layers", "severity",
		"summary_en", "summary_ja", "meaning_en", "meaning_ja", "docs_en", "docs_ja",
	}}
	for _, t := range g.terms {
		var layers []string
		for _, u := range t.Usages {
			layers = append(layers, string(u.Kind))
		}
		rows = append(rows, []string{
			t.ID, string(t.Category), strconv.Itoa(t.Tier), t.Names().EN, t.Names().JA, t.Reading,
			strings.Join(t.OtherNames(), "; "), strings.Join(layers, "; "), string(t.Severity),
			mark.Strip(t.Summary.EN), mark.Strip(t.Summary.JA), mark.Strip(t.Meaning.Paragraph(English)), mark.Strip(t.Meaning.Paragraph(Japanese)),
			t.Docs.EN, t.Docs.JA,
		})
	}
	return out.WriteAll(rows)
}

func (g *Glossary) exportAnki(w io.Writer) error {
	var b strings.Builder
	b.WriteString("#separator:tab\n#html:true\n#notetype:Basic\n#deck:Kubernetes\n#guid column:1\n#tags column:4\n")
	for _, t := range g.terms {
		for _, l := range Langs {
			front := html.EscapeString(t.DisplayName(l))
			if l == Japanese && t.Reading != t.Name.JA {
				front += "<br>" + html.EscapeString(t.Reading)
			}
			back := markedHTML(t.Summary.Paragraph(l))
			for _, s := range t.Meaning.Sentences(l) {
				back += "<br>" + markedHTML(s)
			}
			fmt.Fprintf(&b, "k8sbot-%s-%s\t%s\t%s\tk8sbot %s %s\n", t.ID, l, front, back, t.Category, l)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markedHTML returns a text with code marks as HTML.
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

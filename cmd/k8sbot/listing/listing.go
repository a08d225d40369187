// Package listing prints lists of terms, one per line.
package listing

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"k8sbot/glossary"
)

// A row is the JSON for one term. Fields may be added, but not renamed or removed.
type row struct {
	ID       string            `json:"id"`
	Category glossary.Category `json:"category"`
	Tier     int               `json:"tier"`
	Name     glossary.Text     `json:"name"`
}

// JSON writes each term to w as one line of JSON. It returns an error if writing to w fails.
func JSON(w io.Writer, terms []*glossary.Term) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, t := range terms {
		if err := enc.Encode(row{t.ID, t.Category, t.Tier, t.Names()}); err != nil {
			return err
		}
	}
	return nil
}

// Text writes the ID, the category and the names of each term to w, in columns. It returns an
// error if writing to w fails.
func Text(w io.Writer, terms []*glossary.Term) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	var err error
	for _, t := range terms {
		names := t.Name.EN
		if t.Name.JA != "" {
			names += " / " + t.Name.JA
		}
		_, err = fmt.Fprintf(table, "%s\t%s\t%s\n", t.ID, t.Category, strings.TrimSpace(names))
	}
	return errors.Join(err, table.Flush())
}

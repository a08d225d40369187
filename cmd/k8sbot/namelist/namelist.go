// Package namelist reads lists of names to compare with the glossary: one name per line, or
// tab-separated columns.
package namelist

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Files returns paths with each directory replaced by the .tsv files in it. It returns an
// error if a directory has none.
func Files(paths []string) ([]string, error) {
	var files []string
	for _, p := range paths {
		if p == "-" {
			files = append(files, p)
			continue
		}
		info, err := os.Stat(p)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, p)
			continue
		}
		lists, err := filepath.Glob(filepath.Join(p, "*.tsv"))
		if err != nil {
			return nil, err
		}
		if len(lists) == 0 {
			return nil, fmt.Errorf("%q has no .tsv files: specify the list files instead", p)
		}
		files = append(files, lists...)
	}
	return files, nil
}

// Columns are the possible headings of the column with the names.
var Columns = []string{"name", "english_name", "english_title", "kind", "string"}

// A Name is a name in a list.
type Name struct {
	Text string
	Tier string // "(tier N)", or "" if the list has no tiers
}

// Parse returns the names in a list. It returns an error if text has columns, but none of
// their headings is in [Columns].
func Parse(text string) ([]Name, error) {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	if len(lines) == 0 {
		return nil, nil
	}
	heading := strings.Split(lines[0], "\t")
	nameAt, tierAt := 0, slices.Index(heading, "tier")
	if len(heading) > 1 {
		nameAt = slices.IndexFunc(heading, func(h string) bool { return slices.Contains(Columns, h) })
		if nameAt < 0 {
			return nil, fmt.Errorf("no column has the heading %s", strings.Join(Columns, " or "))
		}
		lines = lines[1:]
	}
	var names []Name
	for _, line := range lines {
		cells := strings.Split(line, "\t")
		if nameAt >= len(cells) || strings.TrimSpace(cells[nameAt]) == "" {
			continue
		}
		n := Name{Text: strings.TrimSpace(cells[nameAt])}
		if tierAt >= 0 && tierAt < len(cells) {
			n.Tier = "(tier " + cells[tierAt] + ")"
		}
		names = append(names, n)
	}
	return names, nil
}

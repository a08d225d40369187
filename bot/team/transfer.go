package team

import (
	"cmp"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/sheet"
)

// Import compares a CSV file with the terms of a tenant, as [sheet.Read] does. It returns the
// plan of changes and, if no row is in conflict, the revisions that apply it. It returns an error
// if the file cannot be read, and [ErrFull] if the tenant would have too many terms. history
// returns the number of a term's last revision, or 0.
func Import(r io.Reader, now Terms, history func(term string) (number int, err error), at time.Time) (*sheet.Plan, []Revision, error) {
	plan, err := sheet.ReadAs(r, Tree(now.Entries), glossary.New(nil), rowID)
	if err != nil || len(plan.Conflicts) > 0 {
		return plan, nil, err
	}
	if len(now.Entries)+len(plan.New) > MaxTerms {
		return plan, nil, ErrFull
	}
	numbers := make(map[string]int, len(now.Entries))
	for _, e := range now.Entries {
		numbers[e.Term] = e.Number
	}
	files := plan.Files()
	var revisions []Revision
	for _, path := range slices.Sorted(maps.Keys(files)) {
		category, file, _ := strings.Cut(path, "/")
		term := strings.TrimSuffix(file, ".yaml")
		number, known := numbers[term]
		if !known {
			if number, err = history(term); err != nil { // the term may have been deleted
				return plan, nil, err
			}
		}
		revisions = append(revisions, Revision{Term: term, Number: number + 1, Category: glossary.Category(category), Data: string(files[path]), At: at})
	}
	return plan, revisions, nil
}

// rowID returns the ID of the term in a row.
func rowID(cells map[string]string) (string, error) {
	name := cmp.Or(cells["id"], cells["name_en"], cells["name_ja"])
	if name == "" {
		return "", errors.New("has no name: write name_en or name_ja")
	}
	return ID(strings.TrimPrefix(name, idPrefix)), nil
}

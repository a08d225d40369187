package team

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/lint"
	"k8sbot/glossary/sheet"
)

// Import compares a CSV file with the tenant's terms, as [sheet.Read] does. It returns the plan
// of changes and, if no row is in conflict, the revisions that apply it. It returns an error if
// the file cannot be read, and [ErrFull] if the tenant would have too many terms. history returns
// the number of a term's last revision, or 0.
func Import(r io.Reader, now Terms, history func(term string) (number int, err error), at time.Time) (*sheet.Plan, []Revision, error) {
	plan, err := sheet.ReadAs(r, Tree(now.Entries), glossary.New(nil), rowID)
	if err != nil || len(plan.Conflicts) > 0 {
		return plan, nil, err
	}
	revisions, err := revise(plan, plan.Files(), now, history, at)
	return plan, revisions, err
}

// revise returns the revisions that write the given files, which are keyed by path.
func revise(plan *sheet.Plan, files sheet.Files, now Terms, history func(term string) (number int, err error), at time.Time) ([]Revision, error) {
	if len(now.Entries)+len(plan.New) > MaxTerms {
		return nil, ErrFull
	}
	numbers := make(map[string]int, len(now.Entries))
	for _, e := range now.Entries {
		numbers[e.Term] = e.Number
	}
	var revisions []Revision
	for _, path := range slices.Sorted(maps.Keys(files)) {
		category, file, _ := strings.Cut(path, "/")
		term := strings.TrimSuffix(file, ".yaml")
		number, known := numbers[term]
		if !known {
			var err error
			if number, err = history(term); err != nil { // the term may have been deleted
				return nil, err
			}
		}
		revisions = append(revisions, Revision{Term: term, Number: number + 1, Category: glossary.Category(category), Data: string(files[path]), At: at})
	}
	return revisions, nil
}

// ImportFiles is like [Import], but for files in the format of GLOSSARY_DIR. They may contain
// fields that a CSV file does not have, such as seen.
func ImportFiles(tree fs.FS, now Terms, history func(term string) (number int, err error), at time.Time) (*sheet.Plan, []Revision, error) {
	plan, read, after, files := new(sheet.Plan), glossary.ReadTree(tree), Tree(now.Entries), make(sheet.Files)
	for _, p := range read.Problems {
		plan.Conflicts = append(plan.Conflicts, p.String())
	}
	for _, f := range read.Extensions {
		plan.Conflicts = append(plan.Conflicts, f.Path+": extends: only files in GLOSSARY_DIR can extend a built-in term: write a complete term instead")
	}
	there := make(map[string]Entry, len(now.Entries))
	for _, e := range now.Entries {
		there[e.Term] = e
	}
	source := make(map[string]string) // the path of each file, by the path that the file gets
	for _, f := range read.Files {
		data, err := fs.ReadFile(tree, f.Path)
		if err != nil {
			return plan, nil, err
		}
		e := Entry{Term: ID(f.Term.ID), Category: f.Term.Category, Data: string(data)}
		old, known := there[e.Term]
		switch twin := source[e.Path()]; {
		case twin != "":
			plan.Conflicts = append(plan.Conflicts, f.Path+": defines the same term as "+twin+": delete one of them")
		case known && old.Category != e.Category:
			plan.Conflicts = append(plan.Conflicts, fmt.Sprintf("%s: the term is in %s: move the file there", f.Path, old.Category))
		case known && old.Data == e.Data:
			plan.Same++
		case known:
			plan.Changed = append(plan.Changed, e.Path())
			files[e.Path()] = data
		default:
			plan.New = append(plan.New, e.Path())
			files[e.Path()] = data
		}
		source[e.Path()], after[e.Path()] = f.Path, data
	}
	if len(plan.Conflicts) == 0 { // otherwise the conflicts include these mistakes
		for _, p := range lint.Check(after, glossary.New(nil)).Mistakes() {
			p.File = cmp.Or(source[p.File], p.File)
			plan.Conflicts = append(plan.Conflicts, p.String())
		}
	}
	if len(plan.Conflicts) > 0 {
		return plan, nil, nil
	}
	revisions, err := revise(plan, files, now, history, at)
	return plan, revisions, err
}

// Numbers returns a function that returns the number of a term's latest revision, or 0 if there
// is none.
func Numbers(ctx context.Context, s Store, t Tenant) func(term string) (number int, err error) {
	return func(term string) (int, error) {
		history, err := s.History(ctx, t, term, 1)
		if err != nil || len(history) == 0 {
			return 0, err
		}
		return history[0].Number, nil
	}
}

// rowID returns the ID of the term in the given row.
func rowID(cells map[string]string) (string, error) {
	name := cmp.Or(cells["id"], cells["name_en"], cells["name_ja"])
	if name == "" {
		return "", errors.New("has no name: write name_en or name_ja")
	}
	return ID(strings.TrimPrefix(name, idPrefix)), nil
}

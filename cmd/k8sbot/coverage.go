package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"k8sbot/cmd/k8sbot/namelist"
	"k8sbot/cmd/k8sbot/option"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// A coverageRow is the JSON that coverage prints for one list. Fields may be added, but not renamed
// or removed.
type coverageRow struct {
	File    string   `json:"file"`
	Names   int      `json:"names"`
	Missing []string `json:"missing"`
}

func newCoverage(env *environment, dir *string) *cobra.Command {
	c := &cobra.Command{
		Use: "coverage FILE...", Short: "List the names in your lists that the glossary does not have",
		Long: "List the names in FILE that the glossary does not have. A list has one name per line, or\ntab-separated columns with a heading such as name. If FILE is -, read standard input; if it\nis a directory, read all .tsv files in it. --format json prints one object per list.",
	}
	format := option.Enum(c, "format", "text", "format of the output", "text", "json")
	c.RunE = func(c *cobra.Command, paths []string) error {
		if len(paths) == 0 {
			return usagef("missing lists: name files or directories, as in k8sbot glossary coverage FILE...")
		}
		g, err := loadTerms(env, *dir)
		if err != nil {
			return err
		}
		return coverage(c.Context(), env, g, paths, *format)
	}
	return c
}

// coverage prints the names in lists that are missing from the glossary. A list contains either one
// name per line, or tab-separated columns with a heading that includes one of namelist.Columns.
func coverage(ctx context.Context, env *environment, g *glossary.Glossary, paths []string, format string) error {
	files, err := namelist.Files(paths)
	if err != nil {
		return err
	}
	index, missing := search.New(g), 0
	for _, file := range files {
		names, err := readList(ctx, env, file)
		if err != nil {
			return err
		}
		row := coverageRow{File: file, Names: len(names), Missing: []string{}}
		for _, n := range names {
			if index.Covers(n.Text) {
				continue
			}
			row.Missing = append(row.Missing, n.Text)
			if format == "text" {
				if _, err := fmt.Fprintf(env.stdout, "%s: %s\n", file, strings.TrimSpace(n.Text+" "+n.Tier)); err != nil {
					return err
				}
			}
		}
		missing += len(row.Missing)
		if format == "json" {
			err = writeJSON(env.stdout, row)
		} else {
			_, err = fmt.Fprintf(env.stderr, "%s: %d of %d names covered\n", file, len(names)-len(row.Missing), len(names))
		}
		if err != nil {
			return err
		}
	}
	if missing > 0 {
		return errReported
	}
	return nil
}

// readList returns the names in a file, or in standard input if file is "-".
func readList(ctx context.Context, env *environment, file string) ([]namelist.Name, error) {
	data, err := readInput(ctx, env, file)
	if err != nil {
		return nil, err
	}
	names, err := namelist.Parse(string(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return names, nil
}

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"k8sbot/glossary"
	"k8sbot/glossary/lint"
	"k8sbot/glossary/page"
	"k8sbot/glossary/search"
)

func runGlossary(_ context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	dir := flags.String("dir", "", "your team's own terms, in `DIR`/<category>/<id>.yaml")
	format := enumFlag(flags, "format", "json", "`format` of the export", append(slices.Clone(glossary.ExportFormats), "html")...)
	words, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return usagef("missing command: use glossary lint, list, export or coverage")
	}
	if len(words) > 1 && words[0] != "coverage" {
		return usagef("glossary %s takes no arguments, got %q", words[0], words[1])
	}
	if *dir == "" {
		cfg, err := readConfig(env)
		if err != nil {
			return err
		}
		*dir = cfg.glossaryDir
	}
	switch words[0] {
	case "lint":
		return runLint(env, *dir)
	case "list":
		return list(env, *dir)
	case "export":
		g, err := loadGlossary(*dir)
		if err != nil {
			return err
		}
		if *format == "html" {
			return exportPage(env, g)
		}
		return g.Export(env.stdout, *format)
	case "coverage":
		return coverage(env, *dir, words[1:])
	}
	return usagef("unknown command %q: use glossary lint, list, export or coverage", words[0])
}

// exportPage prints the page about the terms of g.
func exportPage(env *environment, g *glossary.Glossary) error {
	data, err := page.Render(g)
	if err != nil {
		return err
	}
	_, err = env.stdout.Write(data)
	return err
}

// runLint checks the embedded terms or, if dir is not "", the terms in dir against them.
func runLint(env *environment, dir string) error {
	where := "glossary/terms"
	var problems glossary.Problems
	if dir == "" {
		problems = lint.Embedded()
	} else {
		base, err := glossary.Load()
		if err != nil {
			return err
		}
		terms, err := openTerms(dir)
		if err != nil {
			return err
		}
		where, problems = dir, lint.Check(terms, base)
	}
	if len(problems) > 0 {
		if _, err := fmt.Fprintln(env.stdout, problems.WithDir(where)); err != nil {
			return err
		}
		fmt.Fprintf(env.stderr, "k8sbot: %s\n", plural(len(problems), "problem"))
		return errReported
	}
	_, err := fmt.Fprintf(env.stdout, "%s: no problems\n", where)
	return err
}

// plural returns a number with a noun: "1 problem", "2 problems".
func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// list prints one term per line.
func list(env *environment, dir string) error {
	g, err := loadGlossary(dir)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(env.stdout, 0, 0, 2, ' ', 0)
	for _, c := range glossary.Categories() {
		for _, t := range g.ByCategory(c) {
			names := t.Name.EN
			if t.Name.JA != "" {
				names += " / " + t.Name.JA
			}
			_, err = fmt.Fprintf(w, "%s\t%s\t%s\n", t.ID, t.Category, strings.TrimSpace(names))
		}
	}
	return errors.Join(err, w.Flush())
}

// coverage prints the names in lists that the glossary does not have. A list is either
// one name per line, or tab-separated columns under a heading with one of nameColumns.
func coverage(env *environment, dir string, paths []string) error {
	if len(paths) == 0 {
		return usagef("missing lists: name files or directories, as in k8sbot glossary coverage FILE...")
	}
	g, err := loadGlossary(dir)
	if err != nil {
		return err
	}
	files, err := listFiles(paths)
	if err != nil {
		return err
	}
	index, missing := search.New(g), 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		names, err := readNames(string(data))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		found := 0
		for _, n := range names {
			if index.Covers(n.name) {
				found++
			} else if _, err := fmt.Fprintf(env.stdout, "%s: %s\n", file, strings.TrimSpace(n.name+" "+n.tier)); err != nil {
				return err
			}
		}
		missing += len(names) - found
		fmt.Fprintf(env.stderr, "%s: %d of %d names covered\n", file, found, len(names))
	}
	if missing > 0 {
		return errReported
	}
	return nil
}

// listFiles returns paths with each directory replaced by the .tsv files in it.
func listFiles(paths []string) ([]string, error) {
	var files []string
	for _, p := range paths {
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
		files = append(files, lists...)
	}
	return files, nil
}

// nameColumns are the possible headings of the column with the names.
var nameColumns = []string{"name", "english_name", "english_title", "kind", "string"}

// A listEntry is a name in a list.
type listEntry struct {
	name string
	tier string // "(tier N)", or "" if the list has no tiers
}

// readNames returns the names in the text of a list.
func readNames(text string) ([]listEntry, error) {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	if len(lines) == 0 {
		return nil, nil
	}
	heading := strings.Split(lines[0], "\t")
	nameAt, tierAt := 0, slices.Index(heading, "tier")
	if len(heading) > 1 {
		nameAt = slices.IndexFunc(heading, func(h string) bool { return slices.Contains(nameColumns, h) })
		if nameAt < 0 {
			return nil, fmt.Errorf("no column has the heading %s", strings.Join(nameColumns, " or "))
		}
		lines = lines[1:]
	}
	var names []listEntry
	for _, line := range lines {
		cells := strings.Split(line, "\t")
		if nameAt >= len(cells) || strings.TrimSpace(cells[nameAt]) == "" {
			continue
		}
		n := listEntry{name: strings.TrimSpace(cells[nameAt])}
		if tierAt >= 0 && tierAt < len(cells) {
			n.tier = "(tier " + cells[tierAt] + ")"
		}
		names = append(names, n)
	}
	return names, nil
}

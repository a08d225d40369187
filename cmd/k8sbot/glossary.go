package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"k8sbot/glossary"
)

func runGlossary(_ context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	dir := flags.String("dir", "", "a team's own terms, in `DIR`/<category>/<id>.yaml")
	format := choose(flags, "format", "json", "export in this `format`", glossary.ExportFormats...)
	words, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return usagef("say what to do with the glossary: lint, list or export")
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
		return lint(env, *dir)
	case "list":
		return list(env, *dir)
	case "export":
		g, err := loadGlossary(*dir)
		if err != nil {
			return err
		}
		return g.Export(env.stdout, *format)
	}
	return usagef("unknown command %q: use glossary lint, list or export", words[0])
}

// lint checks the embedded terms, or those in dir over them.
func lint(env *environment, dir string) error {
	where, count := "glossary/terms", 0
	var problems glossary.Problems
	if dir == "" {
		problems = glossary.LintEmbedded()
	} else {
		base, err := glossary.Load()
		if err != nil {
			return err
		}
		if info, err := os.Stat(dir); err != nil {
			return fmt.Errorf("cannot read the terms in %q: %w", dir, err)
		} else if !info.IsDir() {
			return fmt.Errorf("%q is no directory: name one that holds <category>/<id>.yaml", dir)
		}
		where, problems = dir, glossary.Lint(os.DirFS(dir), base)
	}
	if len(problems) > 0 {
		if _, err := fmt.Fprintln(env.stdout, problems.In(where)); err != nil {
			return err
		}
		count = len(problems)
		fmt.Fprintf(env.stderr, "k8sbot: %d problems\n", count)
		return errNothing
	}
	_, err := fmt.Fprintf(env.stdout, "%s: no problems\n", where)
	return err
}

// list prints a term a line.
func list(env *environment, dir string) error {
	g, err := loadGlossary(dir)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(env.stdout, 0, 0, 2, ' ', 0)
	for _, c := range glossary.Categories() {
		for _, t := range g.In(c) {
			names := t.Name.EN
			if t.Name.JA != "" {
				names += " / " + t.Name.JA
			}
			_, err = fmt.Fprintf(w, "%s\t%s\t%s\n", t.ID, t.Category, strings.TrimSpace(names))
		}
	}
	return errors.Join(err, w.Flush())
}

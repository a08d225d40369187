package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"k8sbot/bot/team"
	"k8sbot/cmd/k8sbot/checkout"
	"k8sbot/cmd/k8sbot/listing"
	"k8sbot/cmd/k8sbot/option"
	"k8sbot/cmd/k8sbot/transfer"
	"k8sbot/glossary"
	"k8sbot/glossary/lint"
	"k8sbot/glossary/page"
)

func newGlossary(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "glossary", Short: "Check, list, export or import terms",
		Long: "Check, list or export the built-in terms together with those in --dir or GLOSSARY_DIR,\nor import your own terms from a spreadsheet.",
		Args: cobra.ArbitraryArgs, RunE: runGroup,
	}
	dir := c.PersistentFlags().String("dir", "", "your team's own terms, in `DIR`/<category>/<id>.yaml")
	option.Must(c.MarkPersistentFlagDirname("dir"))
	c.AddCommand(newLint(env, dir), newList(env, dir), newExport(env, dir), newImport(env, dir), newCoverage(env, dir))
	return c
}

func newLint(env *environment, dir *string) *cobra.Command {
	c := &cobra.Command{
		Use: "lint", Short: "Check the terms", Args: noArgs,
		Long: "Check the built-in terms in a checkout. With --dir, check the terms in DIR against the\nbuilt-in terms. --format json prints one mistake per line.",
	}
	format := option.Enum(c, "format", "text", "format of the mistakes", "text", "json")
	c.RunE = func(*cobra.Command, []string) error {
		dir, err := termsDir(env, *dir)
		if err != nil {
			return err
		}
		return runLint(env, dir, *format)
	}
	return c
}

// A lintRow is the JSON that lint prints for a mistake or a warning. Fields may be added, but not
// renamed or removed.
type lintRow struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
	// Warning is set if the file can be used as is, but may not do what its author wants.
	Warning bool `json:"warning,omitempty"`
}

// exportPage prints the page that lists the terms in g.
func exportPage(env *environment, g *glossary.Glossary) error {
	data, err := page.Render(g)
	if err != nil {
		return err
	}
	_, err = env.stdout.Write(data)
	return err
}

// runLint checks the built-in terms in a checkout or, if dir is not "", the terms in dir
// against the built-in ones.
func runLint(env *environment, dir, format string) error {
	where := checkout.TermsDir
	base, err := glossary.Load()
	if err != nil {
		return err
	}
	n, problems := base.Len(), glossary.Problems(nil)
	if dir == "" {
		dir, err := checkout.Glossary()
		if err != nil {
			return err
		}
		problems = lint.BuiltIn(dir)
	} else {
		terms, err := openTerms(dir)
		if err != nil {
			return err
		}
		read := glossary.ReadTree(terms)
		where, n, problems = dir, len(read.Files)+len(read.Extensions), lint.Check(terms, base)
	}
	problems = problems.WithDir(where)
	switch {
	case format == "json":
		for _, p := range problems {
			if err := writeJSON(env.stdout, lintRow(p)); err != nil {
				return err
			}
		}
	case len(problems) > 0:
		if _, err := fmt.Fprintln(env.stdout, problems); err != nil {
			return err
		}
	case n > 0:
		if _, err := fmt.Fprintf(env.stdout, "%s: %s, no problems\n", where, plural(n, "term")); err != nil {
			return err
		}
	}
	if n == 0 {
		fmt.Fprintf(env.stderr, "k8sbot: %q has no terms: put them in <category>/<id>.yaml\n", where)
	}
	mistakes := len(problems.Mistakes())
	var counts []string
	if mistakes > 0 {
		counts = append(counts, plural(mistakes, "problem"))
	}
	if warnings := len(problems) - mistakes; warnings > 0 {
		counts = append(counts, plural(warnings, "warning"))
	}
	if len(counts) > 0 {
		fmt.Fprintf(env.stderr, "k8sbot: %s\n", strings.Join(counts, ", "))
	}
	if mistakes > 0 {
		return errReported
	}
	return nil
}

// plural returns n and the noun, in the plural if necessary: "1 problem", "2 problems".
func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// selectFlags defines the flags that select terms, and returns a function that returns the
// selected terms.
func selectFlags(c *cobra.Command) func(*glossary.Glossary) []*glossary.Term {
	var categories []string
	for _, category := range glossary.Categories() {
		categories = append(categories, string(category))
	}
	category := option.Enum(c, "category", "", "only terms in a category, such as networking", categories...)
	tier := option.Enum(c, "tier", "3", "only terms up to a tier, from 1 (needed by everyone) to 3 (rare)", "1", "2", "3")
	return func(g *glossary.Glossary) []*glossary.Term {
		var terms []*glossary.Term
		for _, of := range glossary.Categories() {
			if *category != "" && *category != string(of) {
				continue
			}
			for _, t := range g.ByCategory(of) {
				if strconv.Itoa(t.Tier) <= *tier { // one digit
					terms = append(terms, t)
				}
			}
		}
		return terms
	}
}

func newList(env *environment, dir *string) *cobra.Command {
	c := &cobra.Command{
		Use: "list", Short: "List the terms", Long: "List the terms by category. --format json prints one object per line.", Args: noArgs,
	}
	selected := selectFlags(c)
	format := option.Enum(c, "format", "text", "format of the list", "text", "json")
	c.RunE = func(*cobra.Command, []string) error {
		g, err := loadTerms(env, *dir)
		if err != nil {
			return err
		}
		if *format == "json" {
			return listing.JSON(env.stdout, selected(g))
		}
		return listing.Text(env.stdout, selected(g))
	}
	return c
}

func newExport(env *environment, dir *string) *cobra.Command {
	c := &cobra.Command{
		Use: "export", Short: "Export the terms as JSON, CSV, Anki cards or a web page",
		Long: "Export the terms:\n  json  an array with all fields\n  csv   a table for spreadsheets\n  anki  a text file of cards to import into Anki, one deck for each language\n  html  one page with all terms, which works offline",
		Args: noArgs,
	}
	selected := selectFlags(c)
	format := option.Enum(c, "format", "json", "format of the export", append(slices.Clone(glossary.ExportFormats), "html")...)
	lang := option.Enum(c, "lang", "", "only the Anki cards in this language", "ja", "en")
	own := c.Flags().Bool("own", false, "only your team's own terms")
	tenant := c.Flags().String("tenant", "", "only the terms that the bot stores for `TENANT`, such as slack:T0123ABC")
	out := c.Flags().String("out", "", "write the tenant's terms to the directory `OUT`, as files for GLOSSARY_DIR")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if *lang != "" && *format != "anki" {
			return usagef("--lang is only for --format anki: the other formats contain both languages")
		}
		if *out != "" && *tenant == "" {
			return usagef("--out is only for --tenant: your own files are already in GLOSSARY_DIR")
		}
		if terms, err := termsDir(env, *dir); *own && *format != "html" && *tenant == "" && terms == "" && err == nil {
			return usagef("no terms of your own: specify their directory with --dir or GLOSSARY_DIR")
		}
		g, err := loadTerms(env, *dir)
		if err == nil && *tenant != "" {
			err = withTenant(c.Context(), env, *tenant, func(ctx context.Context, s team.Store, t team.Tenant) (err error) {
				g, err = transfer.Load(ctx, s, t, *out)
				return err
			})
		}
		if err != nil || *out != "" {
			return err
		}
		if *format == "html" {
			if c.Flags().Changed("tier") || c.Flags().Changed("category") || *own {
				return usagef("--tier, --category and --own are not for --format html: the page has all terms")
			}
			return exportPage(env, g)
		}
		langs := glossary.Langs
		if *lang != "" {
			langs = []glossary.Lang{glossary.Lang(*lang)}
		}
		terms := slices.DeleteFunc(selected(g), func(t *glossary.Term) bool { return *own && !t.Own })
		return glossary.Export(env.stdout, terms, *format, langs...)
	}
	return c
}

package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed lists the packages of this module that each may import, and why no
// others. Imports only point right:
//
//	cmd/k8sbot -> bot/slack, bot/discord, bot/console -> bot/platform -> bot -> glossary
//	cmd/k8sbot -> bot/web, bot/store -> bot
//	bot -> glossary/diagnose -> glossary/search -> glossary, glossary/paste -> glossary/fold
//	cmd/k8sbot -> glossary/lint -> glossary
var allowed = map[string]struct {
	imports []string
	why     string
}{
	"glossary":          {[]string{"glossary/fold"}, "the glossary is knowledge: it knows no chat and no SQL"},
	"glossary/fold":     {nil, "what a letter is depends on no term"},
	"glossary/paste":    {[]string{"glossary/fold"}, "what kubectl prints is read without a term"},
	"glossary/search":   {[]string{"glossary", "glossary/fold"}, "what somebody means is found among the terms, whoever asks"},
	"glossary/diagnose": {[]string{"glossary", "glossary/search", "glossary/paste", "glossary/fold"}, "findings are terms; how they are told is for the bot"},
	"glossary/lint":     {[]string{"glossary", "glossary/fold"}, "what is right is told by the terms alone, and not by who asks for them"},

	"bot":          {[]string{"glossary", "glossary/search", "glossary/diagnose", "glossary/paste", "glossary/fold"}, "the conversation knows no platform and no store: it declares the interfaces that it needs"},
	"bot/platform": {[]string{"bot", "glossary"}, "what the adapters share knows none of them"},
	"bot/platform/platformtest": {[]string{"bot/platform", "bot", "glossary"},
		"the kit for adapters knows none of them"},
	"bot/console":         {[]string{"bot/platform", "bot", "glossary", "glossary/paste"}, "an adapter knows no other adapter and no store"},
	"bot/slack":           {[]string{"bot/platform", "bot", "glossary"}, "an adapter knows no other adapter and no store"},
	"bot/discord":         {[]string{"bot/platform", "bot", "glossary"}, "an adapter knows no other adapter and no store"},
	"bot/store":           {[]string{"bot", "glossary"}, "the store knows no adapter"},
	"bot/store/storetest": {nil, "a database for tests knows nothing of what is kept in it"},
	"bot/web":             {[]string{"bot"}, "the listener knows no adapter: cmd/k8sbot hands it their handlers"},
	"cmd/k8sbot": {[]string{"bot/slack", "bot/discord", "bot/console", "bot/platform", "bot/web", "bot/store", "bot", "glossary",
		"glossary/search", "glossary/lint"},
		"nothing but what there is"},
}

// forbidden lists what only some packages may import from outside, and why.
var forbidden = []struct {
	module string
	only   []string
	why    string
}{
	{"github.com/slack-go/slack", []string{"bot/slack"}, "only the Slack adapter speaks Slack"},
	{"github.com/bwmarrin/discordgo", []string{"bot/discord"}, "only the Discord adapter speaks Discord"},
	{"database/sql", []string{"bot/store", "bot/store/storetest"}, "only the store speaks SQL"},
	{"go.yaml.in/yaml", []string{"glossary"}, "only the glossary reads terms"},
	{"github.com/sahilm/fuzzy", []string{"glossary/search"}, "only the search matches words"},
	{"k8s.io", nil, "kubectl's command tree is for tests: it is too heavy for the binary"},
	{"github.com/google/go-cmp", []string{"bot/platform/platformtest"}, "a library for tests"},
}

func TestImports(t *testing.T) {
	const module = "k8sbot/"
	seen := make(map[string]bool)
	for file, imports := range importsOf(t, "../..") {
		pkg := path.Dir(file)
		rule, known := allowed[pkg]
		if !known {
			t.Errorf("%s: the package %s has no place in the layout: see allowed in cmd/k8sbot/imports_test.go", file, pkg)
			continue
		}
		seen[pkg] = true
		isTest := strings.HasSuffix(file, "_test.go")
		for _, imp := range imports {
			if own, ok := strings.CutPrefix(imp, module); ok {
				if own != pkg && !slices.Contains(rule.imports, own) && !isTest {
					t.Errorf("%s imports %s: %s", file, own, rule.why)
				}
				continue
			}
			for _, f := range forbidden {
				if (imp == f.module || strings.HasPrefix(imp, f.module+"/")) && !slices.Contains(f.only, pkg) && !isTest {
					t.Errorf("%s imports %s: %s", file, imp, f.why)
				}
			}
		}
	}
	if !seen["cmd/k8sbot"] || !seen["glossary"] {
		t.Error("the test reads no files")
	}
}

// importsOf returns the imports of each Go file below root.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	imports := make(map[string][]string)
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if file != root && (name == "testdata" || strings.HasPrefix(name, ".")) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports[filepath.ToSlash(rel)] = append(imports[filepath.ToSlash(rel)], imp)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}

// TestTopLevel holds the top level as it is fixed.
func TestTopLevel(t *testing.T) {
	fixed := []string{"Dockerfile", "LICENSE", "README.md", "bot", "cmd", "glossary", "go.mod", "go.sum"}
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(fixed, e.Name()) {
			t.Errorf("%s does not belong at the top level, which holds %s", e.Name(), strings.Join(fixed, ", "))
		}
	}
}

package main

import (
	"go/parser"
	"go/token"
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
//	cmd/k8sbot -> bot/slack, bot/discord, bot/console -> bot/platform -> bot -> bot/schedule, bot/breaker; bot -> glossary
//	cmd/k8sbot -> bot/daily -> bot, bot/schedule
//	cmd/k8sbot -> bot/web; cmd/k8sbot -> bot/store -> bot, bot/daily
//	bot -> glossary/diagnose -> glossary/search -> glossary -> glossary/fold
//	glossary/diagnose -> glossary/paste -> glossary/fold; cmd/k8sbot -> glossary/lint -> glossary
var allowed = map[string]struct {
	imports []string
	why     string
}{
	"glossary/fold":   {nil, "a leaf: letters, tokens and edits know no term"},
	"glossary":        {[]string{"glossary/fold"}, "the glossary is knowledge: it knows no chat and no SQL"},
	"glossary/paste":  {[]string{"glossary/fold"}, "the reader of pastes knows no term"},
	"glossary/search": {[]string{"glossary", "glossary/fold"}, "the search knows no chat"},
	"glossary/diagnose": {[]string{"glossary/search", "glossary/paste", "glossary", "glossary/fold"},
		"a finding is a term; the bot decides how to show it"},
	"glossary/lint": {[]string{"glossary", "glossary/fold"}, "the rules for terms know nothing of how terms are used"},

	"bot/breaker":  {nil, "a leaf, which the conversation and the platforms share"},
	"bot/schedule": {[]string{"glossary", "glossary/fold"}, "the calendar knows neither the chat nor a store"},
	"bot": {[]string{"bot/schedule", "bot/breaker", "glossary/diagnose", "glossary/search", "glossary/paste", "glossary", "glossary/fold"},
		"the conversation knows no platform and no store: it declares the interfaces that it needs"},
	"bot/daily": {[]string{"bot/schedule", "bot", "glossary"},
		"the worker knows no platform and no SQL: it declares the interfaces that it needs"},

	"bot/platform":       {[]string{"bot/breaker", "bot"}, "what the adapters share knows none of them"},
	"bot/platform/retry": {nil, "a leaf, which all adapters share"},
	"bot/platform/platformtest": {[]string{"bot/daily", "bot/platform", "bot", "glossary"},
		"the kit for adapters knows none of them"},
	"bot/console": {[]string{"bot/console/lineedit", "bot", "glossary/paste", "glossary"},
		"an adapter knows no other adapter and no store"},
	"bot/console/lineedit": {nil, "the line editor knows no bot: it reads what a person types"},
	"bot/slack": {[]string{"bot/slack/socket", "bot/platform", "bot/platform/retry", "bot/breaker", "bot", "glossary"},
		"an adapter knows no other adapter and no store"},
	"bot/slack/socket": {[]string{"bot/platform/retry"}, "the connection to Slack knows no bot"},
	"bot/discord": {[]string{"bot/discord/gateway", "bot/platform", "bot/platform/retry", "bot", "glossary"},
		"an adapter knows no other adapter and no store"},
	"bot/discord/gateway":             {[]string{"bot/platform/retry"}, "the gateway brings events: it does not know the bot that answers them"},
	"bot/discord/gateway/gatewaytest": {nil, "a stand-in for Discord knows nothing of what connects to it"},

	"bot/store":        {[]string{"bot/store/limits", "bot/platform/retry", "bot/daily", "bot/schedule", "bot", "glossary"}, "the store knows no adapter"},
	"bot/store/limits": {[]string{"bot"}, "what all stores hold to knows none of them"},
	"bot/store/storetest": {[]string{"bot/store/limits", "bot/daily", "bot/schedule", "bot", "glossary"},
		"a store for tests knows neither the one with a database nor an adapter"},
	"bot/web": {nil, "the listener knows no adapter: cmd/k8sbot hands it their handlers"},

	"cmd/k8sbot": {[]string{"bot/slack", "bot/discord", "bot/console", "bot/console/lineedit", "bot/platform", "bot/web", "bot/store", "bot/daily", "bot",
		"glossary/lint", "glossary/search", "glossary"},
		"nothing but what there is"},
	"cmd/k8sbot/kubetest": {nil, "a module of its own with tests alone: only they need the libraries of Kubernetes"},
}

// forbidden lists what only some packages may import from outside, and why.
var forbidden = []struct {
	module string
	only   []string
	why    string
}{
	{"github.com/slack-go/slack", []string{"bot/slack", "bot/slack/socket"}, "only the Slack adapter speaks Slack"},
	{"github.com/bwmarrin/discordgo", []string{"bot/discord", "bot/discord/gateway"}, "only the Discord adapter speaks Discord"},
	{"database/sql", []string{"bot/store", "bot/store/storetest"}, "only the store speaks SQL"},
	{"go.yaml.in/yaml", []string{"glossary"}, "only the glossary reads terms"},
	{"github.com/sahilm/fuzzy", []string{"glossary/search"}, "only the search matches words"},
	{"k8s.io", nil, "kubectl's command tree is for tests: it is too heavy for the binary"},
	{"github.com/google/go-cmp", []string{"bot/platform/platformtest"}, "a library for tests"},
}

// TestImports holds both lists, and that nothing stands in them any more that the
// code does not need.
func TestImports(t *testing.T) {
	const module = "k8sbot/"
	used := make(map[string]bool) // packages, and "package imports package"
	for file, imports := range importsOf(t, "../..") {
		pkg := path.Dir(file)
		rule, known := allowed[pkg]
		if !known {
			t.Errorf("%s: the package %s has no place in the layout: see allowed in cmd/k8sbot/imports_test.go", file, pkg)
			continue
		}
		used[pkg] = true
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, imp := range imports {
			if own, ok := strings.CutPrefix(imp, module); ok {
				used[pkg+" imports "+own] = true
				if own != pkg && !slices.Contains(rule.imports, own) {
					t.Errorf("%s imports %s: %s", file, own, rule.why)
				}
				continue
			}
			for _, f := range forbidden {
				if imp != f.module && !strings.HasPrefix(imp, f.module+"/") {
					continue
				}
				used[pkg+" imports "+f.module] = true
				if !slices.Contains(f.only, pkg) {
					t.Errorf("%s imports %s: %s", file, imp, f.why)
				}
			}
		}
	}
	if !used["cmd/k8sbot"] || !used["glossary"] {
		t.Fatal("the test reads no files")
	}
	for pkg, rule := range allowed {
		if !used[pkg] {
			t.Errorf("allowed has the package %s, which does not exist: delete it there", pkg)
			continue
		}
		for _, imp := range rule.imports {
			if !used[pkg+" imports "+imp] {
				t.Errorf("allowed lets %s import %s, which it does not: delete it there", pkg, imp)
			}
		}
	}
	for _, f := range forbidden {
		for _, pkg := range f.only {
			if !used[pkg+" imports "+f.module] {
				t.Errorf("forbidden lets %s import %s, which it does not: delete it there", pkg, f.module)
			}
		}
	}
}

// importsOf returns the imports of each Go file below root.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	imports := make(map[string][]string)
	for _, file := range goFiles(t, root) {
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		imports[file] = nil
		for _, spec := range parsed.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			imports[file] = append(imports[file], imp)
		}
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

// TestModule holds how many modules the module needs through others, and that
// those of Kubernetes are not among them.
func TestModule(t *testing.T) {
	const maxIndirect = 32
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(mod), "// indirect"); n > maxIndirect {
		t.Errorf("go.mod has %d indirect requirements: keep to %d, and say in the commit what a new one is for", n, maxIndirect)
	}
	if strings.Contains(string(mod), "k8s.io/") {
		t.Error("go.mod requires k8s.io: what needs it belongs in the module cmd/k8sbot/kubetest")
	}
}

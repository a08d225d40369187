package lint

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"k8sbot/glossary"
	"k8sbot/glossary/search"
	"k8sbot/glossary/zipped"
)

var update = flag.Bool("update", false, "update the want files of the test cases")

// TestTerms checks every embedded term.
func TestTerms(t *testing.T) {
	byFile := make(map[string]glossary.Problems)
	for _, p := range BuiltIn(os.DirFS("..")) {
		byFile[p.File] = append(byFile[p.File], p)
	}
	for _, f := range glossary.ReadTree(builtIn).Files {
		t.Run(f.Path, func(t *testing.T) {
			for _, p := range byFile[f.Path] {
				t.Error(p)
			}
			delete(byFile, f.Path)
		})
	}
	for _, problems := range byFile { // problems in other files
		t.Error(problems)
	}
}

// TestTemplate checks template.yaml. The terms that it refers to are not in the tree.
func TestTemplate(t *testing.T) {
	data, err := os.ReadFile("../template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range Check(fstest.MapFS{"concepts/template.yaml": &fstest.MapFile{Data: data}}, nil) {
		if !strings.HasPrefix(p.Message, "there is no term") {
			t.Error(p)
		}
	}
}

// readmeFile matches the examples of whole files in README.md. They begin with their paths.
var readmeFile = regexp.MustCompile("(?s)```yaml\n# ([a-z-]+/[a-z-]+\\.yaml)\n(.*?)```")

// TestReadme checks the examples of a team's files in README.md, all in one directory.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	base, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	tree := fstest.MapFS{}
	for _, m := range readmeFile.FindAllSubmatch(readme, -1) {
		tree[string(m[1])] = &fstest.MapFile{Data: m[2]}
	}
	if len(tree) < 2 {
		t.Fatalf("README.md has %d examples of files, want at least 2", len(tree))
	}
	for _, p := range Check(tree, base) {
		t.Error(p)
	}
}

// TestCompiled checks what to run if the terms have changed since compiled.bin was generated,
// or since the program was built.
func TestCompiled(t *testing.T) {
	dir := fstest.MapFS{}
	for file, f := range validTree(t) {
		dir["terms/"+file] = f
	}
	data, err := glossary.Compile(glossary.ReadSource(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ compiled, want string }{
		{"", "run go generate ./glossary"},
		{string(data), "run go install ./cmd/k8sbot"},
	} {
		dir["compiled.bin"] = &fstest.MapFile{Data: []byte(tt.compiled)}
		var got []string
		for _, p := range BuiltIn(dir) {
			if p.File == "../compiled.bin" {
				got = append(got, p.Message)
			}
		}
		if len(got) != 1 || !strings.HasSuffix(got[0], tt.want) {
			t.Errorf("compiled.bin of %d bytes: got %q, want one problem that ends with %q", len(tt.compiled), got, tt.want)
		}
	}
}

// builtIn is the tree of the built-in terms.
var builtIn = os.DirFS("../terms")

// TestRules runs the cases in testdata/lint. Each is a txtar archive that makes a mistake in
// the valid tree, and its comment explains why this is a mistake. The file "replace" contains
// lines "file: old => new". With "over-base", the tree is checked over a base. With "team",
// only the files after it are checked over a base. "want" contains the result of Check. All
// other files are added to the tree. With -update, the test writes the want files.
func TestRules(t *testing.T) {
	cases, err := filepath.Glob("testdata/lint/*.txtar")
	if err != nil || len(cases) < 30 {
		t.Fatalf("testdata/lint: got %d cases, want at least 30: %v", len(cases), err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.TrimSpace(string(archive.Comment)) == "" {
				t.Error("the comment is missing: say why the change is a mistake")
			}
			tree, over := validTree(t), false
			var want *txtar.File
			for i, f := range archive.Files {
				switch f.Name {
				case "replace":
					replace(t, tree, string(f.Data))
				case "want":
					want = &archive.Files[i]
				case "over-base":
					over = true
				case "team":
					over = true
					clear(tree)
				default:
					tree[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			var base *glossary.Glossary
			if over {
				if base, err = glossary.LoadTree(validTree(t)); err != nil {
					t.Fatal(err)
				}
			}
			got := ""
			if problems := Check(tree, base); len(problems) > 0 {
				got = problems.Error() + "\n"
			}
			if *update {
				if want == nil {
					archive.Files = append(archive.Files, txtar.File{Name: "want"})
					want = &archive.Files[len(archive.Files)-1]
				}
				want.Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want == nil {
				t.Fatal("the file want is missing: run with -update")
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// validTree returns a small tree without mistakes.
func validTree(tb testing.TB) fstest.MapFS {
	tb.Helper()
	tree := make(fstest.MapFS)
	err := fs.WalkDir(os.DirFS("testdata/right"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join("testdata/right", path))
		tree[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return tree
}

// replace applies lines of the form "file: old => new" to the tree. In these, \n, \t and \r
// are escapes.
func replace(t *testing.T, tree fstest.MapFS, lines string) {
	t.Helper()
	for line := range strings.Lines(lines) {
		file, change, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		from, to, ok2 := strings.Cut(change, " => ")
		if !ok || !ok2 {
			t.Fatalf("invalid replacement %q: write file: old => new", line)
		}
		unescape := strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r").Replace
		data, from, to := string(tree[file].Data), unescape(from), unescape(to)
		if strings.Count(data, from) != 1 {
			t.Fatalf("%s: got %d matches of %q, want 1", file, strings.Count(data, from), from)
		}
		tree[file] = &fstest.MapFile{Data: []byte(strings.Replace(data, from, to, 1))}
	}
}

func TestValidTree(t *testing.T) {
	if problems := Check(validTree(t), nil); len(problems) > 0 {
		t.Error(problems)
	}
}

// TestLoad overlays the embedded terms with a team's directory.
func ignore(glossary.Problem) {}

func TestLoad(t *testing.T) {
	pod := string(validTree(t)["workloads/widget.yaml"].Data)
	team := fstest.MapFS{
		// Kubernetes mounts a ConfigMap with hidden folders and links.
		"..data/workloads/pod.yaml": &fstest.MapFile{Data: []byte("not read")},
		"README.md":                 &fstest.MapFile{Data: []byte("not read")},
		"workloads/pod.yaml": &fstest.MapFile{Data: []byte(strings.NewReplacer(
			"en: Widget", "en: Pod", "plural: widgets", "plural: pods", "[wd]", "[po]",
			"ウィジェット\n", "ポッド\n", "https://kubernetes.io/docs/concepts/workloads/pods/", "https://wiki.example.com/pod",
			"  ja: https://kubernetes.io/ja/docs/concepts/workloads/pods/\n", "",
			"gadget", "container", "failing-widget", "node").Replace(pod))},
	}
	g, err := Load(ignore, team)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := g.Term("pod")
	if want := "A widget that the tests use."; got.Summary.EN != want {
		t.Errorf("summary of pod: got %q, want %q", got.Summary.EN, want)
	}
	if found := search.New(g).Search("po", 1); len(found) != 1 || found[0].Term != got {
		t.Errorf(`Search("po") = %v, want the team's Pod`, found)
	}
	if _, ok := g.Term("kubelet"); !ok {
		t.Error("Load(team): got no term kubelet, want the embedded terms too")
	}

	broken := fstest.MapFS{
		"workloads/a.yaml": &fstest.MapFile{Data: []byte("name: [")},
		"workloads/b.yaml": &fstest.MapFile{Data: []byte("nome:\n  en: B\n")},
	}
	_, err = Load(ignore, broken)
	if err == nil {
		t.Fatal("Load(broken): got no error")
	}
	for _, want := range []string{"workloads/a.yaml:1:", "workloads/b.yaml:1:1: nome: unknown field"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Load(broken): got error\n%v\nwant it to contain %q", err, want)
		}
	}
}

// TestLoadExtensions extends a built-in term with two files.
func TestLoadExtensions(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	g, err := Load(ignore, fstest.MapFS{
		"tools/b.yaml": file("extends: crashloopbackoff\nrunbook: http://wiki.corp/b\nparaphrases:\n  ja: 決済がまたこけた\n"),
		"tools/a.yaml": file("extends: crashloopbackoff\nnote:\n  en: Call us.\naliases: [ぐるぐる再起動]\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	builtIn, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	got, _ := g.Term("crashloopbackoff")
	old, _ := builtIn.Term("crashloopbackoff")
	want := []glossary.Addition{{Note: glossary.Text{EN: "Call us."}}, {Runbook: "http://wiki.corp/b"}}
	if diff := cmp.Diff(want, got.Team); diff != "" {
		t.Errorf("additions (-want +got):\n%s", diff)
	}
	if len(got.Aliases) != len(old.Aliases)+1 || len(old.Team) > 0 || got.Summary != old.Summary {
		t.Errorf("got %d aliases, want %d; the built-in term has %d additions, want none", len(got.Aliases), len(old.Aliases)+1, len(old.Team))
	}
	index := search.New(g)
	for _, typed := range []string{"ぐるぐる再起動", "再起動ループ", "決済がまたこけた"} {
		if found := index.Search(typed, 1); len(found) != 1 || found[0].Term != got {
			t.Errorf("Search(%q) = %v, want the extended term", typed, found)
		}
	}
	if found := index.Complete("ぐるぐる", 5); len(found) == 0 || found[0].Term != got {
		t.Errorf("Complete(ぐるぐる) = %v, want the extended term", found)
	}
}

// FuzzDecode checks that decoding and checking any file does not panic, and that each problem
// has a valid line number and is printed on one line.
func FuzzDecode(f *testing.F) {
	err := fs.WalkDir(builtIn, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(builtIn, path)
		f.Add(data)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("a: &a [*a, *a]\nb: *a"))
	f.Add([]byte("? {}\n: x"))
	f.Add([]byte("name: {en: [1, {}]}\nrelated: {uses: x}\ntier: 1e9"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tree := fstest.MapFS{"concepts/x.yaml": &fstest.MapFile{Data: data}}
		for _, p := range Check(tree, nil) {
			if p.Line < 0 || p.Line > 2+bytes.Count(data, []byte("\n")) || strings.Contains(p.String(), "\n") {
				t.Errorf("invalid problem %q (line %d)", p, p.Line)
			}
		}
	})
}

// TestZipped checks that the texts that the binary embeds are those of the files.
func TestZipped(t *testing.T) {
	for file, data := range map[string]string{"docpaths/en.txt": docPathsEN, "docpaths/ja.txt": docPathsJA, "sites.txt": sitesText} {
		if text, err := os.ReadFile(file); err != nil || string(text) != zipped.Text(data) {
			t.Errorf("%s.gz is out of date: run go generate ./glossary/lint (%v)", file, err)
		}
	}
}

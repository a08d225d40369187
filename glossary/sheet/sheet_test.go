package sheet

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary"
	"k8sbot/glossary/lint"
)

func builtIn(t *testing.T) *glossary.Glossary {
	t.Helper()
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestFiles(t *testing.T) {
	tree := Files{"tools/a.yaml": []byte("x"), "tools/b.yaml": nil, "concepts/c.yaml": nil}
	if err := fstest.TestFS(tree, "tools/a.yaml", "concepts/c.yaml"); err != nil {
		t.Error(err)
	}
}

// apply imports a CSV file into a directory. It returns the printed plan.
func apply(t *testing.T, dir, csv string) string {
	t.Helper()
	p, err := Read(strings.NewReader(csv), os.DirFS(dir), builtIn(t))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		t.Fatal(err)
	}
	if err := p.Apply(dir); (err != nil) != (len(p.Conflicts) > 0) {
		t.Errorf("Apply: got error %v for conflicts %q", err, p.Conflicts)
	}
	return out.String()
}

func content(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := make(map[string]string)
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		name, _ := filepath.Rel(dir, file)
		all[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestImport(t *testing.T) {
	dir := t.TempDir()
	got := apply(t, dir, "\ufeffname_en,name_ja,category,aliases,summary_en,summary_ja,meaning_ja,docs_en,seen\r\n"+
		"gopher-deploy,,tools,ゴーファー; GD1,\"Deploys: see the wiki.\",,一つ目です。二つ目です。,http://wiki.corp/d,\"gopher gave up on {word}\ngopher: queue is full\"\r\n"+
		"release meeting,リリース判定会議,,,It decides about a release.,,,,\r\n,,,,,,,,\r\n")
	if want := "new\ttools/gopher-deploy.yaml\nnew\tconcepts/release-meeting.yaml\n2 new, 0 changed, 0 unchanged, 0 in conflict\n"; got != want {
		t.Errorf("plan: got\n%s\nwant\n%s", got, want)
	}
	want := map[string]string{
		"tools/gopher-deploy.yaml": `name:
  en: gopher-deploy
aliases:
  - ゴーファー
  - GD1
summary:
  en: 'Deploys: see the wiki.'
meaning:
  ja: |
    一つ目です。
    二つ目です。
docs:
  en: http://wiki.corp/d
seen:
  - in: message
    text: gopher gave up on {word}
  - in: message
    text: 'gopher: queue is full'
`,
		"concepts/release-meeting.yaml": `name:
  en: release meeting
  ja: リリース判定会議
summary:
  en: It decides about a release.
`,
	}
	if diff := cmp.Diff(want, content(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}

	// Importing an export changes nothing.
	g, err := lint.Load(func(glossary.Problem) {}, os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	var own []*glossary.Term
	for _, term := range g.All() {
		if term.Own {
			own = append(own, term)
		}
	}
	var out bytes.Buffer
	if err := glossary.Export(&out, own, "csv"); err != nil {
		t.Fatal(err)
	}
	if got, want := apply(t, dir, out.String()), "0 new, 0 changed, 2 unchanged, 0 in conflict\n"; got != want {
		t.Errorf("import of the export: got\n%s\nwant\n%s", got, want)
	}

	// A cell cannot hold other rules, so it is empty.
	own[0].Seen = append(own[0].Seen, glossary.Seen{In: glossary.SeenInEvent, Reason: "GopherFailed"})
	if out.Reset(); glossary.Export(&out, own, "csv") != nil || strings.Contains(out.String(), "gopher gave up") {
		t.Errorf("export of other rules: got\n%s", &out)
	}

	// A change keeps comments, and fields without a column.
	file := filepath.Join(dir, "tools/gopher-deploy.yaml")
	text := "# Ask Kim.\n" + want["tools/gopher-deploy.yaml"] + "# Only look.\ntry:\n  - run: gopher-deploy status\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	got = apply(t, dir, "id;summary_ja;summary_en\ngopher-deploy;リリースの道具です。;Deploys it.\n")
	if want := "changed\ttools/gopher-deploy.yaml: summary_en, summary_ja\n0 new, 1 changed, 0 unchanged, 0 in conflict\n"; got != want {
		t.Errorf("plan: got\n%s\nwant\n%s", got, want)
	}
	changed := strings.Replace(text, "  en: 'Deploys: see the wiki.'\n", "  en: Deploys it.\n  ja: リリースの道具です。\n", 1)
	if diff := cmp.Diff(changed, content(t, dir)["tools/gopher-deploy.yaml"]); diff != "" {
		t.Errorf("file (-want +got):\n%s", diff)
	}
}

// TestConflicts checks that nothing is written if one row has a mistake.
func TestConflicts(t *testing.T) {
	dir := t.TempDir()
	got := apply(t, dir, "id,name_en,name_ja,category,summary_en,docs_en,aliases\n"+
		"ok,okay word,,,It is fine.,,\n"+
		"pod,Pod,,,It is ours.,,\n"+
		"ok,again,,,It is here twice.,,\n"+
		",,会議,,It has no ID.,,\n"+
		"Bad ID,x1,,,It has a bad ID.,,\n"+
		"x2,x2,,nowhere,It is in no category.,,\n"+
		"x3,x3,,,No period,wiki,再起動ループ\n")
	want := `new	concepts/ok.yaml
new	concepts/x3.yaml
conflict	line 3: "pod" is a built-in term: choose another id, or write a file that extends it
conflict	line 4: duplicate id "ok", also on line 2: delete one of them
conflict	line 5: missing id: write one, such as release-meeting; none can be derived from the name "会議"
conflict	line 6: id: invalid ID "Bad ID": use lower-case letters, digits and single hyphens
conflict	line 7: category: unknown category "nowhere": use one of `
	if !strings.HasPrefix(got, want) {
		t.Errorf("plan: got\n%s\nwant\n%s", got, want)
	}
	for _, part := range []string{
		`line 8: aliases[0]: "再起動ループ" also belongs to the built-in term crashloopbackoff`, "line 8: summary_en:", `line 8: docs_en: "wiki" is not the address`,
		"2 new, 0 changed, 0 unchanged, 8 in conflict",
	} {
		if !strings.Contains(got, part) {
			t.Errorf("plan: got\n%s\nwant it to contain %q", got, part)
		}
	}
	if files := content(t, dir); len(files) > 0 {
		t.Errorf("got files %v, want none", files)
	}
}

func TestUnreadable(t *testing.T) {
	for name, test := range map[string]struct{ csv, want string }{
		"empty":          {"", "the file is empty"},
		"unknown column": {"name_en,summery_en\n", `unknown column "summery_en": use aliases, category,`},
		"column twice":   {"name_en,name_en\n", `two columns are called "name_en"`},
		"extra cell":     {"name_en\nx,y\n", `line 2: the cell "y" has no column`},
		"Shift_JIS":      {"name_en\n\x83\x7c\n", `the file is not UTF-8: save it as "CSV UTF-8"`},
		"quote":          {"name_en\na \"b\" c\n", `line 2: bare " in non-quoted-field`},
		"too many":       {"name_en\n" + strings.Repeat("x\n", MaxRows+1), "line 5002: the file has more than 5000 terms"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(strings.NewReader(test.csv), fstest.MapFS{}, builtIn(t))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want %q", err, test.want)
			}
		})
	}
	broken := fstest.MapFS{"tools/x.yaml": {Data: []byte("name: [")}}
	if _, err := Read(strings.NewReader("name_en\n"), broken, builtIn(t)); err == nil || !strings.Contains(err.Error(), "correct the mistakes in the existing files first:\ntools/x.yaml:1:7: ") {
		t.Errorf("broken file: got error %v", err)
	}
}

// TestUndo checks that no file changes if one cannot be written.
func TestUndo(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tools"), []byte("a file, not a folder"), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := Read(strings.NewReader("name_en,category,summary_en\nx1,concepts,It is one.\nx2,tools,It is another word.\n"), fstest.MapFS{}, builtIn(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Apply(dir); err == nil || !strings.HasPrefix(err.Error(), "nothing was written: ") {
		t.Errorf("Apply: got error %v", err)
	}
	if diff := cmp.Diff(map[string]string{"tools": "a file, not a folder"}, content(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// TestManyRows imports the maximum number of terms in a file.
func TestManyRows(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("name_en,summary_en\n")
	for i := range MaxRows {
		fmt.Fprintf(&csv, "word%d,The word%d of team %d is about topic%d and thing%d.\n", i, i, i%97, i*7, i*13)
	}
	base := builtIn(t)
	began := time.Now()
	p, err := Read(strings.NewReader(csv.String()), fstest.MapFS{}, base)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.New) != MaxRows || len(p.Conflicts) > 0 {
		t.Errorf("got %d new and %d conflicts, want %d and none: %.3q", len(p.New), len(p.Conflicts), MaxRows, p.Conflicts)
	}
	t.Logf("%v", time.Since(began))
}

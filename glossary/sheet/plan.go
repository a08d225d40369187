package sheet

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"k8sbot/glossary"
	"k8sbot/glossary/lint"
)

// A Plan contains the changes that a spreadsheet makes to the files.
type Plan struct {
	New       []string // paths of the files to create
	Changed   []string // paths of the files to change, each with its changed columns: "tools/x.yaml: aliases"
	Same      int      // number of rows that change nothing
	Conflicts []string // mistakes, each with the line: "line 3: docs_en: …"

	files []file
}

// A file is a term's file that the plan creates or changes.
type file struct {
	path string
	data []byte
	row  row
}

// Read compares a CSV file with a team's files in a tree, which overlay base. It writes
// nothing. It returns an error if the CSV file cannot be read; mistakes in its rows become
// conflicts of the plan.
func Read(r io.Reader, tree fs.FS, base *glossary.Glossary) (*Plan, error) {
	return ReadAs(r, tree, base, idOf)
}

// ReadAs is like [Read], but id determines the ID of a row from its cells, keyed by column.
func ReadAs(r io.Reader, tree fs.FS, base *glossary.Glossary, id func(cells map[string]string) (string, error)) (*Plan, error) {
	rows, err := readRows(r)
	if err != nil {
		return nil, err
	}
	o := glossary.ReadTree(tree)
	if len(o.Problems) > 0 {
		return nil, fmt.Errorf("correct the mistakes in the existing files first:\n%w", o.Problems)
	}
	there, err := exported(base.With(o))
	if err != nil {
		return nil, err
	}
	b := &builder{plan: new(Plan), tree: tree, read: o, base: base, id: id, there: there, paths: make(map[string]string), lines: make(map[string]int)}
	for _, f := range o.Files {
		b.paths[f.Term.ID] = f.Path
	}
	for _, row := range rows {
		if err := b.row(row); err != nil {
			b.plan.Conflicts = append(b.plan.Conflicts, fmt.Sprintf("line %d: %v", row.line, err))
		}
	}
	if err := b.lint(); err != nil {
		return nil, err
	}
	return b.plan, nil
}

// exported returns the cells of a team's terms as the export writes them, keyed by term ID.
func exported(g *glossary.Glossary) (map[string]map[string]string, error) {
	own := slices.DeleteFunc(g.All(), func(t *glossary.Term) bool { return !t.Own })
	var out bytes.Buffer
	cells := make(map[string]map[string]string)
	// The existing files may contain more terms than a spreadsheet may.
	for start := 0; start < len(own); start += MaxRows {
		out.Reset()
		if err := glossary.Export(&out, own[start:min(start+MaxRows, len(own))], "csv"); err != nil {
			return nil, err
		}
		rows, err := readRows(&out)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			cells[r.cells["id"]] = r.cells
		}
	}
	return cells, nil
}

type builder struct {
	plan  *Plan
	tree  fs.FS
	read  *glossary.Overlay // the existing files in the tree
	base  *glossary.Glossary
	id    func(cells map[string]string) (string, error)
	there map[string]map[string]string // cells of the existing terms, by ID
	paths map[string]string            // paths of their files, by ID
	lines map[string]int               // line numbers of the rows, by ID
}

// row adds the file of a row to the plan. It returns an error if the row has a mistake.
func (b *builder) row(r row) error {
	id, err := b.id(r.cells)
	if err != nil {
		return err
	}
	if first := b.lines[id]; first > 0 {
		return fmt.Errorf("duplicate id %q, also on line %d: delete one of them", id, first)
	}
	b.lines[id] = r.line
	at, known := b.paths[id]
	category := r.cells["category"]
	switch _, builtIn := b.base.Term(id); {
	case known && category != "" && category != path.Dir(at):
		return fmt.Errorf("category: %q is in %s: move the file by hand, or write that category", id, path.Dir(at))
	case known:
	case builtIn:
		return fmt.Errorf("%q is a built-in term: choose another id, or write a file that extends it", id)
	case category != "" && !slices.Contains(glossary.Categories(), glossary.Category(category)):
		return fmt.Errorf("category: unknown category %q: use one of %s", category, strings.Join(glossary.Category("").Values(), ", "))
	default:
		if category == "" {
			category = "concepts"
		}
		at = category + "/" + id + ".yaml"
	}
	root := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if known {
		if root, err = b.existing(at); err != nil {
			return err
		}
	}
	var changed []string
	for _, name := range order {
		cell := r.cells[name]
		if cell == "" || cell == b.there[id][name] || name == "name_ja" && cell == r.cells["name_en"] {
			continue // if there is no Japanese name, the export writes the English one
		}
		set(root, columns[name].path, columns[name].value(cell))
		changed = append(changed, name)
	}
	if len(changed) == 0 {
		b.plan.Same++
		return nil
	}
	var data bytes.Buffer
	enc := yaml.NewEncoder(&data)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		return err
	}
	b.plan.files = append(b.plan.files, file{at, data.Bytes(), r})
	if known {
		b.plan.Changed = append(b.plan.Changed, at+": "+strings.Join(changed, ", "))
	} else {
		b.plan.New = append(b.plan.New, at)
	}
	return nil
}

// existing returns the root of the YAML in an existing file.
func (b *builder) existing(at string) (*yaml.Node, error) {
	data, err := fs.ReadFile(b.tree, at)
	if err != nil {
		return nil, err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	return doc.Content[0], nil
}

var notInID = regexp.MustCompile(`[^a-z0-9]+`)

// idOf returns the ID of a row. If the row has none, the ID is derived from the English name.
func idOf(cells map[string]string) (string, error) {
	if id := cells["id"]; id != "" {
		if notInID.ReplaceAllString(id, "-") != id || strings.Trim(id, "-") != id {
			return "", fmt.Errorf("id: invalid ID %q: use lower-case letters, digits and single hyphens", id)
		}
		return id, nil
	}
	id := strings.Trim(notInID.ReplaceAllString(strings.ToLower(cells["name_en"]), "-"), "-")
	if id == "" {
		return "", fmt.Errorf("missing id: write one, such as release-meeting; none can be derived from the name %q", cells["name_en"]+cells["name_ja"])
	}
	return id, nil
}

// Files returns the files to write, by their path in the tree.
func (p *Plan) Files() Files {
	files := make(Files, len(p.files))
	for _, f := range p.files {
		files[f.path] = f.data
	}
	return files
}

// lint adds the mistakes in the new files to the conflicts, with the line numbers of the rows.
func (b *builder) lint() error {
	after := make(Files)
	for _, f := range slices.Concat(b.read.Files, b.read.Extensions) {
		data, err := fs.ReadFile(b.tree, f.Path)
		if err != nil {
			return err
		}
		after[f.Path] = data
	}
	rows := make(map[string]row)
	for _, f := range b.plan.files {
		after[f.path] = f.data
		rows[f.path] = f.row
	}
	for _, p := range lint.Check(after, b.base).Mistakes() {
		where := p.File
		if r, ok := rows[p.File]; ok {
			where = fmt.Sprintf("line %d", r.line)
		}
		if p.Field != "" {
			where += ": " + strings.ReplaceAll(p.Field, ".", "_")
		}
		b.plan.Conflicts = append(b.plan.Conflicts, where+": "+p.Message)
	}
	return nil
}

// Write prints the plan. It returns the errors of w.
func (p *Plan) Write(w io.Writer) error {
	var out strings.Builder
	for _, part := range []struct {
		label string
		lines []string
	}{{"new", p.New}, {"changed", p.Changed}, {"conflict", p.Conflicts}} {
		for _, line := range part.lines {
			out.WriteString(part.label + "\t" + line + "\n")
		}
	}
	fmt.Fprintf(&out, "%d new, %d changed, %d unchanged, %d in conflict\n", len(p.New), len(p.Changed), p.Same, len(p.Conflicts))
	_, err := io.WriteString(w, out.String())
	return err
}

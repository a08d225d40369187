package glossary

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
)

// The embedded terms are there twice: as the YAML that people write, and
// compiled to JSON, a term a line in the order of the IDs, since decoding 700
// terms takes 90 ms from YAML and 15 ms from JSON, and the first answer of the
// process waits for it. One line a term lets git merge two branches that each
// add one.

//go:generate go test -run ^TestGenerated$ -update .

//go:embed terms.jsonl
var compiled []byte

// compile returns the terms in the form of terms.jsonl.
func compile(terms []*Term) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	for _, t := range terms {
		if err := enc.Encode(t); err != nil {
			return nil, fmt.Errorf("term %s: %w", t.ID, err)
		}
	}
	return buf.Bytes(), nil
}

// decompile is the inverse of compile. It shares the work between the cores.
func decompile(data []byte) ([]*Term, error) {
	lines := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	terms := make([]*Term, len(lines))
	errs := make([]error, len(lines))
	inParallel(len(lines), func(i int) {
		terms[i] = new(Term)
		if err := json.Unmarshal(lines[i], terms[i]); err != nil {
			errs[i] = fmt.Errorf("terms.jsonl:%d: %w (run go generate ./glossary)", i+1, err)
		}
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return terms, nil
}

// IsCompiled reports whether the terms of o are those of the compiled form.
func IsCompiled(o *Overlay) bool {
	data, err := compile(o.terms())
	return err == nil && bytes.Equal(data, compiled)
}

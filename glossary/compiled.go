package glossary

import (
	_ "embed"
	"fmt"
	"io/fs"
	"sync"

	"k8sbot/glossary/compact"
	"k8sbot/glossary/zipped"
)

// The binary embeds the terms and the tables in the format of package compact instead of YAML, since
// the first answer of a process has to wait until the terms are decoded: 1,300 terms take 900 ms in
// YAML, and 3 ms in this format. After a conflict in compiled.bin, generate the file again.

//go:generate go test -run ^TestGenerated$ -update .
//go:generate go test ./search -run ^TestParts$ -update
//go:generate go test ./search/task -run ^TestLines$ -update

//go:embed compiled.bin
var compiled string

// A source is the data that people write: the terms, sorted by ID, and the tables about them.
type source struct {
	Terms  []*Term
	Tables Tables
	Packed []string // see LongText
}

// compile encodes a source in the format of compiled.bin.
func (s source) compile() ([]byte, error) {
	var texts []string
	terms := make([]*Term, len(s.Terms))
	for i, t := range s.Terms {
		packed := *t
		for _, long := range []*LongText{&packed.Meaning, &packed.Paraphrases} {
			if text := long.Text(); text.Has(English) && text.Has(Japanese) {
				texts = append(texts, text.EN, text.JA)
				*long = LongText{Packed: len(texts) / 2}
			}
		}
		terms[i] = &packed
	}
	s.Terms, s.Packed = terms, zipped.Pack(texts)
	return compact.Encode(s)
}

// builtIn returns the source that the binary embeds. The source is decoded only once.
var builtIn = sync.OnceValues(func() (*source, error) {
	s, err := decompile(compiled)
	if err != nil {
		err = fmt.Errorf("compiled.bin: %w: run go generate ./glossary", err)
	}
	packedTexts = zipped.Unpack(s.Packed)
	return s, err
})

// decompile decodes a source that compile has encoded.
func decompile(data string) (*source, error) {
	s := new(source)
	return s, compact.Decode(data, s)
}

// Compile returns the content of compiled.bin for the given terms and tables.
func Compile(o *Overlay, t *TableFiles) ([]byte, error) {
	return source{Terms: o.terms(), Tables: t.Tables}.compile()
}

// IsEmbedded reports whether data is the compiled.bin that the binary embeds.
func IsEmbedded(data []byte) bool { return string(data) == compiled }

// ReadSource reads the files from which compiled.bin is generated: the term files and the
// tables. dir is the glossary directory of a checkout.
func ReadSource(dir fs.FS) (*Overlay, *TableFiles) {
	terms, err := fs.Sub(dir, "terms")
	if err != nil { // only for an invalid name
		panic(err)
	}
	return ReadTree(terms), ReadTables(dir)
}

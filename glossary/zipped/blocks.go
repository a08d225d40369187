package zipped

import (
	"bytes"
	"compress/flate"
	"io"
	"strings"
	"sync/atomic"
)

// perBlock is the number of texts that are compressed together. Larger blocks are a bit smaller in
// total, but take longer to read one text from.
const perBlock = 64

// Pack compresses texts in blocks, which [Unpack] reads. The texts must not contain NUL.
func Pack(texts []string) (blocks []string) {
	for len(texts) > 0 {
		n := min(perBlock, len(texts))
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestCompression)
		if err == nil {
			_, err = io.WriteString(w, strings.Join(texts[:n], "\x00"))
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil { // unreachable: writing to memory does not fail
			panic("zipped: " + err.Error())
		}
		blocks, texts = append(blocks, b.String()), texts[n:]
	}
	return blocks
}

// Texts are compressed texts. It is safe for concurrent use.
type Texts struct {
	blocks []string
	last   atomic.Pointer[block] // the block that was read last, since neighbors are often read together
}

type block struct {
	index int
	texts []string
}

// Unpack returns the texts that Pack has compressed.
func Unpack(blocks []string) *Texts { return &Texts{blocks: blocks} }

// At returns the text with the given index. It panics if the data is damaged, or if there is no such
// text.
func (t *Texts) At(i int) string {
	b := t.last.Load()
	if b == nil || b.index != i/perBlock {
		data, err := io.ReadAll(flate.NewReader(strings.NewReader(t.blocks[i/perBlock])))
		if err != nil {
			panic("zipped: " + err.Error())
		}
		b = &block{i / perBlock, strings.Split(string(data), "\x00")}
		t.last.Store(b)
	}
	return b.texts[i%perBlock]
}

package zipped

import (
	"bytes"
	"compress/flate"
	"io"
	"strings"
	"sync"
	"sync/atomic"
)

// perBlock is the number of texts that are compressed together. Larger blocks are a bit smaller in
// total, but take longer to read one text from.
const perBlock = 64

// maxDictionary is the number of bytes that a reference in compressed data can reach back to
// (https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5).
const maxDictionary = 1 << 15

// Pack compresses texts in blocks, which [Unpack] reads. The first block is the dictionary of the
// others, which makes them an eighth smaller. The texts must not contain NUL.
func Pack(texts []string) (blocks []string) {
	var dictionary []byte
	for len(texts) > 0 {
		n := min(perBlock, len(texts))
		joined := strings.Join(texts[:n], "\x00")
		var b bytes.Buffer
		w, err := flate.NewWriterDict(&b, flate.BestCompression, dictionary)
		if err == nil {
			_, err = io.WriteString(w, joined)
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil { // unreachable: writing to memory does not fail
			panic("zipped: " + err.Error())
		}
		if len(blocks) == 0 {
			dictionary = dictionaryOf(joined)
		}
		blocks, texts = append(blocks, b.String()), texts[n:]
	}
	return blocks
}

func dictionaryOf(block string) []byte { return []byte(block[max(0, len(block)-maxDictionary):]) }

// Texts are compressed texts. It is safe for concurrent use.
type Texts struct {
	blocks     []string
	dictionary func() []byte
	recent     [4]atomic.Pointer[block] // blocks that were read, since neighbors are often read together
}

type block struct {
	index int
	texts []string
}

// Unpack returns the texts that Pack has compressed.
func Unpack(blocks []string) *Texts {
	return &Texts{blocks: blocks, dictionary: sync.OnceValue(func() []byte { return dictionaryOf(inflate(blocks[0], nil)) })}
}

// At returns the text with the given index. It panics if the data is damaged, or if there is no such
// text.
func (t *Texts) At(i int) string {
	recent := &t.recent[i/perBlock%len(t.recent)]
	b := recent.Load()
	if b == nil || b.index != i/perBlock {
		var dictionary []byte
		if i >= perBlock {
			dictionary = t.dictionary()
		}
		b = &block{i / perBlock, strings.Split(inflate(t.blocks[i/perBlock], dictionary), "\x00")}
		recent.Store(b)
	}
	return b.texts[i%perBlock]
}

func inflate(data string, dictionary []byte) string {
	var text strings.Builder
	text.Grow(4 * len(data)) // most blocks expand less than that
	if _, err := io.Copy(&text, flate.NewReaderDict(strings.NewReader(data), dictionary)); err != nil {
		panic("zipped: " + err.Error())
	}
	return text.String()
}

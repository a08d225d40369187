// Package excerpt shortens texts that are too long to read. It also adds notes about the parts
// of texts and files that were skipped.
package excerpt

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary/paste"
)

// A Part describes which part of the input was read. The zero value means that all of it was read.
type Part struct {
	size     int // the size of the whole text in bytes
	kept     int // the number of bytes kept at each end; 0 if nothing was cut
	scanned  int // the number of bytes read before the time ran out
	timedOut bool
	omitted  bool // whether lines in the middle were not read because there are too many
	Cut      bool // whether an attached file had been cut before; a separate note says so
}

// Read records that n of the size bytes of the part were read before the time ran out, without the given
// number of lines in the middle.
func (p *Part) Read(n, size, omitted int) {
	if n < size {
		p.scanned, p.timedOut = n, true
	}
	p.omitted = omitted > 0
}

// IsPartial reports whether only a part of the text was read.
func (p Part) IsPartial() bool { return p.kept > 0 || p.timedOut || p.Cut || p.omitted }

// Of returns the part of text to read. If text is longer than limit bytes, the part consists of the
// first and last lines, because tables begin with their columns, and logs end with what went wrong.
func Of(text string, limit int) (string, Part) {
	text = strings.TrimSpace(text)
	p := Part{size: len(text)}
	if len(text) <= limit {
		return text, p
	}
	p.kept = limit / 2
	head, tail := text[:p.kept], text[len(text)-p.kept:]
	if i := strings.LastIndexByte(head, '\n'); i >= 0 {
		head = head[:i]
	}
	if i := strings.IndexByte(tail, '\n'); i >= 0 {
		tail = tail[i+1:]
	}
	return head + "\n" + paste.Separator + "\n" + tail, p
}

// AddNote returns r, with a note if only a part of the text was read.
func (p Part) AddNote(r reply.Reply, texts *wording.Texts) reply.Reply {
	if !p.IsPartial() {
		return r
	}
	r.Partial, r.CacheKey = true, ""
	note := ""
	switch {
	case p.timedOut:
		note = texts.ReadUntil(kibibytes(p.scanned), kibibytes(p.size))
	case p.omitted:
		note = texts.ReadLines(paste.MaxLines / 2)
	case p.kept > 0:
		note = texts.ReadEnds(kibibytes(p.kept), kibibytes(p.size))
	default:
		return r
	}
	// The note comes first, because platforms cut off the end of a long message.
	r.Blocks = slices.Concat([]reply.Block{reply.Note{Text: note}}, r.Blocks)
	return r
}

func kibibytes(n int) string { return fmt.Sprintf("%d KiB", (n+512)/1024) }

package bot

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary/paste"
)

const (
	// maxText is how many bytes of a text are read in a terminal, which may show the
	// Pods of a large cluster, of a tool call, and of files.
	maxText = 1 << 20
	// maxChatText is how many bytes are read on other platforms. People can type fewer,
	// but messages of other bots have attachments.
	maxChatText = 64 << 10
)

// A part says which part of a text was read. The zero value stands for
// the whole text.
type part struct {
	size     int // bytes of the whole text
	kept     int // bytes of each end that were kept; 0 if nothing was cut
	scanned  int // bytes that were read before the time was up
	timedOut bool
	cut      bool // a file was already cut; a separate note says so
}

func (p part) exists() bool { return p.kept > 0 || p.timedOut || p.cut }

// maxTextOf returns how many bytes of a text are read.
func maxTextOf(surface Surface) int {
	if surface == Terminal || surface == Tool {
		return maxText
	}
	return maxChatText
}

// excerpt returns what is read of a text. If it is longer than limit bytes, these are its
// first and last lines: tables begin with their columns, and logs end with what went
// wrong.
func excerpt(text string, limit int) (string, part) {
	text = strings.TrimSpace(text)
	p := part{size: len(text)}
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

// tell adds a note to the reply if it is only about a part of the text.
func (p part) tell(r reply.Reply, texts *wording.Texts) reply.Reply {
	if !p.exists() {
		return r
	}
	r.Partial, r.CacheKey = true, ""
	note := ""
	switch {
	case p.timedOut:
		note = texts.ReadUntil(kibibytes(p.scanned), kibibytes(p.size))
	case p.kept > 0:
		note = texts.ReadEnds(kibibytes(p.kept), kibibytes(p.size))
	default:
		return r
	}
	// It comes first: platforms cut the end of a long message.
	r.Blocks = slices.Concat([]reply.Block{reply.Note{Text: note}}, r.Blocks)
	return r
}

func kibibytes(n int) string { return fmt.Sprintf("%d KiB", (n+512)/1024) }

package task

import (
	_ "embed"
	"encoding/binary"
	"maps"
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/compact"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/search/document"
	"k8sbot/glossary/search/inverted"
	"k8sbot/glossary/search/sorted"
	"k8sbot/glossary/zipped"
)

// Lines contains the meanings and tokens of the short texts of tasks. The binary embeds those of the
// built-in tasks.
type Lines struct {
	Texts    inverted.Index // of the documents of the tasks
	Meanings sorted.Strings
	Tasks    []string // for each task its lines: the number of meanings, then their numbers, all as varints
}

// lines.bin.gz contains the Lines of the built-in tasks, in the format of package compact, compressed.
// `go generate ./glossary` generates it after compiled.bin.
//
//go:embed lines.bin.gz
var linesData string

// EmbeddedLines returns the embedded lines, which must be those of the given tasks. If they aren't
// generated yet, it builds them.
func EmbeddedLines(tasks []*glossary.Term) *Lines {
	x := new(Lines)
	if err := compact.Decode(zipped.Text(linesData), x); err != nil {
		panic("task: lines.bin.gz: " + err.Error() + ": run go generate ./glossary")
	}
	if x.Len() != len(tasks) {
		return LinesOf(tasks)
	}
	return x
}

// LinesOf reads the names, paraphrases and summaries of tasks.
func LinesOf(tasks []*glossary.Term) *Lines {
	var all [][][]string
	known := make(map[string]bool)
	for _, t := range tasks {
		var texts []string
		t.Spellings(func(text string, _ bool) { texts = append(texts, text) })
		for _, l := range glossary.Langs {
			texts = append(texts, t.Paraphrases.Text().Sentences(l)...)
			texts = append(texts, mark.Strip(t.Summary.In(l)))
		}
		var lines [][]string
		for _, text := range texts {
			read := words().read(text)
			lines = append(lines, read)
			for _, m := range read {
				known[m] = true
			}
		}
		all = append(all, lines)
	}
	documents := make([]document.Document, len(tasks))
	for i, t := range tasks {
		documents[i] = document.Of(t)
	}
	x := &Lines{Texts: *inverted.New(documents), Meanings: sorted.Of(slices.Sorted(maps.Keys(known)))}
	for _, lines := range all {
		var packed []byte
		for _, read := range lines {
			packed = binary.AppendUvarint(packed, uint64(len(read)))
			for _, m := range read {
				i, _ := x.Meanings.Find(m)
				packed = binary.AppendUvarint(packed, uint64(i))
			}
		}
		x.Tasks = append(x.Tasks, string(packed))
	}
	return x
}

// Len returns the number of tasks.
func (x *Lines) Len() int { return len(x.Tasks) }

// A line is one of a task's short texts.
type line struct {
	task     int // index
	meanings []int32
}

// read returns all lines, sorted by task.
func (x *Lines) read() (lines []line) {
	size := 0
	for _, packed := range x.Tasks {
		size += len(packed)
	}
	all := make([]int32, 0, size) // each number takes a byte or more
	lines = make([]line, 0, x.Texts.Len())
	for task, packed := range x.Tasks {
		rest := []byte(packed)
		next := func() uint64 {
			v, n := binary.Uvarint(rest)
			rest = rest[n:]
			return v
		}
		for len(rest) > 0 {
			from := len(all)
			for range next() {
				all = append(all, int32(next()))
			}
			lines = append(lines, line{task, all[from:len(all):len(all)]})
		}
	}
	return lines
}

package task

import (
	"encoding/binary"
	"maps"
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/search/sorted"
)

// Lines contains the meanings of the short texts of tasks. The binary embeds those of the built-in
// tasks.
type Lines struct {
	Meanings sorted.Strings
	Tasks    []string // for each task its lines: the number of meanings, then their numbers, all as varints
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
	x := &Lines{Meanings: sorted.Of(slices.Sorted(maps.Keys(known)))}
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
	for task, packed := range x.Tasks {
		rest := []byte(packed)
		next := func() uint64 {
			v, n := binary.Uvarint(rest)
			rest = rest[n:]
			return v
		}
		for len(rest) > 0 {
			l := line{task, make([]int32, next())}
			for i := range l.meanings {
				l.meanings[i] = int32(next())
			}
			lines = append(lines, l)
		}
	}
	return lines
}

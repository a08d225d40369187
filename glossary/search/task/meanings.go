package task

import (
	"math"
	"slices"
	"sync"

	"k8sbot/glossary/search/sorted"
)

// meanings contains the meanings of all tasks. Meanings are numbered in the order of their
// names, so that weights are always added in the same order. The order affects the last digit
// of a score.
type meanings struct {
	tasks   int // number of tasks
	names   *sorted.Table
	idf     []float64
	parts   []part      // indexed by meaning
	unknown float64     // the idf of a meaning that is not in any task
	lines   [][]posting // indexed by meaning: the lines that contain it
	centers [][]posting // indexed by meaning: the tasks that contain it
	taskOf  []int32     // indexed by line: the index of its task
	buffers sync.Pool
}

// A posting is the weight of a meaning in a line of a task, or in all of its lines together. The
// weights of a line form a vector of length 1, and so do the weights of a task.
type posting struct {
	index  int32
	weight float32
}

// A vector contains the weight of each meaning, sorted by meaning.
type vector []posting

// A meaningBuffer holds the memory that a comparison works in.
type meaningBuffer struct {
	lines   []float32
	touched []int32 // the lines that are not 0
	tasks   []covering
}

// A covering says how much of a question's meanings a task has.
type covering struct {
	line, center     float64 // the cosines of the question with the nearest line, and with all lines together
	known            float64 // the share of the question that the task covers
	objects, actions float64 // the shares of the objects and actions of the question that the task does not cover
	shared           int     // the number of meanings that both have
}

// Meanings returns the meanings of a question. They show why the search found a task.
func Meanings(question string) []string { return words().read(NamesIn(question).rest) }

func newMeanings(tasks int, all *Lines) *meanings {
	x := &meanings{tasks: tasks, names: sorted.NewTable(all.Meanings)}
	lines, n := all.read(), all.Meanings.Len()
	x.taskOf, x.idf, x.parts = make([]int32, len(lines)), make([]float64, n), make([]part, n)
	ofLines, ofTasks := make([]int, n), make([]int, n) // how many contain a meaning
	last := make([]int, n)                             // the last task that contains a meaning, from 1
	for i, l := range lines {
		x.taskOf[i] = int32(l.task)
		for _, m := range l.meanings {
			ofLines[m]++
			if last[m] != l.task+1 {
				last[m] = l.task + 1
				ofTasks[m]++
			}
		}
	}
	for i, n := range ofTasks {
		x.idf[i] = math.Log(1 + float64(tasks)/float64(n))
		x.parts[i] = words().partOf(all.Meanings.At(i))
	}
	x.unknown = math.Log(1 + float64(tasks))
	x.lines, x.centers = emptyLists(ofLines), emptyLists(ofTasks)
	sums, own := make([]float32, n), make([]int32, 0, n) // of the current task, and its meanings
	var v vector
	for i, l := range lines {
		v = v[:0]
		for _, m := range l.meanings {
			v = append(v, posting{m, float32(x.idf[m])})
		}
		v.normalize(0)
		for _, p := range v {
			x.lines[p.index] = append(x.lines[p.index], posting{int32(i), p.weight})
			if sums[p.index] == 0 {
				own = append(own, p.index)
			}
			sums[p.index] += p.weight
		}
		if i+1 < len(lines) && lines[i+1].task == l.task {
			continue
		}
		slices.Sort(own)
		v = v[:0]
		for _, m := range own {
			v = append(v, posting{m, sums[m]})
			sums[m] = 0
		}
		own = own[:0]
		v.normalize(0)
		for _, p := range v {
			x.centers[p.index] = append(x.centers[p.index], posting{int32(l.task), p.weight})
		}
	}
	x.buffers.New = func() any {
		return &meaningBuffer{lines: make([]float32, len(x.taskOf)), tasks: make([]covering, tasks)}
	}
	return x
}

// emptyLists returns lists with room for the given numbers of postings.
func emptyLists(counts []int) [][]posting {
	total := 0
	for _, n := range counts {
		total += n
	}
	lists, rest := make([][]posting, len(counts)), make([]posting, total)
	for i, n := range counts {
		lists[i], rest = rest[:0:n], rest[n:]
	}
	return lists
}

// A part says what a meaning is in a request.
type part int

const (
	neither  part = iota
	anObject      // what a task is about
	anAction      // what is done
)

// partOf returns what a meaning is. A meaning that is both an object and an action, such as label, is an
// object.
func (l *lexicon) partOf(meaning string) part {
	switch {
	case l.parts["object"][meaning]:
		return anObject
	case l.parts["action"][meaning]:
		return anAction
	}
	return neither
}

// unknownWeight is the factor for the weight of a meaning that is not in any task.
const unknownWeight = 0.4

// vector returns the vector of the given meanings, and the sum of their idfs.
func (x *meanings) vector(read []string) (v vector, total float64) {
	v = make(vector, 0, len(read))
	others := 0.0
	for _, m := range read {
		i, ok := x.names.Find(m)
		if !ok {
			total += unknownWeight * x.unknown
			others += unknownWeight * x.unknown * unknownWeight * x.unknown
			continue
		}
		total += x.idf[i]
		v = append(v, posting{int32(i), float32(x.idf[i])})
	}
	v.normalize(others)
	return v, total
}

// normalize divides a vector by its length. others is the sum of the squares of weights that are
// not in v.
func (v vector) normalize(others float64) {
	square := others
	for _, p := range v {
		square += float64(p.weight * p.weight)
	}
	length := float32(max(math.Sqrt(square), 1e-9))
	for i := range v {
		v[i].weight /= length
	}
}

// compare compares a question that has the given meanings with all tasks. The caller must release the
// result.
func (x *meanings) compare(read []string) *meaningBuffer {
	v, total := x.vector(read)
	b := x.buffers.Get().(*meaningBuffer)
	objects, actions := 1e-9, 1e-9
	for _, m := range v {
		part := x.parts[m.index]
		switch part {
		case anObject:
			objects += x.idf[m.index]
		case anAction:
			actions += x.idf[m.index]
		}
		for _, p := range x.lines[m.index] {
			if b.lines[p.index] == 0 {
				b.touched = append(b.touched, p.index)
			}
			b.lines[p.index] += m.weight * p.weight
		}
		for _, p := range x.centers[m.index] {
			t := &b.tasks[p.index]
			t.center += float64(m.weight * p.weight)
			t.known += x.idf[m.index]
			t.shared++
			switch part {
			case anObject:
				t.objects += x.idf[m.index]
			case anAction:
				t.actions += x.idf[m.index]
			}
		}
	}
	for _, i := range b.touched {
		t := &b.tasks[x.taskOf[i]]
		t.line = max(t.line, float64(b.lines[i]))
		b.lines[i] = 0
	}
	b.touched = b.touched[:0]
	for i := range b.tasks {
		t := &b.tasks[i]
		t.known /= max(total, 1e-9)
		t.objects, t.actions = missing(t.objects, objects), missing(t.actions, actions)
	}
	return b
}

// release clears b for the next question.
func (x *meanings) release(b *meaningBuffer) {
	clear(b.tasks)
	x.buffers.Put(b)
}

// missing returns the share of all that is not covered.
func missing(covered, all float64) float64 {
	if all < 1e-6 {
		return 0
	}
	return max(0, 1-covered/all)
}

// covered returns the share of the objects or actions of a question that a task covers. any
// is unset if there are none.
func (x *meanings) covered(read []string, kind part, task int) (share float64, any bool) {
	all, shared := 0.0, 0.0
	for _, m := range read {
		if words().partOf(m) != kind {
			continue
		}
		i, ok := x.names.Find(m)
		if !ok {
			all += x.unknown
			continue
		}
		all += x.idf[i]
		if slices.ContainsFunc(x.centers[i], func(p posting) bool { return int(p.index) == task }) {
			shared += x.idf[i]
		}
	}
	return shared / max(all, 1e-9), all > 0
}

// strange returns the share of the meanings of a question that no task has.
func (x *meanings) strange(read []string) float64 {
	strange, all := 0.0, 0.0
	for _, m := range read {
		if i, ok := x.names.Find(m); ok {
			all += x.idf[i]
		} else {
			strange += unknownWeight * x.unknown
		}
	}
	return strange / max(strange+all, 1e-9)
}

package task

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/sorted"
)

// meanings contains the meanings of all tasks. Meanings are numbered in the order of their
// names, so that weights are always added in the same order. The order affects the last digit
// of a score.
type meanings struct {
	tasks     []*glossary.Term
	names     sorted.Strings
	idf       []float64
	parts     []part      // indexed by meaning
	unknown   float64     // the idf of a meaning that is not in any task
	lines     [][]posting // indexed by meaning: the lines that contain it
	centers   [][]posting // indexed by meaning: the tasks that contain it
	taskOf    []int32     // indexed by line: the index of its task
	scratches sync.Pool
}

// A posting is the weight of a meaning in a line of a task, or in all of its lines together. The
// weights of a line form a vector of length 1, and so do the weights of a task.
type posting struct {
	index  int32
	weight float64
}

// A vector contains the weight of each meaning, sorted by meaning.
type vector []posting

// A scratch holds the buffers that a search works in.
type scratch struct {
	lines, best, centers, known []float64
	objects, actions            []float64 // the sums of the idfs of the objects and actions that each task covers
	shared                      []int
	touched                     []int32 // the lines that are not 0
}

// A Match is a task that was found.
type Match struct {
	Term   *glossary.Term
	Score  float64 // from 0 to 1
	known  float64 // the share of the question that the task covers
	shared int     // the number of meanings that the question and the task share
	task   int     // the index of the task
}

// Meanings returns the meanings of a question. They show why the search found a task.
func Meanings(question string) []string { return words().read(NamesIn(question).rest) }

func newMeanings(tasks []*glossary.Term, all *Lines) *meanings {
	x := &meanings{tasks: tasks, names: all.Meanings}
	lines := all.read()
	frequency := make([]float64, all.Meanings.Len())
	last := make([]int, len(frequency)) // the last task that contains a meaning, from 1
	for _, l := range lines {
		x.taskOf = append(x.taskOf, int32(l.task))
		for _, m := range l.meanings {
			if last[m] != l.task+1 {
				last[m] = l.task + 1
				frequency[m]++
			}
		}
	}
	for i, n := range frequency {
		x.idf = append(x.idf, math.Log(1+float64(len(tasks))/n))
		x.parts = append(x.parts, partOf(x.names.At(i)))
	}
	x.unknown = math.Log(1 + float64(len(tasks)))
	x.lines, x.centers = make([][]posting, len(x.idf)), make([][]posting, len(x.idf))
	sums := make([]map[int32]float64, len(tasks))
	for i, l := range lines {
		task := l.task
		if sums[task] == nil {
			sums[task] = make(map[int32]float64)
		}
		v := make(vector, len(l.meanings))
		for j, m := range l.meanings {
			v[j] = posting{m, x.idf[m]}
		}
		v.normalize(0)
		for _, p := range v {
			x.lines[p.index] = append(x.lines[p.index], posting{int32(i), p.weight})
			sums[task][p.index] += p.weight
		}
	}
	for i, sum := range sums {
		v := make(vector, 0, len(sum))
		for _, m := range slices.Sorted(maps.Keys(sum)) {
			v = append(v, posting{m, sum[m]})
		}
		v.normalize(0)
		for _, p := range v {
			x.centers[p.index] = append(x.centers[p.index], posting{int32(i), p.weight})
		}
	}
	n, count := len(tasks), len(lines)
	x.scratches.New = func() any {
		return &scratch{
			make([]float64, count), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]int, n), nil,
		}
	}
	return x
}

// A part says what a meaning is in a request.
type part int

const (
	neither  part = iota
	anObject      // what a task is about
	anAction      // what is done
)

func partOf(meaning string) part {
	switch {
	case objects[meaning]:
		return anObject
	case actions[meaning]:
		return anAction
	}
	return neither
}

// things contains the meanings that rarely occur outside of questions about Kubernetes.
var things = fold.WordSet(`log pod container node deployment workload service secret configmap namespace job cronjob pvc volume ingress serviceaccount cluster context port environment
	image event yaml rollout autoscale quota label annotate taint untaint drain cordon uncordon scale replicas permission token csr registry storageclass finalizer dns decode rollback kinds limits apply diff usage debug`)

// objects contains the meanings that say what a task is about, and actions those that say what
// is done.
var (
	objects = fold.WordSet(`log pod container node deployment workload service secret configmap namespace job cronjob pvc volume ingress serviceaccount cluster context port environment
	image event yaml rollout quota label annotate taint permission role token csr registry storageclass finalizer dns kinds limits replicas password config user version ip history field budget
		usage capacity size controlplane resources content`)
	actions = fold.WordSet(`see restart again delete list enter run create generate change patch scale amount avoid stop pause rollback follow watch save switch copy access apply diff dryrun autoscale expose wait
	sort count label annotate taint untaint drain cordon uncordon move grant revoke approve decode resize attach replace merge rename pin debug default`)
)

// scopes are objects that often say only where something is done: "restart everything in a
// namespace".
var scopes = fold.WordSet("namespace cluster")

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
		v = append(v, posting{int32(i), x.idf[i]})
	}
	v.normalize(others)
	return v, total
}

// normalize divides a vector by its length. others is the sum of the squares of weights that are
// not in v.
func (v vector) normalize(others float64) {
	square := others
	for _, p := range v {
		square += p.weight * p.weight
	}
	length := max(math.Sqrt(square), 1e-9)
	for i := range v {
		v[i].weight /= length
	}
}

// The weights of a task's nearest line, of all its lines together, of the share of the question
// that the task covers, and of the task's tier. They give the best results for
// testdata/queries/tasks-tune.tsv.
const (
	weightLine   = 0.3
	weightCenter = 0.3
	weightShare  = 0.4
	weightTier   = 0.01
	weightObject = 0.1 // for the objects in the question that a task does not cover
	weightAction = 0.1 // for the actions
)

// minNear is the minimum score of a further suggestion, as a share of the first suggestion's
// score.
const minNear = 0.75

// rank returns the tasks that are nearest to a question with the given meanings, best first. It
// omits tasks with less than minNear of the best score.
func (x *meanings) rank(read []string) []Match {
	v, total := x.vector(read)
	if len(v) == 0 {
		return nil
	}
	s := x.scratches.Get().(*scratch)
	defer x.scratches.Put(s)
	allObjects, allActions := 1e-9, 1e-9
	for _, m := range v {
		part := x.parts[m.index]
		switch part {
		case anObject:
			allObjects += x.idf[m.index]
		case anAction:
			allActions += x.idf[m.index]
		}
		for _, p := range x.lines[m.index] {
			if s.lines[p.index] == 0 {
				s.touched = append(s.touched, p.index)
			}
			s.lines[p.index] += m.weight * p.weight
		}
		for _, p := range x.centers[m.index] {
			s.centers[p.index] += m.weight * p.weight
			s.known[p.index] += x.idf[m.index]
			s.shared[p.index]++
			switch part {
			case anObject:
				s.objects[p.index] += x.idf[m.index]
			case anAction:
				s.actions[p.index] += x.idf[m.index]
			}
		}
	}
	for _, i := range s.touched {
		task := x.taskOf[i]
		s.best[task] = max(s.best[task], s.lines[i])
		s.lines[i] = 0
	}
	s.touched = s.touched[:0]
	most := 0.0
	for i, t := range x.tasks {
		if s.shared[i] > 0 {
			s.best[i] = max(0, weightLine*s.best[i]+weightCenter*s.centers[i]+weightShare*s.known[i]/total-weightTier*float64(t.Tier-1)-
				weightObject*missing(s.objects[i], allObjects)-weightAction*missing(s.actions[i], allActions))
			most = max(most, s.best[i])
		}
	}
	var found []Match
	for i, t := range x.tasks {
		if s.shared[i] > 0 && s.best[i] >= minNear*most {
			found = append(found, Match{t, s.best[i], s.known[i] / total, s.shared[i], i})
		}
	}
	clear(s.best)
	clear(s.centers)
	clear(s.known)
	clear(s.objects)
	clear(s.actions)
	clear(s.shared)
	slices.SortFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Term.Tier, b.Term.Tier), strings.Compare(a.Term.ID, b.Term.ID))
	})
	return found
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
		if partOf(m) != kind {
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

package diagnose

import "sort"

// positions are the indexes of objects in the Objects of a finding, by the objects' numbers. Most
// findings come in the order in which the objects have got their numbers.
type positions struct {
	ids   []int32         // the numbers of the first objects, as long as they increase
	later map[int32]int32 // the indexes of the objects after them, by number
}

// of returns the index of the object with a number, or -1 if there is none.
func (p *positions) of(id int32) int {
	if i, ok := sort.Find(len(p.ids), func(i int) int { return int(id - p.ids[i]) }); ok {
		return i
	}
	if i, ok := p.later[id]; ok {
		return int(i)
	}
	return -1
}

// add adds an object at the index after the last one.
func (p *positions) add(id int32) {
	n := len(p.ids)
	switch {
	case p.later == nil && (n == 0 || p.ids[n-1] < id):
		p.ids = append(p.ids, id)
		return
	case p.later == nil:
		p.later = make(map[int32]int32)
	}
	p.later[id] = int32(n + len(p.later))
}

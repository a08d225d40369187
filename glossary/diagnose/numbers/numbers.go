// Package numbers numbers the objects of a paste, so that findings about thousands of objects compare
// numbers instead of names.
package numbers

import (
	"sort"

	"k8sbot/glossary/paste/observe"
)

// Objects are the numbered objects of a paste.
type Objects struct {
	ids    map[key]int32
	last   key // several findings in a row are about one object
	lastID int32
	listed []bool // by number; see List
	room   int    // the number of objects that the paste may have
}

// A key identifies an object, but not its container.
type key struct{ name, kind, namespace string }

// New returns an Objects with room for n objects.
func New(n int) *Objects {
	return &Objects{ids: make(map[key]int32, n), listed: make([]bool, 0, n), room: n}
}

// More returns for how many more objects a list of n objects should make room. For a long list, these
// are a few more than it gets if it has as many of the objects without a number as of those with one.
func (x *Objects) More(n int) int {
	if n < minList || len(x.ids) == 0 {
		return n + 1
	}
	forecast := max(0, x.room-len(x.ids)) * n / len(x.ids)
	return max(min(forecast+forecast/8, x.room-n), n/4)
}

// minList is the minimum length of a list that [Objects.More] makes a forecast for.
const minList = 64

// Of returns the number of an object, without its container.
func (x *Objects) Of(o *observe.Object) int32 {
	k := key{o.Name, o.Kind, o.Namespace}
	if k == x.last && len(x.ids) > 0 {
		return x.lastID
	}
	id, ok := x.ids[k]
	if !ok {
		id = int32(len(x.ids))
		x.ids[k] = id
	}
	x.last, x.lastID = k, id
	return id
}

// List marks an object as listed. It reports whether the object was not yet listed.
func (x *Objects) List(o *observe.Object) bool {
	id := int(x.Of(o))
	if id >= len(x.listed) {
		x.listed = append(x.listed, make([]bool, id+1-len(x.listed))...)
	}
	isNew := !x.listed[id]
	x.listed[id] = true
	return isNew
}

// An Index maps the numbers of objects to their indexes in a list. Most lists have their objects in
// the order in which the objects have got their numbers.
type Index struct {
	ids   []int32         // the numbers of the first objects, as long as they increase
	later map[int32]int32 // the indexes of the objects after them, by number
}

// Of returns the index of the object with a number, or -1 if the list does not have it.
func (x *Index) Of(id int32) int {
	if n := len(x.ids); n == 0 || x.later == nil && x.ids[n-1] < id {
		return -1
	}
	if i, ok := sort.Find(len(x.ids), func(i int) int { return int(id - x.ids[i]) }); ok {
		return i
	}
	if i, ok := x.later[id]; ok {
		return int(i)
	}
	return -1
}

// Add adds an object at the index after the last one.
func (x *Index) Add(id int32) {
	n := len(x.ids)
	switch {
	case x.later == nil && (n == 0 || x.ids[n-1] < id):
		x.ids = append(x.ids, id)
		return
	case x.later == nil:
		x.later = make(map[int32]int32)
	}
	x.later[id] = int32(n + len(x.later))
}

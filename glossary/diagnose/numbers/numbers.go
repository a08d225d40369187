// Package numbers numbers the objects of a paste, so that findings about thousands of objects compare
// numbers instead of names.
package numbers

import (
	"hash/maphash"
	"sort"

	"k8sbot/glossary/paste/observe"
)

// Objects are the numbered objects of a paste.
type Objects struct {
	keys   []key   // by number
	slots  []int32 // the numbers of objects, plus one, at their hashes; 0 if free
	last   key     // several findings in a row are about one object
	lastID int32
	listed []bool // by number; see List
	room   int    // the number of objects that the paste may have
}

// A key identifies an object, but not its container.
type key struct{ name, kind, namespace string }

// seed makes the hashes of a process unpredictable.
var seed = maphash.MakeSeed()

// minSlots is the minimum number of slots, a power of two.
const minSlots = 16

// New returns an Objects with room for n objects.
func New(n int) *Objects {
	slots := minSlots
	for slots < 2*n {
		slots *= 2
	}
	return &Objects{keys: make([]key, 0, n), slots: make([]int32, slots), listed: make([]bool, 0, n), room: n}
}

// More returns for how many more objects a list of n objects should make room. For a long list, these
// are a few more than it gets if it has as many of the objects without a number as of those with one.
func (x *Objects) More(n int) int {
	if n < minList || len(x.keys) == 0 {
		return n + 1
	}
	forecast := max(0, x.room-len(x.keys)) * n / len(x.keys)
	return max(min(forecast+forecast/8, x.room-n), n/4)
}

// minList is the minimum length of a list that [Objects.More] makes a forecast for.
const minList = 64

// Of returns the number of an object, without its container.
func (x *Objects) Of(o *observe.Object) int32 {
	k := key{o.Name, o.Kind, o.Namespace}
	if k == x.last && len(x.keys) > 0 {
		return x.lastID
	}
	x.last, x.lastID = k, x.number(k)
	return x.lastID
}

// Has reports whether an object has a number.
func (x *Objects) Has(o *observe.Object) bool {
	return x.slots[x.slot(key{o.Name, o.Kind, o.Namespace})] > 0
}

// Len returns how many objects have a number.
func (x *Objects) Len() int { return len(x.keys) }

// number returns the number of the object with the key k, which gets the next number if it has none.
func (x *Objects) number(k key) int32 {
	at := x.slot(k)
	if id := x.slots[at] - 1; id >= 0 {
		return id
	}
	if 2*len(x.keys) >= len(x.slots) {
		x.slots = make([]int32, 2*len(x.slots))
		for id, k := range x.keys {
			x.slots[x.slot(k)] = int32(id + 1)
		}
		at = x.slot(k)
	}
	x.keys = append(x.keys, k)
	x.slots[at] = int32(len(x.keys))
	return int32(len(x.keys) - 1)
}

// slot returns the index of the slot of k, or of the free one where it belongs.
func (x *Objects) slot(k key) int {
	mask := len(x.slots) - 1
	at := int(maphash.Comparable(seed, k)) & mask
	for x.slots[at] > 0 && x.keys[x.slots[at]-1] != k {
		at = (at + 1) & mask
	}
	return at
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

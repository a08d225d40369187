package parse

import (
	"hash/maphash"

	"k8sbot/glossary/paste/observe"
)

// A lineIndex finds the observations of Lines by their texts. A paste may have as many as a hundred
// thousand different ones, for which it takes less room than a map. Its zero value is empty.
type lineIndex struct {
	slots []uint64 // the upper half of a hash and the index of an observation, plus one; 0 if free
	n     int
}

// seed makes the hashes of a process unpredictable.
var seed = maphash.MakeSeed()

// minSlots is the minimum number of slots, a power of two.
const minSlots = 64

// find returns the index of the Line with a text in all, or -1 if there is none.
func (x *lineIndex) find(all *observe.List, text string, hash uint64) int {
	if x.n == 0 {
		return -1
	}
	mask := len(x.slots) - 1
	for i := int(hash>>32) & mask; x.slots[i] != 0; i = (i + 1) & mask {
		if x.slots[i]>>32 == hash>>32 {
			if at := int(uint32(x.slots[i])) - 1; all.At(at).Message == text {
				return at
			}
		}
	}
	return -1
}

// add adds a Line that find does not find, with its hash and the index of its observation.
func (x *lineIndex) add(hash uint64, at int) {
	if x.n*2 >= len(x.slots) {
		old := x.slots
		x.slots = make([]uint64, max(minSlots, len(old)*4))
		for _, slot := range old {
			if slot != 0 {
				x.put(slot)
			}
		}
	}
	x.put(hash>>32<<32 | uint64(at+1))
	x.n++
}

func (x *lineIndex) put(slot uint64) {
	mask := len(x.slots) - 1
	i := int(slot>>32) & mask
	for x.slots[i] != 0 {
		i = (i + 1) & mask
	}
	x.slots[i] = slot
}

// reset removes all Lines.
func (x *lineIndex) reset() {
	if x.n > 0 {
		*x = lineIndex{}
	}
}

func hashOf(text string) uint64 { return maphash.String(seed, text) }

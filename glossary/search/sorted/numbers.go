package sorted

import "encoding/binary"

// Numbers are numbers of the same width, which are read where they are: the width in bytes, then the
// numbers, little-endian.
type Numbers string

// NumbersOf returns numbers in the smallest width that fits all of them.
func NumbersOf(all []uint32) Numbers {
	width := 1
	for _, v := range all {
		for v>>(8*width) != 0 {
			width++
		}
	}
	n := make([]byte, 1, 1+width*len(all))
	n[0] = byte(width)
	for _, v := range all {
		var bytes [4]byte
		binary.LittleEndian.PutUint32(bytes[:], v)
		n = append(n, bytes[:width]...)
	}
	return Numbers(n)
}

// Len returns how many numbers there are.
func (n Numbers) Len() int {
	if n == "" {
		return 0
	}
	return (len(n) - 1) / int(n[0])
}

// At returns number i.
func (n Numbers) At(i int) int {
	width := int(n[0])
	at := 1 + i*width
	v := int(n[at])
	for j := 1; j < width; j++ {
		v |= int(n[at+j]) << (8 * j)
	}
	return v
}

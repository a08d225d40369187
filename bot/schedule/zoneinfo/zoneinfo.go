// Package zoneinfo loads IANA time zones, even on systems without a time zone database, such as
// Windows and minimal images. Like package time/tzdata, it embeds the database of the Go toolchain,
// but in a quarter of the space, because the database is compressed until it is needed.
package zoneinfo

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for zones.gz
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"
)

// database contains the zones, compressed with gzip. What is alike is together: the names, the headers
// and rules, the types of the transitions, and the times of the transitions, as differences, by byte.
// zopfli writes the format of gzip, but a twelfth less. See TestDatabase for the encoding of the file, and
// https://www.rfc-editor.org/rfc/rfc9636 for that of a zone.
//
//go:generate go test -run ^TestDatabase$ -update .
//go:generate sh -c "gzip -dc zones.gz > zones && zopfli --i15 zones && rm zones"
//go:embed zones.gz
var database []byte

// Load returns the zone with the given IANA name, like [time.LoadLocation]. If the system does not
// know the zone, Load returns the embedded zone.
func Load(name string) (*time.Location, error) {
	loc, err := time.LoadLocation(name)
	if err == nil {
		return loc, nil
	}
	data, ok := embedded()[name]
	if !ok {
		return nil, err
	}
	return time.LoadLocationFromTZData(name, data)
}

// Names returns the names of the embedded zones, sorted. The first call takes a few milliseconds.
func Names() []string { return slices.Sorted(maps.Keys(embedded())) }

// embedded returns the data of the embedded zones, keyed by name.
var embedded = sync.OnceValue(func() map[string][]byte {
	zones, err := decode(database)
	if err != nil { // unreachable: TestDatabase checks the embedded file
		panic(err)
	}
	return zones
})

func decode(database []byte) (map[string][]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(database))
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	parts := splitter{data}
	names, rules, types, times := splitter{parts.sized()}, splitter{parts.sized()}, splitter{parts.sized()}, splitter{parts.sized()}
	zones := make(map[string][]byte)
	for len(rules.rest) > 0 {
		head, tail := rules.sized(), rules.sized()
		if len(head) < headerSize {
			return nil, fmt.Errorf("damaged time zone database: a header has %d bytes", len(head))
		}
		n := int(binary.BigEndian.Uint32(head[len(head)-12:])) // the number of transitions
		column := times.next(8 * n)
		if column == nil {
			return nil, fmt.Errorf("damaged time zone database: no times of %d transitions", n)
		}
		zone := append(slices.Clone(head), make([]byte, 8*n)...)
		at := int64(0)
		for i := range n {
			delta := uint64(0)
			for b := range 8 {
				delta = delta<<8 | uint64(column[b*n+i])
			}
			at += int64(delta)
			binary.BigEndian.PutUint64(zone[len(head)+8*i:], uint64(at))
		}
		zone = slices.Concat(zone, types.next(n), tail)
		for name := range bytes.FieldsSeq(names.sized()) {
			zones[string(name)] = zone
		}
	}
	if len(zones) == 0 {
		return nil, fmt.Errorf("damaged time zone database: no zones in %d bytes", len(data))
	}
	return zones, nil
}

// headerSize is the size of the header of a zone in bytes. The number of transitions is 12 bytes before its end.
const headerSize = 44

// A splitter splits data into parts.
type splitter struct{ rest []byte }

// next returns the next n bytes, or nil if there are fewer.
func (s *splitter) next(n int) []byte {
	if n < 0 || n > len(s.rest) {
		s.rest = nil
		return nil
	}
	part := s.rest[:n:n]
	s.rest = s.rest[n:]
	return part
}

// sized returns the next part, which begins with its length as a varint, or nil if it is cut off.
func (s *splitter) sized() []byte {
	length, n := binary.Uvarint(s.rest)
	if n <= 0 || length > uint64(len(s.rest)-n) {
		s.rest = nil
		return nil
	}
	s.rest = s.rest[n:]
	return s.next(int(length))
}

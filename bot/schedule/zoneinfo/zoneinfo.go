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

// database contains the name and the data of each zone, compressed with gzip. Each of the two is
// preceded by its length, as a varint. If the data is empty, it is that of the zone before: many
// names are links to other zones.
//
//go:generate go test -run ^TestDatabase$ -update .
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
	zones := make(map[string][]byte)
	next := func() ([]byte, error) {
		length, n := binary.Uvarint(data)
		if n <= 0 || length > uint64(len(data)-n) {
			return nil, fmt.Errorf("damaged time zone database: %d bytes from its end", len(data))
		}
		value := data[n : n+int(length)]
		data = data[n+int(length):]
		return value, nil
	}
	var zone []byte
	for len(data) > 0 {
		name, err := next()
		if err != nil {
			return nil, err
		}
		own, err := next()
		if err != nil {
			return nil, err
		}
		if len(own) > 0 {
			zone = own
		}
		zones[string(name)] = zone
	}
	return zones, nil
}

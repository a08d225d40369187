// Package compact encodes data that is embedded in a program. [Decode] takes little time and
// memory, since the strings that it returns are substrings of the encoded data.
//
// Values are written one after another, without names:
//
//	bool, int  a varint
//	string     its length times 2 as a varint, with its bytes in a column; or its index in the
//	           table of strings that occur several times, times 2 plus 1
//	slice      its length as a varint, then its elements
//	pointer    what it points to
//	struct     a varint with one bit per field, lowest bit first, set if the field is not zero;
//	           then the fields that are not zero
//
// The table is at the start: its length as a varint, and for each string its length as a varint and
// its bytes. Then come the length of the values and the values, the number of columns, the length of
// each column, and the columns. Each field has a column for the bytes of its strings, in the order in
// which the fields first occur. So a program that reads only some of the fields does not touch the
// memory of the others. Varints are encoded as in [encoding/binary].
package compact

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Encode encodes a value. [Decode] restores the value, except that an empty slice becomes nil.
// Encode returns an error if the value contains a type that the package comment does not list, a
// nil pointer that is not a field of a struct, or a struct with unexported fields or more than 64
// fields.
func Encode(v any) ([]byte, error) {
	e := &encoder{count: make(map[string]int)}
	if err := e.value(reflect.ValueOf(v), e.newPlace()); err != nil { // first pass: counts the strings
		return nil, err
	}
	out := e.shareStrings()
	e.buf.Reset()
	e.places = nil
	err := e.value(reflect.ValueOf(v), e.newPlace())
	out = append(binary.AppendUvarint(out, uint64(e.buf.Len())), e.buf.Bytes()...)
	out = binary.AppendUvarint(out, uint64(len(e.places)))
	for _, p := range e.places {
		out = binary.AppendUvarint(out, uint64(len(p.column)))
	}
	for _, p := range e.places {
		out = append(out, p.column...)
	}
	return out, err
}

// A place is where values of one type are in a larger value: a field, or the elements of a list.
type place struct {
	column []byte   // the bytes of the strings; set while encoding
	number int      // its index among all places; set while decoding
	parts  []*place // fields, or one for the elements; nil if they have not occurred yet
}

// part returns part i of a place. If it has not occurred yet, part adds what create returns.
func (p *place) part(i int, create func() *place) *place {
	for len(p.parts) <= i {
		p.parts = append(p.parts, nil)
	}
	if p.parts[i] == nil {
		p.parts[i] = create()
	}
	return p.parts[i]
}

func (e *encoder) newPlace() *place {
	p := new(place)
	e.places = append(e.places, p)
	return p
}

type encoder struct {
	buf    bytes.Buffer
	count  map[string]int // how often a string occurs
	shared map[string]int // from a string to its index in the table
	places []*place       // in the order in which they first occur
}

// shareStrings chooses the strings for the table and returns the encoded table. The strings that
// occur most often have the shortest indexes.
func (e *encoder) shareStrings() []byte {
	var table []string
	for s, n := range e.count {
		if n > 1 && len(s) > 1 {
			table = append(table, s)
		}
	}
	slices.SortFunc(table, func(a, b string) int { return cmp.Or(cmp.Compare(e.count[b], e.count[a]), strings.Compare(a, b)) })
	e.shared = make(map[string]int, len(table))
	out := binary.AppendUvarint(nil, uint64(len(table)))
	for i, s := range table {
		e.shared[s] = i
		out = binary.AppendUvarint(out, uint64(len(s)))
		out = append(out, s...)
	}
	return out
}

func (e *encoder) uvarint(x uint64) { e.buf.Write(binary.AppendUvarint(nil, x)) }

func (e *encoder) value(v reflect.Value, p *place) error {
	switch v.Kind() {
	case reflect.Bool:
		e.uvarint(map[bool]uint64{true: 1}[v.Bool()])
	case reflect.Int, reflect.Int64:
		e.buf.Write(binary.AppendVarint(nil, v.Int()))
	case reflect.String:
		e.string(v.String(), p)
	case reflect.Slice:
		e.uvarint(uint64(v.Len()))
		for i := range v.Len() {
			if err := e.value(v.Index(i), p.part(0, e.newPlace)); err != nil {
				return fmt.Errorf("[%d]: %w", i, err)
			}
		}
	case reflect.Pointer:
		if v.IsNil() {
			return fmt.Errorf("no compact form for a nil %s", v.Type())
		}
		return e.value(v.Elem(), p)
	case reflect.Struct:
		return e.fields(v, p)
	default:
		return fmt.Errorf("no compact form for %s", v.Type())
	}
	return nil
}

func (e *encoder) string(s string, p *place) {
	e.count[s]++
	if i, ok := e.shared[s]; ok {
		e.uvarint(uint64(i)<<1 | 1)
		return
	}
	e.uvarint(uint64(len(s)) << 1)
	p.column = append(p.column, s...)
}

func (e *encoder) fields(v reflect.Value, p *place) error {
	if v.NumField() > 64 {
		return fmt.Errorf("no compact form for %s, which has more than 64 fields", v.Type())
	}
	set := uint64(0)
	for i := range v.NumField() {
		if f := v.Type().Field(i); !f.IsExported() {
			return fmt.Errorf("no compact form for %[2]s, whose field %[1]s is not exported", f.Name, v.Type())
		}
		if !v.Field(i).IsZero() {
			set |= 1 << i
		}
	}
	e.uvarint(set)
	for i := range v.NumField() {
		if set>>i&1 == 0 {
			continue
		}
		if err := e.value(v.Field(i), p.part(i, e.newPlace)); err != nil {
			return fmt.Errorf("%s: %w", v.Type().Field(i).Name, err)
		}
	}
	return nil
}

package compact

import (
	"errors"
	"fmt"
	"math/bits"
	"reflect"
)

// Decode decodes data that [Encode] returned, and stores the result in the variable that v points
// to. The variable must have the type of the encoded value. The strings in the result share the
// memory of data.
func Decode(data string, v any) error {
	d := &decoder{rest: data}
	n := d.length()
	d.table = make([]string, n)
	for i := range d.table {
		d.table[i] = d.take(d.uvarint())
	}
	values := d.take(d.uvarint())
	lengths := make([]uint64, d.length())
	for i := range lengths {
		lengths[i] = d.uvarint()
	}
	for _, n := range lengths {
		d.columns = append(d.columns, d.take(n))
	}
	d.checkEnd()
	d.rest = values
	d.value(reflect.ValueOf(v).Elem(), d.newPlace())
	d.checkEnd()
	return d.err
}

type decoder struct {
	rest    string
	table   []string
	columns []string // of all places
	places  []*place
	err     error
}

// checkEnd records an error if there is more data.
func (d *decoder) checkEnd() {
	if d.err == nil && d.rest != "" {
		d.fail(fmt.Errorf("%d bytes too many", len(d.rest)))
	}
}

func (d *decoder) newPlace() *place {
	p := &place{number: len(d.places)}
	d.places = append(d.places, p)
	if p.number >= len(d.columns) {
		d.columns = append(d.columns, "")
	}
	return p
}

var errShort = errors.New("the data is cut off")

// fail records the first error, and drops the rest of the data to end the decoding.
func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
	d.rest = ""
}

// uvarint is like [encoding/binary.Uvarint], for a string.
func (d *decoder) uvarint() uint64 {
	x := uint64(0)
	for i := range len(d.rest) {
		b := d.rest[i]
		if i == 9 && b > 1 {
			break
		}
		x |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			d.rest = d.rest[i+1:]
			return x
		}
	}
	d.fail(errShort)
	return 0
}

// length reads the length of a list, and checks that the data is long enough: each element takes
// at least one byte.
func (d *decoder) length() int {
	n := d.uvarint()
	if n > uint64(len(d.rest)) {
		d.fail(errShort)
		return 0
	}
	return int(n)
}

func (d *decoder) take(n uint64) string {
	if n > uint64(len(d.rest)) {
		d.fail(errShort)
		return ""
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) string(p *place) string {
	x := d.uvarint()
	if x&1 == 0 {
		column := d.columns[p.number]
		if x>>1 > uint64(len(column)) {
			d.fail(errShort)
			return ""
		}
		d.columns[p.number] = column[x>>1:]
		return column[:x>>1]
	}
	if x>>1 >= uint64(len(d.table)) {
		d.fail(fmt.Errorf("there is no string %d", x>>1))
		return ""
	}
	return d.table[x>>1]
}

func (d *decoder) value(v reflect.Value, p *place) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(d.uvarint() != 0)
	case reflect.Int, reflect.Int64:
		x := d.uvarint()
		v.SetInt(int64(x>>1) ^ -int64(x&1))
	case reflect.String:
		v.SetString(d.string(p))
	case reflect.Slice:
		n := d.length()
		v.Grow(n)
		v.SetLen(n)
		for i := range n {
			d.value(v.Index(i), p.part(0, d.newPlace))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(v.Elem(), p)
	case reflect.Struct:
		n := v.NumField()
		for set := d.uvarint(); set != 0; set &= set - 1 {
			i := bits.TrailingZeros64(set)
			if i >= n {
				d.fail(fmt.Errorf("%s has no field %d", v.Type(), i))
				return
			}
			d.value(v.Field(i), p.part(i, d.newPlace))
		}
	default:
		d.fail(fmt.Errorf("no compact form for %s", v.Type()))
	}
}

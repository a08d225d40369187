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
	d.value(reflect.ValueOf(v).Elem())
	if d.err == nil && d.rest != "" {
		d.err = fmt.Errorf("%d bytes too many", len(d.rest))
	}
	return d.err
}

type decoder struct {
	rest  string
	table []string
	err   error
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

func (d *decoder) string() string {
	x := d.uvarint()
	if x&1 == 0 {
		return d.take(x >> 1)
	}
	if x>>1 >= uint64(len(d.table)) {
		d.fail(fmt.Errorf("there is no string %d", x>>1))
		return ""
	}
	return d.table[x>>1]
}

func (d *decoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(d.uvarint() != 0)
	case reflect.Int, reflect.Int64:
		x := d.uvarint()
		v.SetInt(int64(x>>1) ^ -int64(x&1))
	case reflect.String:
		v.SetString(d.string())
	case reflect.Slice:
		n := d.length()
		v.Grow(n)
		v.SetLen(n)
		for i := range n {
			d.value(v.Index(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(v.Elem())
	case reflect.Struct:
		n := v.NumField()
		for set := d.uvarint(); set != 0; set &= set - 1 {
			i := bits.TrailingZeros64(set)
			if i >= n {
				d.fail(fmt.Errorf("%s has no field %d", v.Type(), i))
				return
			}
			d.value(v.Field(i))
		}
	default:
		d.fail(fmt.Errorf("no compact form for %s", v.Type()))
	}
}

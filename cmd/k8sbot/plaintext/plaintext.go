// Package plaintext detects whether data is text and in which encoding, and converts it to UTF-8.
package plaintext

import (
	"bytes"
	"encoding/binary"
	"errors"
	"unicode/utf16"
	"unicode/utf8"
)

// Errors of [Decode].
var (
	ErrBinary   = errors.New("not text")
	ErrEncoding = errors.New("neither UTF-8 nor UTF-16")
)

// Decode converts UTF-8 or UTF-16 text to UTF-8. For other data it returns ErrBinary or
// ErrEncoding.
func Decode(data []byte) (string, error) {
	if order := utf16Order(data); order != nil {
		return decodeUTF16(data, order), nil
	}
	if isBinary(data) {
		return "", ErrBinary
	}
	if !isUTF8(data) {
		return "", ErrEncoding
	}
	return string(data), nil
}

// sample is the number of bytes that are examined to detect whether the input is text, and in
// which encoding.
const sample = 64 << 10

// isBinary reports whether more than one byte in 20 is a control character that does not
// occur in text.
func isBinary(data []byte) bool {
	data = data[:min(len(data), sample)]
	n := 0
	for _, c := range data {
		if c < ' ' && bytes.IndexByte([]byte("\t\n\v\f\r\b\x1b"), c) < 0 || c == '\x7f' {
			n++
		}
	}
	return n > len(data)/20
}

// isUTF8 reports whether data is UTF-8. It tolerates one invalid byte in 100, because logs may
// be corrupt.
func isUTF8(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	invalid := 0
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			invalid++
		}
		rest = rest[size:]
	}
	return invalid <= len(data)/100
}

// utf16Order returns the byte order of UTF-16 text, such as PowerShell writes, or nil for
// anything else. Text without a byte order mark must be mostly ASCII.
func utf16Order(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return binary.BigEndian
	}
	data = data[:min(len(data), sample)]
	var zeros [2]int // zero bytes at even and at odd offsets
	for i, c := range data {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch many := len(data) / 4; {
	case zeros[1] > many && zeros[0] == 0:
		return binary.LittleEndian
	case zeros[0] > many && zeros[1] == 0:
		return binary.BigEndian
	}
	return nil
}

// decodeUTF16 converts UTF-16 text to UTF-8.
func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// maxInput is the maximum size of explain's input, in bytes. The bot reads the beginning
// and the end of it.
const maxInput = 64 << 20

// await calls read and returns its result. If ctx ends first, await returns the cause,
// and read is left running: nothing can interrupt a read from a terminal.
func await[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := read()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

// readText reads all of in, which must be UTF-8 or UTF-16, and returns it as UTF-8. name is
// the name of the input in errors.
func readText(ctx context.Context, in io.Reader, name string) (string, error) {
	data, err := await(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(in, maxInput+1)) })
	switch {
	case err != nil:
		return "", err
	case len(data) > maxInput:
		return "", fmt.Errorf("%s is larger than %d MiB: pass its end, for example with tail -c 1M", name, maxInput>>20)
	}
	if order := utf16Order(data); order != nil {
		return decodeUTF16(data, order), nil
	}
	if isBinary(data) {
		return "", fmt.Errorf("%s is not text: pass kubectl output or a log", name)
	}
	if !isUTF8(data) {
		return "", fmt.Errorf("%s is not UTF-8: convert it, for example with iconv -f SHIFT_JIS -t UTF-8", name)
	}
	return string(data), nil
}

// sample is how many bytes to examine to find out the type of the input.
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

// isUTF8 reports whether data is UTF-8. It tolerates one invalid byte in 100, because logs
// may be damaged.
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
	var zeros [2]int // at even and at odd offsets
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

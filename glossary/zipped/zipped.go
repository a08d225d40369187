// Package zipped reads embedded texts that are compressed to make the binary smaller.
package zipped

import (
	"compress/gzip"
	"encoding/binary"
	"io"
	"strings"
)

// Text decompresses a gzip file. It takes about a millisecond per 100 kB of text, so call it only
// when the text is first needed. It panics if data is damaged; tests decompress every embedded
// file.
func Text(data string) string {
	r, err := gzip.NewReader(strings.NewReader(data))
	if err != nil {
		panic("zipped: " + err.Error())
	}
	// A gzip file ends with the size of its text (https://www.rfc-editor.org/rfc/rfc1952#page-5).
	var text strings.Builder
	text.Grow(int(binary.LittleEndian.Uint32([]byte(data[len(data)-4:]))))
	if _, err := io.Copy(&text, r); err != nil {
		panic("zipped: " + err.Error())
	}
	return text.String()
}

// Package zipped reads embedded texts that are compressed to make the binary smaller.
package zipped

import (
	"compress/gzip"
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
	text, err := io.ReadAll(r)
	if err != nil {
		panic("zipped: " + err.Error())
	}
	return string(text)
}

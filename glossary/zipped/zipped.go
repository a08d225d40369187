// Package zipped reads texts that the binary embeds compressed, which makes it smaller.
package zipped

import (
	"compress/gzip"
	"io"
	"strings"
)

// Text decompresses a gzip file. It takes about a millisecond per 100 kB of text, so call it only
// when the text is first needed. It panics if data is damaged; a test reads each file.
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

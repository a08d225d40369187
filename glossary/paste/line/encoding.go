package line

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decodeText returns text as UTF-8. It converts UTF-16 with a byte order mark, as Windows
// editors and PowerShell write it, and replaces other invalid bytes with U+FFFD.
func decodeText(s string) string {
	switch {
	case strings.HasPrefix(s, "\xff\xfe"):
		return decodeUTF16(s[2:], binary.LittleEndian)
	case strings.HasPrefix(s, "\xfe\xff"):
		return decodeUTF16(s[2:], binary.BigEndian)
	case utf8.ValidString(s):
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

func decodeUTF16(s string, order binary.ByteOrder) string {
	high := 1 // the offset of the higher byte in a unit
	if order == binary.BigEndian {
		high = 0
	}
	unit := func(i int) rune { return rune(s[i+high])<<8 | rune(s[i+1-high]) }
	wide := 0
	for i := high; i < len(s); i += 2 {
		if s[i] != 0 {
			wide++
		}
	}
	var b strings.Builder
	b.Grow(len(s)/2 + 2*wide)
	for i := 0; i+1 < len(s); i += 2 {
		r := unit(i)
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
			continue
		}
		if utf16.IsSurrogate(r) {
			second := rune(0)
			if i+3 < len(s) {
				second = unit(i + 2)
			}
			if r = utf16.DecodeRune(r, second); r != utf8.RuneError {
				i += 2
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

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
	bytes, units := []byte(s), make([]uint16, len(s)/2)
	for i := range units {
		units[i] = order.Uint16(bytes[2*i:])
	}
	return string(utf16.Decode(units))
}

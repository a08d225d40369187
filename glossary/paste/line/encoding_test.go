package line

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"unicode/utf16"
)

// TestDecodeUTF16 compares the decoder with package utf16, for random units of few kinds, in both
// byte orders.
func TestDecodeUTF16(t *testing.T) {
	t.Parallel()
	kinds := []uint16{0, 'a', '\n', 0x7f, 0x80, 0x7ff, 0x800, 0x3042, 0xd83d, 0xde00, 0xdfff, 0xfeff, 0xfffd, 0xffff}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		units := make([]uint16, r.IntN(12))
		little, big := []byte("\xff\xfe"), []byte("\xfe\xff")
		for i := range units {
			units[i] = kinds[r.IntN(len(kinds))]
			little = binary.LittleEndian.AppendUint16(little, units[i])
			big = binary.BigEndian.AppendUint16(big, units[i])
		}
		if r.IntN(2) == 0 { // half a unit is cut off
			little, big = append(little, 'x'), append(big, 'x')
		}
		want := string(utf16.Decode(units))
		if got := decodeText(string(little)); got != want {
			t.Fatalf("little endian: decoded %x as %q, want %q", units, got, want)
		}
		if got := decodeText(string(big)); got != want {
			t.Fatalf("big endian: decoded %x as %q, want %q", units, got, want)
		}
	}
}

// TestPunctuate checks that only the characters that have a replacement change.
func TestPunctuate(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a": "a", "\u201ca\u2019s\u201d\u2026": `"a's"...`, "\ufeffa\u00a0b": "a b", "\u3000エラー\u3001": "  エラー\u3001",
		"\u2713\u25cf\u2191": "\u2713* ", "\xe2\x80": "\xe2\x80", "\xc2": "\xc2", "é\u2013": "é-",
	} {
		if got := punctuate(text); got != want {
			t.Errorf("punctuate(%q) = %q, want %q", text, got, want)
		}
	}
}

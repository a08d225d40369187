package reply

import (
	"encoding/base64"
	"strings"
	"testing"
)

const limit = 1000

func TestUnpack(t *testing.T) {
	for _, text := range []string{"", "NAME READY\nweb 0/1", "ポッド", strings.Repeat("a", limit)} {
		if got, err := Unpack(Pack(text), limit); err != nil || got != text {
			t.Errorf("Unpack(Pack(%.20q)) = %.20q, %v", text, got, err)
		}
	}
	for payload, want := range map[string]string{
		"%":                                "cannot decode payload",
		"AAAA":                             "cannot unpack payload",
		Pack("text")[:3]:                   "cannot unpack payload",
		Pack(strings.Repeat("a", limit+1)): "more than 1000 bytes",
	} {
		if _, err := Unpack(payload, limit); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Unpack(%.20q): got error %v, want %q", payload, err, want)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add("")
	f.Add(Pack("NAME READY\nweb 0/1"))
	f.Add(base64.RawURLEncoding.EncodeToString([]byte{0xff, 0, 1}))
	f.Fuzz(func(t *testing.T, payload string) {
		text, err := Unpack(payload, limit)
		if len(text) > limit || err != nil && text != "" {
			t.Errorf("Unpack(%q) has %d bytes, error %v", payload, len(text), err)
		}
		if again, err2 := Unpack(Pack(text), limit); err2 != nil || again != text {
			t.Errorf("got %q, %v back from %q", again, err2, text)
		}
	})
}

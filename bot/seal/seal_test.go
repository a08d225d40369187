package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// keyOf returns a key of 32 equal bytes.
func keyOf(b byte) string { return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{b}, keySize)) }

func ringOf(t testing.TB, text string) *Ring {
	t.Helper()
	r, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRotation checks that during the replacement of a key, each ring opens the texts that the
// other has sealed, until the old key is removed.
func TestRotation(t *testing.T) {
	old, both, next := ringOf(t, keyOf(1)), ringOf(t, keyOf(2)+","+keyOf(1)), ringOf(t, keyOf(2))
	bound := []string{"slack", "T1", "token"}
	before := old.Seal("xoxb-1", bound...)
	if got, err := both.Open(before, bound...); got != "xoxb-1" || err != nil {
		t.Errorf("both keys: got %q, %v, want the text", got, err)
	}
	if _, err := next.Open(before, bound...); !errors.Is(err, ErrUnknownKey) || !strings.Contains(err.Error(), old.Current()) {
		t.Errorf("the new key only: got %v, want an error that names key %s", err, old.Current())
	}
	after := both.Seal("xoxb-1", bound...)
	if KeyID(before) != old.Current() || KeyID(after) != next.Current() {
		t.Errorf("got the keys %s and %s, want %s and %s", KeyID(before), KeyID(after), old.Current(), next.Current())
	}
	if got, err := next.Open(after, bound...); got != "xoxb-1" || err != nil {
		t.Errorf("resealed: got %q, %v, want the text", got, err)
	}
}

// TestBound checks that a sealed text opens only in its own context and only if it is unchanged,
// and that sealing the same secret twice gives different results.
func TestBound(t *testing.T) {
	r := ringOf(t, keyOf(1))
	sealed := r.Seal("xoxb-1", "slack", "T1", "token")
	if sealed == r.Seal("xoxb-1", "slack", "T1", "token") {
		t.Error("sealing twice gave the same text")
	}
	if strings.Contains(sealed, "xoxb") {
		t.Errorf("%s contains the text", sealed)
	}
	for _, bound := range [][]string{nil, {"slack", "T2", "token"}, {"slack", "T1", "refresh"}, {"slack", "T1token", ""}, {"slackT1", "token"}} {
		if got, err := r.Open(sealed, bound...); !errors.Is(err, ErrSealed) || got != "" {
			t.Errorf("opened for %q: %q, %v", bound, got, err)
		}
	}
	for i := range len(sealed) {
		changed := sealed[:i] + string(rune(sealed[i]^1)) + sealed[i+1:]
		if got, err := r.Open(changed, "slack", "T1", "token"); err == nil {
			t.Errorf("opened with byte %d changed: %q", i, got)
		}
	}
	for _, other := range []string{"", "xoxb-1", "v1.00000000.", "v1..AA", "v2" + sealed[2:]} {
		if got, err := r.Open(other, "slack", "T1", "token"); err == nil {
			t.Errorf("opened %q: %q", other, got)
		}
	}
}

func TestParse(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"one":       {keyOf(1), ""},
		"lines":     {keyOf(1) + "\n" + keyOf(2) + ",\r\n " + keyOf(3) + "\n", ""},
		"none":      {" ,\n", "openssl rand -base64 32"},
		"short":     {"c2VjcmV0", "key 1: not 32 bytes in base64"},
		"no base64": {keyOf(1) + ",secret secret", "key 2: not 32 bytes in base64"},
		"twice":     {keyOf(1) + "," + keyOf(2) + "," + keyOf(1), "key 3 is a duplicate"},
		"many":      {strings.Repeat(keyOf(1)+",", maxKeys+1), "too many keys (17)"},
	} {
		_, err := Parse(tt.text)
		msg := fmt.Sprint(err)
		if (err == nil) != (tt.want == "") || !strings.Contains(msg, tt.want) || strings.Contains(msg, "c2VjcmV0") || strings.Contains(msg, "secret") {
			t.Errorf("%s: got %v, want %q", name, err, tt.want)
		}
	}
}

// TestSecret checks that none of the usual ways of printing a Ring reveals its keys.
func TestSecret(t *testing.T) {
	r := ringOf(t, keyOf(65))
	var logged bytes.Buffer
	slog.New(slog.NewTextHandler(&logged, nil)).Info("ring", "ring", r)
	data, err := json.Marshal(r)
	printed := fmt.Sprintf("%v %+v %#v %s", r, r, r, r) + logged.String() + string(data)
	if err != nil || strings.Contains(printed, keyOf(65)) || strings.Contains(printed, "AAAA") || strings.Count(printed, redacted) != 6 {
		t.Errorf("got %s, %v, want only %s", printed, err, redacted)
	}
}

func FuzzOpen(f *testing.F) {
	r := ringOf(f, keyOf(1))
	f.Add(r.Seal("xoxb-1", "slack", "T1"), "T1")
	f.Add("v1.00000000.AAAA", "T1")
	f.Fuzz(func(t *testing.T, sealed, tenant string) {
		text, err := r.Open(sealed, "slack", tenant)
		if err == nil && (text != "xoxb-1" || tenant != "T1") {
			t.Errorf("opened %q for %q: %q", sealed, tenant, text)
		}
		if again, err := r.Open(r.Seal(sealed, tenant), tenant); again != sealed || err != nil {
			t.Errorf("got %q, %v, want %q", again, err, sealed)
		}
	})
}

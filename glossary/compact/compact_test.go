package compact

import (
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"
)

type kind string

type row struct {
	Name  string
	Kind  kind
	Count int
	Wait  time.Duration
	Asked *bool
	Next  *row
	Rows  []row
	Links []*row
	Words []string
}

// TestDecode encodes and decodes values of all kinds, and checks that Decode returns an error for
// truncated data.
func TestDecode(t *testing.T) {
	no := false
	want := []row{
		{},
		{Name: "Pod", Kind: "concept", Count: -3, Wait: time.Hour, Asked: &no, Words: []string{"po", "", "ポッド", "po"}},
		{Name: "Node", Kind: "concept", Next: &row{Name: "Pod"}, Rows: []row{{Count: 1 << 40}, {}}, Links: []*row{{Kind: "concept"}, {}}},
		{Name: strings.Repeat("long ", 100)},
	}
	data, err := Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	var got []row
	if err := Decode(text, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Decode (-want +got):\n%s", diff)
	}
	if n := strings.Count(text, "concept"); n != 1 {
		t.Errorf("%q is encoded %d times, want once", "concept", n)
	}
	name := uintptr(unsafe.Pointer(unsafe.StringData(got[3].Name)))
	if start := uintptr(unsafe.Pointer(unsafe.StringData(text))); name < start || name >= start+uintptr(len(text)) {
		t.Error("a decoded string is a copy")
	}
	for n := range len(text) {
		if Decode(text[:n], new([]row)) == nil {
			t.Errorf("no error for the first %d of %d bytes", n, len(text))
		}
	}
	if Decode(text+"x", new([]row)) == nil {
		t.Error("no error for a byte too many")
	}
}

// TestErrors checks the errors for values that cannot be encoded, and for data that Encode never
// returns.
func TestErrors(t *testing.T) {
	for _, tt := range []struct {
		value any
		want  string
	}{
		{[]any{map[string]int{}}, "[0]: no compact form for interface {}"},
		{[]*row{nil}, "[0]: no compact form for a nil *compact.row"},
		{struct{ M map[string]int }{map[string]int{}}, "M: no compact form for map[string]int"},
		{struct{ name string }{"x"}, "no compact form for struct { name string }, whose field name is not exported"},
		{[65]bool{}, "no compact form for [65]bool"},
	} {
		if _, err := Encode(tt.value); err == nil || err.Error() != tt.want {
			t.Errorf("Encode(%#v): got error %v, want %s", tt.value, err, tt.want)
		}
	}
	for _, tt := range []struct {
		data string
		into any
		want string
	}{
		{"", new(bool), "the data is cut off"},
		{"\x00\x01\x03\x01\x00", new(string), "there is no string 1"},
		{"\x00\x01\x02\x01\x00", new(string), "the data is cut off"},
		{"\x00\x01\x02\x01\x00", new(struct{ Name string }), "struct { Name string } has no field 1"},
		{"\x00" + strings.Repeat("\xff", 10) + "\x01", new(int), "the data is cut off"},
		{"\x00\x01\x01\x01\x00", new(map[string]int), "no compact form for map[string]int"},
	} {
		if err := Decode(tt.data, tt.into); err == nil || err.Error() != tt.want {
			t.Errorf("Decode(%q, %T): got error %v, want %s", tt.data, tt.into, err, tt.want)
		}
	}
}

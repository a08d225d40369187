package envvar

import (
	"os"
	"strings"
	"testing"
)

// TestReader checks the values that are read from variables and files, and the mistakes that
// are reported.
func TestReader(t *testing.T) {
	for _, tt := range []struct {
		name, value, file string
		want, wantErr     string
	}{
		{name: "nothing"},
		{name: "a variable", value: " a ", want: "a"},
		{name: "a file", file: "secret", want: "b"},
		{name: "both", value: "a", file: "secret", wantErr: "X and X_FILE are both set: unset one"},
		{name: "a file that does not exist", file: "gone", wantErr: "X_FILE: "},
	} {
		set := map[string]string{"X": tt.value, "X_FILE": tt.file}
		r := &Reader{
			Lookup: func(name string) (string, bool) { v, ok := set[name]; return v, ok },
			ReadFile: func(name string) ([]byte, error) {
				if name == "secret" {
					return []byte("b\n"), nil
				}
				return nil, os.ErrNotExist
			},
		}
		got, msg := r.Text("X"), ""
		if err := r.Err(); err != nil {
			msg = err.Error()
		}
		if got != tt.want || !strings.HasPrefix(msg, tt.wantErr) || (msg == "") != (tt.wantErr == "") {
			t.Errorf("%s: got %q and the error %q, want %q and %q", tt.name, got, msg, tt.want, tt.wantErr)
		}
	}
}

func TestBool(t *testing.T) {
	set := map[string]string{"ON": "true", "OFF": "0", "BAD": "maybe"}
	r := &Reader{Lookup: func(name string) (string, bool) { v, ok := set[name]; return v, ok }}
	if !r.Bool("ON") || r.Bool("OFF") || r.Bool("UNSET") || r.Err() != nil {
		t.Errorf("got %t, %t, %t, %v, want true, false, false and no error", r.Bool("ON"), r.Bool("OFF"), r.Bool("UNSET"), r.Err())
	}
	if r.Bool("BAD") || r.Err() == nil || r.Err().Error() != `BAD: "maybe" is not a boolean: use true or false` {
		t.Errorf("got the error %v, want one that names BAD", r.Err())
	}
}

package lex

import (
	"slices"
	"strings"
	"testing"
)

func FuzzAppendFields(f *testing.F) {
	for _, s := range []string{"", " ", "a", " a\tb ", "a\u3000b c", "é \v\f\r\n x\u0085y", "a\u00a0b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := AppendFields(nil, s), strings.Fields(s); !slices.Equal(got, want) {
			t.Errorf("AppendFields(%q) = %q, want %q", s, got, want)
		}
	})
}

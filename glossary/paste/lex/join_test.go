package lex

import (
	"strings"
	"testing"
)

func TestJoiner(t *testing.T) {
	t.Parallel()
	var j Joiner
	a := j.Append("a", " ", "b")
	b := j.Append("", ",", "c")
	a2 := j.Append(a, "-", "d")
	a3 := j.Append(a, "+", "e") // not the string that was appended to last
	if got, want := strings.Join([]string{a, b, a2, a3}, "|"), "a b|,c|a b-d|a b+e"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

package namelist

import (
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []Name
	}{
		{"", nil},
		{"Pod\r\n\n ポッド \n", []Name{{"Pod", ""}, {"ポッド", ""}}},
		{"id\tname\ttier\n1\tPod\t2\n2\t\t3\n3\tNode\n4\n", []Name{{"Pod", "(tier 2)"}, {"Node", ""}}},
	} {
		if got, err := Parse(tt.text); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("Parse(%q) = %v, %v, want %v", tt.text, got, err, tt.want)
		}
	}
	if _, err := Parse("a\tb\n1\t2\n"); err == nil {
		t.Error("no column with names: got no error")
	}
}

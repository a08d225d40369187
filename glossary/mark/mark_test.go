package mark

import (
	"slices"
	"strings"
	"testing"
)

func TestSpans(t *testing.T) {
	for text, want := range map[string][]Span{
		"":                   nil,
		"plain":              {{"plain", false}},
		"`code`":             {{"code", true}},
		"It ends as `Error`": {{"It ends as ", false}, {"Error", true}},
		"`a` and `b`.":       {{"a", true}, {" and ", false}, {"b", true}, {".", false}},
		"``":                 nil,
		"a ` b":              {{"a ` b", false}},
		"`a` ` b":            {{"a", true}, {" ` b", false}},
	} {
		if got := Spans(text); !slices.Equal(got, want) {
			t.Errorf("Spans(%q) = %v, want %v", text, got, want)
		}
	}
}

func FuzzSpans(f *testing.F) {
	f.Add("It ends as `OOMKilled`, or ` not")
	f.Fuzz(func(t *testing.T, text string) {
		var b strings.Builder
		for _, s := range Spans(text) {
			if s.Text == "" || s.Code && strings.Contains(s.Text, "`") {
				t.Errorf("Spans(%q) has the span %q", text, s.Text)
			}
			b.WriteString(s.Text)
		}
		if got := Strip(text); got != b.String() || strings.Count(text, "`")-strings.Count(got, "`") != strings.Count(text, "`")/2*2 {
			t.Errorf("Strip(%q) = %q", text, got)
		}
		if got := Strip(Literal(text)); got != Literal(text) {
			t.Errorf("Literal(%q) = %q is not literal", text, Literal(text))
		}
	})
}

package slip

import (
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func TestFind(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string // line:column: the beginning of the cure
		fix  string   // the repaired text
	}{
		"colon": {"en: Note: this is bad.", []string{"1:9: quote text that contains ': '"}, "en: 'Note: this is bad.'"},
		"colon in an item": {"a:\n  - en: It's so: x\n", []string{"2:16: quote text that contains ': '"},
			"a:\n  - en: 'It''s so: x'\n"},
		"colon at the end":     {"en: as follows:", []string{"1:15: quote text that contains ': '"}, "en: 'as follows:'"},
		"tab":                  {"name:\n\ten: x", []string{"2:1: the line is indented with a tab"}, "name:\n  en: x"},
		"tab of four":          {"a:\n    b: x\n\tc: y", []string{"3:1: the line is indented with a tab"}, "a:\n    b: x\n    c: y"},
		"full-width space":     {"name:\n\u3000en: x", []string{"2:1: the line is indented with a full-width space"}, "name:\n  en: x"},
		"full-width colon":     {"name：x", []string{`1:5: the colon after "name" is full-width: write "name: "`}, "name: x"},
		"no space":             {"name:\n  en:Pod", []string{`2:5: there is no space after "en:"`}, "name:\n  en: Pod"},
		"address":              {"a: https://example.com/x:y", nil, "a: https://example.com/x:y"},
		"backtick":             {"en: `x` is set.", []string{"1:5: quote text that starts with \"`\""}, "en: '`x` is set.'"},
		"at":                   {"- @team knows", []string{`1:3: quote text that starts with "@"`}, "- '@team knows'"},
		"percent":              {"en: % of", []string{`1:5: quote text that starts with "%"`}, "en: '% of'"},
		"asterisk":             {"is: *", []string{`1:5: quote text that starts with "*"`}, "is: '*'"},
		"no end":               {"en: \"x y\nja: z", []string{`1:5: the quote " is not closed`}, "en: 'x y'\nja: z"},
		"apostrophe":           {"en: 'don't stop'", []string{"1:9: the text ends at this quote: write ''"}, "en: 'don''t stop'"},
		"quotes in quotes":     {`en: "say "x" now"`, []string{"1:10: the text ends at this quote: write \\\""}, `en: 'say "x" now'`},
		"text after a quote":   {`en: "x" is set`, []string{"1:8: there is text after the quote"}, `en: '"x" is set'`},
		"quoted on two lines":  {"en: \"x\n  y\"\nja: z: z", []string{"3:6: quote"}, "en: \"x\n  y\"\nja: 'z: z'"},
		"bracket":              {"a: [x, y\nb: z", []string{"1:4: the bracket [ is not closed"}, "a: [x, y]\nb: z"},
		"text after a bracket": {"en: [x] is set", []string{`1:5: quote text that starts with "["`}, "en: '[x] is set'"},
		"list on two lines":    {"a: [x,\n  y: 1]\nb: c: d", []string{"3:5: quote"}, "a: [x,\n  y: 1]\nb: 'c: d'"},
		"apostrophe in a list": {"a: [can't, won't]", nil, "a: [can't, won't]"},
		"block":                {"en: |\n  Note: `x`\n  \ty\nja: a: b", []string{"4:6: quote"}, "en: |\n  Note: `x`\n  \ty\nja: 'a: b'"},
		"block in a list":      {"a:\n  - en: |\n      b: c: d\n    ja: x: y", []string{"4:10: quote"}, "a:\n  - en: |\n      b: c: d\n    ja: 'x: y'"},
		"comment":              {"# a: b: c\nen: x # y: z", nil, "# a: b: c\nen: x # y: z"},
		"all at once": {"name:\n\ten: a: b\n\tja: `c`\nx: @d", []string{"2:1: the line", "2:8: quote", "3:1: the line", "3:7: quote", "4:4: quote"},
			"name:\n  en: 'a: b'\n  ja: '`c`'\nx: '@d'"},
	} {
		t.Run(name, func(t *testing.T) {
			slips, fixed := Find(test.text)
			if fixed != test.fix {
				t.Errorf("repaired text: got\n%s\nwant\n%s", fixed, test.fix)
			}
			if err := yaml.Unmarshal([]byte(fixed), new(any)); err != nil {
				t.Errorf("the repaired text is not YAML: %v", err)
			}
			if len(slips) != len(test.want) {
				t.Fatalf("got %d slips, want %d: %+v", len(slips), len(test.want), slips)
			}
			for i, s := range slips {
				if got := fmt.Sprintf("%d:%d: %s", s.Line, s.Column, s.Cure); !strings.HasPrefix(got, test.want[i]) {
					t.Errorf("slip %d: got %q, want %q…", i, got, test.want[i])
				}
			}
		})
	}
}

// FuzzFind checks that any text keeps its number of lines, and that all slips are inside it.
func FuzzFind(f *testing.F) {
	f.Add("a:\n\t- b: c: d\n  e: [f\n")
	f.Add("a: 'b'c'\nx: \"\n\u3000y：|")
	f.Fuzz(func(t *testing.T, text string) {
		slips, fixed := Find(text)
		if got, want := strings.Count(fixed, "\n"), strings.Count(text, "\n"); got != want {
			t.Errorf("got %d line ends, want %d", got, want)
		}
		for _, s := range slips {
			if s.Line < 1 || s.Line > 1+strings.Count(text, "\n") || s.Column < 1 || strings.Contains(s.Cure, "\n") {
				t.Errorf("invalid slip %+v", s)
			}
		}
	})
}

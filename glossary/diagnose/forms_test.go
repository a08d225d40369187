package diagnose

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// forms change the formatting of a paste but not its content.
var forms = map[string]func(string) string{
	"quoted": func(s string) string { return "> " + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n> ") },
	"fenced": func(s string) string { return "```\n" + strings.TrimRight(s, "\n") + "\n```" },
	"CRLF":   func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	"colored": func(s string) string {
		return statusWord.ReplaceAllString(s, "\x1b[31m$0\x1b[0m")
	},
	"colored, escapes written out": func(s string) string {
		return statusWord.ReplaceAllString(s, `\x1b[31m$0\x1b[0m`)
	},
	"no-break spaces": func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") },
	"byte order mark": func(s string) string { return "\ufeff" + s },
}

var statusWord = regexp.MustCompile(`\b(?:CrashLoopBackOff|OOMKilled|ImagePullBackOff|Pending|Evicted|Warning|False|NotReady)\b`)

// TestForms checks that the labelled pastes give the same findings in other forms.
func TestForms(t *testing.T) {
	d := load(t)
	files, err := filepath.Glob("testdata/pastes/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	different, all := make(map[string]int), 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, text, _ := strings.Cut(string(data), "-- paste --\n")
		text, _, _ = strings.Cut(text, "-- want --")
		want := findingsOf(diagnose(d, text))
		all++
		for name, form := range forms {
			if got := findingsOf(diagnose(d, form(text))); got != want {
				different[name]++
				if testing.Verbose() {
					t.Logf("%s, %s: got %s, want %s", file, name, got, want)
				}
			}
		}
	}
	for name, n := range different {
		if n > formBudget[name] {
			t.Errorf("%s: %d of %d pastes are read differently, the budget is %d", name, n, all, formBudget[name])
		}
	}
}

// formBudget is the number of pastes that may give other findings in each form, because
// they already have the form or contain what it changes. Only lower it.
var formBudget = map[string]int{"fenced": 2, "quoted": 1}

// findingsOf returns the terms and objects of a diagnosis.
func findingsOf(d Diagnosis) string {
	var s []string
	for _, t := range d.Troubles {
		name := t.Name
		if t.Term != nil {
			name = t.Term.ID
		}
		s = append(s, fmt.Sprint(name, t.Objects))
	}
	return strings.Join(s, "; ")
}

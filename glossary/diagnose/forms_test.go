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
	"prompt line":     func(s string) string { return "user@host:~$ clear\n" + s },
	"last column first": func(s string) string {
		return tableOfPods.ReplaceAllStringFunc(s, func(table string) string {
			var out strings.Builder
			for line := range strings.Lines(table) {
				cells := wideGap.Split(strings.TrimSpace(line), -1)
				fmt.Fprintf(&out, "%-20s", cells[len(cells)-1])
				for _, c := range cells[:len(cells)-1] {
					fmt.Fprintf(&out, "   %-60s", c)
				}
				out.WriteString("\n")
			}
			return out.String()
		})
	},
}

// tableOfPods matches a table of Pods with five columns and no spaces in cells.
var (
	tableOfPods = regexp.MustCompile(`(?m)^NAME +READY +STATUS +RESTARTS +AGE\n(?:\S+ {2,}\S+ {2,}\S+ {2,}\S+ {2,}\S+\n)+`)
	wideGap     = regexp.MustCompile(` {2,}`)
)

var statusWord = regexp.MustCompile(`\b(?:CrashLoopBackOff|OOMKilled|ImagePullBackOff|Pending|Evicted|Warning|False|NotReady)\b`)

// TestForms checks that the labelled pastes result in the same findings in other forms.
func TestForms(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
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

// TestRenamed checks that the labelled pastes result in the same terms if their Pods are
// renamed.
func TestRenamed(t *testing.T) {
	d := load(t)
	files, err := filepath.Glob("testdata/pastes/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	terms := func(text string) (ids []string) {
		for _, f := range explained(diagnose(d, text)) {
			ids = append(ids, f.Term.ID)
		}
		return ids
	}
	renamed, different := 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, text, _ := strings.Cut(string(data), "-- paste --\n")
		text, _, _ = strings.Cut(text, "-- want --")
		other := podName.ReplaceAllString(text, "zebra-$2")
		if other == text {
			continue
		}
		renamed++
		if got, want := terms(other), terms(text); strings.Join(got, " ") != strings.Join(want, " ") {
			different++
			t.Logf("%s: got %s, want %s", file, got, want)
		}
	}
	if renamed < 20 || different > maxRenamedDifferent {
		t.Errorf("%d of %d pastes are read differently if their Pods are renamed, want at most %d", different, renamed, maxRenamedDifferent)
	}
}

// maxRenamedDifferent is the number of pastes that may result in other terms. Only lower it.
const maxRenamedDifferent = 0

// podName matches the name of a Pod of a Deployment, and its suffix.
var podName = regexp.MustCompile(`\b([a-z][a-z0-9-]*?)-([bcdf-hj-np-tv-z2456789]{8,10}-[bcdf-hj-np-tv-z2456789]{5})\b`)

// formBudget is the number of pastes that may result in other findings in each form, because
// they already have the form or contain what it changes. Only lower it.
var formBudget = map[string]int{"fenced": 2, "prompt line": 2, "quoted": 1}

// findingsOf returns the terms and objects of a diagnosis.
func findingsOf(d Diagnosis) string {
	var s []string
	for _, t := range d.Issues {
		name := t.Name
		if t.Term != nil {
			name = t.Term.ID
		}
		s = append(s, fmt.Sprint(name, t.Objects))
	}
	return strings.Join(s, "; ")
}

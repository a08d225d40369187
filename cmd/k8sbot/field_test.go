package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/glossary"
)

// testdata/field contains real pastes from public threads, with names replaced, and what a
// good answer says. pastes.tsv contains case-insensitive regular expressions for the English
// answer:
//
//	first  one of these (||) is in the first issue, in its name or text
//	say    all of these (&&) are anywhere
//	run    all of these are in the commands; parts divided by ++ in the same command
//	never  none of these (||) is anywhere

// testdata/wild contains pastes from custom resources, components and other tools.
// testdata/posted contains more of them, with alerts, CI logs and conversation around them,
// and testdata/mixed contains pastes from other products. testdata/threads contains pastes in the form
// that they have in public threads, of custom resources, logs and tools. testdata/forums contains more of
// these, with and without conversation, and testdata/boards contains newer ones.

// fieldFloors are the minimum shares of pastes that are answered correctly in every respect.
// Never lower them.
var fieldFloors = map[string]float64{"field": 0.976, "wild": 1, "posted": 0.98, "mixed": 0.98, "threads": 1, "forums": 0.97, "boards": 0.97}

// TestField checks that enough field pastes are answered correctly, and that no paste with an
// issue is called healthy.
func TestField(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	for set, floor := range fieldFloors {
		t.Run(set, func(t *testing.T) { testField(t, filepath.Join("testdata", set), floor) })
	}
}

func testField(t *testing.T, dir string, floor float64) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(g, bot.Options{Store: &session{lang: glossary.English}})
	data, err := os.ReadFile(filepath.Join(dir, "pastes.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	right, all, clear := 0, 0, 0
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if i == 0 {
			continue
		}
		row := append(strings.Split(line, "\t"), "", "", "", "", "")
		paste, err := os.ReadFile(filepath.Join(dir, "pastes", row[0]))
		if err != nil {
			t.Fatal(err)
		}
		r := b.Handle(t.Context(), bot.Request{Platform: console.Platform, User: console.User, Command: bot.ExplainCommand, Text: string(paste), Surface: bot.Terminal})
		text := console.Render(r, console.Style{})
		all++
		missed, allClear := judgeField(text, row)
		if missed == "" {
			right++
		} else if testing.Verbose() {
			t.Logf("%s: %s", row[0], missed)
		}
		if allClear && row[1] != "" {
			clear++
			t.Errorf("%s: answer says that nothing is wrong, want the issue in it:\n%s", row[0], text)
		}
	}
	share := float64(right) / float64(all)
	t.Logf("%d of %d field pastes are answered correctly, %.3f; %d false all-clears", right, all, share, clear)
	if share < floor {
		t.Errorf("%.3f of the field pastes have a correct answer, want at least %.3f", share, floor)
	}
}

// judgeField returns what an answer lacks, and whether it says that nothing is wrong.
func judgeField(text string, row []string) (missed string, allClear bool) {
	head, first := firstIssue(text)
	var lacks []string
	if row[1] != "" && !matchesAny(first, row[1]) {
		lacks = append(lacks, "first: "+row[1])
	}
	for _, p := range patterns(row[2], " && ") {
		if !found(text, p) {
			lacks = append(lacks, "say: "+p)
		}
	}
	commands := commandLines(text)
	for _, p := range patterns(row[3], " && ") {
		if !anyCommand(commands, p) {
			lacks = append(lacks, "run: "+p)
		}
	}
	for _, p := range patterns(row[4], " || ") {
		if found(text, p) {
			lacks = append(lacks, "never: "+p)
		}
	}
	return strings.Join(lacks, "; "), found(head, `nothing [^\n]*wrong|looks? healthy|don't recognize any`)
}

// severitySign matches the severity before the name of an issue.
var severitySign = regexp.MustCompile(`(?m)^\[(?:failure|warning|normal for a while|normal)\] `)

// firstIssue returns the text before the first issue, and the name and text of the first
// issue.
func firstIssue(text string) (head, first string) {
	head, rest := text, ""
	if at := severitySign.FindAllStringIndex(text, 2); at != nil {
		head, rest = text[:at[0][0]], text[at[0][1]:]
		if len(at) == 2 {
			rest = text[at[0][1]:at[1][0]]
		}
	}
	for line := range strings.Lines(rest) {
		if strings.HasPrefix(strings.TrimSpace(line), "$ ") {
			break
		}
		first += line
	}
	return head, first
}

func commandLines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if c, ok := strings.CutPrefix(strings.TrimSpace(line), "$ "); ok {
			all = append(all, c)
		}
	}
	return all
}

func anyCommand(commands []string, pattern string) bool {
next:
	for _, c := range commands {
		for part := range strings.SplitSeq(pattern, " ++ ") {
			if !found(c, part) {
				continue next
			}
		}
		return true
	}
	return false
}

func patterns(cell, separator string) []string {
	var all []string
	for p := range strings.SplitSeq(cell, separator) {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

func matchesAny(text, cell string) bool {
	for _, p := range patterns(cell, " || ") {
		if found(text, p) {
			return true
		}
	}
	return false
}

func found(text, pattern string) bool {
	return regexp.MustCompile("(?im)" + pattern).MatchString(text)
}

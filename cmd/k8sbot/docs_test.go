package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"k8sbot/cmd/k8sbot/about"
	"k8sbot/glossary/longtest"
)

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// maxReadmeWords is the maximum number of words in README.md, so that newcomers read all of
// it.
const maxReadmeWords = 1300

// TestReadmes checks that README.md is short, and that the Japanese one has the same sections,
// commands, tables and links.
func TestReadmes(t *testing.T) {
	en, ja := readFile(t, "../../README.md"), readFile(t, "README.ja.md")
	if n := len(strings.Fields(en)); n > maxReadmeWords {
		t.Errorf("README.md has %d words, want at most %d: move details beside the code", n, maxReadmeWords)
	}
	if !strings.HasPrefix(en, "[日本語](cmd/k8sbot/README.ja.md)\n") || !strings.HasPrefix(ja, "[English](../../README.md)\n") {
		t.Error("the READMEs do not begin with a link to each other")
	}
	for what, pattern := range map[string]string{
		"heading levels":  `(?m)^#+ `,
		"commands":        "(?s)```sh\n.*?```",
		"rows of a table": `(?m)^\|`,
		"numbered steps":  `(?m)^\d+\. `,
		"external links":  `https://[a-z./-]*[a-z]`,
	} {
		find := regexp.MustCompile(pattern)
		if got, want := find.FindAllString(ja, -1), find.FindAllString(en, -1); !slices.Equal(got, want) {
			t.Errorf("%s: README.ja.md has %q, want those of README.md: %q", what, got, want)
		}
	}
	for _, m := range regexp.MustCompile(`\]\(([^)]*\.md[^)]*)\)(\(英語\))?`).FindAllStringSubmatch(ja, -1) {
		if m[2] == "" && m[1] != "../../README.md" {
			t.Errorf("README.ja.md: the link %s needs (英語) after it", m[1])
		}
	}
	for _, command := range inlineCommands(en) {
		if !strings.Contains(ja, "`"+command+"`") {
			t.Errorf("README.ja.md does not have the command %q", command)
		}
	}
}

// inlineCommands returns the commands between backquotes in the text of a README.
func inlineCommands(readme string) []string {
	text := regexp.MustCompile("(?s)```.*?```").ReplaceAllString(readme, "")
	var commands []string
	for _, m := range regexp.MustCompile("`((?:kubectl )?k8sbot [^`]*)`").FindAllStringSubmatch(text, -1) {
		commands = append(commands, m[1])
	}
	return commands
}

var (
	mdLink    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	mdHeading = regexp.MustCompile(`(?m)^#+ (.*)$`)
)

// TestLinks checks the links between the pages of this repository, with their anchors.
func TestLinks(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	links := 0
	err := filepath.WalkDir("../..", func(page string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata") {
			return errorOrSkip(err)
		}
		if d.IsDir() || filepath.Ext(page) != ".md" {
			return nil
		}
		for _, m := range mdLink.FindAllStringSubmatch(readFile(t, page), -1) {
			path, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(path, ":") {
				continue
			}
			links++
			target := page
			if path != "" {
				target = filepath.Join(filepath.Dir(page), path)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: the link %s leads nowhere", page, m[1])
			} else if anchor != "" && !slices.Contains(anchors(readFile(t, target)), anchor) {
				t.Errorf("%s: %s has no heading for the link %s", page, target, m[1])
			}
		}
		return nil
	})
	if err != nil || links < 20 {
		t.Errorf("got %d links, %v, want at least 20", links, err)
	}
}

func errorOrSkip(err error) error {
	if err != nil {
		return err
	}
	return fs.SkipDir
}

// anchors returns the anchors of a page's headings
// (https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links).
func anchors(page string) []string {
	var anchors []string
	for _, m := range mdHeading.FindAllStringSubmatch(page, -1) {
		anchor := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		anchors = append(anchors, strings.ReplaceAll(anchor, " ", "-"))
	}
	return anchors
}

// TestSettings checks that the list of settings contains exactly the variables that are read,
// and that the tables in the documentation have the same rows.
func TestSettings(t *testing.T) {
	read := map[string]bool{}
	env := &environment{lookup: func(name string) (string, bool) {
		if !strings.HasSuffix(name, "_FILE") {
			read[name] = true
		}
		return "", false
	}}
	if _, err := readConfig(env); err != nil {
		t.Fatal(err)
	}
	operations := readFile(t, "OPERATIONS.md")
	table, _, _ := strings.Cut(operations[strings.Index(operations, "## Settings"):], "\n## Health")
	for _, s := range about.Settings {
		if !read[s.Name] {
			t.Errorf("the setting %s is listed, but not read", s.Name)
		}
		delete(read, s.Name)
		if !strings.Contains(table, "`"+s.Name+"`") {
			t.Errorf("OPERATIONS.md does not list the setting %s", s.Name)
		}
	}
	for name := range read {
		t.Errorf("the setting %s is read, but not listed in package about", name)
	}
	if got := strings.Count(table, "\n| `"); got != len(about.Settings)-1 { // LOG_LEVEL and LOG_FORMAT share a row
		t.Errorf("OPERATIONS.md has %d rows of settings, want %d", got, len(about.Settings)-1)
	}
	store := strings.ReplaceAll(readFile(t, "../../bot/store/README.md"), "`", "")
	for _, s := range about.Stored {
		if row := fmt.Sprintf("\n| %s | %s | %s |\n", s.What, s.Why, s.HowLong); !strings.Contains(store, row) {
			t.Errorf("bot/store/README.md does not have the row %q", row)
		}
	}
	table, _, _ = strings.Cut(store[strings.Index(store, "## What is stored"):], "\n\n")
	if got := strings.Count(table, "\n| ") - 1; got != len(about.Stored) {
		t.Errorf("bot/store/README.md has %d rows of what is stored, want the %d of package about", got, len(about.Stored))
	}
}

// An awaitedOutput stores what is written to it. It calls found when that contains the text await, if
// there is one.
type awaitedOutput struct {
	all   bytes.Buffer // not embedded: its ReadFrom would bypass Write
	await string
	found func()
}

func (o *awaitedOutput) Write(p []byte) (int, error) {
	n, err := o.all.Write(p)
	if o.await != "" && bytes.Contains(o.all.Bytes(), []byte(o.await)) {
		o.found()
	}
	return n, err
}

// TestReadmeCommands runs every command line of the README. kubectl, docker, go and man are
// programs in testdata/bin, which check their arguments and run k8sbot if the real programs
// would.
func TestReadmeCommands(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("needs bash")
	}
	if testing.Short() {
		t.Skip("runs the program, with little concurrency")
	}
	readme := readFile(t, "../../README.md")
	commands := inlineCommands(readme)
	for _, m := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(readme, -1) {
		commands = append(commands, strings.Split(strings.TrimSpace(m[1]), "\n")...)
	}
	if len(commands) < 25 {
		t.Fatalf("found %d commands in the README, want at least 25", len(commands))
	}
	bin, err := filepath.Abs("testdata/bin")
	if err != nil {
		t.Fatal(err)
	}
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	k8sbot := program(t)
	if err := os.Symlink(k8sbot, filepath.Join(filepath.Dir(k8sbot), "kubectl-k8sbot")); err != nil {
		t.Fatal(err)
	}
	for _, command := range commands {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			if command == "k8sbot glossary lint" {
				longtest.Require(t) // checks what lint.TestTerms checks
			}
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", command)
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "k8sbot.env"), []byte("SLACK_BOT_TOKEN=xoxb-1\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			var out awaitedOutput
			cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = dir, strings.NewReader("pod\n"), &out, &out
			cmd.Env = []string{
				"PATH=" + filepath.Dir(k8sbot) + ":" + bin + ":/usr/bin:/bin", "TOP=" + top, "HOME=" + dir, "LC_ALL=C.UTF-8",
				"SLACK_API_URL=http://127.0.0.1:1/", "DISCORD_API_URL=http://127.0.0.1:1/", "HTTP_ADDR=127.0.0.1:0",
			}
			if strings.HasSuffix(command, " mcp") {
				cmd.Stdin = nil // an agent that sends nothing
			}
			if command == "k8sbot glossary lint" {
				cmd.Dir = top
			}
			serves := strings.HasSuffix(command, " serve")
			if serves { // wait until it is ready; it cannot reach the platform
				cmd.Env = append(cmd.Env, "DATABASE_URL="+filepath.Join(dir, "k8sbot.db"))
				cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) } // bash has become k8sbot
				cmd.WaitDelay = 20 * time.Second
				out.await, out.found = "k8sbot started", cancel
			}
			err := cmd.Run()
			if serves && !strings.Contains(out.all.String(), "k8sbot started") || !serves && err != nil || out.all.Len() == 0 && !strings.HasPrefix(command, "source ") && !strings.HasSuffix(command, " mcp") {
				t.Errorf("got %v and the output:\n%s", err, out.all.String())
			}
		})
	}
}

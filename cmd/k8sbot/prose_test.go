package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A habit is a turn of phrase that readers stumble over. bad contains it, and good does not.
type habit struct {
	pattern   *regexp.Regexp
	except    []string // matches that are fine, if the whole match contains one
	instead   string
	bad, good string
}

// habits are checked in all comments, logs, errors, user texts and test failures. Add a habit
// only if it has no false alarms.
var habits = []habit{
	{
		pattern: regexp.MustCompile(`(?i)\b[\w"”)]+ (is|are|was|were) no [a-z]+`),
		except:  []string{"here is ", "here are ", "here was ", "here were ", " no longer", " no more", " no less", " no fewer", " no later", " no older", " no one"},
		instead: `write "is not a"`,
		bad:     "A line without a colon is no field.", good: "There is no field. It is no longer set, and a line is not a field.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\b(sees?|saw) to it that\b`),
		instead: `write "makes sure that", or only what it does`,
		bad:     "Close sees to it that nothing is lost.", good: "Close makes sure that nothing is lost.",
	},
	{
		pattern: regexp.MustCompile(`\b(Test|Fuzz|Benchmark)\w+ holds that\b`),
		instead: `write "checks that"`,
		bad:     "TestOpen holds that a file is created.", good: "TestOpen checks that a lock holds.",
	},
	{
		pattern: regexp.MustCompile(`\b(true|false|nil|0|empty|none|nothing) where\b`),
		instead: `write "if"`,
		bad:     "It returns false where the line is not an event.", good: "It returns where the line ends, or false if it is empty.",
	},
	{
		pattern: regexp.MustCompile(`\bwhat no [a-z]+`),
		except:  []string{"no one"},
		instead: "name the thing",
		bad:     "It starts with what no waiting opens.", good: "It starts with a database that cannot be opened.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\b(is|are|was|were|be) away\b`),
		instead: `write "is down"`,
		bad:     "The store may be away.", good: "The store may be down, and the next try is a second away.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\bone's own\b`),
		instead: `write "your own", or "a separate"`,
		bad:     "terms of one's own", good: "your own terms",
	},
	{
		pattern: regexp.MustCompile(`(?i)\bfor ever\b`),
		instead: `write "forever"`,
		bad:     "It waits for ever.", good: "It waits forever, for every caller.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\bno news\b`),
		instead: `write what is left out, such as "healthy states"`,
		bad:     "A ready Pod is no news.", good: "Healthy states are left out.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\b(is|are|was|were|as) said\b`),
		instead: "name who says it",
		bad:     "the objects of which it is said", good: "the objects that the text mentions",
	},
	{
		pattern: regexp.MustCompile(`(?i)\bsomething else than\b`),
		instead: `write "something other than"`,
		bad:     "something else than JSON", good: "something other than JSON",
	},
	{
		pattern: regexp.MustCompile(`(?i)\bin the moment\b`),
		instead: `write "at the moment", or "when"`,
		bad:     "in the moment of a post", good: "at the moment",
	},
	{
		pattern: regexp.MustCompile(`(?i)\ba \w+ a line\b`),
		instead: `write "one … per line"`,
		bad:     "want has a finding a line.", good: "want has one finding per line.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\bfailed to\b`),
		instead: `write "cannot"`,
		bad:     "failed to open store", good: "cannot open store, since a query failed",
	},
	{
		pattern: regexp.MustCompile(`(?i)\bblanks\b`),
		instead: `write "spaces"`,
		bad:     "It splits a line at two blanks.", good: "It splits a line at two spaces, after blank lines.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\b(stands?|stood) (behind|before|below|above|across|on|under|around|in|at|between|beside|after|twice|last)\b`),
		instead: `write "is" or "comes"`,
		bad:     "It reads what stands behind the reason.", good: "It reads the text after the reason. NS stands for a namespace.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\b(that|it|which) (is|are) none\b`),
		instead: `write "is not one"`,
		bad:     "It returns nil for a name that is none.", good: "It returns nil if there is none.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\btaken away|\btakes? \w+ \w* ?apart\b`),
		instead: `write "removes" or "parses"`,
		bad:     "It takes a line apart. Quotes are taken away.", good: "It takes about 20 ms.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\bbehind\b[^.]*`),
		except:  []string{"behind a proxy"},
		instead: `write "after"`,
		bad:     "It reads the text behind a colon.", good: "It is a store behind a proxy.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\b(says?|said|tells?|told|learns?) of\b`),
		instead: `write "about"`,
		bad:     "It returns what a term says of a gate.", good: "It returns what a term says about a gate.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\b(goes|going) on\b`),
		instead: `write "continues", or "is in progress"`,
		bad:     "The session goes on after a restart.", good: "The session continues after a restart.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\bfinds? out by\b|\b(what|that) one (sees|types|finds|reads|gets)\b`),
		instead: "name who does it",
		bad:     "It is what one finds out by a command.", good: "It is what the command shows. Find out which one it is.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\b(is|are|was) left of\b`),
		instead: `write "remains"`,
		bad:     "Nothing is left of a learner.", good: "No row of a learner remains. It is to the left of the box.",
	},
	{
		pattern: regexp.MustCompile(`\b(stores|stored) that (a|an|the|it|they|somebody)\b`),
		instead: `write "records that"`,
		bad:     "Confirm stores that a text is right.", good: "Confirm records that a text is right, in stores that have one.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\b(does not know|knows no) (the |any )?(bot|glossary|terms)([.:;,]|$)`),
		instead: `write "does not depend on"`,
		bad:     "The package does not know the glossary.", good: "The reader does not know the good status.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\bnevertheless\b`),
		instead: `write "anyway" or "still"`,
		bad:     "The message is posted nevertheless.", good: "The message is posted anyway.",
	},
	{
		pattern: regexp.MustCompile(`(?i)\b(look-ups?|colours?)\b`),
		instead: `write "lookup" and "color"`,
		bad:     "The colour of a look-up", good: "The color of a lookup",
	},
}

// find returns the part of text that matches the habit, or "".
func (h habit) find(text string) string {
	for _, match := range h.pattern.FindAllString(text, -1) {
		if !slices.ContainsFunc(h.except, func(fine string) bool { return strings.Contains(match, fine) }) {
			return match
		}
	}
	return ""
}

func TestHabits(t *testing.T) {
	for _, h := range habits {
		if h.find(h.bad) == "" {
			t.Errorf("%v: not found in %q", h.pattern, h.bad)
		}
		if match := h.find(h.good); match != "" {
			t.Errorf("%v: found %q in %q", h.pattern, match, h.good)
		}
	}
}

// TestProse checks that no comment and no text contains a bad habit.
func TestProse(t *testing.T) {
	if testing.Short() {
		t.Skip("has no concurrency")
	}
	t.Parallel()
	read := 0
	for _, file := range goFiles(t, "../..") {
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, filepath.Join("../..", file), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for pos, text := range proseOf(parsed, strings.HasSuffix(file, "_test.go")) {
			read++
			for _, h := range habits {
				if match := h.find(text); match != "" && !(quotesPrograms(file) && strings.EqualFold(match, "failed to")) {
					t.Errorf("%s:%d: %q: %s", file, files.Position(pos).Line, match, h.instead)
				}
			}
		}
	}
	if read < 3000 {
		t.Errorf("got %d comments and texts, want at least 3000", read)
	}
}

// quotesPrograms reports whether a file quotes the output of Kubernetes and other programs.
func quotesPrograms(file string) bool {
	return strings.HasPrefix(file, "glossary/paste") || strings.HasPrefix(file, "glossary/template") || file == "glossary/seen.go"
}

// messageFuncs are the functions to which a test passes a message.
var messageFuncs = []string{
	"New", "Errorf", "Error", "Fatal", "Fatalf", "Log", "Logf", "Skip", "Skipf",
}

// proseOf returns the comments of a file, each group as one line, and its texts. Texts are all
// strings with a space. In a test, they are only the messages, because other strings are
// input.
func proseOf(file *ast.File, isTest bool) map[token.Pos]string {
	prose := make(map[token.Pos]string)
	for _, group := range file.Comments {
		prose[group.Pos()] = strings.Join(strings.Fields(group.Text()), " ")
	}
	add := func(e ast.Expr) {
		if literal, ok := e.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil && strings.Contains(text, " ") {
				prose[literal.Pos()] = text
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if !isTest {
				add(n)
			}
		case *ast.CallExpr:
			if called, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains(messageFuncs, called.Sel.Name) {
				for _, arg := range n.Args {
					add(arg)
				}
			}
		}
		return true
	})
	return prose
}

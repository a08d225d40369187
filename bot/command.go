package bot

import (
	"context"
	"regexp"
	"strings"

	"k8sbot/glossary"
)

// A Command is something that people can type. The table of commands drives
// parsing, help and the registration with platforms.
type Command struct {
	// Name is the word that a text begins with.
	Name string
	// Aliases are words that do as well.
	Aliases []string
	// Usage tells what follows the name.
	Usage glossary.Text
	// Help tells what it does, in a few words.
	Help glossary.Text

	pastes bool // whether what follows the name is somebody else's text
	run    func(c *call, ctx context.Context, arg string) Reply
}

var termCommand = &Command{
	Name:  "term",
	Usage: glossary.Text{EN: "WORD", JA: "用語"},
	Help:  glossary.Text{EN: "explain a word, even one that is also a command", JA: "用語を説明します(コマンドと同じ名前の用語もこれで引けます)"},
	run:   runTerm,
}

// commands is the table, in the order of the help.
var commands []*Command

func init() { // not a literal: help reads the table
	commands = []*Command{
		termCommand,
		{
			Name:    "compare",
			Aliases: []string{"比較"},
			Usage:   glossary.Text{EN: "A B", JA: "A B"},
			Help:    glossary.Text{EN: "set two words side by side; A vs B does the same", JA: "2つの用語を並べて違いを説明します(「AとBの違い」でも可)"},
			run:     runCompare,
		},
		{
			Name:    "explain",
			Aliases: []string{"説明"},
			Usage:   glossary.Text{EN: "PASTE", JA: "貼り付けた出力"},
			Help:    glossary.Text{EN: "explain every known word in what kubectl printed", JA: "kubectlの出力などを貼り付けると、含まれる用語をまとめて説明します"},
			pastes:  true,
			run:     runExplain,
		},
		{
			Name:    "list",
			Aliases: []string{"一覧"},
			Usage:   glossary.Text{EN: "[CATEGORY]", JA: "[分類]"},
			Help:    glossary.Text{EN: "list the words, by category", JA: "用語の一覧を分類ごとに表示します"},
			run:     runList,
		},
		{
			Name:    "random",
			Aliases: []string{"ランダム"},
			Usage:   glossary.Text{EN: "[CATEGORY]", JA: "[分類]"},
			Help:    glossary.Text{EN: "show any word", JA: "用語を1つ無作為に表示します"},
			run:     runRandom,
		},
		{
			Name:    "lang",
			Aliases: []string{"言語"},
			Usage:   glossary.Text{EN: "ja | en | auto", JA: "ja | en | auto"},
			Help:    glossary.Text{EN: "choose the language of your answers", JA: "回答の言語を選びます"},
			run:     runLang,
		},
		{
			Name:    "help",
			Aliases: []string{"ヘルプ", "使い方"},
			Help:    glossary.Text{EN: "show this", JA: "この説明を表示します"},
			run:     runHelp,
		},
	}
}

// Commands returns the table of commands in the order of the help.
func Commands() []Command {
	out := make([]Command, len(commands))
	for i, c := range commands {
		out[i] = *c
	}
	return out
}

// parse finds the command in a text, and what follows its name. A text that
// begins with no command is a term, a comparison, or pasted output.
func parse(text string) (*Command, string) {
	first, rest := text, ""
	if i := strings.IndexFunc(text, isBlank); i >= 0 {
		first, rest = text[:i], strings.TrimSpace(text[i:])
	}
	first = strings.TrimPrefix(first, "/")
	for _, c := range commands {
		if c.named(first) {
			return c, rest
		}
	}
	if glossary.LooksLikeOutput(text) {
		return commandNamed("explain"), text
	}
	if _, _, ok := splitComparison(text); ok {
		return commandNamed("compare"), text
	}
	return termCommand, text
}

func (c *Command) named(word string) bool {
	if strings.EqualFold(word, c.Name) {
		return true
	}
	for _, a := range c.Aliases {
		if word == a {
			return true
		}
	}
	return false
}

func commandNamed(name string) *Command {
	for _, c := range commands {
		if c.Name == name {
			return c
		}
	}
	panic("bot: no command " + name)
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '　' }

// The forms in which people ask for a difference.
var comparisons = []*regexp.Regexp{
	regexp.MustCompile(`(?is)^(.+?)\s+(?:vs\.?|versus)\s+(.+)$`),
	regexp.MustCompile(`(?is)^(?:what(?:'s| is) )?(?:the )?difference between (.+?) and (.+)$`),
	regexp.MustCompile(`(?is)^how (?:is|does) (.+?) (?:different|differ) from (.+)$`),
	regexp.MustCompile(`(?s)^(.+?)\s*と\s*(.+?)\s*(?:の違い|のちがい|の差|はどう違|は何が違|の比較|を比較|の使い分け).*$`),
}

// splitComparison returns the two sides of a comparison.
func splitComparison(text string) (left, right string, ok bool) {
	if strings.Contains(text, "\n") || tooLong(text) {
		return "", "", false
	}
	for _, re := range comparisons {
		if m := re.FindStringSubmatch(strings.TrimRight(text, "?？。. ")); m != nil {
			return strings.TrimSpace(m[1]), strings.TrimSpace(m[2]), true
		}
	}
	return "", "", false
}

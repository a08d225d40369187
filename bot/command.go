package bot

import (
	"context"
	"strings"

	"k8sbot/bot/param"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/bot/schedule"
	"k8sbot/bot/study"
	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// A Command is something that people can type. The table of commands drives parsing,
// help and the registration with platforms.
type Command struct {
	// Name is the first word of the text.
	Name string
	// Aliases are other first words; the first of them is the Japanese name.
	Aliases []string
	// Usage shows the arguments.
	Usage glossary.Text
	// Help says what the command does, in a few words.
	Help glossary.Text
	// Params are the arguments, for platforms that ask for each separately.
	Params []param.Param
	// Shareable is set if the reply may be public.
	Shareable bool

	separator  string // between the values of its parameters; "" if it has one
	takesPaste bool   // whether the argument is a paste, such as kubectl output
	// takes reports whether a text is an argument of the command. If it is not, the
	// command's name begins a question: "daily job failed". Nil if any text is one.
	takes func(arg string) bool
	run   func(c *exchange, ctx context.Context, arg string) reply.Reply
}

// Arg returns the argument as a person would type it after the command's name. Values
// are keyed by parameter name.
func (c *Command) Arg(values map[string]string) string {
	var given []string
	for _, p := range c.Params {
		if v := strings.TrimSpace(values[p.Name]); v != "" {
			given = append(given, v)
		}
	}
	return strings.Join(given, c.separator)
}

func oneCategory() []param.Param {
	return []param.Param{{
		Name: "category", NameJA: "分類", Kind: param.Category,
		Help: glossary.Text{EN: "only terms in this category", JA: "この分類の用語だけ"},
	}}
}

var termCommand = &Command{
	Name:    TermCommand,
	Aliases: []string{"用語"},
	Usage:   glossary.Text{EN: "TERM", JA: "用語"},
	Help:    glossary.Text{EN: "explain a term, even one that is also a command", JA: "用語を説明します(コマンドと同じ名前の用語もこれで引けます)"},
	Params: []param.Param{{
		Name: "name", NameJA: "名前", Kind: param.Term, Required: true,
		Help: glossary.Text{EN: "a term, a status, or a question", JA: "用語や状態、または質問"},
	}},
	Shareable: true,
	run:       (*exchange).runTerm,
}

var compareCommand = &Command{
	Name:    "compare",
	Aliases: []string{"比較"},
	Usage:   glossary.Text{EN: "A B", JA: "A B"},
	Help:    glossary.Text{EN: "compare two terms; A vs B works too", JA: "2つの用語を並べて違いを説明します(「AとBの違い」でも可)"},
	Params: []param.Param{
		{Name: "a", NameJA: "a", Kind: param.Term, Required: true, Help: glossary.Text{EN: "the first term", JA: "1つ目の用語"}},
		{Name: "b", NameJA: "b", Kind: param.Term, Required: true, Help: glossary.Text{EN: "the second term", JA: "2つ目の用語"}},
	},
	separator: " vs ",
	Shareable: true,
	run:       (*exchange).runCompare,
}

var explainCommand = &Command{
	Name:    ExplainCommand,
	Aliases: []string{"説明"},
	Usage:   glossary.Text{EN: "OUTPUT", JA: "貼り付けた出力"},
	Help:    glossary.Text{EN: "explain the terms in kubectl output", JA: "kubectlの出力などを貼り付けると、含まれる用語をまとめて説明します"},
	Params: []param.Param{{
		Name: "text", NameJA: "出力", Kind: param.Paste,
		Help: glossary.Text{EN: "leave empty to paste several lines", JA: "省略すると、複数行を貼り付けられます"},
	}},
	takesPaste: true,
	Shareable:  true,
	run:        (*exchange).runExplain,
}

// commands is the table of commands, in the order in which help lists them.
var commands []*Command

func init() { // not a composite literal, since help reads the table
	commands = []*Command{
		termCommand,
		compareCommand,
		explainCommand,
		{
			Name:      ListCommand,
			Aliases:   []string{"一覧"},
			Usage:     glossary.Text{EN: "[CATEGORY]", JA: "[分類]"},
			Help:      glossary.Text{EN: "list terms by category", JA: "用語の一覧を分類ごとに表示します"},
			Params:    oneCategory(),
			Shareable: true,
			takes:     isCategory,
			run:       (*exchange).runList,
		},
		{
			Name:      "random",
			Aliases:   []string{"ランダム"},
			Usage:     glossary.Text{EN: "[CATEGORY]", JA: "[分類]"},
			Help:      glossary.Text{EN: "show a random term", JA: "用語をランダムに1つ表示します"},
			Params:    oneCategory(),
			Shareable: true,
			takes:     isCategory,
			run:       (*exchange).runRandom,
		},
		{
			Name:    LangCommand,
			Aliases: []string{"言語"},
			Usage:   glossary.Text{EN: "ja | en | auto", JA: "ja | en | auto"},
			Help:    glossary.Text{EN: "choose the language I answer in", JA: "回答の言語を選びます"},
			Params: []param.Param{{
				Name: "language", NameJA: "言語", Kind: param.Lang,
				Help: glossary.Text{EN: "leave empty to see the current one", JA: "省略すると、現在の言語を表示します"},
			}},
			takes: isWord,
			run:   (*exchange).runLang,
		},
		{
			Name:    DailyCommand,
			Aliases: []string{"毎日"},
			Usage:   glossary.Text{EN: "on [HH:MM] [TIME ZONE] [WEEKDAYS] [CATEGORY] | off | now", JA: "on [時刻] [タイムゾーン] [曜日] [分類] | off | now"},
			Help:    glossary.Text{EN: "post a term in this channel every day; without arguments, show the schedule", JA: "このチャンネルに毎日用語を投稿します(dailyだけで現在の設定を表示)"},
			Params: []param.Param{
				{Name: "do", NameJA: "操作", Kind: param.Daily, Help: glossary.Text{EN: "leave empty to see the settings", JA: "省略すると、現在の設定を表示します"}},
				{Name: "when", NameJA: "日時", Kind: param.Text, Help: glossary.Text{EN: "for on: 9:00 Asia/Tokyo mon-fri; every part is optional", JA: "onのとき: 9:00 Asia/Tokyo 平日(どれも省略可)"}},
			},
			separator: " ",
			takes:     schedule.IsArgument,
			run:       (*exchange).runDaily,
		},
		{
			Name:    ReviewCommand,
			Aliases: []string{"復習"},
			Usage:   glossary.Text{EN: "[settings | pause | stop | export]", JA: "[設定 | 休む | 停止 | 書き出し]"},
			Help:    glossary.Text{EN: "review the terms you remember, before you forget them", JA: "「覚える」を押した用語を、忘れる前に復習します"},
			Params: []param.Param{
				{Name: "do", NameJA: "操作", Kind: param.Review, Help: glossary.Text{EN: "leave empty to see what is due", JA: "省略すると、復習する用語の数を表示します"}},
				{Name: "how", NameJA: "詳細", Kind: param.Text, Help: glossary.Text{EN: "for settings: 8:30 mon-fri 5/day; every part is optional", JA: "settingsのとき: 8:30 平日 1日5語(どれも省略可)"}},
			},
			separator: " ",
			takes:     study.IsArgument,
			run:       (*exchange).runReview,
		},
		{
			Name:    SettingsCommand,
			Aliases: []string{"設定"},
			Help:    glossary.Text{EN: "choose your language and this channel's daily term", JA: "回答の言語と、このチャンネルの毎日の用語を設定します"},
			takes:   func(string) bool { return false },
			run:     (*exchange).runSettings,
		},
		{
			Name:    "forget",
			Aliases: []string{"忘れて"},
			Usage:   glossary.Text{EN: "me", JA: "me"},
			Help:    glossary.Text{EN: "delete everything I store about you", JA: "あなたについて保存している情報をすべて削除します"},
			takes:   isWord,
			run:     (*exchange).runForget,
		},
		{
			Name:    HelpCommand,
			Aliases: []string{"ヘルプ", "使い方"},
			Help:    glossary.Text{EN: "show this help", JA: "この説明を表示します"},
			takes:   func(string) bool { return false },
			run:     (*exchange).runHelp,
		},
	}
}

// The names of the commands that adapters give to a [Request].
const (
	TermCommand     = "term"
	ExplainCommand  = "explain"
	ListCommand     = "list"
	HelpCommand     = "help"
	LangCommand     = "lang"
	DailyCommand    = "daily"
	ReviewCommand   = "review"
	SettingsCommand = "settings"
)

// Commands returns the commands in the order in which help lists them.
func Commands() []Command {
	out := make([]Command, len(commands))
	for i, c := range commands {
		out[i] = *c
	}
	return out
}

// CommandOf returns the name of the command that a text is for, for adapters that show a form
// instead of an answer.
func CommandOf(text string) string {
	cmd, _ := parse(strings.TrimSpace(text))
	return cmd.Name
}

// parse splits a text into a command and its argument. A text without a command is
// pasted output, a comparison, or a term.
func parse(text string) (*Command, string) {
	first, rest := text, ""
	if i := strings.IndexFunc(text, isBlank); i >= 0 {
		first, rest = text[:i], strings.TrimSpace(text[i:])
	}
	first = strings.TrimPrefix(first, "/")
	for _, c := range commands {
		if c.named(first) && (rest == "" || c.takes == nil || c.takes(rest)) {
			return c, rest
		}
	}
	if paste.LooksLikeOutput(text) {
		return explainCommand, text
	}
	if _, _, ok := query.SplitComparison(text); ok {
		return compareCommand, text
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

func commandNamed(name string) (cmd *Command, ok bool) {
	for _, c := range commands {
		if c.Name == name {
			return c, true
		}
	}
	return nil, false
}

// isWord reports whether an argument is one word: if it is not a valid value, it is a
// mistake rather than a question.
func isWord(arg string) bool { return !strings.ContainsFunc(arg, isBlank) }

func isCategory(arg string) bool {
	_, err := glossary.ParseCategory(arg)
	return err == nil || isWord(arg)
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '　' }

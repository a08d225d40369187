// Package command defines the commands that people can type, and parses them. Package bot runs
// them.
package command

import (
	"slices"
	"strings"

	"k8sbot/bot/param"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/bot/schedule"
	"k8sbot/bot/study"
	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// A Command is a command that people can type. The table of commands drives parsing, the help and
// the registration with platforms.
type Command struct {
	// Name is the first word of the text.
	Name string
	// Aliases are other names for the command. The first alias is the Japanese name.
	Aliases []string
	// Usage shows the arguments, such as "[CATEGORY]".
	Usage glossary.Text
	// Help says in a few words what the command does.
	Help glossary.Text
	// Params are the arguments, for platforms that ask for each one separately.
	Params []param.Param
	// Shareable is set if the person may choose a public reply.
	Shareable bool
	// Team is set if the command is about a team's own terms, which not every platform supports.
	Team bool
	// TakesPaste is set if the argument is a paste, such as kubectl output.
	TakesPaste bool
	// IsQuestion is set if people write the argument in their own words, so it says which language
	// they speak.
	IsQuestion bool

	separator string // what comes between the values of Params; "" if there is only one parameter
	// takes reports whether arg is an argument of the command. If not, the command's name is just
	// the first word of a question, as in "daily job failed". takes is nil if any text is an
	// argument.
	takes func(arg string) bool
}

// Arg returns the argument as a person would type it after the command's name. values are the
// parameters' values, keyed by name.
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

var term = &Command{
	Name:    Term,
	Aliases: []string{"用語"},
	Usage:   glossary.Text{EN: "TERM", JA: "用語"},
	Help:    glossary.Text{EN: "explain a term, even one that is also a command", JA: "用語を説明します(コマンドと同じ名前の用語もこれで引けます)"},
	Params: []param.Param{{
		Name: "name", NameJA: "名前", Kind: param.Term, Required: true,
		Help: glossary.Text{EN: "a term, a status, or a question", JA: "用語や状態、または質問"},
	}},
	Shareable:  true,
	IsQuestion: true,
}

var compare = &Command{
	Name:    Compare,
	Aliases: []string{"比較"},
	Usage:   glossary.Text{EN: "A B", JA: "A B"},
	Help:    glossary.Text{EN: "compare two or three terms; A vs B works too", JA: "2つか3つの用語を並べて違いを説明します(「AとBの違い」でも可)"},
	Params: []param.Param{
		{Name: "a", NameJA: "a", Kind: param.Term, Required: true, Help: glossary.Text{EN: "the first term", JA: "1つ目の用語"}},
		{Name: "b", NameJA: "b", Kind: param.Term, Required: true, Help: glossary.Text{EN: "the second term", JA: "2つ目の用語"}},
	},
	separator:  " vs ",
	Shareable:  true,
	IsQuestion: true,
}

var explain = &Command{
	Name:    Explain,
	Aliases: []string{"説明"},
	Usage:   glossary.Text{EN: "OUTPUT", JA: "貼り付けた出力"},
	Help:    glossary.Text{EN: "explain the terms in kubectl output", JA: "kubectlの出力などを貼り付けると、含まれる用語をまとめて説明します"},
	Params: []param.Param{{
		Name: "text", NameJA: "出力", Kind: param.Paste,
		Help: glossary.Text{EN: "leave empty to paste several lines", JA: "省略すると、複数行を貼り付けられます"},
	}},
	TakesPaste: true,
	Shareable:  true,
}

// commands is the table of commands, in the order of the help.
var commands = []*Command{
	term,
	compare,
	explain,
	{
		Name:      List,
		Aliases:   []string{"一覧"},
		Usage:     glossary.Text{EN: "[CATEGORY]", JA: "[分類]"},
		Help:      glossary.Text{EN: "list terms by category", JA: "用語の一覧を分類ごとに表示します"},
		Params:    oneCategory(),
		Shareable: true,
		takes:     isCategory,
	},
	{
		Name:      Random,
		Aliases:   []string{"ランダム"},
		Usage:     glossary.Text{EN: "[CATEGORY]", JA: "[分類]"},
		Help:      glossary.Text{EN: "show a random term", JA: "用語をランダムに1つ表示します"},
		Params:    oneCategory(),
		Shareable: true,
		takes:     isCategory,
	},
	{
		Name:    Lang,
		Aliases: []string{"言語"},
		Usage:   glossary.Text{EN: "ja | en | auto", JA: "ja | en | auto"},
		Help:    glossary.Text{EN: "choose the language I answer in", JA: "回答の言語を選びます"},
		Params: []param.Param{{
			Name: "language", NameJA: "言語", Kind: param.Lang,
			Help: glossary.Text{EN: "leave empty to see the current language", JA: "省略すると、現在の言語を表示します"},
		}},
		takes: isWord,
	},
	{
		Name:    Daily,
		Aliases: []string{"毎日"},
		Usage:   glossary.Text{EN: "on [HH:MM] [TIME ZONE] [WEEKDAYS] [CATEGORY] | off | now", JA: "on [時刻] [タイムゾーン] [曜日] [分類] | off | now"},
		Help:    glossary.Text{EN: "post a term in this channel every day; without arguments, show the schedule", JA: "このチャンネルに毎日用語を投稿します(dailyだけで現在の設定を表示)"},
		Params: []param.Param{
			{Name: "do", NameJA: "操作", Kind: param.Daily, Help: glossary.Text{EN: "leave empty to see the settings", JA: "省略すると、現在の設定を表示します"}},
			{Name: "when", NameJA: "日時", Kind: param.Text, Help: glossary.Text{EN: "with on, a schedule such as 9:00 Asia/Tokyo mon-fri; every part is optional", JA: "onのとき: 9:00 Asia/Tokyo 平日(どれも省略可)"}},
		},
		separator: " ",
		takes:     schedule.IsArgument,
	},
	{
		Name:    Review,
		Aliases: []string{"復習"},
		Usage:   glossary.Text{EN: "[settings | pause | stop | export]", JA: "[設定 | 休む | 停止 | 書き出し]"},
		Help:    glossary.Text{EN: "review the terms you remember, before you forget them", JA: "「覚える」を押した用語を、忘れる前に復習します"},
		Params: []param.Param{
			{Name: "do", NameJA: "操作", Kind: param.Review, Help: glossary.Text{EN: "leave empty to see what is due", JA: "省略すると、復習する用語の数を表示します"}},
			{Name: "how", NameJA: "詳細", Kind: param.Text, Help: glossary.Text{EN: "with settings, a schedule such as 8:30 mon-fri 5/day; every part is optional", JA: "settingsのとき: 8:30 平日 1日5語(どれも省略可)"}},
		},
		separator: " ",
		takes:     study.IsArgument,
	},
	{
		Name:    Add,
		Aliases: []string{"追加"},
		Usage:   glossary.Text{EN: "[NAME]", JA: "[名前]"},
		Help:    glossary.Text{EN: "propose a term for your team; a reviewer has to approve it", JA: "チームの用語を追加します(レビュー担当の承認後、全員に表示されます)"},
		Params: []param.Param{{
			Name: "name", NameJA: "名前", Kind: param.Text,
			Help: glossary.Text{EN: "the name; you can also enter it in the form", JA: "用語の名前。フォームでも入力できます"},
		}},
		Team:  true,
		takes: isName,
	},
	{
		Name:    Gaps,
		Aliases: []string{"不足"},
		Team:    true,
		Help:    glossary.Text{EN: "list the terms that your team can't find, finds unclear or forgets (reviewers only)", JA: "見つからなかった用語、分かりにくい用語、忘れられやすい用語を表示します(レビュー担当のみ)"},
		takes:   func(string) bool { return false },
	},
	{
		Name:    Reviewers,
		Aliases: []string{"レビュー担当"},
		Team:    true,
		Help:    glossary.Text{EN: "choose who reviews your team's terms, and where (admins only)", JA: "チームの用語のレビュー担当とチャンネルを設定します(管理者のみ)"},
		takes:   func(string) bool { return false },
	},
	{
		Name:    Settings,
		Aliases: []string{"設定"},
		Help:    glossary.Text{EN: "choose your language and this channel's daily term", JA: "回答の言語と、このチャンネルの毎日の用語を設定します"},
		takes:   func(string) bool { return false },
	},
	{
		Name:    Forget,
		Aliases: []string{"忘れて"},
		Usage:   glossary.Text{EN: "me", JA: "me"},
		Help:    glossary.Text{EN: "delete everything I store about you", JA: "あなたについて保存している情報をすべて削除します"},
		takes:   isWord,
	},
	{
		Name:    Help,
		Aliases: []string{"ヘルプ", "使い方"},
		Help:    glossary.Text{EN: "show this help", JA: "この説明を表示します"},
		takes:   func(arg string) bool { return strings.EqualFold(strings.TrimRight(arg, "!?. "), "me") }, // as in "help me!"
	},
}

// The names of the commands.
const (
	Term      = "term"
	Compare   = "compare"
	Explain   = "explain"
	List      = "list"
	Random    = "random"
	Help      = "help"
	Lang      = "lang"
	Daily     = "daily"
	Review    = "review"
	Add       = "add"
	Gaps      = "gaps"
	Reviewers = "reviewers"
	Settings  = "settings"
	Forget    = "forget"
)

// All returns the commands in the order of the help.
func All() []Command {
	out := make([]Command, len(commands))
	for i, c := range commands {
		out[i] = *c
	}
	return out
}

// A Place describes where the help is shown.
type Place struct {
	Prefix   string // what a person types there before a command
	Channels bool   // whether there are channels, which may have a daily term
	Team     bool   // whether there is a team, which may have terms
}

// Lines returns the help lines for a place. Each line shows how to use a command that works there,
// and what the command does.
func Lines(l glossary.Lang, p Place) []string {
	var lines []string
	for _, c := range commands {
		if c.Team && !p.Team || c.Name == Daily && !p.Channels {
			continue
		}
		usage := c.Usage.In(l)
		if c.Name == List && p.Team {
			usage = strings.TrimSuffix(usage, "]") + " | team]"
		}
		help := c.Help
		if c.Name == Settings && !p.Channels {
			help = glossary.Text{EN: "choose your language", JA: "回答の言語を設定します"}
		}
		lines = append(lines, "`"+p.Prefix+strings.TrimSpace(c.Name+" "+usage)+"` — "+help.In(l))
	}
	return lines
}

// Parse splits text into a command and its argument. If the text does not name a command, the whole
// text is the argument of explain, compare or term, depending on whether it looks like a program's
// output, a comparison or neither.
func Parse(text string) (cmd Command, arg string) {
	first, rest := text, ""
	if i := strings.IndexFunc(text, isBlank); i >= 0 {
		first, rest = text[:i], strings.TrimSpace(text[i:])
	}
	first = strings.TrimPrefix(first, "/")
	if strings.EqualFold(first, "export") && strings.EqualFold(rest, "me") { // like "forget me"
		first, rest = Review, "export"
	}
	for _, c := range commands {
		if c.isNamed(first) && (rest == "" || c.takes == nil || c.takes(rest)) {
			return *c, rest
		}
	}
	if paste.LooksLikeOutput(text) {
		return *explain, text
	}
	if query.IsComparison(text) {
		return *compare, text
	}
	return *term, text
}

func (c *Command) isNamed(word string) bool {
	return strings.EqualFold(word, c.Name) || slices.Contains(c.Aliases, word)
}

// Default returns the command that looks up a term.
func Default() Command { return *term }

// Named returns the command with the given name, or false if there is none.
func Named(name string) (cmd Command, ok bool) {
	for _, c := range commands {
		if c.Name == name {
			return *c, true
		}
	}
	return Command{}, false
}

// IsSuggested reports whether a word in a reply of the given kind suggests a command. Only lists,
// help, settings and replies about a team's terms suggest commands. In other replies, and in the
// text of a team's term, the same words may be verbs of the API.
func IsSuggested(in reply.Kind, word string) bool {
	switch in {
	case reply.KindList, reply.KindHelp, reply.KindSetting:
		_, ok := Named(word)
		return ok
	case reply.KindTeam:
		return word == Reviewers
	}
	return false
}

// isWord reports whether an argument is a single word. A single word is not the rest of a
// question, so an invalid one is a mistake.
func isWord(arg string) bool { return !strings.ContainsFunc(arg, isBlank) }

// isName reports whether arg may be the name of a term, rather than the rest of a question.
func isName(arg string) bool { return len(strings.Fields(arg)) <= 3 && !strings.HasSuffix(arg, "?") }

func isCategory(arg string) bool {
	name, _ := query.SplitPage(arg)
	_, err := glossary.ParseCategory(name)
	return err == nil || isWord(name)
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '　' }

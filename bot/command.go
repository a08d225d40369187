package bot

import (
	"context"
	"regexp"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// A Command is something that people can type. The table of commands drives
// parsing, help and the registration with platforms.
type Command struct {
	// Name is the word that a text begins with.
	Name string
	// Aliases are words that do as well, the first the Japanese name.
	Aliases []string
	// Usage tells what follows the name.
	Usage glossary.Text
	// Help tells what it does, in a few words.
	Help glossary.Text
	// Params are what follows the name, for platforms that ask for each part.
	Params []Param
	// Shown is set where the answer may be for everybody.
	Shown bool

	joint  string // between the values of its parameters; "" where it has one
	pastes bool   // whether what follows the name is somebody else's text
	run    func(c *call, ctx context.Context, arg string) Reply
}

// A Param is a part of what a command is given.
type Param struct {
	Name     string // of letters; English
	Local    string // its Japanese name
	Help     glossary.Text
	Kind     ParamKind
	Required bool
}

// ParamKind is what a parameter takes.
type ParamKind int

// The kinds of parameters.
const (
	TermParam     ParamKind = iota // any text; [Bot.Complete] offers terms
	CategoryParam                  // one of its choices
	LangParam                      // one of its choices
	PasteParam                     // a text of many lines
	DailyParam                     // one of its choices
	TextParam                      // any text
)

// A ParamChoice is one of the values that a parameter can have.
type ParamChoice struct {
	Value string
	Name  glossary.Text
}

// Choices returns the values of a parameter, nil where they are open.
func (p Param) Choices() []ParamChoice {
	var choices []ParamChoice
	switch p.Kind {
	case CategoryParam:
		for _, c := range glossary.Categories() {
			choices = append(choices, ParamChoice{string(c), glossary.Text{EN: c.Title(glossary.English), JA: c.Title(glossary.Japanese)}})
		}
	case DailyParam:
		choices = []ParamChoice{
			{"on", glossary.Text{EN: "on", JA: "on (開始)"}},
			{"off", glossary.Text{EN: "off", JA: "off (停止)"}},
			{"now", glossary.Text{EN: "now: a preview", JA: "now (プレビュー)"}},
		}
	case LangParam:
		choices = []ParamChoice{
			{"ja", glossary.Text{EN: "日本語", JA: "日本語"}},
			{"en", glossary.Text{EN: "English", JA: "English"}},
			{"auto", glossary.Text{EN: english.auto, JA: japanese.auto}},
		}
	}
	return choices
}

// Text returns the command as a person would type it, with values by the names of
// its parameters.
func (c *Command) Text(values map[string]string) string {
	var given []string
	for _, p := range c.Params {
		if v := strings.TrimSpace(values[p.Name]); v != "" {
			given = append(given, v)
		}
	}
	return strings.TrimSpace(c.Name + " " + strings.Join(given, c.joint))
}

func oneCategory() []Param {
	return []Param{{
		Name: "category", Local: "分類", Kind: CategoryParam,
		Help: glossary.Text{EN: "only words of this category", JA: "この分類の用語だけ"},
	}}
}

var termCommand = &Command{
	Name:    "term",
	Aliases: []string{"用語"},
	Usage:   glossary.Text{EN: "WORD", JA: "用語"},
	Help:    glossary.Text{EN: "explain a word, even one that is also a command", JA: "用語を説明します(コマンドと同じ名前の用語もこれで引けます)"},
	Params: []Param{{
		Name: "name", Local: "名前", Kind: TermParam, Required: true,
		Help: glossary.Text{EN: "a word, a status, or a question", JA: "用語や状態、または質問"},
	}},
	Shown: true,
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
			Params: []Param{
				{Name: "a", Local: "a", Kind: TermParam, Required: true, Help: glossary.Text{EN: "the one word", JA: "1つ目の用語"}},
				{Name: "b", Local: "b", Kind: TermParam, Required: true, Help: glossary.Text{EN: "the other word", JA: "2つ目の用語"}},
			},
			joint: " vs ",
			Shown: true,
			run:   runCompare,
		},
		{
			Name:    "explain",
			Aliases: []string{"説明"},
			Usage:   glossary.Text{EN: "PASTE", JA: "貼り付けた出力"},
			Help:    glossary.Text{EN: "explain every known word in what kubectl printed", JA: "kubectlの出力などを貼り付けると、含まれる用語をまとめて説明します"},
			Params: []Param{{
				Name: "text", Local: "出力", Kind: PasteParam,
				Help: glossary.Text{EN: "leave it out to paste many lines", JA: "省略すると、複数行を貼り付けられます"},
			}},
			pastes: true,
			Shown:  true,
			run:    runExplain,
		},
		{
			Name:    "list",
			Aliases: []string{"一覧"},
			Usage:   glossary.Text{EN: "[CATEGORY]", JA: "[分類]"},
			Help:    glossary.Text{EN: "list the words, by category", JA: "用語の一覧を分類ごとに表示します"},
			Params:  oneCategory(),
			Shown:   true,
			run:     runList,
		},
		{
			Name:    "random",
			Aliases: []string{"ランダム"},
			Usage:   glossary.Text{EN: "[CATEGORY]", JA: "[分類]"},
			Help:    glossary.Text{EN: "show any word", JA: "用語を1つ無作為に表示します"},
			Params:  oneCategory(),
			Shown:   true,
			run:     runRandom,
		},
		{
			Name:    "lang",
			Aliases: []string{"言語"},
			Usage:   glossary.Text{EN: "ja | en | auto", JA: "ja | en | auto"},
			Help:    glossary.Text{EN: "choose the language of your answers", JA: "回答の言語を選びます"},
			Params: []Param{{
				Name: "language", Local: "言語", Kind: LangParam,
				Help: glossary.Text{EN: "leave it out to see which it is", JA: "省略すると、現在の言語を表示します"},
			}},
			run: runLang,
		},
		{
			Name:    "daily",
			Aliases: []string{"毎日"},
			Usage:   glossary.Text{EN: "on [HH:MM] [TIME ZONE] [WEEKDAYS] [CATEGORY] | off | now", JA: "on [時刻] [タイムゾーン] [曜日] [分類] | off | now"},
			Help:    glossary.Text{EN: "post a word in this channel every day; alone, tell when", JA: "このチャンネルに毎日用語を投稿します(dailyだけで現在の設定を表示)"},
			Params: []Param{
				{Name: "do", Local: "操作", Kind: DailyParam, Help: glossary.Text{EN: "leave it out to see the settings", JA: "省略すると、現在の設定を表示します"}},
				{Name: "when", Local: "日時", Kind: TextParam, Help: glossary.Text{EN: "for on: 9:00 Asia/Tokyo mon-fri, all of it optional", JA: "onのとき: 9:00 Asia/Tokyo 平日(どれも省略可)"}},
			},
			joint: " ",
			run:   runDaily,
		},
		{
			Name:    "forget",
			Aliases: []string{"忘れて"},
			Usage:   glossary.Text{EN: "me", JA: "me"},
			Help:    glossary.Text{EN: "delete everything that I keep of you", JA: "あなたについて保存している情報をすべて削除します"},
			run:     runForget,
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
	if paste.LooksLikeOutput(text) {
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
	regexp.MustCompile(`(?is)^(?:should i (?:use|choose|pick)|when (?:do i|should i|to) use|which (?:one )?is better,?|do i need) (.+?) or (.+)$`),
	regexp.MustCompile(`(?is)^(?:is|are) (.+?) the same (?:thing )?as (.+)$`),
	regexp.MustCompile(`(?s)^(.+?)\s*と\s*(.+?)[、,]?\s*(?:の違い|のちがい|の差|の比較|を比較|の使い分け|(?:は|って)?(?:どう違|何が違|なにが違|同じ)|の?(?:うち)?(?:は|って)?(?:どっち|どちら)).*$`),
	regexp.MustCompile(`(?s)^(.+?)か(.+?)[、,]?(?:どっち|どちら).*$`),
}

// splitComparison returns the two sides of a comparison.
func splitComparison(text string) (left, right string, ok bool) {
	if strings.Contains(text, "\n") || tooLong(text) {
		return "", "", false
	}
	for _, re := range comparisons {
		if m := re.FindStringSubmatch(strings.TrimRight(text, "?？。. ")); m != nil {
			// Of three the first two.
			right, _, _ := strings.Cut(m[2], " vs ")
			return strings.TrimSpace(m[1]), strings.TrimSpace(right), true
		}
	}
	return "", "", false
}

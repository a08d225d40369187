package study

import (
	"context"
	"strings"
	"unicode"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// subcommands lists the words that people can type after the review command, each with the action
// of the button that does the same.
var subcommands = map[string]reply.Action{
	"settings": {Verb: reply.ReviewSet, Args: []string{reply.SetForm}}, "設定": {Verb: reply.ReviewSet, Args: []string{reply.SetForm}},
	"pause": {Verb: reply.ReviewSet, Args: []string{reply.SetPause}}, "休む": {Verb: reply.ReviewSet, Args: []string{reply.SetPause}},
	"resume": {Verb: reply.ReviewSet, Args: []string{reply.SetResume}}, "再開": {Verb: reply.ReviewSet, Args: []string{reply.SetResume}},
	"stop": {Verb: reply.ReviewSet, Args: []string{reply.SetStop}}, "off": {Verb: reply.ReviewSet, Args: []string{reply.SetStop}}, "停止": {Verb: reply.ReviewSet, Args: []string{reply.SetStop}},
	"start": {Verb: reply.ReviewNext}, "開始": {Verb: reply.ReviewNext},
	"undo": {Verb: reply.ReviewUndo}, "取り消し": {Verb: reply.ReviewUndo},
	"placement": {Verb: reply.ReviewPlace}, "診断": {Verb: reply.ReviewPlace},
	"export": {Verb: reply.ReviewExport, Args: []string{reply.ExportAnki}}, "書き出し": {Verb: reply.ReviewExport, Args: []string{reply.ExportAnki}},
}

// A Subcommand is a word after the review command, with its title in a menu.
type Subcommand struct {
	Word  string
	Title glossary.Text
}

// Subcommands returns the English subcommands, with their titles in both languages.
func Subcommands() []Subcommand {
	en, ja := wording.ReviewIn(glossary.English), wording.ReviewIn(glossary.Japanese)
	named := func(word string, name func(*wording.Review) string) Subcommand {
		return Subcommand{word, glossary.Text{EN: word + ": " + name(en), JA: word + ": " + name(ja)}}
	}
	return []Subcommand{
		named("start", func(t *wording.Review) string { return t.Review }),
		named("placement", func(t *wording.Review) string { return t.Placement }),
		named("settings", func(t *wording.Review) string { return t.Settings }),
		named("pause", func(t *wording.Review) string { return t.Pause }),
		named("resume", func(t *wording.Review) string { return t.Resume }),
		named("stop", func(t *wording.Review) string { return t.Stop }),
		named("export", func(t *wording.Review) string { return t.Export }),
	}
}

// IsArgument reports whether text is an argument of the review command, and not the rest of a
// question.
func IsArgument(text string) bool {
	first, rest := cutWord(text)
	a, ok := subcommands[first]
	return ok && (rest == "" || a.Verb == reply.ReviewExport || a.Arg(0) == reply.SetForm)
}

// Command answers the review command. arg is "" for the hub, or a subcommand, which does the same
// as its button.
func (t *Tutor) Command(ctx context.Context, p Person, arg string) reply.Reply {
	c := t.exchange(ctx, p)
	first, rest := cutWord(arg)
	a, ok := subcommands[first]
	switch {
	case !ok:
		return c.finish(c.hub(ctx))
	case a.Arg(0) == reply.SetForm:
		return c.finish(c.settings(ctx, rest))
	case a.Verb == reply.ReviewExport && strings.EqualFold(rest, reply.ExportCSV):
		a.Args = []string{reply.ExportCSV}
	}
	return c.finish(presses[a.Verb](c, ctx, a))
}

// cutWord returns the first word of text in lower case, and the rest.
func cutWord(text string) (word, rest string) {
	text = strings.TrimSpace(text)
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		return strings.ToLower(text[:i]), strings.TrimSpace(text[i:])
	}
	return strings.ToLower(text), ""
}

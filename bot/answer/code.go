package answer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/paste/observe"
)

// coded marks the code in the texts of blocks: fields, flags, columns, reasons, and the labels that
// kubectl describe prints. It keeps code marks that the texts already contain.
func (w writer) coded(blocks []reply.Block) []reply.Block {
	out := make([]reply.Block, len(blocks))
	for i, b := range blocks {
		switch b := b.(type) {
		case reply.Paragraph:
			out[i] = w.codedParagraph(b)
		case reply.List:
			b.Items = w.codedTexts(b.Items)
			out[i] = b
		case reply.Steps:
			b.Commands = w.codedSteps(b.Commands)
			out[i] = b
		case reply.Entry:
			b.Text, b.Commands, b.Asides = w.code(b.Text), w.codedSteps(b.Commands), slices.Clone(b.Asides)
			for j, p := range b.Asides {
				b.Asides[j] = w.codedParagraph(p)
			}
			out[i] = b
		case reply.Comparison:
			b.Difference, b.Rows = w.code(b.Difference), slices.Clone(b.Rows)
			for j := range b.Rows {
				b.Rows[j].Cells = w.codedTexts(b.Rows[j].Cells)
			}
			out[i] = b
		default:
			out[i] = b
		}
	}
	return out
}

func (w writer) codedParagraph(p reply.Paragraph) reply.Paragraph {
	p.Bold, p.Text = w.code(p.Bold), w.code(p.Text)
	return p
}

func (w writer) codedTexts(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = w.code(text)
	}
	return out
}

func (w writer) codedSteps(steps []reply.Step) []reply.Step {
	steps = slices.Clone(steps)
	for i := range steps {
		steps[i].Note = w.code(steps[i].Note)
	}
	return steps
}

// stripArrow separates the states of a strip, in which only the current state is marked.
const stripArrow = "›"

// code returns text with its code marked.
func (w writer) code(text string) string {
	if strings.Contains(text, stripArrow) || strings.Count(text, "`")%2 == 1 {
		return text
	}
	var b strings.Builder
	for _, s := range mark.Spans(text) {
		if s.Code {
			b.WriteString("`" + s.Text + "`")
		} else {
			w.codeWords(&b, s.Text)
		}
	}
	return b.String()
}

// codeWords writes text to b with its code marked. text must not contain code marks.
func (w writer) codeWords(b *strings.Builder, text string) {
	for at := 0; at < len(text); {
		n := 0
		for at+n < len(text) && isCodeByte(text[at+n]) {
			n++
		}
		if n == 0 {
			b.WriteByte(text[at])
			at++
			continue
		}
		if label := labelAt(text[at:]); label != "" && (strings.Contains(label, " ") || w.isLabel(text[:at], text[at+len(label):])) {
			b.WriteString("`" + label + "`")
			at += len(label)
			continue
		}
		word := text[at : at+n]
		core := strings.TrimRight(word, ".:/")
		if w.isCode(core) || w.isStatusWord(core) && w.standsAlone(text[:at], text[at+len(core):]) {
			b.WriteString("`" + core + "`" + word[len(core):])
		} else {
			b.WriteString(word)
		}
		at += n
	}
}

// isCodeByte reports whether c may be part of a word. An address or a path is one word, so nothing
// in it is marked.
func isCodeByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("._-/:=[]*@~", c) >= 0
}

// labels are the labels that kubectl describe prints before values, with longer labels first.
var labels = []string{"Last State", "Exit Code", "Restart Count", "Reason", "Events", "Conditions", "Started", "Finished", "Message", "State", "Limits", "Requests", "Selector", "Taints", "Allocatable"}

// labelAt returns the label with which text begins, or "".
func labelAt(text string) string {
	for _, l := range labels {
		if strings.HasPrefix(text, l) && (len(text) == len(l) || !isCodeByte(text[len(l)]) || strings.IndexByte(".:", text[len(l)]) >= 0) {
			return l
		}
	}
	return ""
}

// beginsSentence reports whether an English sentence begins after before. The first word of a
// sentence begins with a capital letter even if it is not a label.
func beginsSentence(before string) bool {
	before = strings.TrimRight(before, " ")
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".!?\n")
}

// plainWords are names of columns and reasons that are usually ordinary words.
var plainWords = []string{"CPU", "URL", "MODES", "AppArmor"}

// roots are the fields with which a field path begins.
var roots = []string{"spec", "status", "metadata", "data", "stringData"}

// isCode reports whether readers type the word or see it in output.
func (w writer) isCode(word string) bool {
	root, rest, path := strings.Cut(word, ".")
	flag, _, _ := strings.Cut(strings.TrimPrefix(word, "--"), "=")
	switch {
	case slices.Contains(plainWords, word):
		return false
	case path && slices.Contains(roots, root) && rest != "" && isLetters(strings.NewReplacer(".", "", "[", "", "]", "", "*", "").Replace(rest)):
		return true
	case strings.HasPrefix(word, "--") && flag != "" && isLetters(strings.ReplaceAll(flag, "-", "")):
		return true
	case len(word) > 2 && word == strings.ToUpper(word) && observe.IsColumn(word) && isLetters(strings.ReplaceAll(word, "-", "")):
		return true
	case !isLetters(word):
		return false
	case isField(word):
		return true
	}
	return w.isReason(word)
}

func isLetters(s string) bool {
	for _, r := range s {
		if (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r) {
			return false
		}
	}
	return s != ""
}

// isField reports whether a word has the form of a field with several parts, such as hostPort.
// Unlike eBPF or gRPC, a field begins with at least two lower-case letters.
func isField(word string) bool {
	small := len(word) - len(strings.TrimLeft(word, "abcdefghijklmnopqrstuvwxyz"))
	return small >= 2 && small < len(word) && strings.ToUpper(word[small:]) != word[small:]
}

// isReason reports whether a word is a status name with several parts, such as OOMKilled.
func (w writer) isReason(word string) bool { return capitals(word) > 1 && w.isStatusName(word) }

// isStatusWord reports whether a word is a status name with only one part, such as Evicted. At the
// beginning of a sentence or inside a title, it may be an ordinary word.
func (w writer) isStatusWord(word string) bool {
	return word == "Ready" || capitals(word) == 1 && w.isStatusName(word)
}

// capitals returns the number of capital letters in a word.
func capitals(word string) (n int) {
	for _, c := range word {
		if 'A' <= c && c <= 'Z' {
			n++
		}
	}
	return n
}

// isStatusName reports whether a word is the name of a status, other than one that consists of
// capitals. The ID of the status must be the name, with or without hyphens.
func (w writer) isStatusName(word string) bool {
	if w.glossary == nil || !isLetters(word) || capitals(word) == len(word) {
		return false
	}
	t, ok := w.glossary.Term(strings.ToLower(word))
	if !ok && capitals(word) > 1 {
		t, ok = w.glossary.Term(hyphenated(word))
	}
	return ok && t.Name.EN == word && isStatusShown(t)
}

// hyphenated returns a name such as NotFound as not-found.
func hyphenated(name string) string {
	var b strings.Builder
	for i, c := range name {
		if 'A' <= c && c <= 'Z' && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(c)
	}
	return strings.ToLower(b.String())
}

// isStatusShown reports whether readers see a status in output, unlike a kind of object.
func isStatusShown(t *glossary.Term) bool {
	return t.IsStatus() && t.Usages[0].Kind != glossary.ResourceKind
}

// standsAlone reports whether a word between before and after is not the first word of an English
// sentence, and not next to another word that begins with a capital letter.
func (w writer) standsAlone(before, after string) bool {
	_, previous := lastWord(before)
	return !isTitled(previous) && !(w.lang == glossary.English && beginsSentence(before)) && w.isLabel(before, after)
}

// isLabel is like standsAlone, but the word may follow the first word of a sentence, as in Read
// Reason. It may also be the first word if another label follows, as in Reason and Message.
func (w writer) isLabel(before, after string) bool {
	if w.lang == glossary.English && beginsSentence(before) {
		other, ok := strings.CutPrefix(after, " and ")
		return ok && labelAt(other) != ""
	}
	next, spaced := strings.CutPrefix(after, " ")
	earlier, previous := lastWord(before)
	return !(spaced && next != "" && isTitled(next[:1])) && (!isTitled(previous) || beginsSentence(earlier))
}

// lastWord returns the word at the end of text, and the text before it. Both are "" if text does not
// end with a word and a space.
func lastWord(text string) (before, word string) {
	text, ok := strings.CutSuffix(text, " ")
	if !ok {
		return "", ""
	}
	before = strings.TrimRightFunc(text, func(r rune) bool { return r < utf8.RuneSelf && isCodeByte(byte(r)) })
	return before, text[len(before):]
}

// isTitled reports whether a word consists of letters and begins with a capital letter.
func isTitled(word string) bool { return isLetters(word) && word[0] <= 'Z' }

// inSentence returns a term's name for use in a sentence. The name of a status that readers see in
// output, such as Evicted, is code.
func (w writer) inSentence(t *glossary.Term) string {
	if name := t.DisplayName(w.lang); name != t.Name.EN || !isStatusShown(t) || !isLetters(name) || name == strings.ToLower(name) {
		return name
	}
	return "`" + t.Name.EN + "`"
}

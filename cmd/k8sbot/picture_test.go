package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

var update = flag.Bool("update", false, "write the pictures of the README")

// TestPictures checks that the pictures in the README show the messages that k8sbot sends.
// With -update it draws them.
func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("has no concurrency")
	}
	t.Parallel()
	for _, p := range []struct{ file, lang, asked string }{
		{"pictures/answers.svg", "en", "/k8s CrashLoopBackOff"},
		{"pictures/answers.ja.svg", "ja", "/k8s CrashLoopBackOff"},
	} {
		send := func(format string) []byte {
			cmd := exec.Command(program(t), "ask", "--format", format, "--lang", p.lang, "CrashLoopBackOff")
			cmd.Env = []string{"LC_ALL=C.UTF-8"}
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		got := drawPicture(slackLines(t, send("slack")), discordLines(t, send("discord")), p.asked)
		if *update {
			if err := os.WriteFile(p.file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if want, err := os.ReadFile(p.file); err != nil || string(want) != got {
			t.Errorf("%s (%v) does not show what the bot sends: run go test ./cmd/k8sbot -run TestPictures -update, and look at it", p.file, err)
		}
	}
}

// A kind determines how a line of a message looks.
type kind int

const (
	plain kind = iota
	title
	strong
	muted
	preformatted
	buttons
)

// A drawn is a part of a message: a paragraph with code between backquotes, or the labels of
// buttons.
type drawn struct {
	kind   kind
	text   string
	labels []string
}

// slackLines returns the visible parts of a message in Block Kit.
func slackLines(t *testing.T, message []byte) []drawn {
	t.Helper()
	type text struct {
		Type, Text string
		Style      struct{ Bold, Code bool }
	}
	var m struct {
		Blocks []struct {
			Type     string
			Text     json.RawMessage
			Elements []struct {
				Type     string
				Text     json.RawMessage
				Elements []text
			}
		}
	}
	decode(t, message, &m)
	var lines []drawn
	for _, b := range m.Blocks {
		switch b.Type {
		case "header":
			var header text
			decode(t, b.Text, &header)
			lines = append(lines, drawn{kind: title, text: header.Text})
		case "context":
			var note string
			decode(t, b.Elements[0].Text, &note)
			lines = append(lines, drawn{kind: muted, text: slackLink.ReplaceAllString(note, "$1")})
		case "rich_text":
			for _, section := range b.Elements {
				line := drawn{}
				for _, span := range section.Elements {
					if span.Style.Bold {
						line.kind = strong
					}
					if span.Style.Code {
						span.Text = "`" + span.Text + "`"
					}
					line.text += span.Text
				}
				if section.Type == "rich_text_preformatted" {
					line.kind = preformatted
				}
				lines = append(lines, line)
			}
		case "actions":
			row := drawn{kind: buttons}
			for _, e := range b.Elements {
				var label text
				if e.Type == "button" {
					decode(t, e.Text, &label)
					row.labels = append(row.labels, label.Text)
				}
			}
			lines = append(lines, row)
		default:
			t.Fatalf("no drawing for the Slack block %q", b.Type)
		}
	}
	return lines
}

var slackLink = regexp.MustCompile(`<[^|>]*\|([^>]*)>`)

// discordLines returns the visible parts of an interaction response with an embed.
func discordLines(t *testing.T, message []byte) []drawn {
	t.Helper()
	var m struct {
		Data struct {
			Embeds []struct {
				Title, Description string
				Footer             struct{ Text string }
				Fields             []struct{ Name, Value string }
			}
			Components []struct {
				Components []struct{ Label string }
			}
		}
	}
	decode(t, message, &m)
	e := m.Data.Embeds[0]
	lines := []drawn{{kind: title, text: e.Title}}
	add := func(markdown string) {
		for i, part := range strings.Split(markdown, "```") {
			for paragraph := range strings.SplitSeq(strings.Trim(part, "\n"), "\n\n") {
				line := drawn{text: unescape.ReplaceAllString(paragraph, "$1")}
				if i%2 == 1 {
					line.kind = preformatted
				} else if inner, ok := strings.CutPrefix(line.text, "**"); ok {
					line.kind, line.text = strong, strings.TrimSuffix(inner, "**")
				}
				if line.text != "" {
					lines = append(lines, line)
				}
			}
		}
	}
	add(e.Description)
	for _, f := range e.Fields {
		add("**" + f.Name + "**")
		add(f.Value)
	}
	lines = append(lines, drawn{kind: muted, text: e.Footer.Text})
	row := drawn{kind: buttons}
	for _, c := range m.Data.Components[0].Components {
		row.labels = append(row.labels, c.Label)
	}
	return append(lines, row)
}

// unescape matches escaped characters in Markdown.
var unescape = regexp.MustCompile(`\\([[:punct:]])`)

func decode(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
}

// A theme contains the colors of a panel.
type theme struct{ name, paper, ink, muted, code, button, edge string }

var (
	slackTheme   = theme{"Slack", "#ffffff", "#1d1c1d", "#616061", "#f4f4f4", "#ffffff", "#d0d0d0"}
	discordTheme = theme{"Discord", "#2b2d31", "#dbdee1", "#949ba4", "#1e1f22", "#4e5058", "#da373c"}
)

const (
	panelWidth = 470
	padding    = 18
	fontSize   = 14
	lineHeight = 20
)

// drawPicture draws a message as Slack and Discord show it, side by side.
func drawPicture(slack, discord []drawn, asked string) string {
	left, leftHeight := drawPanel(slackTheme, slack, asked)
	right, rightHeight := drawPanel(discordTheme, discord, asked)
	height := max(leftHeight, rightHeight)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" font-family="-apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK JP', 'Hiragino Sans', sans-serif" font-size="%d">`+"\n",
		2*panelWidth+20, height, fontSize)
	for i, panel := range []struct{ theme, body string }{{slackTheme.paper, left}, {discordTheme.paper, right}} {
		fmt.Fprintf(&b, `<g transform="translate(%d 0)">`+"\n"+`<rect x="0.5" y="0.5" width="%d" height="%d" rx="8" fill="%s" stroke="#c8c8c8"/>`+"\n%s</g>\n",
			i*(panelWidth+20), panelWidth-1, height-1, panel.theme, panel.body)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// drawPanel returns a message as SVG, and its height.
func drawPanel(th theme, lines []drawn, asked string) (string, int) {
	var b strings.Builder
	y := padding + fontSize
	text := func(x int, fill, attributes, s string) {
		fmt.Fprintf(&b, `<text x="%d" y="%d" fill="%s" %s>%s</text>`+"\n", x, y, fill, attributes, s)
	}
	text(padding, th.muted, `font-size="12"`, html.EscapeString(th.name+": "+asked))
	y += 10
	top := y
	for _, line := range lines {
		y += 6
		switch line.kind {
		case buttons:
			x := padding + 10
			y += 8
			for _, label := range line.labels {
				width := textWidth(label) + 24
				if x+width > panelWidth-padding {
					x, y = padding+10, y+36
				}
				fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="30" rx="4" fill="%s" stroke="%s"/>`+"\n", x, y, width, th.button, th.muted)
				y += 20
				text(x+12, th.ink, "", html.EscapeString(label))
				y -= 20
				x += width + 8
			}
			y += 34
		case preformatted:
			rows := wrap(line.text, panelWidth-2*padding-40)
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="%s"/>`+"\n", padding+10, y, panelWidth-2*padding-10, len(rows)*lineHeight+8, th.code)
			for _, row := range rows {
				y += lineHeight
				text(padding+18, th.ink, `font-family="monospace" font-size="13"`, html.EscapeString(row))
			}
			y += 8
		default:
			fill, attributes := th.ink, ""
			switch line.kind {
			case title:
				attributes = `font-weight="bold" font-size="17"`
			case strong:
				attributes = `font-weight="bold"`
			case muted:
				fill, attributes = th.muted, `font-size="12"`
			}
			code := false
			for _, row := range wrap(line.text, panelWidth-2*padding-20) {
				y += lineHeight
				var spans string
				spans, code = codeSpans(row, code)
				text(padding+10, fill, attributes, spans)
			}
		}
	}
	y += padding
	fmt.Fprintf(&b, `<rect x="%d" y="%d" width="4" height="%d" fill="%s"/>`+"\n", padding, top, y-top-10, th.edge)
	return b.String(), y
}

// codeSpans returns a line with backquoted parts in a fixed-width font. code says whether the
// line begins inside such a part, and open whether it ends inside one.
func codeSpans(line string, code bool) (svg string, open bool) {
	for i, part := range strings.Split(line, "`") {
		if i > 0 {
			code = !code
		}
		part = html.EscapeString(part)
		if code && part != "" {
			part = `<tspan font-family="monospace">` + part + `</tspan>`
		}
		svg += part
	}
	return svg, code
}

// textWidth estimates the width of text in pixels, from its columns on a terminal.
func textWidth(s string) int { return uniseg.StringWidth(s)*fontSize*54/100 + 2 }

// wrap breaks text into lines that are at most width pixels wide. It breaks at spaces and
// between Japanese characters, but not inside --previous or a word in katakana.
func wrap(s string, width int) []string {
	var rows []string
	row := ""
	for s != "" {
		segment, rest, _, _ := uniseg.FirstLineSegmentInString(s, -1)
		for rest != "" && inWord(segment, rest) {
			var more string
			more, rest, _, _ = uniseg.FirstLineSegmentInString(rest, -1)
			segment += more
		}
		if row != "" && textWidth(strings.TrimRight(row+segment, " ")) > width {
			rows = append(rows, strings.TrimRight(row, " "))
			row = ""
		}
		row, s = row+segment, rest
	}
	return append(rows, row)
}

// inWord reports whether there is a word that neither part has as a whole.
func inWord(before, after string) bool {
	isKatakana := func(r rune) bool { return unicode.Is(unicode.Katakana, r) || r == 'ー' }
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return last == '-' || isKatakana(last) && isKatakana(first)
}

func TestWrap(t *testing.T) {
	if rows := wrap("理由 📖 ドキュメント", 100); len(rows) != 2 || rows[1] != "ドキュメント" {
		t.Errorf("got the rows %q, want the word in katakana in one piece", rows)
	}
	for _, s := range []string{"a b c", "コンテナの終了が続くため、待ちます。", strings.Repeat("word ", 40)} {
		rows := wrap(s, 100)
		if strings.ReplaceAll(strings.Join(rows, ""), " ", "") != strings.ReplaceAll(s, " ", "") {
			t.Errorf("wrap(%q) = %q, which has other characters", s, rows)
		}
		for _, row := range rows {
			if textWidth(row) > 100 || !utf8.ValidString(row) {
				t.Errorf("wrap(%q): the line %q is too wide", s, row)
			}
		}
	}
}

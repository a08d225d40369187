package lineedit

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A screen emulates a terminal in raw mode, as far as an editor needs it. It fails the test if
// something is written beyond its right edge.
type screen struct {
	t        *testing.T
	width    int
	cells    [][]string // "" for the right half of a wide character
	row, col int
}

func (s *screen) Write(p []byte) (int, error) {
	text := string(p)
	for text != "" {
		if seq, ok := strings.CutPrefix(text, "\x1b["); ok {
			end := strings.IndexFunc(seq, func(r rune) bool { return r >= '@' })
			s.control(seq[:end], seq[end])
			text = seq[end+1:]
			continue
		}
		r := splitCharacters(text)[0]
		if r[0] == '\r' || r[0] == '\n' { // both together are one grapheme cluster
			r = r[:1]
		}
		text = text[len(r):]
		switch r {
		case "\r":
			s.col = 0
		case "\n":
			s.row++
		default:
			w := Width(r)
			if s.col+w > s.width {
				s.t.Errorf("%q: written beyond the right edge", r)
			}
			if w > 0 {
				s.set(r)
			} else if s.col > 0 { // it combines with the previous character
				s.extend(r)
			}
			if w == 2 {
				s.set("")
			}
		}
	}
	return len(p), nil
}

// extend adds a combining mark to the character before the cursor.
func (s *screen) extend(mark string) {
	col := s.col - 1
	if s.cells[s.row][col] == "" {
		col--
	}
	s.cells[s.row][col] += mark
}

// set writes a character at the cursor and moves on.
func (s *screen) set(r string) {
	for len(s.cells) <= s.row {
		s.cells = append(s.cells, nil)
	}
	for len(s.cells[s.row]) <= s.col {
		s.cells[s.row] = append(s.cells[s.row], " ")
	}
	s.cells[s.row][s.col] = r
	s.col++
}

// control executes an escape sequence.
func (s *screen) control(arg string, final byte) {
	n := 1
	_, _ = fmt.Sscan(arg, &n)
	switch {
	case final == 'A':
		s.row -= n
	case final == 'C':
		s.col += n
	case final == 'J' && arg == "":
		s.cells = s.cells[:min(len(s.cells), s.row+1)]
		if s.row < len(s.cells) {
			s.cells[s.row] = s.cells[s.row][:min(len(s.cells[s.row]), s.col)]
		}
	case final == 'J' && arg == "2":
		s.cells = nil
	case final == 'H':
		s.row, s.col = 0, 0
	case final == 'h' || final == 'l':
	default:
		s.t.Errorf("unknown escape sequence %q%c", arg, final)
	}
}

// String returns the content of the screen, with the cursor as a bar.
func (s *screen) String() string {
	var b strings.Builder
	for row := range max(len(s.cells), s.row+1) {
		var cells []string
		if row < len(s.cells) {
			cells = s.cells[row]
		}
		var line strings.Builder
		for col := range max(len(cells), s.col+1) {
			if row == s.row && col == s.col {
				line.WriteByte('|')
			}
			if col < len(cells) {
				line.WriteString(cells[col])
			} else {
				line.WriteByte(' ')
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// TestEditor presses keys on a terminal with twelve columns. The keys of a step arrive
// together.
func TestEditor(t *testing.T) {
	const (
		up, down, left, right = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
		home, end, del        = "\x1b[H", "\x1bOF", "\x1b[3~"
		erase                 = "\x7f"
	)
	for _, tt := range []struct {
		name  string
		steps []string
		want  []string // the messages
		shown string   // "" for any
	}{
		{"a word", []string{"p", "o", "d", "\r"}, []string{"pod"}, "k8s> pod\nk8s> |"},
		{"a line end of two characters", []string{"pod\r\n"}, []string{"pod"}, ""},
		{"nothing", []string{"\r"}, []string{""}, "k8s>\nk8s> |"},
		{"wide characters are erased whole", []string{"ポッド", erase, erase, "a"}, nil, "k8s> ポa|"},
		{"a kana and its mark are erased whole", []string{"ポハ\u3099", erase, "a"}, nil, "k8s> ポa|"},
		{"a letter and its mark are erased whole", []string{"cafe\u0301", left, erase, end, "s"}, nil, "k8s> cae\u0301s|"},
		{"half-width kana take a column each", []string{"ﾊﾞｽﾞ", erase, "a"}, nil, "k8s> ﾊﾞa|"},
		{"a flag is erased whole", []string{"x🇯🇵🇫🇷", erase, left, "y"}, nil, "k8s> xy|🇯🇵"},
		{"a flag that does not fit", []string{"pods12🇯🇵"}, nil, "k8s> pods12\n🇯🇵|"},
		{"a mark after the last column", []string{"podsaポ\u3099", erase}, nil, "k8s> podsa|"},
		{"a mark alone", []string{"\u3099", erase, "ポ"}, nil, "k8s> ポ|"},
		{"go back to a line with marks", []string{"ハ\u3099ス\r", up, erase, erase, "\r"}, []string{"ハ\u3099ス", ""}, ""},
		{"a wide character that does not fit", []string{"podsポッド"}, nil, "k8s> podsポ\nッド|"},
		{"the last column is filled", []string{"pods123"}, nil, "k8s> pods123\n|"},
		{"erase to the row above", []string{"pods1234", erase, erase}, nil, "k8s> pods12|"},
		{"insert", []string{"ッド", home, "ポ"}, nil, "k8s> ポ|ッド"},
		{"insert in a row above", []string{"podsポッド", home, right, "X"}, nil, "k8s> pX|odsポ\nッド"},
		{"delete", []string{"xpodx", erase, home, del, end, "s\r"}, []string{"pods"}, ""},
		{"delete a word", []string{"pod  ノード ", "\x17", "\x17", "x"}, nil, "k8s> x|"},
		{"delete to both ends", []string{"abcd", left, left, "\x0b", left, "\x15"}, nil, "k8s> |b"},
		{"go back", []string{"a\r", "b\r", "c", up, up, up, down, "!", down, down, "\r"}, []string{"a", "b", "c"}, ""},
		{"go back to a wide line", []string{"ポッド\r", "x\r", up, up, up, down, "\r"}, []string{"ポッド", "x", "x"}, ""},
		{"unknown keys", []string{"\x1b[15~p\x1b[1;5Co", "\x1b", "d", "\x1bポ\r", "\x00\x01\xff\u202e\u200b\x1c"}, []string{"podポ"}, ""},
		{"a character in two parts", []string{"\xe3\x83", "\x9d\r"}, []string{"ポ"}, ""},
		{"clear the screen", []string{"a\r", "bc", "\x0c"}, []string{"a"}, "k8s> bc|"},

		{"a paste with a line end", []string{pasteStart + "a\tb\rc\r" + pasteEnd}, []string{"a\tb\nc"}, "k8s> a b\nc\nk8s> |"},
		{"a paste without a line end waits for Enter", []string{pasteStart + "a\rb" + pasteEnd, "!", "\r", "d\r"}, []string{"a\nb!", "d"}, ""},
		{"a slow paste", []string{pasteStart + "a\r", "b\r\x1b", "[201", "~"}, []string{"a\nb"}, ""},
		{"a paste of a word", []string{pasteStart + "pod" + pasteEnd}, nil, "k8s> pod|"},
		{"a paste presses no keys", []string{pasteStart + "a\x1b[A\x03\x04\x15b" + pasteEnd + "\r"}, []string{"a[Ab"}, ""},
		{"a paste without markers", []string{"a\rb", "\r"}, []string{"a\nb"}, ""},
		{"two lines that are typed slowly", []string{"a\r", "b\r"}, []string{"a", "b"}, ""},

		{"Ctrl-D ends a line", []string{"pod\x04"}, []string{"pod"}, ""},
		{"Ctrl-D deletes", []string{"pod", home, "\x04"}, nil, "k8s> |od"},
		{"Ctrl-D leaves", []string{"\x04", "pod\r"}, nil, "k8s> |"},
		{"Ctrl-C leaves", []string{"\x03", "pod\r"}, nil, "k8s> |"},
		{"Ctrl-C drops what is typed", []string{"po", left, "\x03", "d\r", "\x03"}, []string{"d"}, "k8s> po^C\nk8s> d\nk8s> |"},
		{"Ctrl-C in the last column", []string{"pods12\x03", "d\r"}, []string{"d"}, "k8s> pods12^\nC\nk8s> d\nk8s> |"},
		{"Ctrl-C drops a paste", []string{pasteStart + "a\rb" + pasteEnd, "\x03d\r"}, []string{"d"}, "k8s> a\nb^C\nk8s> d\nk8s> |"},
		{"Tab completes", []string{"eti", "\t", "!\r"}, []string{"etiquette!"}, ""},
		{"Tab completes in another script", []string{"ノー", "\t", "\r"}, []string{"node"}, ""},
		{"Tab completes what completions share", []string{"C", "\t"}, nil, "k8s> cat|"},
		{"Tab lists completions", []string{"cat", "\t"}, nil, "k8s> cat\ncat  caten\ncatalogs\nk8s> cat|"},
		{"Tab completes nothing", []string{"x", "\t"}, nil, "k8s> x|"},
		{"Tab in a line", []string{"c", left, "\t"}, nil, "k8s>  |c"},
		{"Tabs in a paste without markers", []string{"c\tb\r"}, []string{"c\tb"}, ""},
		{"Ctrl-Z suspends", []string{"po\x1a", "d\r"}, []string{"pod"}, "k8s> po\nk8s> pod\nk8s> |"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &screen{t: t, width: 12}
				suspended := 0
				keys := make(chan []byte)
				e := &Editor{
					Out: s, Prompt: "k8s> ", keys: keys,
					Columns: func() int { return s.width }, Suspend: func() { suspended++ },
					Complete: func(line string) []string {
						return map[string][]string{"eti": {"etiquette"}, "ノー": {"node"}, "C": {"cat", "caten", "catalogs"}, "cat": {"cat", "caten", "catalogs"}}[line]
					},
				}
				ctx, cancel := context.WithCancel(context.Background())
				typed := make(chan struct{})
				go func() {
					defer close(typed)
					defer close(keys)
					for _, step := range tt.steps {
						select {
						case keys <- []byte(step):
						case <-ctx.Done():
							return
						}
						time.Sleep(time.Second)
					}
				}()
				var got []string
				for {
					lines, more := e.Next(ctx)
					if !more {
						break
					}
					got = append(got, strings.Join(lines, "\n"))
				}
				cancel()
				<-typed
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("messages (-want +got):\n%s", diff)
				}
				if tt.shown != "" && s.String() != tt.shown {
					t.Errorf("screen: got\n%s\nwant\n%s", s, tt.shown)
				}
				if want := strings.Count(strings.Join(tt.steps, ""), "\x1a"); suspended != want {
					t.Errorf("got %d suspends, want %d", suspended, want)
				}
			})
		})
	}
}

// FuzzEditor checks that no keys crash an editor or make it write beyond the right edge.
func FuzzEditor(f *testing.F) {
	for _, keys := range []string{
		"pod\r", pasteStart + "a\rb" + pasteEnd, "\x1b[200~\x1b[201", "ポッド\x7f\x1b[D\x1b[D\x1b[C\x17", "\x1b[A\x1b[A\x1b[B", "\xe3\x83",
		"🇯🇵🇫🇷\x7f", "ハ\u3099ﾊﾞ\x1b[De\u0301\u0301", "कििि\u2e3b", "pods12\x03",
	} {
		f.Add([]byte(keys))
	}
	f.Fuzz(func(t *testing.T, keys []byte) {
		s := &screen{t: t, width: 12}
		e := &Editor{Out: s, Prompt: "k8s> ", Columns: func() int { return s.width }}
		for _, k := range keys {
			e.unread = append(e.unread, k)
			more := e.handleKeys()
			if err := e.flush(); err != nil {
				t.Fatal(err)
			}
			if !more {
				return
			}
			if e.cursor < 0 || e.cursor > len(e.line) || s.row < 0 {
				t.Fatalf("cursor: got index %d of %d, row %d", e.cursor, len(e.line), s.row)
			}
		}
	})
}

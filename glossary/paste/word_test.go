package paste

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/parse"
)

// TestWords checks that a reader refuses the words for which the table of readers says so: words of
// real pastes and random ones, between other lines and after commands.
func TestWords(t *testing.T) {
	files, err := filepath.Glob("../diagnose/testdata/pastes/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	seen := make(map[string]bool)
	var words, others []string
	add := func(w string) {
		if isWord(w, line.TraitsOf(w)) && !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for l := range strings.Lines(string(data)) {
			others = append(others, strings.TrimRight(l, "\n"))
			for w := range strings.FieldsSeq(l) {
				add(w)
				add(strings.Trim(w, `"'():,;`))
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		const alphabet = "aefkmpsy0129-./"
		w := make([]byte, 1+r.IntN(12))
		for i := range w {
			w[i] = alphabet[r.IntN(len(alphabet))]
		}
		add(string(w))
	}
	commands := []string{"", "$ kubectl auth can-i get pods", "$ kubectl get pods", "$ kubectl get all -A", "$ kubectl logs web-1", "$ kubectl describe pod web-1", "$ helm status web", "Error: it failed"}
	if len(words) < 1000 {
		t.Fatal("found only", len(words), "words")
	}
	for i := range 4 * len(words) {
		w := words[(i+i/4)%len(words)]
		text := commands[i%len(commands)] + "\n" + w + "\n" + others[r.IntN(len(others))] + "\n" + others[r.IntN(len(others))]
		switch i % 4 {
		case 0:
			text = commands[r.IntN(len(commands))] + "\n" + w + "\n" + strings.Repeat("-", len(w)) + "\n" + words[r.IntN(len(words))]
		case 1:
			text = commands[r.IntN(len(commands))] + "\n" + w + "\n" + words[r.IntN(len(words))] + "\n" + others[r.IntN(len(others))]
		}
		lines := line.Clean(text)
		for k, reader := range readers {
			if reader.word != nil && reader.word(lines[2].Text) {
				continue
			}
			p := new(parse.Parser)
			if c := line.Command(lines[0].Text); c != nil {
				p.Command = c
			}
			if n := reader.read(p, lines[1:]); n > 0 && lines[1].Text != "" {
				t.Errorf("reader %d accepts %d lines of %q", k, n, text)
			}
		}
	}
}

// TestTraits checks that a reader refuses the lines for whose traits the table of readers says so: lines
// of real pastes, and the same lines without the bytes of some traits.
func TestTraits(t *testing.T) {
	files, err := filepath.Glob("../diagnose/testdata/pastes/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	refused := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := line.Clean(string(data))
		for i := range lines {
			whole := lines[i]
			for range 4 {
				if lines[i].Text != "" {
					refused += checkReaders(t, lines[i:])
				}
				without := line.Traits(r.IntN(int(line.Wide) * 2))
				lines[i].Text = strings.TrimRight(strings.Map(func(r rune) rune {
					if line.TraitsOf(string(r))&without != 0 {
						return -1
					}
					return r
				}, whole.Text), " ")
			}
			lines[i] = whole
		}
	}
	if refused < 10_000 {
		t.Errorf("%d readers were not asked, want more", refused)
	}
}

// checkReaders checks that each reader that may not begin at the first line refuses it, and returns
// their number.
func checkReaders(t *testing.T, lines []line.Line) (refused int) {
	t.Helper()
	traits := line.TraitsOf(lines[0].Text)
	for k := range readers {
		if readers[k].mayBegin(traits) {
			continue
		}
		refused++
		p := &parse.Parser{Command: line.Command("$ kubectl auth can-i get pods")}
		if n := readers[k].read(p, lines); n > 0 {
			t.Errorf("reader %d accepts %d lines from %q, which it should not be asked about", k, n, lines[0].Text)
		}
	}
	return refused
}

// FuzzTraits does the same with any text.
func FuzzTraits(f *testing.F) {
	for _, s := range []string{"NAME READY\nweb 1/1", "name  age\n----  ---\na  1", "ERROR: 12", "1772400000.123 ERROR X", "0000000000.00A", "$kubectl", "FAIL", "(error)", "{\n\"a\": 1}", "a:\n- b", "Warning Failed pod/a b", "\u2003REASON\u2003TYPE\u2003MESSAGE", "Ready True"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		lines := line.Clean(s)
		for i := range lines {
			if lines[i].Text != "" {
				checkReaders(t, lines[i:])
			}
		}
	})
}

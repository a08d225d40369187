package bot

import (
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot/reply"
)

// TestFiles checks that text files are explained as a paste, and that the reply begins with
// the files that were not read.
func TestFiles(t *testing.T) {
	b := realBot(t)
	const failing = "NAME   READY   STATUS             RESTARTS   AGE\nweb-1  0/1     CrashLoopBackOff   7          10m\n"
	const healthy = "NAME   READY   STATUS    RESTARTS   AGE\nweb-1  1/1     Running   0          10m\n"
	screenshot := File{Name: "screen.png", Problem: FileNotText}
	for _, tt := range []struct {
		name, locale, text string
		files              []File
		want, note         string
		partial            bool
	}{
		{"only a file", "en", "", []File{{Text: failing}}, "explain en crashloopbackoff", "", false},
		{"below a question", "en", "what is wrong here?", []File{{Text: failing}}, "explain en crashloopbackoff", "", false},
		{"below a question in Japanese", "en", "これは何ですか", []File{{Text: failing}}, "explain ja crashloopbackoff", "", false},
		{"below a command", "ja", "explain", []File{{Text: failing}}, "explain ja crashloopbackoff", "", false},
		{"below another command", "en", "help", []File{{Text: failing}}, "explain en crashloopbackoff", "", false},
		{"two files", "en", "", []File{{Text: healthy}, {Text: failing}}, "explain en crashloopbackoff", "", false},
		{"large", "en", "", []File{{Text: head + strings.Repeat("web-1   0/1   CrashLoopBackOff   0   40m\n", 5000)}}, "explain en crashloopbackoff", "", false},
		{"with a screenshot", "en", "", []File{screenshot, {Text: failing}}, "explain en crashloopbackoff", "", false},
		{"nothing known in it", "en", "", []File{{Text: "hello\nworld"}}, "none en ephemeral", "I don't recognize any terms in this text.", false},

		{"question with a screenshot", "en", "what is a pod", []File{screenshot}, "term en pod", "", false},
		{"only a screenshot", "en", "", []File{screenshot}, "none en ephemeral", "I can't read “screen.png” because it isn't a text file.", false},
		{"only a screenshot, in Japanese", "ja", "", []File{screenshot}, "none ja ephemeral", "「screen.png」はテキストファイルではないため、読み取れません。", false},
		{"cut", "en", "", []File{{Name: "a.log", Text: healthy, Problem: FileTooLarge}}, "explain en", "I didn't read all of “a.log” because I read at most 1 MiB of attached files.", true},
		{"slow", "en", "pod", []File{{Name: "a.log", Problem: FileSlow}}, "term en pod", "I couldn't read “a.log” because the download took too long.", false},
		{"foreign", "en", "", []File{{Name: "a.log", Problem: FileForeign}}, "none en ephemeral", "I didn't open “a.log” because it's hosted on another site.", false},
		{"failed", "en", "", []File{{Name: "a.log", Problem: FileFailed}}, "none en ephemeral", "I couldn't download “a.log”.", false},
		{"scope", "en", "", []File{{Name: "a.log", Problem: FileNeedsScope, Scope: "files:read"}}, "none en ephemeral",
			"I couldn't read “a.log” because the app isn't allowed to: it needs the `files:read` scope.", false},
		{"preview", "ja", "", []File{{Name: "a.log", Problem: FileNeedsScope, Scope: "files:read", Text: failing}}, "explain ja crashloopbackoff",
			"「a.log」はプレビューのみ読み取りました。", true},
		{"hostile name", "en", "", []File{{Name: "<!channel>\n" + strings.Repeat("x", 100), Problem: FileFailed}}, "none en ephemeral",
			"I couldn't download “" + reply.Quote("<!channel>\n"+strings.Repeat("x", 100)) + "”.", false},
	} {
		r := b.Handle(t.Context(), Request{Surface: Mention, Text: tt.text, Files: tt.files, Locales: []string{tt.locale}})
		if got := summary(r); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
		if got := firstText(r); tt.note != "" && !strings.HasPrefix(got, tt.note) {
			t.Errorf("%s: the reply begins with %q, want %q", tt.name, got, tt.note)
		}
		if tt.note == "" && strings.Contains(fmt.Sprint(r.Blocks), "screen.png") {
			t.Errorf("%s: the reply mentions the screenshot: %v", tt.name, r.Blocks)
		}
		if r.Partial != tt.partial {
			t.Errorf("%s: partial is %t", tt.name, r.Partial)
		}
		if tt.note != "" && r.CacheKey != "" {
			t.Errorf("%s: a reply about one file may be cached as %q", tt.name, r.CacheKey)
		}
	}
}

package platform

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"k8sbot/bot"
	"k8sbot/bot/reply"
)

func TestShorten(t *testing.T) {
	for _, tt := range []struct {
		text  string
		limit int
		unit  Unit
		want  string
	}{
		{"short", 100, Runes, "short"},
		{strings.Repeat("あ", 95), 100, Runes, strings.Repeat("あ", 95)},
		{strings.Repeat("あ", 96), 100, Runes, strings.Repeat("あ", 94) + Mark},
		{"First sentence. Second sentence that goes on.", 40, Runes, "First sentence. Second sentence that…"},
		{"The first sentence is long. The second.", 38, Runes, "The first sentence is long.…"},
		{"最初の文はとても長いです。次の文はもっと長い。", 20, Runes, "最初の文はとても長いです。…"},
		{strings.Repeat("😀", 20), 20, UTF16, strings.Repeat("😀", 9) + Mark},
		{strings.Repeat("e\u0301", 30), 21, Runes, strings.Repeat("e\u0301", 9) + Mark},
		{"v1.30.2 is a version number that must not end a sentence", 20, Runes, "v1.30.2 is a versi" + Mark},
		{"aﾊﾞﾊﾞ", 4, Runes, "a" + Mark},
		{"ab👩\u200d💻 writes", 6, Runes, "ab" + Mark},
		{"ab👍🏽 yes", 5, Runes, "ab" + Mark},
		{"ab🇯🇵 yes", 5, Runes, "ab" + Mark},
		{"00\xac00", 5, Runes, "00\ufffd" + Mark},
		{"🇯🇵🇫🇷 yes", 5, Runes, "🇯🇵" + Mark},
		{"ab\u1112\u1161\u11ab yes", 6, Runes, "ab" + Mark},
		{"👩\u200d👩\u200d👧\u200d👦 yes", 8, Runes, Mark},
		{"abc\r\ndefgh", 6, Runes, "abc" + Mark},
		{"abç\u0327。\u0327xyz", 7, Runes, "abç\u0327" + Mark},
	} {
		got := Shorten(tt.text, tt.limit, tt.unit)
		if got != tt.want {
			t.Errorf("Shorten(%q, %d) = %q, want %q", tt.text, tt.limit, got, tt.want)
		}
	}
}

// BenchmarkShorten shortens several texts. The first is short enough to stay unchanged, as
// most texts are.
func BenchmarkShorten(b *testing.B) {
	for _, bb := range []struct{ name, text string }{
		{"short enough", strings.Repeat("A container keeps crashing. ", 10)},
		{"ASCII", strings.Repeat("a container that keeps crashing, ", 40)},
		{"Japanese", strings.Repeat("コンテナが繰り返し異常終了する、", 80)},
		{"combining", strings.Repeat("e\u0301", 1000)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Shorten(bb.text, 1024, Runes)
			}
		})
	}
}

func FuzzShorten(f *testing.F) {
	f.Add("a text. that is long", 10)
	f.Add("日本語。😀e\u0301", 5)
	f.Add("\xff\xfe", 1)
	f.Add("00\xac00", 5) // invalid UTF-8, cut after it
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit = max(2, limit%5000)
		for _, unit := range []Unit{Runes, UTF16} {
			got := Shorten(text, limit, unit)
			if unit(got) > limit {
				t.Errorf("Shorten(%q, %d): got length %d", text, limit, unit(got))
			}
			if utf8.ValidString(text) && !utf8.ValidString(got) {
				t.Errorf("Shorten(%q, %d) = %q, which is invalid UTF-8", text, limit, got)
			}
		}
	})
}

func TestCheckTime(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for header, ok := range map[string]bool{
		"1800000000": true, "1799999701": true, "1800000299": true,
		"1799999699": false, "1800000301": false, "": false, "now": false, "99999999999999999999": false,
		"-9223372036854775808": false,
	} {
		if err := CheckTime(header, now); (err == nil) != ok {
			t.Errorf("CheckTime(%q) = %v, want ok %v", header, err, ok)
		}
	}
}

func TestMetrics(t *testing.T) {
	m := NewMetrics()
	if ready, _ := m.Ready(); ready {
		t.Error("got ready before any platform is connected")
	}
	m.SetConnected("slack", true)
	m.SetConnected("discord", false)
	if ready, disconnected := m.Ready(); ready || len(disconnected) != 1 || disconnected[0] != "discord" {
		t.Errorf("Ready = %v, %v, want false, [discord]", ready, disconnected)
	}
	m.SetConnected("discord", true)
	if ready, _ := m.Ready(); !ready {
		t.Error("got not ready while all platforms are connected")
	}
	m.Answered(bot.Request{Platform: "slack", Surface: bot.Slash, Text: "typed by a user"}, reply.Reply{Kind: reply.KindNone}, time.Now())
	m.APIError("slack", "chat.postMessage", "channel_not_found")
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`k8sbot_questions_total{how="",kind="none",platform="slack",surface="slash"} 1`,
		`k8sbot_api_errors_total{code="channel_not_found",method="chat.postMessage",platform="slack"} 1`,
		`k8sbot_connected{platform="discord"} 1`,
		`k8sbot_answer_seconds_count{platform="slack"} 1`,
		`k8sbot_daily_terms_total{platform="slack",state="unclear"} 0`,
		`k8sbot_events_dropped_total{platform="discord"} 0`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("metrics do not contain %s", want)
		}
	}
	if strings.Contains(w.Body.String(), "typed by a user") {
		t.Error("metrics contain what a user typed")
	}
}

package platform

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"k8sbot/bot"
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

// BenchmarkShorten shortens what is short enough, as nearly all is, and what is not.
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
	f.Add("00\xac00", 5) // broken UTF-8, cut behind it
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit = max(2, limit%5000)
		for _, unit := range []Unit{Runes, UTF16} {
			got := Shorten(text, limit, unit)
			if unit(got) > limit {
				t.Errorf("Shorten(%q, %d) has %d", text, limit, unit(got))
			}
			if utf8.ValidString(text) && !utf8.ValidString(got) {
				t.Errorf("Shorten(%q, %d) = %q", text, limit, got)
			}
		}
	})
}

func TestWorkers(t *testing.T) {
	var logged bytes.Buffer
	w := NewWorkers(2, 10, time.Minute, slog.New(slog.NewTextHandler(&logged, nil)))
	var done atomic.Int32
	w.Do(func(context.Context) { panic("broken job") })
	for range 9 {
		if !w.Do(func(context.Context) { done.Add(1) }) {
			t.Error("a job was dropped though there was room")
		}
	}
	if err := w.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if done.Load() != 9 || strings.Count(logged.String(), "broken job") != 1 {
		t.Errorf("%d jobs were done, want 9; log: %s", done.Load(), &logged)
	}
	if w.Do(func(context.Context) {}) {
		t.Error("a job was taken after the end")
	}
	if err := w.Shutdown(context.Background()); err != nil {
		t.Error("a second shutdown:", err)
	}
}

func TestWorkersAreBounded(t *testing.T) {
	w := NewWorkers(1, 1, time.Minute, slog.New(slog.DiscardHandler))
	began, goOn := make(chan bool), make(chan bool)
	w.Do(func(context.Context) { close(began); <-goOn })
	<-began
	if !w.Do(func(context.Context) {}) || w.Do(func(context.Context) {}) {
		t.Error("the queue does not hold one job")
	}
	close(goOn)
	if err := w.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestWorkersAreCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := NewWorkers(1, 1, time.Hour, slog.New(slog.DiscardHandler))
		w.Do(func(ctx context.Context) { <-ctx.Done() })
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := w.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the shutdown ended with %v", err)
		}
	})
}

// memory is a Memory that can fail or hang.
type memory struct {
	Memory
	mu   sync.Mutex
	keys map[string]bool
	err  error
	hang bool
	// delay is how long it takes, where it neither fails nor hangs.
	delay time.Duration
	n     int
}

func (m *memory) Remember(ctx context.Context, key, _ string, _ time.Duration) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n++
	if m.hang {
		<-ctx.Done()
		return false, ctx.Err()
	}
	if m.err != nil {
		return false, m.err
	}
	time.Sleep(m.delay)
	first := !m.keys[key]
	m.keys[key] = true
	return first, nil
}

func TestOnce(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	ctx := context.Background()
	shared := &memory{keys: make(map[string]bool)}
	a, b := NewOnce(shared, time.Hour, log), NewOnce(shared, time.Hour, log)
	if !a.First(ctx, "1") || a.First(ctx, "1") || b.First(ctx, "1") || !b.First(ctx, "2") || a.First(ctx, "2") {
		t.Error("two replicas with one memory do not agree")
	}
	for range 2 {
		if !a.First(ctx, "") {
			t.Error("events without a key are taken for one")
		}
	}
	if alone := NewOnce(nil, time.Hour, log); !alone.First(ctx, "1") || alone.First(ctx, "1") {
		t.Error("a replica without a memory does not tell")
	}
	for name, m := range map[string]*memory{"failing": {err: errors.New("away")}, "hanging": {hang: true}} {
		o := NewOnce(newBounded(m), time.Hour, log)
		for i := range 5 {
			if !o.First(ctx, strconv.Itoa(i)) || o.First(ctx, strconv.Itoa(i)) {
				t.Errorf("with a %s memory a replica does not tell", name)
			}
		}
		if m.n != 1 {
			t.Errorf("a %s memory was asked %d times in a row", name, m.n)
		}
	}
}

// TestBounded holds that a memory that is slow, but answers, is waited for, since an
// event would be answered twice without it; and that one that is away delays one
// call, whatever is asked of it.
func TestBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, m := context.Background(), &memory{keys: map[string]bool{"seen": true}, delay: 4 * memoryWait / 5}
		log := slog.New(slog.DiscardHandler)
		if NewOnce(newBounded(m), time.Hour, log).First(ctx, "seen") {
			t.Error("an event that another replica has seen is new to one whose memory is slow")
		}
		m.hang = true
		d := NewDesk(DeskOptions{Memory: m, Metrics: NewMetrics(), Log: log})
		start := time.Now()
		d.Remember(ctx, "question", "answer")
		for range 10 {
			d.Remember(ctx, "question", "answer")
			d.Earlier(ctx, "question")
			d.events.First(ctx, "event")
		}
		if took := time.Since(start); took != memoryWait {
			t.Errorf("a memory that hangs delays the answers by %v, want %v", took, memoryWait)
		}
		m.hang, m.delay = false, 0
		time.Sleep(memoryPause)
		if d.Remember(ctx, "question", "answer"); !m.keys["question"] {
			t.Error("a memory that is back is not used")
		}
		if err := d.Shutdown(ctx); err != nil {
			t.Error(err)
		}
	})
}

// TestPromptsFirst holds that who waits for an answer does not wait for answers
// that the platform has put off.
func TestPromptsFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDesk(DeskOptions{Metrics: NewMetrics(), Log: slog.New(slog.DiscardHandler)})
		for range 2 * workers {
			d.Do("event", "", func(ctx context.Context) { time.Sleep(time.Minute) })
		}
		start, answered := time.Now(), false
		d.Prompt("command", "1", func(context.Context) []byte { return []byte("answer") },
			func(data []byte) bool { answered = data != nil; return true }, nil)
		if took := time.Since(start); !answered || took > 0 {
			t.Errorf("answered in time: %v, after %v", answered, took)
		}
		if err := d.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func TestOnceIsBounded(t *testing.T) {
	o := NewOnce(nil, time.Hour, slog.New(slog.DiscardHandler))
	for i := range maxSeen + 10 {
		o.First(context.Background(), strconv.Itoa(i))
	}
	if n := len(o.seen) + len(o.before); n > maxSeen {
		t.Errorf("%d events are kept", n)
	}
	if o.First(context.Background(), strconv.Itoa(maxSeen)) {
		t.Error("one of the latest events is forgotten")
	}
}

func TestReadBody(t *testing.T) {
	for _, tt := range []struct {
		method, contentType, body string
		status                    int
	}{
		{"POST", "application/json; charset=utf-8", "{}", 200},
		{"GET", "application/json", "", 405},
		{"POST", "text/plain", "{}", 415},
		{"POST", "", "{}", 415},
		{"POST", "application/json", strings.Repeat("x", MaxBody), 200},
		{"POST", "application/json", strings.Repeat("x", MaxBody+1), 413},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(tt.method, "/", strings.NewReader(tt.body))
		r.Header.Set("Content-Type", tt.contentType)
		body, ok := ReadBody(w, r, "application/json")
		if w.Code != tt.status || ok != (tt.status == http.StatusOK) || ok && string(body) != tt.body {
			t.Errorf("%s %s with %d bytes: status %d, want %d", tt.method, tt.contentType, len(tt.body), w.Code, tt.status)
		}
	}
}

func TestCheckTime(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for header, ok := range map[string]bool{
		"1800000000": true, "1799999701": true, "1800000299": true,
		"1799999699": false, "1800000301": false, "": false, "now": false, "99999999999999999999": false,
		"-9223372036854775808": false,
	} {
		if err := CheckTime(header, now); (err == nil) != ok {
			t.Errorf("CheckTime(%q) = %v", header, err)
		}
	}
}

func TestMetrics(t *testing.T) {
	m := NewMetrics()
	if ready, _ := m.Ready(); ready {
		t.Error("ready before any platform is")
	}
	m.SetConnected(bot.Slack, true)
	m.SetConnected(bot.Discord, false)
	if ready, away := m.Ready(); ready || len(away) != 1 || away[0] != bot.Discord {
		t.Errorf("ready %v, away %v", ready, away)
	}
	m.SetConnected(bot.Discord, true)
	if ready, _ := m.Ready(); !ready {
		t.Error("not ready though all are connected")
	}
	m.Answered(bot.Request{Platform: bot.Slack, Surface: bot.Slash, Text: "typed by somebody"}, bot.Reply{Kind: bot.KindNone}, time.Now())
	m.APIError(bot.Slack, "chat.postMessage", "channel_not_found")
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`k8sbot_questions_total{how="",kind="none",platform="slack",surface="slash"} 1`,
		`k8sbot_api_errors_total{code="channel_not_found",method="chat.postMessage",platform="slack"} 1`,
		`k8sbot_connected{platform="discord"} 1`,
		`k8sbot_answer_seconds_count{platform="slack"} 1`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if strings.Contains(w.Body.String(), "typed by somebody") {
		t.Error("the metrics hold what a person typed")
	}
}

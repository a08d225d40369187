package discord

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/review"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store"
	"k8sbot/bot/study"
	"k8sbot/glossary"
)

// BenchmarkReview runs fifty sessions at the same time, on SQLite. It reports the time from a
// click that rates a card to the response with the next card. Users click twice a second,
// which is faster than they can read.
func BenchmarkReview(b *testing.B) {
	g, err := glossary.Load()
	if err != nil {
		b.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "k8sbot.db"), store.Options{Log: log})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	reviewer := &review.Reviewer{Store: db.Learners()}
	h := newHarness(b, func(o *Options) {
		o.Bot = bot.New(g, bot.Options{Log: log, Store: db, Reviews: db, Tutor: study.New(g, reviewer, log)})
	})
	const (
		sessions = 50
		think    = 500 * time.Millisecond
	)
	terms := make([]string, review.MaxPerDay)
	for i := range terms {
		terms[i] = g.All()[i].ID
	}
	press := func(user string, n int, term string) {
		body := fmt.Sprintf(`{"id":"%s%d","application_id":%q,"token":%q,"type":3,"user":{"id":%q},"channel_id":"3","message":{"id":"9","flags":64},"data":{"custom_id":"1:review-rate:%s:0:self:k"}}`,
			user, n, testApp, testInteractionToken, user, term)
		w := httptest.NewRecorder()
		h.adapter.Handler().ServeHTTP(w, signed([]byte(body), time.Now()))
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"type":7`) {
			b.Errorf("got status %d %s, want the next card", w.Code, w.Body)
		}
	}
	var mu sync.Mutex
	var took []time.Duration
	for round := 0; b.Loop(); round++ {
		b.StopTimer()
		var learners []string
		for n := range sessions {
			l := review.Learner{Platform: string(Platform), User: fmt.Sprint(600000 + round*sessions + n)}
			s := review.DefaultSettings(l, schedule.Defaults{})
			s.PerDay = review.MaxPerDay
			if err := reviewer.OptIn(b.Context(), s); err != nil {
				b.Fatal(err)
			}
			if err := reviewer.Remember(b.Context(), l, terms...); err != nil {
				b.Fatal(err)
			}
			learners = append(learners, l.User)
		}
		b.StartTimer()
		var all sync.WaitGroup
		for _, user := range learners {
			all.Go(func() {
				time.Sleep(rand.N(think))
				for n, term := range terms {
					time.Sleep(think)
					start := time.Now()
					press(user, n, term)
					mu.Lock()
					took = append(took, time.Since(start))
					mu.Unlock()
				}
			})
		}
		all.Wait()
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
}

package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/followup"
	"k8sbot/bot/platform"
	"k8sbot/bot/review"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store/limits"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// A fullStore contains all methods of a store.
type fullStore interface {
	bot.Store
	bot.ProfileStore
	followup.Store
	Misses(ctx context.Context, limit int, since time.Time) ([]bot.Miss, error)
	bot.ScheduleStore
	bot.ReviewStore
	Learners() review.Store
	daily.Store
	daily.History
	platform.KeyStore
	Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error)
	Release(ctx context.Context, name, owner string) error
	Sweep(ctx context.Context) error
	Ping(ctx context.Context) error
	Close() error
}

var (
	_ fullStore = (*DB)(nil)
	_ fullStore = (*storetest.Memory)(nil)
)

// TestConformance checks that all stores behave alike.
func TestConformance(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	newStores := map[string]func(t *testing.T, c *clock) fullStore{
		"memory": func(_ *testing.T, c *clock) fullStore { return &storetest.Memory{Now: c.now} },
	}
	for name, newDatabase := range databases {
		newStores[name] = func(t *testing.T, c *clock) fullStore {
			return openDB(t, newDatabase(t), Options{Now: c.now})
		}
	}
	for name, newStore := range newStores {
		t.Run(name, func(t *testing.T) {
			c := newClock()
			s := newStore(t, c)
			t.Run("language", func(t *testing.T) { conformLanguage(t, s) })
			t.Run("profile language", func(t *testing.T) { conformProfileLanguage(t, s) })
			t.Run("misses", func(t *testing.T) { conformMisses(t, s, c) })
			t.Run("memory", func(t *testing.T) { conformMemory(t, s, c) })
			t.Run("limits", func(t *testing.T) { conformLimits(t, s) })
			t.Run("daily limits", func(t *testing.T) { conformDailyLimits(t, s) })
			t.Run("concurrent", func(t *testing.T) { conformConcurrent(t, s, c) })
			t.Run("cancelled", func(t *testing.T) { conformCancelled(t, s) })
			t.Run("daily cancelled", func(t *testing.T) { conformDailyCancelled(t, s) })
			if err := s.Ping(t.Context()); err != nil {
				t.Errorf("Ping: %v", err)
			}
			for name, conform := range map[string]func(t *testing.T, s fullStore, c *clock){
				"schedules":     conformSchedules,
				"due schedules": conformDueSchedules,
				"plan":          conformPlan,
				"claim":         conformClaim,
				"lost claim":    conformLostClaim,
				"begin":         conformBegin,
				"retry":         conformRetry,
				"end":           conformEnd,
				"asked":         conformAsked,
				"reviews":       conformReviews,
				"last terms":    conformLastTerms,
				"forget":        conformForget,
				"forget cards":  conformForgetCards,
				"direct":        conformDirect,
				"forget, plan":  conformForgetPlan,
				"leases":        conformLeases,
				"daily sweep":   conformDailySweep,
				"term sweep":    conformTermSweep,
				"posted":        conformPosted,
				"health":        conformHealth,
				"refusal":       conformRefusal,
				"backlog":       conformBacklog,
			} {
				t.Run(name, func(t *testing.T) {
					c := newClock()
					conform(t, newStore(t, c), c)
				})
			}
		})
	}
}

// conformLimits checks that all stores reject what one database cannot store, with an
// error that does not quote it.
func conformLimits(t *testing.T, s fullStore) {
	fits := strings.Repeat("あ", limits.MaxKey/len("あ"))
	value := strings.Repeat("v", limits.MaxValue)
	if first, err := s.Remember(t.Context(), fits, value, time.Minute); !first || err != nil {
		t.Errorf("Remember(longest key, longest value) = %v, %v, want true", first, err)
	}
	if got, _, err := s.Recall(t.Context(), fits); got != value || err != nil {
		t.Errorf("Recall(longest key): got %d bytes, %v", len(got), err)
	}
	for _, bad := range []string{fits + "secret", "secret\x00", "secret\xff"} {
		_, rememberErr := s.Remember(t.Context(), bad, "", time.Minute)
		_, valueErr := s.Remember(t.Context(), "key", value+bad, time.Minute)
		_, _, recallErr := s.Recall(t.Context(), bad)
		_, languageErr := s.Language(t.Context(), bot.Person{Tenant: bad})
		for call, err := range map[string]error{
			"Remember a key":   rememberErr,
			"Remember a value": valueErr,
			"Recall":           recallErr,
			"Language":         languageErr,
			"SetLanguage":      s.SetLanguage(t.Context(), bot.Person{User: bad}, glossary.English),
			"CountMiss":        s.CountMiss(t.Context(), bot.Tenant{ID: bad}, "q"),
		} {
			if err == nil || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s with %q: got %v, want an error that does not quote it", call, bad, err)
			}
		}
	}
}

func conformConcurrent(t *testing.T, s fullStore, c *clock) {
	rememberConcurrently(t, "new", s)
	if _, err := s.Remember(t.Context(), "expired", "", time.Second); err != nil {
		t.Fatal(err)
	}
	c.add(time.Second)
	rememberConcurrently(t, "expired", s)
	countConcurrently(t, s)
}

func conformCancelled(t *testing.T, s fullStore) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := bot.Person{Platform: "slack", User: "cancelled"}
	_, languageErr := s.Language(ctx, p)
	_, missesErr := s.Misses(ctx, 1, time.Time{})
	_, rememberErr := s.Remember(ctx, "cancelled", "", time.Hour)
	_, _, recallErr := s.Recall(ctx, "cancelled")
	for call, err := range map[string]error{
		"Language":        languageErr,
		"SetLanguage":     s.SetLanguage(ctx, p, glossary.English),
		"forget language": s.SetLanguage(ctx, p, ""),
		"CountMiss":       s.CountMiss(ctx, bot.Tenant{}, "cancelled"),
		"CountMiss empty": s.CountMiss(ctx, bot.Tenant{}, ""),
		"Misses":          missesErr,
		"Remember":        rememberErr,
		"Recall":          recallErr,
		"Sweep":           s.Sweep(ctx),
		"Ping":            s.Ping(ctx),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: got %v, want %v", call, err, context.Canceled)
		}
	}
	if first, err := s.Remember(t.Context(), "cancelled", "", time.Hour); !first || err != nil {
		t.Errorf("Remember with a cancelled context has stored the key: %v", err)
	}
}

// dailyCalls calls each method for daily terms and leases, once for each of its text arguments
// with that argument set to text, and returns the errors.
func dailyCalls(ctx context.Context, s fullStore, text string) map[string]error {
	channel := channelOf(slackT1, "C1")
	now := time.UnixMilli(1_800_000_000_000)
	errs := make(map[string]error)
	for name, c := range map[string]bot.Channel{
		"platform": {Platform: bot.Platform(text)}, "tenant": {Tenant: text}, "channel": {ID: text},
	} {
		_, _, scheduleErr := s.Schedule(ctx, c)
		_, deleteErr := s.DeleteSchedule(ctx, c)
		_, pauseErr := s.PauseSchedule(ctx, c, "gone")
		_, planErr := s.Plan(ctx, bot.Schedule{Channel: c}, "2027-01-15", now, 0)
		_, beginErr := s.Begin(ctx, bot.Delivery{Channel: c}, "a", "pod", 1, time.Minute)
		_, deliveriesErr := s.Deliveries(ctx, c, 1)
		_, postedErr := s.Posted(ctx, c)
		_, askedErr := s.AskedSince(ctx, c, now)
		for call, err := range map[string]error{
			"Schedule": scheduleErr, "DeleteSchedule": deleteErr, "PauseSchedule": pauseErr, "Plan": planErr,
			"PutSchedule": s.PutSchedule(ctx, bot.Schedule{Channel: c}),
			"Begin":       beginErr,
			"Retry":       s.Retry(ctx, bot.Delivery{Channel: c}, "a", now),
			"End":         s.End(ctx, bot.Delivery{Channel: c}, "a", bot.Sent, ""),
			"Deliveries":  deliveriesErr, "Posted": postedErr,
			"NoteAsked":  s.NoteAsked(ctx, c, "pod"),
			"AskedSince": askedErr,
		} {
			errs[call+" of a "+name] = err
		}
	}
	for name, p := range map[string]bot.Person{
		"platform": {Platform: bot.Platform(text)}, "tenant": {Tenant: text}, "user": {User: text},
	} {
		_, reviewsErr := s.Reviews(ctx, p)
		errs["Reviews of a "+name] = reviewsErr
		errs["PutReview of a "+name] = s.PutReview(ctx, p, bot.Review{})
		errs["Forget of a "+name] = s.Forget(ctx, p)
	}
	for name, c := range map[string]followup.Conversation{
		"platform": {Platform: text}, "tenant": {Tenant: text}, "channel": {Channel: text}, "thread": {Thread: text}, "user": {User: text},
	} {
		_, errs["LastTerm of a "+name] = s.LastTerm(ctx, c)
		errs["SetLastTerm of a "+name] = s.SetLastTerm(ctx, c, "pod")
	}
	errs["SetLastTerm with a term"] = s.SetLastTerm(ctx, followup.Conversation{}, text)
	for name, sched := range map[string]bot.Schedule{
		"zone": {Spec: schedule.Spec{Zone: text}}, "category": {Spec: schedule.Spec{Category: glossary.Category(text)}}, "language": {Lang: glossary.Lang(text)},
		"creator": {Creator: text}, "reason": {Paused: strings.Repeat(text, limits.MaxValue/len(text)+1)},
	} {
		errs["PutSchedule with a "+name] = s.PutSchedule(ctx, sched)
	}
	claimed := bot.Delivery{Channel: channel, Day: "2027-01-15", Attempts: 1}
	_, errs["PauseSchedule with a reason"] = s.PauseSchedule(ctx, channel, strings.Repeat(text, limits.MaxValue/len(text)+1))
	_, errs["Plan for a day"] = s.Plan(ctx, bot.Schedule{Channel: channel}, text, now, 0)
	_, _, errs["Claim by an owner"] = s.Claim(ctx, slackT1, text, time.Minute)
	_, _, errs["Claim of a tenant"] = s.Claim(ctx, bot.Tenant{ID: text}, "a", time.Minute)
	_, errs["Begin by an owner"] = s.Begin(ctx, claimed, text, "pod", 1, time.Minute)
	_, errs["Begin with a term"] = s.Begin(ctx, claimed, "a", text, 1, time.Minute)
	_, errs["Begin of a day"] = s.Begin(ctx, bot.Delivery{Day: text}, "a", "pod", 1, time.Minute)
	errs["Retry by an owner"] = s.Retry(ctx, claimed, text, now)
	errs["End by an owner"] = s.End(ctx, claimed, text, bot.Sent, "")
	errs["End with a message"] = s.End(ctx, claimed, "a", bot.Sent, text)
	errs["NoteAsked with a term"] = s.NoteAsked(ctx, channel, text)
	errs["PutReview with a term"] = s.PutReview(ctx, bot.Person{}, bot.Review{Term: text})
	errs["PutReview with a day"] = s.PutReview(ctx, bot.Person{}, bot.Review{Day: text})
	_, errs["Acquire by an owner"] = s.Acquire(ctx, "lease", text, time.Minute)
	_, errs["Acquire a lease"] = s.Acquire(ctx, text, "a", time.Minute)
	errs["Release by an owner"] = s.Release(ctx, "lease", text)
	errs["Release a lease"] = s.Release(ctx, text, "a")
	return errs
}

func conformDailyLimits(t *testing.T, s fullStore) {
	fits := strings.Repeat("あ", limits.MaxKey/len("あ"))
	for call, err := range dailyCalls(t.Context(), s, "a") {
		// dailyCalls repeats the text until a reason is too long.
		if err != nil && !strings.HasSuffix(call, "reason") {
			t.Errorf("%s: %v", call, err)
		}
	}
	longest := scheduleOf(bot.Channel{Platform: bot.Platform(fits), Tenant: fits, ID: fits}, time.UnixMilli(0).UTC())
	longest.Creator, longest.Paused = fits, strings.Repeat("v", limits.MaxValue)
	mustPut(t, s, longest)
	wantSchedule(t, s, longest)
	for _, bad := range []string{fits + "secret", "secret\x00", "secret\xff"} {
		for call, err := range dailyCalls(t.Context(), s, bad) {
			if err == nil || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s with %q: got %v, want an error that does not quote it", call, bad, err)
			}
		}
	}
}

func conformDailyCancelled(t *testing.T, s fullStore) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	channel := channelOf(slackT1, "cancelled")
	errs := dailyCalls(ctx, s, "a")
	_, errs["DueSchedules"] = s.DueSchedules(ctx, 1)
	_, errs["DueTenants"] = s.DueTenants(ctx)
	errs["PutSchedule"] = s.PutSchedule(ctx, scheduleOf(channel, time.UnixMilli(0)))
	for call, err := range errs {
		if !errors.Is(err, context.Canceled) && !strings.HasSuffix(call, "reason") {
			t.Errorf("%s with a cancelled context: got %v, want %v", call, err, context.Canceled)
		}
	}
	wantNoSchedule(t, s, channel)
}

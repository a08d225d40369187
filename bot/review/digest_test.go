package review

import (
	"testing"
	"time"

	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// A digestLog simulates digests day by day.
type digestLog struct {
	t        *testing.T
	settings Settings
	digest   Digest
	now      time.Time
}

// newDigestLog starts on Monday, 2 March 2026, in New York: the clock changes on the
// Sunday after.
func newDigestLog(t *testing.T) *digestLog {
	l := &digestLog{t: t, settings: DefaultSettings(Learner{"slack", "T1", "U1"}, schedule.Defaults{Zone: "America/New_York"})}
	l.now = l.at("2026-03-02 00:00")
	l.digest = NewDigest(l.settings, l.now)
	return l
}

func (l *digestLog) at(s string) time.Time {
	l.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, l.settings.location())
	if err != nil {
		l.t.Fatal(err)
	}
	return at
}

// until advances the clock minute by minute, and returns the messages up to a time.
func (l *digestLog) until(s string, queued int) (messages []string) {
	l.t.Helper()
	for end := l.at(s); l.now.Before(end); l.now = l.now.Add(time.Minute) {
		var action Action
		action, l.digest = l.digest.Decide(l.settings, queued, l.now)
		if action.IsMessage() {
			l.digest.Ref = "message"
			messages = append(messages, string(action)+" "+l.now.In(l.settings.location()).Format("01-02 15:04"))
		}
	}
	return messages
}

func (l *digestLog) want(got []string, want ...string) {
	l.t.Helper()
	if len(got) != len(want) {
		l.t.Fatalf("got %q, want %q", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			l.t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func (l *digestLog) react() { l.digest = l.digest.Reacted(l.settings, l.now) }

// TestDigestsEnd simulates a learner who ignores all digests: they are daily, then weekly, then
// they end.
func TestDigestsEnd(t *testing.T) {
	l := newDigestLog(t)
	l.want(l.until("2026-06-01 00:00", 3),
		"send 03-02 09:00", "edit 03-03 09:00", "edit 03-04 09:00",
		"replace 03-11 09:00", "replace 03-18 09:00", "replace 03-25 09:00",
		"farewell 04-01 09:00")
	l.react() // months later
	l.want(l.until("2026-06-03 00:00", 3), "send 06-01 09:00", "edit 06-02 09:00")
}

func TestDigestsAnswered(t *testing.T) {
	l := newDigestLog(t)
	for _, day := range []string{"03-02", "03-03", "03-04", "03-05", "03-06", "03-09", "03-10"} { // not on the weekend
		l.want(l.until("2026-"+day+" 12:00", 3), "send "+day+" 09:00")
		l.digest.Ref = "" // the session edited it
		l.react()
		l.want(l.until("2026-"+day+" 23:00", 3))
	}
}

func TestDigestResetsAfterAnswer(t *testing.T) {
	l := newDigestLog(t)
	l.until("2026-03-12 10:00", 3)
	if l.digest.Unanswered != 4 {
		t.Fatalf("got %d unanswered digests, want 4", l.digest.Unanswered)
	}
	l.react()
	l.want(l.until("2026-03-14 00:00", 3), "send 03-13 09:00")
}

func TestDigestNothingDue(t *testing.T) {
	l := newDigestLog(t)
	l.want(l.until("2026-03-05 00:00", 0))
	l.want(l.until("2026-03-06 00:00", 1), "send 03-05 09:00")
}

func TestDigestSnoozed(t *testing.T) {
	l := newDigestLog(t)
	l.want(l.until("2026-03-02 09:30", 3), "send 03-02 09:00")
	l.digest = l.digest.InAnHour(l.settings, l.now)
	l.want(l.until("2026-03-03 08:00", 3), "replace 03-02 10:30")
	l.digest = l.digest.Tomorrow(l.settings, l.now)
	l.want(l.until("2026-03-04 12:00", 3), "send 03-04 09:00")
	l.now = l.at("2026-03-04 23:30")
	l.digest = l.digest.InAnHour(l.settings, l.now)
	l.want(l.until("2026-03-06 00:00", 3), "send 03-05 09:00")
	l.now = l.at("2026-03-06 22:00")
	l.digest = l.digest.Tomorrow(l.settings, l.now) // not on Saturday
	l.want(l.until("2026-03-09 12:00", 3), "send 03-09 09:00")
}

func TestDigestPausedAndStopped(t *testing.T) {
	l := newDigestLog(t)
	l.want(l.until("2026-03-02 10:00", 3), "send 03-02 09:00")
	l.react()
	l.settings = l.settings.Pause(l.now)
	l.digest = l.digest.Replan(l.settings, l.now)
	l.want(l.until("2026-03-10 00:00", 3), "send 03-09 09:00")
	l.react()
	l.settings.Stopped = true // takes effect although Next is not replanned
	l.want(l.until("2026-03-20 00:00", 3))
	l.settings.Stopped = false
	l.digest = l.digest.Replan(l.settings, l.now)
	l.want(l.until("2026-03-21 00:00", 3), "send 03-20 09:00")
}

// TestDigestAfterOutage checks that a digest is at most a few hours late.
func TestDigestAfterOutage(t *testing.T) {
	l := newDigestLog(t)
	l.now = l.at("2026-03-02 11:59")
	l.want(l.until("2026-03-02 23:00", 3), "send 03-02 11:59")
	l.react()
	l.now = l.at("2026-03-03 12:00")
	l.want(l.until("2026-03-04 08:00", 3))
	l.settings.Schedule.Time = 23*60 + 30
	l.digest = l.digest.Replan(l.settings, l.now)
	l.now = l.at("2026-03-05 00:15") // not on the next day
	l.want(l.until("2026-03-05 23:45", 3), "send 03-05 23:30")
}

// TestDigestNotTwiceADay changes the hour and the time zone after a digest.
func TestDigestNotTwiceADay(t *testing.T) {
	l := newDigestLog(t)
	l.want(l.until("2026-03-02 10:00", 3), "send 03-02 09:00")
	l.react()
	l.settings.Schedule.Time = 11 * 60
	l.digest = l.digest.Replan(l.settings, l.now)
	l.want(l.until("2026-03-02 23:00", 3))
	l.settings.Schedule.Zone = "Pacific/Honolulu" // where it is 18:00 on 2 March
	l.settings.Schedule.Time = 20 * 60
	l.digest = l.digest.Replan(l.settings, l.now)
	l.want(l.until("2026-03-03 23:00", 3), "send 03-03 20:00")
}

func TestNewDigestOfInvalidSettings(t *testing.T) {
	l := newDigestLog(t)
	l.settings.Schedule.Days = 0
	if d := NewDigest(l.settings, l.now); !d.Next.IsZero() {
		t.Errorf("got a digest at %v, want none", d.Next)
	}
}

func TestSettingsCheck(t *testing.T) {
	good := DefaultSettings(Learner{"slack", "T1", "U1"}, schedule.Defaults{Lang: glossary.Japanese})
	if err := good.Check(); err != nil || good.Schedule.Zone != "Asia/Tokyo" {
		t.Errorf("got defaults %+v, %v", good, err)
	}
	for name, change := range map[string]func(*Settings){
		"unknown zone":    func(s *Settings) { s.Schedule.Zone = "Mars/Phobos" },
		"no days":         func(s *Settings) { s.Schedule.Days = 0 },
		"no time of day":  func(s *Settings) { s.Schedule.Time = 24 * 60 },
		"no cards":        func(s *Settings) { s.PerDay = 0 },
		"too many cards":  func(s *Settings) { s.PerDay = MaxPerDay + 1 },
		"negative brake":  func(s *Settings) { s.Brake = -1 },
		"low retention":   func(s *Settings) { s.Retention = 0.5 },
		"full retention":  func(s *Settings) { s.Retention = 1 },
		"retention unset": func(s *Settings) { s.Retention = 0 },
	} {
		bad := good
		change(&bad)
		if err := bad.Check(); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

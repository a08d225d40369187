package reviewtest

import (
	"slices"
	"testing"
	"time"

	"k8sbot/bot/review"
)

func testSetDigest(t *testing.T, s review.Store) {
	l := person(1)
	if must(s.SetDigest(t.Context(), review.Digest{Learner: l}))(t) {
		t.Error("set the digest of somebody who has not opted in")
	}
	if d := must(s.Digest(t.Context(), l))(t); d != (review.Digest{}) {
		t.Errorf("got %+v of somebody who has not opted in", d)
	}
	optIn(t, s, l)
	d := must(s.Digest(t.Context(), l))(t)
	d.Next, d.Sent, d.Ref, d.Unanswered, d.Snoozed, d.Silent = start.Add(time.Hour), day, "D1/123.456", 4, true, true
	if n := countTrue(t, func() (bool, error) { return s.SetDigest(t.Context(), d) }); n != 1 {
		t.Errorf("%d replicas were first", n)
	}
	got := must(s.Digest(t.Context(), l))(t)
	got.Next = got.Next.UTC()
	d.Version++
	if got != d {
		t.Errorf("got %+v, want %+v", got, d)
	}
	got.Next = time.Time{}
	if !must(s.SetDigest(t.Context(), got))(t) {
		t.Error("cannot set the digest that was read")
	}
	if got := must(s.Digest(t.Context(), l))(t); !got.Next.IsZero() {
		t.Errorf("got %v, want never", got.Next)
	}
}

func testDueDigests(t *testing.T, s review.Store) {
	for i, next := range []time.Time{start.Add(time.Minute), start, start.Add(time.Millisecond), start.Add(-time.Hour), {}} {
		l := person(i)
		optIn(t, s, l)
		d := must(s.Digest(t.Context(), l))(t)
		d.Next = next
		must(s.SetDigest(t.Context(), d))(t)
	}
	for _, tt := range []struct {
		now   time.Time
		limit int
		want  []review.Learner
	}{
		{start, 10, []review.Learner{person(3), person(1)}},
		{start.Add(time.Minute), 3, []review.Learner{person(3), person(1), person(2)}},
		{start.Add(-2 * time.Hour), 10, nil},
	} {
		var got []review.Learner
		for _, d := range must(s.DueDigests(t.Context(), tt.now, tt.limit))(t) {
			got = append(got, d.Learner)
			if stored := must(s.Digest(t.Context(), d.Learner))(t); stored.Version != d.Version {
				t.Errorf("got version %d, want %d", d.Version, stored.Version)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("at %v: got %v, want %v", tt.now, got, tt.want)
		}
	}
}

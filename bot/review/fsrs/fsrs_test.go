package fsrs

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// tolerance is the absolute tolerance that the test vectors specify.
const tolerance = 1e-6

// TestVectors compares each review with the reference implementation.
func TestVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		DefaultW  Weights `json:"default_w"`
		Histories []struct {
			Name      string
			Retention float64 `json:"request_retention"`
			Max       int     `json:"maximum_interval"`
			ShortTerm bool    `json:"enable_short_term"`
			W         *Weights
			Steps     []struct {
				Rating     Rating
				Days       int      `json:"elapsed_days"`
				Before     *float64 `json:"retrievability_before"`
				Stability  float64
				Difficulty float64
				Interval   int `json:"interval_from_stability_alone"`
			}
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if file.DefaultW != DefaultWeights {
		t.Errorf("got default weights %v, want %v", DefaultWeights, file.DefaultW)
	}
	reviews := 0
	for _, h := range file.Histories {
		p := Parameters{Weights: DefaultWeights, Retention: h.Retention, MaxInterval: h.Max, LongTermOnly: !h.ShortTerm}
		if h.W != nil {
			p.Weights = *h.W
		}
		s, err := New(p)
		if err != nil {
			t.Fatalf("%s: %v", h.Name, err)
		}
		var m Memory
		for i, step := range h.Steps {
			if step.Before != nil && !near(s.Retrievability(m, step.Days), *step.Before) {
				t.Errorf("%s, review %d: got retrievability %v, want %v", h.Name, i+1, s.Retrievability(m, step.Days), *step.Before)
			}
			m = s.Review(m, step.Days, step.Rating)
			if !near(m.Stability, step.Stability) || !near(m.Difficulty, step.Difficulty) {
				t.Errorf("%s, review %d: got %+v, want %v and %v", h.Name, i+1, m, step.Stability, step.Difficulty)
			}
			if got := s.Interval(m.Stability); got != step.Interval {
				t.Errorf("%s, review %d: got an interval of %d days, want %d", h.Name, i+1, got, step.Interval)
			}
			reviews++
		}
	}
	if reviews != 212 {
		t.Errorf("got %d reviews, want 212", reviews)
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= tolerance }

// TestReviewProperties checks random histories, with default and with random weights.
func TestReviewProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 0))
	for i := range 3000 {
		p := Parameters{Weights: DefaultWeights, Retention: 0.7 + 0.29*random.Float64(), MaxInterval: 1 + random.IntN(MaxStability), LongTermOnly: random.IntN(2) == 0}
		if i%2 == 1 {
			for w, b := range weightBounds {
				p.Weights[w] = b[0] + random.Float64()*(b[1]-b[0])
			}
		}
		s, err := New(p)
		if err != nil {
			t.Fatal(err)
		}
		var m Memory
		for range 40 {
			days, rating := random.IntN(1<<random.IntN(12)), Again
			if random.IntN(4) > 0 {
				rating = Good
			}
			next := s.Review(m, days, rating)
			interval, before := s.Interval(next.Stability), s.Interval(m.Stability)
			if rating == Good && (next.Stability < m.Stability || interval < before) {
				t.Fatalf("%+v: %+v recalled after %d days became %+v, and the interval %d after %d", p, m, days, next, interval, before)
			}
			if rating == Again && !m.IsNew() && next.Stability > m.Stability && days > 0 {
				t.Fatalf("%+v: %+v forgotten after %d days became %+v, which is more stable", p, m, days, next)
			}
			if !(MinStability <= next.Stability && next.Stability <= MaxStability) || !(MinDifficulty <= next.Difficulty && next.Difficulty <= MaxDifficulty) {
				t.Fatalf("%+v: %+v, %d days and rating %d became %+v, which is out of bounds", p, m, days, rating, next)
			}
			if interval < 1 || interval > p.MaxInterval {
				t.Fatalf("%+v: got an interval of %d days", p, interval)
			}
			if r, later := s.Retrievability(next, days), s.Retrievability(next, days+1); !(0 <= later && later <= r && r <= 1) {
				t.Fatalf("%+v: got retrievabilities %v and then %v", next, r, later)
			}
			m = next
		}
	}
}

// TestRetention checks that a card is due when its retrievability falls to the desired
// retention.
func TestRetention(t *testing.T) {
	for _, retention := range []float64{0.7, 0.83, 0.9, 0.97} {
		s := newScheduler(t, retention)
		for _, stability := range []float64{20, 100, 1000} {
			m := Memory{Stability: stability, Difficulty: 5}
			days := s.Interval(stability)
			if before, after := s.Retrievability(m, days-1), s.Retrievability(m, days+1); before < retention || after > retention {
				t.Errorf("retention %v, stability %v: got retrievabilities %v and %v around day %d", retention, stability, before, after, days)
			}
		}
	}
}

func newScheduler(t *testing.T, retention float64) *Scheduler {
	t.Helper()
	p := DefaultParameters()
	p.Retention = retention
	s, err := New(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestReviewOutOfRange(t *testing.T) {
	s := newScheduler(t, 0.9)
	m := s.Review(Memory{}, 0, Good)
	if s.Review(m, -3, Good) != s.Review(m, 0, Good) || s.Retrievability(m, -3) != 1 {
		t.Error("negative days do not count as 0")
	}
	if s.Review(m, 2, 0) != s.Review(m, 2, Again) || s.Review(m, 2, 9) != s.Review(m, 2, Easy) {
		t.Error("a rating out of range does not count as the nearest one")
	}
	if !(Memory{}).IsNew() || m.IsNew() || s.Retrievability(Memory{}, 1) != 0 {
		t.Error("a card is not new until its first review")
	}
}

func TestNewRefuses(t *testing.T) {
	for name, change := range map[string]func(*Parameters){
		"no weights":             func(p *Parameters) { p.Weights = Weights{} },
		"a weight that is NaN":   func(p *Parameters) { p.Weights[8] = math.NaN() },
		"a weight out of bounds": func(p *Parameters) { p.Weights[20] = 0.9 },
		"retention 0":            func(p *Parameters) { p.Retention = 0 },
		"retention 1":            func(p *Parameters) { p.Retention = 1 },
		"no interval":            func(p *Parameters) { p.MaxInterval = 0 },
	} {
		p := DefaultParameters()
		change(&p)
		if _, err := New(p); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestFuzz(t *testing.T) {
	s := newScheduler(t, 0.9)
	for _, tt := range []struct{ interval, elapsed, low, high int }{
		{1, 0, 1, 1}, {2, 0, 2, 2}, {3, 0, 2, 4}, {7, 0, 5, 9}, {20, 0, 17, 23}, {100, 0, 93, 107},
		{7, 6, 7, 9},   // longer than elapsed
		{7, 8, 5, 9},   // already shorter
		{3, 100, 2, 4}, // already shorter
		{MaxStability, 0, 34673, MaxStability},
	} {
		seen := make(map[int]bool)
		for i := range 10000 {
			card := "card " + strconv.Itoa(i)
			got := s.Fuzz(tt.interval, tt.elapsed, card, "2026-06-01")
			if got < tt.low || got > tt.high {
				t.Fatalf("%d days after %d: got %d, want %d to %d", tt.interval, tt.elapsed, got, tt.low, tt.high)
			}
			if again := s.Fuzz(tt.interval, tt.elapsed, card, "2026-06-01"); again != got {
				t.Fatalf("%d days after %d: got %d and then %d", tt.interval, tt.elapsed, got, again)
			}
			seen[got] = true
		}
		if width := tt.high - tt.low + 1; width < 100 && len(seen) != width {
			t.Errorf("%d days after %d: got %d different intervals of %d", tt.interval, tt.elapsed, len(seen), width)
		}
	}
}

// TestFuzzIsFixed checks that the intervals are the same in all versions of k8sbot, because
// replicas of two versions may run at once.
func TestFuzzIsFixed(t *testing.T) {
	s := newScheduler(t, 0.9)
	got := [3]int{s.Fuzz(50, 0, "pod", "2026-06-01"), s.Fuzz(50, 0, "pod", "2026-06-02"), s.Fuzz(50, 0, "pdb", "2026-06-01")}
	if want := [3]int{47, 46, 46}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

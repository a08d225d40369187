// Package fsrs implements FSRS-6, the free spaced repetition scheduler: it computes when a person
// is about to forget a card.
//
// The model has three variables, named as in the literature:
//
//   - retrievability: the probability that the person recalls the card now, from 0 to 1
//   - stability: the number of days until retrievability falls to 0.9
//   - difficulty: how little a review adds to the stability, from 1 to 10
//
// A [Memory] consists of stability and difficulty. [Scheduler.Review] returns the memory after a
// review, [Scheduler.Interval] returns the number of days until the next review, and
// [Scheduler.Fuzz] spreads cards that were learned together over several days. All of them are pure
// functions. Time is in whole days: the caller decides when a day begins.
//
// The formulas are from the description of the algorithm, FSRS-6:
// https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm
// The model comes from J. Ye, J. Su and Y. Cao, "A Stochastic Shortest Path Algorithm for
// Optimizing Spaced Repetition Scheduling", KDD 2022:
// https://doi.org/10.1145/3534678.3539081
// The tests compare this package with the reference implementation ts-fsrs 5.4.2:
// https://github.com/open-spaced-repetition/ts-fsrs
package fsrs

import (
	"fmt"
	"math"
)

// A Rating is how well a person recalled a card. The algorithm has four ratings; k8sbot asks only
// for [Again] and [Good].
type Rating int

// The ratings, with their numbers in the algorithm.
const (
	Again Rating = iota + 1 // forgotten
	Hard
	Good // recalled
	Easy
)

// A Memory is the state of a card in the model. The zero value is a card that has never been
// reviewed.
type Memory struct {
	Stability  float64 // in days, from MinStability to MaxStability
	Difficulty float64 // from MinDifficulty to MaxDifficulty
}

// The bounds of a reviewed card's memory, as in the reference implementation.
const (
	MinStability  = 0.001
	MaxStability  = 36500
	MinDifficulty = 1
	MaxDifficulty = 10
)

// IsNew reports whether the card has never been reviewed.
func (m Memory) IsNew() bool { return m == Memory{} }

// Weights are the model's parameters w0 to w20.
type Weights [21]float64

// DefaultWeights are the weights of FSRS-6 that its authors fitted to the reviews of many
// people. They are the default_w of the reference implementation.
var DefaultWeights = Weights{
	0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
	1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
}

// weightBounds are the bounds that the authors used when fitting the weights (CLAMP_PARAMETERS
// of the reference implementation).
var weightBounds = [len(Weights{})][2]float64{
	{MinStability, 100}, {MinStability, 100}, {MinStability, 100}, {MinStability, 100},
	{1, 10}, {0.001, 4}, {0.001, 4}, {0.001, 0.75}, {0, 4.5}, {0, 0.8}, {0.001, 3.5},
	{0.001, 5}, {0.001, 0.25}, {0.001, 0.9}, {0, 4}, {0, 1}, {1, 6}, {0, 2}, {0, 2}, {0, 0.8},
	{0.1, 0.8},
}

// Parameters configure a [Scheduler].
type Parameters struct {
	Weights Weights
	// Retention is the retrievability at which a card is due, between 0 and 1.
	Retention float64
	// MaxInterval is the maximum interval in days, at least 1.
	MaxInterval int
	// LongTermOnly disables the formula for a second review on the same day.
	LongTermOnly bool
}

// DefaultParameters returns the defaults of the reference implementation: a retention of
// 0.9, and intervals of up to 100 years.
func DefaultParameters() Parameters {
	return Parameters{Weights: DefaultWeights, Retention: 0.9, MaxInterval: MaxStability}
}

// A Scheduler applies the model with fixed parameters. It is immutable.
type Scheduler struct {
	Parameters
	decay, factor float64 // parameters of the forgetting curve
	modifier      float64 // the interval divided by the stability
}

// New returns a scheduler. It returns an error if a parameter is out of bounds.
func New(p Parameters) (*Scheduler, error) {
	for i, w := range p.Weights {
		if b := weightBounds[i]; !(b[0] <= w && w <= b[1]) { // false for NaN
			return nil, fmt.Errorf("invalid weight w%d = %v: use %v to %v", i, w, b[0], b[1])
		}
	}
	if !(0 < p.Retention && p.Retention < 1) {
		return nil, fmt.Errorf("invalid retention %v: use a number between 0 and 1", p.Retention)
	}
	if p.MaxInterval < 1 {
		return nil, fmt.Errorf("invalid maximum interval of %d days: use at least 1", p.MaxInterval)
	}
	s := &Scheduler{Parameters: p, decay: -p.Weights[20]}
	s.factor = round(math.Exp(math.Log(0.9)/s.decay) - 1)
	s.modifier = round((math.Pow(p.Retention, 1/s.decay) - 1) / s.factor)
	return s, nil
}

// Retrievability returns the probability that a person recalls a card the given number of days
// after its last review. It is 0 for a new card. Negative days count as 0.
func (s *Scheduler) Retrievability(m Memory, days int) float64 {
	if m.IsNew() {
		return 0
	}
	return round(math.Pow(1+s.factor*float64(max(days, 0))/m.Stability, s.decay))
}

// Interval returns the number of days after which a card with the given stability is due, from
// 1 to MaxInterval.
func (s *Scheduler) Interval(stability float64) int {
	// Limit the value before the conversion: a float that is too large for an int converts to
	// an arbitrary number.
	return int(max(1, min(math.Round(stability*s.modifier), float64(s.MaxInterval))))
}

// Review returns a card's memory after a review. days is the number of days since the previous
// review; negative days count as 0. A rating out of range counts as the nearest one.
func (s *Scheduler) Review(m Memory, days int, r Rating) Memory {
	r = min(max(r, Again), Easy)
	if m.IsNew() {
		return Memory{
			Stability:  boundStability(max(s.Weights[r-1], 0.1)),
			Difficulty: bound(s.firstDifficulty(r), MinDifficulty, MaxDifficulty),
		}
	}
	next := Memory{Difficulty: s.nextDifficulty(m.Difficulty, r)}
	switch recall := s.Retrievability(m, days); {
	case days <= 0 && !s.LongTermOnly:
		next.Stability = s.sameDayStability(m.Stability, r)
	case r == Again:
		next.Stability = s.forgottenStability(m, recall)
	default:
		next.Stability = s.recalledStability(m, recall, r)
	}
	return next
}

// firstDifficulty is D0(G) = w4 - e^(w5 (G-1)) + 1.
func (s *Scheduler) firstDifficulty(r Rating) float64 {
	return round(s.Weights[4] - math.Exp(float64(r-1)*s.Weights[5]) + 1)
}

// nextDifficulty changes the difficulty by -w6 (G-3), less near the maximum (linear damping),
// and moves it slightly toward the first difficulty of [Easy] (mean reversion).
func (s *Scheduler) nextDifficulty(d float64, r Rating) float64 {
	w := s.Weights
	moved := d + round(-w[6]*float64(r-Good)*(MaxDifficulty-d)/9)
	return bound(round(w[7]*s.firstDifficulty(Easy)+(1-w[7])*moved), MinDifficulty, MaxDifficulty)
}

// recalledStability is S'r = S (1 + e^w8 (11-D) S^-w9 (e^(w10 (1-R)) - 1)), where w15
// scales the increase for [Hard], and w16 for [Easy].
func (s *Scheduler) recalledStability(m Memory, recall float64, r Rating) float64 {
	w := s.Weights
	increase := math.Exp(w[8]) * (11 - m.Difficulty) * math.Pow(m.Stability, -w[9]) * (math.Exp((1-recall)*w[10]) - 1)
	switch r {
	case Hard:
		increase *= w[15]
	case Easy:
		increase *= w[16]
	}
	return boundStability(m.Stability * (1 + increase))
}

// forgottenStability is S'f = w11 D^-w12 ((S+1)^w13 - 1) e^(w14 (1-R)), but at most
// S / e^(w17 w18).
func (s *Scheduler) forgottenStability(m Memory, recall float64) float64 {
	w := s.Weights
	stability := w[11] * math.Pow(m.Difficulty, -w[12]) * (math.Pow(m.Stability+1, w[13]) - 1) * math.Exp((1-recall)*w[14])
	limit := m.Stability
	if !s.LongTermOnly {
		limit /= math.Exp(w[17] * w[18])
	}
	return boundStability(min(stability, limit))
}

// sameDayStability is S e^(w17 (G-3+w18)) S^-w19. It does not fall if the card was
// recalled.
func (s *Scheduler) sameDayStability(stability float64, r Rating) float64 {
	w := s.Weights
	change := math.Exp(w[17]*(float64(r-Good)+w[18])) * math.Pow(stability, -w[19])
	if r >= Hard {
		change = max(change, 1)
	}
	return boundStability(stability * change)
}

func boundStability(s float64) float64 { return round(bound(s, MinStability, MaxStability)) }

func bound(v, low, high float64) float64 { return min(max(v, low), high) }

// round rounds to 8 decimals, as the reference implementation does after each step, so that
// differences in the last bits between processors do not add up.
func round(v float64) float64 { return math.Round(v*1e8) / 1e8 }

package fsrs

import (
	"hash/fnv"
	"math"
)

// fuzzRanges define how far an interval may be shifted: by one day, plus a fraction of the days
// within each range. They come from the reference implementation.
var fuzzRanges = []struct{ from, to, fraction float64 }{
	{2.5, 7, 0.15},
	{7, 20, 0.1},
	{20, math.Inf(1), 0.05},
}

// Fuzz returns an interval near the given one, both in days, so that cards learned together
// come back on different days. card identifies the card, and day is the day of the review.
// Every replica computes the same result, because it is determined by the arguments.
//
// An interval of up to 2 days does not change. The result is never below 2 days or above
// MaxInterval. If the interval is longer than elapsed, the number of days since the previous
// review, the result is longer too.
func (s *Scheduler) Fuzz(interval, elapsed int, card, day string) int {
	low, high := s.fuzzRange(interval, elapsed)
	if low >= high {
		return interval
	}
	h := fnv.New64a()
	h.Write([]byte(card + "\x00" + day)) // never returns an error
	return low + int(mix(h.Sum64())%uint64(high-low+1))
}

// fuzzRange returns the smallest and the largest result of [Scheduler.Fuzz].
func (s *Scheduler) fuzzRange(interval, elapsed int) (low, high int) {
	days := float64(interval)
	if days < fuzzRanges[0].from {
		return interval, interval
	}
	delta := 1.0
	for _, r := range fuzzRanges {
		delta += r.fraction * max(0, min(days, r.to)-r.from)
	}
	low = max(2, int(math.Round(days-delta)))
	if interval > elapsed {
		low = max(low, elapsed+1)
	}
	return low, min(int(math.Round(days+delta)), s.MaxInterval)
}

// mix spreads the bits of a hash, so that similar texts result in independent numbers. It is
// the finalizer of SplitMix64: https://prng.di.unimi.it/splitmix64.c
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

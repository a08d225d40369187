package fold

// An edit inserts, deletes or substitutes a letter, or swaps two adjacent letters, as in F. J.
// Damerau, A technique for computer detection and correction of spelling errors (1964,
// https://doi.org/10.1145/363958.363994). No letter is edited twice (optimal string alignment).
// [Distance] counts edits, and [TypoCost] weights them by how likely they are.

// MaxWord is the maximum length in runes of a word to compare. Anything longer is a sentence.
const MaxWord = 40

// MinWord is the minimum length in runes of a word that may contain typos. A two-letter word
// with a typo could be anything.
const MinWord = 3

// MaxEdits returns the maximum number of edits with which a word of n runes is still recognized.
// Short words allow fewer edits, because a single edit can turn them into different words.
func MaxEdits(n int) int {
	switch {
	case n < MinWord:
		return 0
	case n <= 5:
		return 1
	case n <= 12:
		return 2
	}
	return 3
}

// Within reports whether the distance between a and b is at most limit. Both must have at most
// MaxWord runes.
func Within(a, b []rune, limit int) bool {
	a, b = trimCommon(a, b)
	return max(len(a), len(b)) <= limit || distance(a, b, limit) <= limit
}

// Distance returns the number of edits between a and b, or limit+1 if there are more
// than limit or if a word has more than MaxWord runes.
func Distance(a, b []rune, limit int) int {
	if max(len(a), len(b)) > MaxWord {
		return limit + 1
	}
	a, b = trimCommon(a, b)
	return distance(a, b, limit)
}

// trimCommon removes the common prefix and suffix of two words, which need no edits.
func trimCommon(a, b []rune) ([]rune, []rune) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// distance is like Distance, but takes no shortcuts. It fills the table of distances between
// all prefixes, but only in a band of limit cells on each side of the diagonal.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	if len(a) == 0 || len(b) == 0 {
		return max(len(a), len(b))
	}
	var rows [3][MaxWord + 4]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		best := limit + 1
		lo, hi := max(1, i-limit), min(len(b), i+limit)
		row[lo-1] = limit + 1
		if lo == 1 {
			row[0] = i
		}
		for j := lo; j <= hi; j++ {
			d := last[j-1]
			if a[i-1] != b[j-1] {
				d++
			}
			if j < i+limit {
				d = min(d, last[j]+1)
			}
			d = min(d, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			best = min(best, d)
		}
		if best > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}

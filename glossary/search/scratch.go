package search

// A scratch is the temporary memory of a search. It is reused, since it is as large as the
// corpus.
type scratch struct {
	words, coverage, best []float32 // indexed by term
	slot                  []int32   // indexed by term: its position among the candidates, from 1
	shared                []float32 // indexed by line
	touched, touchedLines []int32
	touchedBest           []int32
	lines                 []int32 // that contain a token, with repetitions
}

// maxScratches is the maximum number of scratches that a corpus keeps, for concurrent searches.
const maxScratches = 4

package search

// scratch is the memory of a search. It is reused, since it is as large as the corpus.
type scratch struct {
	words, coverage, best []float32 // by term
	slot                  []int32   // by term: its place among the candidates, from 1
	shared                []float32 // by line
	touched, touchedLines []int32
	touchedBest           []int32
}

// maxScratches is the number of scratches that a corpus keeps for searches at the same time.
const maxScratches = 4

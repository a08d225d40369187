package problem

import (
	"testing"

	"k8sbot/glossary/search/task"
)

func TestProbability(t *testing.T) {
	var problems, others Words
	problems.Add(2, Leaning(20, 19))
	others.Add(2, Leaning(20, 1))
	for _, tt := range []struct {
		words        Words
		text         string
		namesProblem bool
		want         bool
	}{
		{problems, "the pod does not start", false, true},
		{problems, "コンテナが起動しない", false, true},
		{problems, "evicted pods", true, true},
		{problems, "pods without a place", false, true},
		{Words{}, "the pod does not start", false, true},
		{Words{}, "pods on a node", false, false},
		{others, "a copy of the app on each node", false, false},
		{Words{}, "what happens if the pod does not start", false, false},
		{others, "ノードが落ちたらどうなる", false, false},
	} {
		query := task.NewQuestion(tt.text)
		if got := tt.words.Probability(&query, tt.namesProblem); (got > 0.5) != tt.want {
			t.Errorf("Probability(%q, %v) = %.2f, want more than 0.5: %v", tt.text, tt.namesProblem, got, tt.want)
		}
	}
}

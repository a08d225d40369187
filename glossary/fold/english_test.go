package fold

import (
	"slices"
	"strings"
	"testing"
)

func TestIsEnglish(t *testing.T) {
	words := strings.Split(strings.TrimSuffix(english, "\n"), "\n")
	if !slices.IsSorted(words) {
		t.Error("english.txt is not sorted")
	}
	for _, w := range words {
		if !IsEnglish(w) {
			t.Errorf("IsEnglish(%q) = false, though english.txt has it", w)
		}
	}
	for _, w := range []string{"", "kubelet", "zzz", "aaa", "etcd", "deplyoment", "\n", "a\nabandon", "ポッド"} {
		if IsEnglish(w) {
			t.Errorf("IsEnglish(%q) = true", w)
		}
	}
}

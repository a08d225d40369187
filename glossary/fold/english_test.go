package fold

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestIsEnglish(t *testing.T) {
	words := strings.Split(strings.TrimSuffix(english(), "\n"), "\n")
	if !slices.IsSorted(words) {
		t.Error("english.txt is not sorted")
	}
	if text, err := os.ReadFile("english.txt"); err != nil || string(text) != english() {
		t.Errorf("english.txt.gz is out of date: run go generate ./glossary/fold (%v)", err)
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

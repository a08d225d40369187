package query

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"k8sbot/glossary"
)

func TestSmallTalk(t *testing.T) {
	for text, want := range map[string]struct{ thanks, ok bool }{
		"Thanks!": {true, true}, "thank you 🙏": {true, true}, "hello there": {false, true}, "ありがとうございます。": {true, true},
		"こんにちは!": {false, true}, "hello pod": {}, "": {}, "thanks for the pod": {},
		"thx a lot": {true, true}, "thanks bot :tada:": {true, true}, "@alice thanks": {true, true}, "Hi all": {false, true}, "that's great, thanks!": {true, true},
		"good night": {true, true}, "what can you do?": {false, true}, "お疲れさまです": {false, true}, "お疲れさまでした、ありがとう": {true, true}, "了解しました、ありがとうございますー！": {true, true},
		"よろしくお願いします": {false, true}, "ありがとうpod": {}, "お願いします": {}, "you": {}, "good": {}, "@alice": {}, "ok pod": {}, "Podの様子": {},
	} {
		if thanks, ok := SmallTalk(text); thanks != want.thanks || ok != want.ok {
			t.Errorf("SmallTalk(%q) = %t, %t, want %t, %t", text, thanks, ok, want.thanks, want.ok)
		}
	}
}

func TestHasNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"@alice @bob": true, ":tada: :+1:": true, "#general": true, "@alice, #general :tada: 42": true, "#general pod": false, ": pod :": false,
		"@alice": true, ":tada:": true, "🎉": true, "42": true, "": true, "...": true,
		"pod": false, "@alice pod": false, "0/1 nodes": false, "ポッド": false,
	} {
		if got := NothingToLookUp(text); got != want {
			t.Errorf("NothingToLookUp(%q) = %t, want %t", text, got, want)
		}
	}
}

func TestDropAsides(t *testing.T) {
	for text, want := range map[string]string{
		"what is a pod :thinking_face:": "what is a pod", "@alice, what is  a pod?": "what is a pod?", "pod vs node 🎉 :tada:!": "pod vs node 🎉", "@alice": "@alice", ":tada: :+1:": ":tada: :+1:",
		"dial tcp :6443: connection refused": "dial tcp :6443: connection refused", "pull @sha256:0a1b": "pull @sha256:0a1b", "exit code  1": "exit code  1", "pod #general": "pod #general",
		"a: b :c:\nd": "a: b :c:\nd", "Podって何 :eyes:": "Podって何", "nginx@latest :": "nginx@latest :", "": "",
	} {
		if got := DropAsides(text); got != want {
			t.Errorf("DropAsides(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string]string{
		"Pod vs Node": "Pod|Node", "what's the difference between a Pod and a Node?": "a Pod|a Node", "PodとNodeの違い": "Pod|Node",
		"A vs B vs C": "A|B", "should I use a Job or a CronJob": "a Job|a CronJob", "Podって何": "", "Pod": "", "a\nvs b": "",
		strings.Repeat("a", MaxLength) + " vs b": "",
	} {
		left, right, ok := SplitComparison(text)
		if got := left + "|" + right; ok != (want != "") || ok && got != want {
			t.Errorf("SplitComparison(%q) = %q, %t, want %q", text, got, ok, want)
		}
	}
	for text, want := range map[string]string{
		"difference between A, B and C": "A, B and C", "What's the key difference between A and B?": "A and B", "A B C difference": "A B C", "how do A and B differ": "A and B",
		"AとBとCの違いは?": "AとBとC", "A、B、Cの使い分けを教えて": "A、B、C", "A/B 違い": "A/B", "A B どう違うの?": "A B",
		"kubectl diff": "", "Podの違い": "", "A vs B": "", "Pod, Node": "", "A, B\ndifference": "",
	} {
		if got, ok := Differing(text); got != cmp.Or(want, text) || ok != (want != "") {
			t.Errorf("Differing(%q) = %q, %t, want %q", text, got, ok, want)
		}
	}
	for text, want := range map[string][]string{
		"A vs B vs C": {"A", "B", "C"}, "A, B and C?": {"A", "B", "C"}, "AとBとC": {"A", "B", "C"}, "A": {"A"}, "A B C": {"A", "B", "C"}, "liveness readiness probe": nil,
	} {
		if got, separated := SplitList(text, func(name string) bool { return name == "readiness probe" }); !slices.Equal(got, want) || separated != (len(want) > 1 && text != "A B C") {
			t.Errorf("SplitList(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	covers := func(text string) bool { return text == "node affinity" || text == "Pod" }
	for text, want := range map[string]glossary.Lang{
		"what is a Pod": glossary.English, "Podって何": glossary.Japanese, "podが起動しない": glossary.Japanese,
		"node affinity": "", "Pod": "", "": "", "@alice @bob": "", "my container keeps restarting": glossary.English,
	} {
		if got, certain := Language(text, covers); got != want || certain != (want != "") {
			t.Errorf("Language(%q) = %q, %t, want %q, %t", text, got, certain, want, want != "")
		}
	}
	for _, text := range []string{"rolling update stuck", "Pod restart count"} {
		if got, certain := Language(text, covers); got != glossary.English || certain {
			t.Errorf("Language(%q) = %q, %t, want %q, which is not certain", text, got, certain, glossary.English)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("what is\r\na \u202epod\x00?")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, text string) {
		clean := Clean(text)
		if !utf8.ValidString(clean) || strings.ContainsAny(clean, "\x00\r\u202e\u200b") || Clean(clean) != clean {
			t.Errorf("Clean(%q) = %q", text, clean)
		}
		Language(clean, func(string) bool { return false })
		SplitComparison(clean)
		SplitList(clean, func(string) bool { return false })
		SmallTalk(clean)
	})
}

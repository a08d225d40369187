package phrase

import (
	"strings"
	"testing"
)

// TestFind checks which texts contain the phrases of a pattern.
func TestFind(t *testing.T) {
	for _, tt := range []struct{ pattern, has, lacks string }{
		{"how do|can i", "How can I scale?; so how do  I do that", "how can we; how, can I; show can i"},
		{"dont", "don't; I don’t know; DONT", "do not; don"},
		{"delete (all)? pods", "delete pods; delete all pods", "delete both pods; delete all"},
		{"(force|(really)? delete) it", "force it; delete it; really delete it", "really it; it"},
		{"って(どうや|できる)", "再起動ってどうやる; 消すってできる?; ﾛｰﾙﾊﾞｯｸってできる", "って; できる"},
		{"[うくす]には", "消すには; 動かすには", "消すに; ここには"},
		{"[^え]て(くれ|おいて)$", "消してくれ; 見ておいて。", "教えてくれ; てくれ; 消してくれた"},
		{"{noun}が", "podが; ノードが; 障害が", "1が; のが; が"},
		{"^{word}を教えて", "podを教えて", "このpodを教えて; 障害を教えて"},
		{"{katakana}って$", "ポッドって; クラスターって?", "取って; podって; きって"},
		{"which ... run|runs", "which pod runs here; which run", "run which; which"},
		{"どの...[?]", "どのノード?; どの?", "どのノード; ノード?"},
		{"^please", "please delete it; Please", "now please"},
		{"failed$", "it failed; it failed!?; failed . ", "failed pods"},
		{"って何", "podって何; pod って 何", "podっ何"},
	} {
		m := new(Matcher)
		if err := m.Add(4, tt.pattern); err != nil {
			t.Fatal(err)
		}
		for want, texts := range map[bool]string{true: tt.has, false: tt.lacks} {
			for text := range strings.SplitSeq(texts, "; ") {
				found := m.Find(NewText(text), nil)
				if got := len(found) > 0; got != want {
					t.Errorf("Find(%q) with %q found %v, want %t", text, tt.pattern, found, want)
				}
			}
		}
	}
}

// TestKinds checks that a matcher distinguishes phrases of several kinds and at several places.
func TestKinds(t *testing.T) {
	m := new(Matcher)
	for kinds, pattern := range map[Kinds]string{1: "how to", 2: "how", 4: "^how ... pods$"} {
		if err := m.Add(kinds, pattern); err != nil {
			t.Fatal(err)
		}
	}
	got := make(map[Found]bool)
	for _, f := range m.Find(NewText("how to list pods, and how"), nil) {
		got[f] = true
	}
	for _, want := range []Found{{1, 0, 2}, {2, 0, 1}, {2, 6, 7}} {
		if !got[want] {
			t.Errorf("found %v, want %v among it", got, want)
		}
	}
	if len(got) != 3 {
		t.Errorf("found %v, want three phrases", got)
	}
}

func TestAddErrors(t *testing.T) {
	for pattern, want := range map[string]string{
		"":                                "matches empty text",
		"(a)?":                            "matches empty text",
		"a(b":                             "closing bracket is missing",
		"[ab":                             "closing bracket is missing",
		"a)b":                             "no opening bracket",
		"{verb}":                          "unknown class {verb}",
		"a|":                              "cannot read",
		strings.Repeat("(", 1000):         "nested too deeply",
		strings.Repeat("a|b|c|d|e|f ", 4): "more than 1000 phrases",
	} {
		if err := new(Matcher).Add(1, pattern); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Add(%q) = %v, want an error with %q", pattern, err, want)
		}
	}
}

// FuzzAdd checks that each pattern is accepted or rejected, and that a search with it ends.
func FuzzAdd(f *testing.F) {
	for _, s := range []string{"how do|can i", "って(どうや|できる)$", "[^え]て", "{noun}が ... b?", "^(a|b (c)?)", "...", "\xff[\xff]"} {
		f.Add(s, "how do I って どうや Kを")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 60 || len(text) > 200 || strings.Count(pattern, "...") > 2 || strings.Count(pattern, "(") > 4 || strings.ContainsAny(pattern, "|[?") && len(pattern) > 30 {
			t.Skip("takes long")
		}
		m := new(Matcher)
		if m.Add(1, pattern) != nil {
			return
		}
		units := NewText(text)
		for _, found := range m.Find(units, nil) {
			if found.Start < 0 || found.End > len(units.Units) || found.Start > found.End || found.Kinds != 1 {
				t.Errorf("pattern %q, text %q: found %v", pattern, text, found)
			}
		}
	})
}

package fold

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestKey(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"CrashLoopBackOff", "crashloopbackoff", "case"},
		{"crash-loop back_off", "crashloopbackoff", "separators"},
		{"ｐｏｄ", "pod", "full width"},
		{"ﾎﾟｯﾄﾞ", "ポッド", "half width"},
		{"ぽっど", "ポッド", "hiragana"},
		{"ポッド", "ポッド", "combining marks"},
		{"サーバー", "サーバ", "the long vowel at the end"},
		{"サ-バ-", "サーバ", "a hyphen for the long vowel"},
		{"サ―バ―", "サーバ", "a dash for the long vowel"},
		{"コントローラー・マネージャー", "コントローラーマネージャ", "the middle dot; a long vowel inside a word stays"},
		{"ノード", "ノード", "a long vowel inside a word stays"},
		{"Init:0/2", "init02", "digits stay"},
		{"  \t\n", "", "only white space"},
		{"!?", "", "no letters"},
		{"\xff\xfepod\xff", "pod", "invalid bytes"},
		{"p\u202eo\u200bd", "pod", "invisible marks"},
		{"e\u0301tcd", "étcd", "an accent is part of its letter"},
	} {
		if got := Key(tt.in); got != tt.want {
			t.Errorf("Key(%q) = %q, want %q (%s)", tt.in, got, tt.want, tt.why)
		}
	}
}

// TestASCIIKey compares the fast path for ASCII with the slow path.
func TestASCIIKey(t *testing.T) {
	for c := range utf8.RuneSelf {
		s := "a" + string(rune(c)) + "B" + string(rune(c))
		fast, ok := ASCIIKey(s)
		if slow := strings.ReplaceAll(Key(s+"ア"), "ア", ""); !ok || fast != slow {
			t.Errorf("ASCIIKey(%q) = %q, %v, want %q", s, fast, ok, slow)
		}
	}
}

// TestPlainKey compares the fast path for plain Japanese strings with the slow path, for each
// rune at each position.
func TestPlainKey(t *testing.T) {
	plain := 0
	for r := rune(1); r <= unicode.MaxRune; r++ {
		for _, s := range []string{string(r), "ア" + string(r) + "-ー", "a" + string(r) + "漢"} {
			if fast, ok := plainKey(s); ok {
				plain++
				if slow := slowKey(s); fast != slow {
					t.Fatalf("plainKey(%q) = %q, want %q", s, fast, slow)
				}
			}
		}
		if got, want := IsKanji(r), unicode.Is(unicode.Han, r); got != want {
			t.Fatalf("IsKanji(%q) = %v, want %v", r, got, want)
		}
	}
	if plain < 3*20_000 {
		t.Errorf("%d strings are plain, want most kana and kanji to be", plain)
	}
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"CrashLoopBackOff", "ﾎﾟｯﾄﾞ", "サ-バー", "コンテナー-ランタイム", "ポッド・a-b-カ", "e\u0301", "ᄒ-ᅡ-ᆫ", "ǅ", "\xff", strings.Repeat("が", 300), "İ", "ﷺ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := Key(s)
		if slow := slowKey(s); folded != slow {
			t.Errorf("Key(%q) = %q, but by the slow path %q", s, folded, slow)
		}
		if again := Key(folded); again != folded {
			t.Errorf("Key(%q) = %q, but Key of that is %q", s, folded, again)
		}
		if !utf8.ValidString(folded) {
			t.Errorf("Key(%q) = %q, not valid UTF-8", s, folded)
		}
		if n := utf8.RuneCountInString(folded); n > MaxRunes {
			t.Errorf("Key(%q) has %d runes, want at most %d", s, n, MaxRunes)
		}
	})
}

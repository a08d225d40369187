package lineedit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCharacters(t *testing.T) {
	for _, tt := range []struct {
		text  string
		want  []string
		width int
	}{
		{"pod", []string{"p", "o", "d"}, 3},
		{"ポッド", []string{"ポ", "ッ", "ド"}, 6},
		{"ハ\u3099ス", []string{"ハ\u3099", "ス"}, 4},
		{"cafe\u0301s", []string{"c", "a", "f", "e\u0301", "s"}, 5},
		{"ﾊﾞｽﾟﾞ", []string{"ﾊﾞ", "ｽﾟﾞ"}, 4},
		{"ﾞ", []string{"ﾞ"}, 1},
		{"🇯🇵🇫🇷", []string{"🇯🇵", "🇫🇷"}, 4},
		{"👩\u200d💻👍🏽", []string{"👩\u200d💻", "👍🏽"}, 4},
		{"❤❤\ufe0f", []string{"❤", "❤\ufe0f"}, 3},
		{"각\u1112\u1161\u11ab", []string{"각", "\u1112\u1161\u11ab"}, 4},
		{"— … ● “”", []string{"—", " ", "…", " ", "●", " ", "“", "”"}, 8},
		{"⸻", []string{"⸻"}, 2},
		{"\x1b[1mPod\x1b[0mを", []string{"\x1b[1m", "P", "o", "d", "\x1b[0m", "を"}, 5},
		{"\x1b[1", []string{"\x1b[1"}, 0},
	} {
		if diff := cmp.Diff(tt.want, splitCharacters(tt.text)); diff != "" {
			t.Errorf("split(%q) (-want +got):\n%s", tt.text, diff)
		}
		if n := Width(tt.text); n != tt.width {
			t.Errorf("Width(%q) = %d, want %d", tt.text, n, tt.width)
		}
	}
}

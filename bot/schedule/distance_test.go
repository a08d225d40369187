package schedule

import "testing"

func TestEditDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"tokyo", "tokyo", 0}, {"tokio", "tokyo", 1}, {"toyko", "tokyo", 1}, {"tokyoo", "tokyo", 1}, {"tkyo", "tokyo", 1},
		{"yrok", "york", 1}, {"tkoio", "tokyo", 2}, {"paris", "tokyo", 3}, {"", "", 0}, {"", "ab", 2}, {"", "abc", 3}, {"東京", "京東", 1},
	} {
		if got := editDistance([]rune(tt.a), []rune(tt.b), 2); got != tt.want {
			t.Errorf("editDistance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

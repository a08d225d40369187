package parse

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// eventSyntax says what eventIn matches.
var eventSyntax = regexp.MustCompile(`^\s*((?:[\w./()<>-]+ (?:\(x\d+ over \S+\)|ago)?\s*){0,4}?)(Normal|Warning)\s+([A-Z][A-Za-z0-9]+)\s+(.*)$`)

func FuzzEventIn(f *testing.F) {
	for _, s := range []string{
		"3s   Warning   BackOff   pod/web   Back-off", "3m (x4 over 5m)  Warning  BackOff  pod/web  x", "3m ago  shop  Normal  Pulled  ", "shop 3s Normal Pulled x", "  Normal\tA\tb", "Normal  Ab  ",
		"a b c d Normal Ab c", "a b c d e Normal Ab c", "<unknown>  Warning  Failed  x", "3m (x4 over 5m)x)  Warning  Failed  x", "3m (x over 5m)  Warning  Failed  x", "3m agoWarning Failed x", "Normal Warning Ab c", "Normal a Warning Ab c",
		"3m (x4 over )  Warning  Failed  x", "3m (x4 over ))  Warning  Failed  x", "a  (x1 over 2)b Normal Ab c", "Warning  A b", "WarningX Ab c", "a agony Normal Ab c", "3m (x4 over 5m) ago Normal Ab c", "0 (x0 over 0) agoNormal A0 ",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Contains(s, "\n") || !utf8.ValidString(s) {
			t.Skip()
		}
		got, ok := eventIn(s)
		var want eventParts
		m := eventSyntax.FindStringSubmatch(s)
		if m != nil {
			want = eventParts{m[1], m[2], m[3], m[4]}
		}
		if got != want || ok != (m != nil) {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	})
}

package parse

import (
	"regexp"
	"strings"
	"testing"
)

// toolError says what isToolError accepts.
var toolError = regexp.MustCompile(`^(?:[a-z][\w./-]{1,30}: )?(?:error|Error|ERROR|fatal|FATAL|fatal error|Unable to connect to the server|couldn't get \S+|panic)(?:\[\w+\])?: ?(.*)$`)

// FuzzToolError compares isToolError with the expression.
func FuzzToolError(f *testing.F) {
	for _, s := range []string{"", ":", "error: a", "git: fatal: a", "a: error: b", "aa: Error[0042]: x", "Error[a_1]:", "error[]: a", "error[1", "couldn't get a: b", "couldn't get a[1]:b", "couldn't get : a", "couldn't get a b:", "couldn't get :a:",
		"fatal error: x", "fatal errors: x", "panic: x", "error : a", "helm/v3: ERROR:", "Ab: error: c", "abcdefghijabcdefghijabcdefghijk: error: x", "abcdefghijabcdefghijabcdefghijkl: error: x", "error: error: a", "couldn't get \u00e9: x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ReplaceAll(s, "\n", " ")
		if got, want := isToolError(s), toolError.MatchString(s); got != want {
			t.Errorf("isToolError(%q) = %v, want %v", s, got, want)
		}
	})
}

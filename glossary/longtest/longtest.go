// Package longtest decides which tests run everywhere, and which only with [Variable], as in
// .ci/run.
package longtest

import (
	"os"
	"testing"
)

// Variable is the name of the environment variable that, unless it is empty, enables long tests.
const Variable = "K8SBOT_LONG_TESTS"

// Enabled reports whether long tests run: Variable is set, and -short is not.
func Enabled() bool { return !testing.Short() && os.Getenv(Variable) != "" }

// Require skips a long test, unless long tests are enabled.
func Require(tb testing.TB) {
	tb.Helper()
	if !Enabled() {
		tb.Skip("SKIPPED-LONG: set " + Variable + "=1")
	}
}

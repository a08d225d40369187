package storetest

import (
	"os"
	"testing"
)

// RequireLong skips a test that takes ten seconds or more, unless the environment variable
// K8SBOT_LONG_TESTS is set and -short is not. .ci/run runs all tests.
func RequireLong(tb testing.TB) {
	tb.Helper()
	if testing.Short() || os.Getenv("K8SBOT_LONG_TESTS") == "" {
		tb.Skip("SKIPPED-LONG: takes ten seconds or more: set K8SBOT_LONG_TESTS=1")
	}
}

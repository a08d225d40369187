package server

import (
	"log/slog"
	"time"

	"k8sbot/bot/platform/retry"
)

// storeTimeout limits the store calls for one server.
const storeTimeout = 10 * time.Second

// retryPolicy returns the policy for retrying calls to the store.
func retryPolicy(log *slog.Logger) retry.Policy {
	return retry.Policy{First: time.Second, Max: time.Minute, Notify: func(err error, wait time.Duration) {
		log.Warn("cannot store departures, will retry", "error", err, "wait", wait)
	}}
}

package slack

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot/platform/platformtest"
)

// TestWrongTokens checks that Run returns immediately, with an error that says what to do, if
// Slack rejects a token.
func TestWrongTokens(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ method, code, want string }{
		{"auth.test", "invalid_auth", "SLACK_BOT_TOKEN"},
		{"auth.test", "account_inactive", "SLACK_BOT_TOKEN"},
		{"apps.connections.open", "invalid_auth", "SLACK_APP_TOKEN"},
		{"apps.connections.open", "token_revoked", "SLACK_APP_TOKEN"},
		{"apps.connections.open", "not_allowed_token_type", "SLACK_APP_TOKEN"},
		{"apps.connections.open", "missing_scope", "SLACK_APP_TOKEN"},
	} {
		r := newHarness(t, nil)
		r.fake.Prepare(tt.method, platformtest.AnswerWith(200, fmt.Sprintf(`{"ok":false,"error":%q}`, tt.code), "Content-Type: application/json"))
		ctx, cancel := context.WithTimeout(context.Background(), platformtest.Patience)
		err := r.adapter.Run(ctx)
		if err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), tt.code) {
			t.Errorf("%s %s: got error %v, want one that names %s and the code", tt.method, tt.code, err, tt.want)
		}
		cancel()
		if n := r.fake.Count(tt.method); n != 1 {
			t.Errorf("%s: got %d calls, want 1", tt.method, n)
		}
	}
}

// TestRevoked checks that the adapter stops in both modes if its token is revoked while it
// runs, with an error that says what to do. It also checks that the adapter continues if the
// token turns out to be valid.
func TestRevoked(t *testing.T) {
	t.Parallel()
	revoked := platformtest.AnswerWith(200, `{"ok":false,"error":"token_revoked"}`, "Content-Type: application/json")
	for name, run := range map[string]func(*Adapter, context.Context) error{"socket": (*Adapter).Run, "http": (*Adapter).Verify} {
		for _, payload := range []string{"app_mention.json", "uninstalled.json", "tokens_revoked.json"} {
			r := newHarness(t, nil)
			ctx, cancel := context.WithTimeout(context.Background(), platformtest.Patience)
			ended := make(chan error, 1)
			go func() { ended <- run(r.adapter, ctx) }()
			r.fake.await("auth.test", 1)
			if err := waitFor(func() bool { ready, _ := r.metrics.Ready(); return ready }); err != nil {
				t.Fatal(err)
			}
			// The first check finds that the token is still valid.
			r.fake.Prepare("chat.postMessage", revoked)
			r.deliver(payload)
			r.fake.await("auth.test", 2)
			r.fake.Prepare("chat.postMessage", revoked)
			r.fake.Prepare("auth.test", revoked)
			r.deliverAgain(payload)
			if err := <-ended; err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), "SLACK_BOT_TOKEN") {
				t.Errorf("%s, %s: got error %v, want one that names SLACK_BOT_TOKEN", name, payload, err)
			}
			cancel()
			if n := r.fake.Count("auth.test"); n != 3 {
				t.Errorf("%s, %s: auth.test: got %d calls, want 3", name, payload, n)
			}
		}
	}
}

package slack

import (
	"fmt"
	"testing"

	"k8sbot/bot/platform/platformtest"
)

// TestCanManage checks who may change a channel's settings.
func TestCanManage(t *testing.T) {
	for _, tt := range []struct {
		user        string
		channel     string
		all, admins bool
	}{
		{`"is_admin":true`, "C1", true, true},
		{`"is_owner":true`, "C1", true, true},
		{`"is_bot":false`, "C1", true, false},
		{`"is_restricted":true`, "C1", false, false},
		{`"is_restricted":true,"is_ultra_restricted":true`, "C1", false, false},
		{`"is_stranger":true`, "C1", false, false},
		{`"deleted":true`, "C1", false, false},
		{`"is_restricted":true`, "D1", true, true},
	} {
		for adminsOnly, want := range map[bool]bool{false: tt.all, true: tt.admins} {
			r := newHarness(t, func(o *Options) { o.AdminsOnly = adminsOnly })
			r.fake.Prepare("users.info", platformtest.AnswerWith(200, fmt.Sprintf(`{"ok":true,"user":{"id":"U1",%s}}`, tt.user), "Content-Type: application/json"))
			if can, err := (&session{Adapter: r.adapter, client: r.adapter.single}).canManage(t.Context(), "U1", tt.channel); can != want || err != nil {
				t.Errorf("%s in %s, admins only %v: got %v, %v, want %v", tt.user, tt.channel, adminsOnly, can, err, want)
			}
		}
	}
	r := newHarness(t, nil)
	r.fake.Prepare("users.info", platformtest.AnswerWith(200, `{"ok":false,"error":"user_not_found"}`, "Content-Type: application/json"))
	if can, err := (&session{Adapter: r.adapter, client: r.adapter.single}).canManage(t.Context(), "U1", "C1"); can || err == nil {
		t.Errorf("unknown user: got %v, %v, want false and an error", can, err)
	}
}

package tenanttest

import (
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/tenant"
)

func TestMemory(t *testing.T) {
	Conform(t, func(_ *testing.T, now func() time.Time) tenant.Store { return &Memory{Now: now} })
}

// TestData checks that Remove deletes the other data of a tenant and of the workspaces of an
// organization.
func TestData(t *testing.T) {
	var gone []bot.Tenant
	m := &Memory{Data: func(of bot.Tenant) int { gone = append(gone, of); return 3 }}
	check(t, m.SetEnterprise(t.Context(), Slack("T1"), "E1"))
	if rows := must(m.Remove(t.Context(), Slack("E1")))(t); rows != 7 || len(gone) != 2 {
		t.Errorf("removed %d rows of %v, want 7 of E1 and T1", rows, gone)
	}
}

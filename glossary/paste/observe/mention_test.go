package observe

import (
	"strings"
	"testing"
)

func TestMentioned(t *testing.T) {
	for _, c := range []struct {
		message string
		want    Object
	}{
		{"Error syncing Longhorn replica longhorn-system/pvc-1-r-2: fail", Object{Kind: "replica", Namespace: "longhorn-system", Name: "pvc-1-r-2"}},
		{`pod "shop/web-1" cannot start`, Object{Kind: "pod", Namespace: "shop", Name: "web-1"}},
		{"Reconciliation #75(timer) KafkaRebalance(shop/rebalance): failed", Object{Kind: "kafkarebalance", Namespace: "shop", Name: "rebalance"}},
		{`Error: UPGRADE FAILED: Deployment.apps "web" is invalid: spec: Required value`, Object{Kind: "deployment", Name: "web"}},
		{"cannot delete Pods that declare no controller (use --force to override): shop/web-1, shop/web-2", Object{Kind: "pod", Namespace: "shop", Name: "web-1"}},
		{"pod volume backups/restores will not work", Object{}},
		{"service host/port", Object{}},
		{`Secret "web" not found`, Object{}},
		{`Secret "web" does not exist`, Object{}},
		{"image docker.io/library/web-1 not found", Object{}},
		{"stat /var/lib/pod/web-1/etc: no such file", Object{}},
		{strings.Repeat("x", maxMention) + " pod shop/web-1", Object{}},
		{strings.Repeat("x", maxMention-len(" pod shop/web-")) + " pod shop/web-1", Object{}},
		{"", Object{}},
	} {
		if got := Mentioned(c.message); got != c.want {
			t.Errorf("Mentioned(%q): got %v, want %v", c.message, got, c.want)
		}
	}
}

package location

import (
	"runtime"
	"strings"
	"testing"
)

func TestDefault(t *testing.T) {
	if !hasXDG(runtime.GOOS) {
		t.Skip("this system has no XDG folders")
	}
	for _, tt := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"XDG_STATE_HOME": "/var/state", "HOME": "/home/a"}, "/var/state/k8sbot/k8sbot.db"},
		{map[string]string{"XDG_STATE_HOME": "relative", "HOME": "/home/a"}, "/home/a/.local/state/k8sbot/k8sbot.db"},
		{map[string]string{"XDG_STATE_HOME": "", "HOME": "/home/a"}, "/home/a/.local/state/k8sbot/k8sbot.db"},
		{map[string]string{"HOME": "/home/a"}, "/home/a/.local/state/k8sbot/k8sbot.db"},
		{map[string]string{"HOME": "relative"}, ""},
		{nil, ""},
	} {
		got, err := Default(func(name string) (string, bool) { v, ok := tt.env[name]; return v, ok })
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("Default with %v: got %q, %v; want %q", tt.env, got, err, tt.want)
		}
		if err != nil && !strings.Contains(err.Error(), "DATABASE_URL") {
			t.Errorf("got %v, want an error that mentions DATABASE_URL", err)
		}
	}
}

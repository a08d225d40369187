package platform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestSecret(t *testing.T) {
	s := Secret("xoxb-1")
	var out bytes.Buffer
	for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q"} {
		fmt.Fprintf(&out, verb+" ", s)
	}
	fmt.Fprintf(&out, "%v %+v", struct{ S Secret }{s}, []Secret{s})
	slog.New(slog.NewJSONHandler(&out, nil)).Info("secret", "s", s, "in", struct{ S Secret }{s})
	if err := json.NewEncoder(&out).Encode(map[string]any{"s": s}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), s.Reveal()) {
		t.Errorf("output contains the secret: %s", &out)
	}
	if s.Reveal() != "xoxb-1" {
		t.Errorf("Reveal() = %q, want xoxb-1", s.Reveal())
	}
}

package platformtest

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot/platform"
)

var update = flag.Bool("update", false, "update golden files")

// Golden compares v, encoded as JSON, with the file testdata/golden/NAME.json. To update
// the golden files of all adapters, run
//
//	go test ./bot/console ./bot/discord ./bot/mcp ./bot/slack -update
//
// and check the changes with git diff.
func Golden(t testing.TB, name string, v any) {
	t.Helper()
	got, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	GoldenText(t, filepath.Join("testdata/golden", name+".json"), string(got)+"\n")
}

// GoldenText compares text with a file, like [Golden].
func GoldenText(t testing.TB, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// A Buffer is a bytes.Buffer that several goroutines may use. The zero value is ready to
// use.
type Buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *Buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// A KeyStore implements [platform.KeyStore] in memory. Its keys never expire. The zero
// value is ready to use.
type KeyStore struct {
	mu     sync.Mutex
	values map[string]string
}

// Remember implements [platform.KeyStore].
func (m *KeyStore) Remember(_ context.Context, key, value string, _ time.Duration) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.values[key]; ok {
		return false, nil
	}
	if m.values == nil {
		m.values = make(map[string]string)
	}
	m.values[key] = value
	return true, nil
}

// Recall implements [platform.KeyStore].
func (m *KeyStore) Recall(_ context.Context, key string) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.values[key]
	return v, ok, nil
}

// Has reports whether a key with the given prefix exists.
func (m *KeyStore) Has(prefix string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key := range m.values {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// Scrape returns the metrics in the format that Prometheus reads.
func Scrape(m *platform.Metrics) string {
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return w.Body.String()
}

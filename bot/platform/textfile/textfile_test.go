package textfile

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/encoding/unicode"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
)

const (
	host  = "files.example.org"
	token = "file-test-secret"
)

// pods is the content of most files.
const pods = "NAME   STATUS\nweb-1  WidgetFailing\n"

// served contains the server's handlers by path.
var served = map[string]http.HandlerFunc{
	"/pods.txt": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, pods) },
	"/utf16.txt": func(w http.ResponseWriter, _ *http.Request) {
		data, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(pods)
		io.WriteString(w, data)
	},
	"/no-type": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		io.WriteString(w, pods)
	},
	"/exact":  func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("x", MaxBytes)) },
	"/large":  func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("line\n", MaxBytes)) },
	"/binary": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "\x7fELF\x02\x01\x01\x00\x00") },
	"/hidden": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("x", 1000)+"\x00") },
	"/login": func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "<!DOCTYPE html><html><body>Sign in</body></html>")
	},
	"/redirect": func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://"+host+"/pods.txt", http.StatusFound)
	},
	"/forbidden": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
	"/gone":      func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) },
	"/broken": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, pods)
	},
	"/slow": func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, pods)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		time.Sleep(100 * time.Millisecond) // returning from the handler would end the file properly
	},
}

// newReader returns a Reader connected to the test server, its log, and a counter of
// requests.
func newReader(t *testing.T, scope string) (*Reader, *platformtest.Buffer, *atomic.Int32) {
	requests, logged := new(atomic.Int32), new(platformtest.Buffer)
	transport := platformtest.FileServer(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if got := r.Header.Get("Authorization"); got != "Bearer "+token {
			t.Errorf("%s: got Authorization %q, want the token", r.URL.Path, got)
		}
		if len(r.Cookies()) > 0 || r.Referer() != "" {
			t.Errorf("%s: got headers %v", r.URL.Path, r.Header)
		}
		served[r.URL.Path](w, r)
	})
	log := slog.New(slog.NewTextHandler(logged, nil))
	return NewReader(Options{Hosts: []string{host}, Token: token, Scope: scope, Log: log, Transport: transport}), logged, requests
}

// TestRead checks the text that is read from each kind of file, or the problem.
func TestRead(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	const preview = "NAME   STATUS"
	at := func(path string) string { return "https://" + host + path + "?sig=signature-test-secret" }
	for name, tt := range map[string]struct {
		file     File
		scope    string
		want     bot.File
		requests int32
	}{
		"text":         {File{URL: at("/pods.txt"), Type: "text/plain; charset=utf-8"}, "", bot.File{Text: pods}, 1},
		"yaml":         {File{URL: at("/pods.txt"), Type: "application/x-yaml"}, "", bot.File{Text: pods}, 1},
		"without type": {File{URL: at("/no-type")}, "", bot.File{Text: pods}, 1},
		"UTF-16":       {File{URL: at("/utf16.txt"), Type: "text/plain"}, "", bot.File{Text: pods}, 1},
		"1 MiB":        {File{URL: at("/exact")}, "", bot.File{Text: strings.Repeat("x", MaxBytes)}, 1},
		"too large": {File{URL: at("/large")}, "", bot.File{
			Text: strings.TrimSuffix(strings.Repeat("line\n", MaxBytes/5), "\n"), Problem: bot.FileTooLarge,
		}, 1},
		"image":               {File{URL: at("/pods.txt"), Type: "image/png"}, "", bot.File{Problem: bot.FileNotText}, 0},
		"archive":             {File{URL: at("/pods.txt"), Type: "Application/ZIP"}, "", bot.File{Problem: bot.FileNotText}, 0},
		"binary":              {File{URL: at("/binary"), Type: "text/plain"}, "", bot.File{Problem: bot.FileNotText}, 1},
		"binary at the end":   {File{URL: at("/hidden")}, "", bot.File{Problem: bot.FileNotText}, 1},
		"gone":                {File{URL: at("/gone")}, "scope", bot.File{Problem: bot.FileFailed}, 1},
		"broken off":          {File{URL: at("/broken")}, "", bot.File{Problem: bot.FileFailed}, 1},
		"slow":                {File{URL: at("/slow")}, "", bot.File{Problem: bot.FileSlow}, 1},
		"redirect":            {File{URL: at("/redirect")}, "", bot.File{Problem: bot.FileFailed}, 1},
		"forbidden":           {File{URL: at("/forbidden"), Preview: preview}, "scope", bot.File{Problem: bot.FileNeedsScope, Scope: "scope", Text: preview}, 1},
		"sign-in page":        {File{URL: at("/login"), Type: "text/plain"}, "scope", bot.File{Problem: bot.FileNeedsScope, Scope: "scope"}, 1},
		"redirect to sign in": {File{URL: at("/redirect"), Preview: pods, WholePreview: true}, "scope", bot.File{Text: pods}, 1},
		"web page":            {File{URL: at("/login"), Type: "text/html"}, "scope", bot.File{Text: "<!DOCTYPE html><html><body>Sign in</body></html>"}, 1},
		"other host":          {File{URL: "https://evil.example.org/pods.txt"}, "scope", bot.File{Problem: bot.FileForeign}, 0},
		"subdomain":           {File{URL: "https://a." + host + "/pods.txt"}, "", bot.File{Problem: bot.FileForeign}, 0},
		"longer host":         {File{URL: "https://" + host + ".evil.org/pods.txt"}, "", bot.File{Problem: bot.FileForeign}, 0},
		"user":                {File{URL: "https://" + host + "@evil.org/pods.txt"}, "", bot.File{Problem: bot.FileForeign}, 0},
		"user of the host":    {File{URL: "https://a:b@" + host + "/pods.txt"}, "", bot.File{Problem: bot.FileForeign}, 0},
		"port":                {File{URL: "https://" + host + ":8443/pods.txt"}, "", bot.File{Problem: bot.FileForeign}, 0},
		"HTTP":                {File{URL: "http://" + host + "/pods.txt"}, "", bot.File{Problem: bot.FileForeign}, 0},
		"local file":          {File{URL: "file:///etc/passwd"}, "", bot.File{Problem: bot.FileForeign}, 0},
		"without URL":         {File{}, "", bot.File{Problem: bot.FileForeign}, 0},
		"malformed URL":       {File{URL: "https://" + host + "/\x00"}, "", bot.File{Problem: bot.FileForeign}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, logged, requests := newReader(t, tt.scope)
			tt.file.Name, tt.want.Name = "a.txt", "a.txt"
			got := r.Read(t.Context(), []File{tt.file})
			if len(got) != 1 || got[0] != tt.want {
				t.Errorf("got %.200s, want %.200s", fmt.Sprint(got), fmt.Sprint(tt.want))
			}
			if n := requests.Load(); n != tt.requests {
				t.Errorf("got %d requests, want %d", n, tt.requests)
			}
			if log := logged.String(); strings.Contains(log, token) || strings.Contains(log, "signature-test-secret") || strings.Contains(log, "web-1") {
				t.Errorf("log contains a secret: %s", log)
			}
		})
	}
}

// TestReadMany checks that MaxBytes limits several files together.
func TestReadMany(t *testing.T) {
	t.Parallel()
	r, _, requests := newReader(t, "")
	var files []File
	for _, path := range []string{"/pods.txt", "/exact", "/pods.txt"} {
		files = append(files, File{Name: path, URL: "https://" + host + path})
	}
	got := r.Read(t.Context(), files)
	if len(got) != 3 || got[0].Text != pods || got[1].Problem != bot.FileTooLarge || got[2].Problem != bot.FileTooLarge || got[2].Text != "" {
		t.Errorf("got %.200s", fmt.Sprint(got))
	}
	if n := len(got[0].Text) + len(got[1].Text); n != MaxBytes {
		t.Errorf("read %d bytes, want %d", n, MaxBytes)
	}
	if n := requests.Load(); n != 2 {
		t.Errorf("got %d requests, want 2", n)
	}
}

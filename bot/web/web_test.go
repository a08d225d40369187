package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"
)

func serve(t *testing.T, prepare func(*Server)) (s *Server, stop func() error) {
	t.Helper()
	s, err := Listen("127.0.0.1:0", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if prepare != nil {
		prepare(s)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, 5*time.Second) }()
	return s, func() error { cancel(); return <-ended }
}

func TestHealth(t *testing.T) {
	s, stop := serve(t, nil)
	if err := Check(context.Background(), s.Addr()); err != nil {
		t.Error(err)
	}
	// An unspecified host is replaced by 127.0.0.1.
	_, port, _ := strings.Cut(s.Addr(), ":")
	for _, addr := range []string{":" + port, "0.0.0.0:" + port, "[::]:" + port} {
		if err := Check(context.Background(), addr); err != nil {
			t.Errorf("Check(%q): %v", addr, err)
		}
	}
	resp, err := http.Post("http://"+s.Addr()+"/healthz", "text/plain", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST /healthz: got %s, want %d", resp.Status, http.StatusMethodNotAllowed)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if Check(context.Background(), s.Addr()) == nil {
		t.Error("Check of a stopped server: got no error")
	}
	if err := Check(context.Background(), "8080"); err == nil || !strings.Contains(err.Error(), `"8080"`) {
		t.Errorf("Check of an invalid address: got %v, want an error that quotes it", err)
	}
}

// TestShutdown checks that a request in progress finishes after the server is told to stop.
func TestShutdown(t *testing.T) {
	started, goOn := make(chan bool), make(chan bool)
	s, stop := serve(t, func(s *Server) {
		s.Handle("GET /slow", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			close(started)
			<-goOn
			_, _ = io.WriteString(w, "done")
		}))
	})
	body := make(chan string)
	go func() {
		resp, err := http.Get("http://" + s.Addr() + "/slow")
		if err != nil {
			body <- err.Error()
			return
		}
		defer resp.Body.Close()
		data, _ := io.ReadAll(resp.Body)
		body <- string(data)
	}()
	<-started
	stopped := make(chan error)
	go func() { stopped <- stop() }()
	close(goOn)
	if got := <-body; got != "done" {
		t.Errorf("got body %q, want %q", got, "done")
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestReady(t *testing.T) {
	ready := make(chan bool, 2)
	ready <- false
	ready <- true
	s, stop := serve(t, func(s *Server) {
		s.Ready(func() (bool, string) { return <-ready, "slack" })
	})
	for _, want := range []struct {
		status int
		body   string
	}{{http.StatusServiceUnavailable, "not ready, slack\n"}, {http.StatusOK, "ready, slack\n"}} {
		resp, err := http.Get("http://" + s.Addr() + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != want.status || string(body) != want.body {
			t.Errorf("/readyz: got %d %q, want %d %q", resp.StatusCode, body, want.status, want.body)
		}
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestAddressInUse(t *testing.T) {
	s, stop := serve(t, nil)
	_, err := Listen(s.Addr(), slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "HTTP_ADDR") || !strings.Contains(err.Error(), s.Addr()) {
		t.Errorf("got %v, want an error with the address and HTTP_ADDR", err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

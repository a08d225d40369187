// Package web implements the bot's HTTP server: health checks, and the handlers that the
// platforms and the metrics add.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits on the size and the duration of requests.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	writeTimeout  = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10
)

// A Server listens on one address.
type Server struct {
	listener net.Listener
	server   *http.Server
	mux      *http.ServeMux
}

// Listen starts to listen on addr, such as ":8080" or "127.0.0.1:8080". Requests are answered
// after [Server.Serve] is called. GET /healthz always returns 200, which means only that the
// process can answer.
func Listen(addr string, log *slog.Logger) (*Server, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %q (set HTTP_ADDR to a free address): %w", addr, err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, "ok\n")
	})
	return &Server{l, &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}, mux}, nil
}

// Addr returns the address on which the server listens.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// Ready adds GET /readyz, which returns status 200 if ready returns true, or 503 otherwise, with
// the note in the body. Ready must not be called after Serve.
func (s *Server) Ready(ready func() (ok bool, note string)) {
	s.mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		ok, note := ready()
		text := "ready"
		if !ok {
			w.WriteHeader(http.StatusServiceUnavailable)
			text = "not ready"
		}
		if note != "" {
			text += ", " + note
		}
		_, _ = io.WriteString(w, text+"\n")
	})
}

// Handle adds a handler for a pattern of [http.ServeMux]. Handle must not be called after Serve.
func (s *Server) Handle(pattern string, h http.Handler) { s.mux.Handle(pattern, h) }

// Close closes the listener of a server on which Serve was not called.
func (s *Server) Close() error { return s.listener.Close() }

// Serve answers requests until ctx is done. It then waits up to grace for requests in progress
// and returns an error if they do not finish.
func (s *Server) Serve(ctx context.Context, grace time.Duration) error {
	serveErr := make(chan error, 1)
	go func() { serveErr <- s.server.Serve(s.listener) }()
	select {
	case err := <-serveErr:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		return fmt.Errorf("requests did not finish within %v: %w", grace, err)
	}
	if err := <-serveErr; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Check requests /healthz from the server that listens on addr on this machine. It returns an
// error if the status is not 200. If the host in addr is missing or unspecified (":8080",
// "0.0.0.0:8080"), Check uses 127.0.0.1.
func Check(ctx context.Context, addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("invalid HTTP_ADDR %q: write it as 127.0.0.1:8080: %w", addr, err)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	url := "http://" + net.JoinHostPort(host, port) + "/healthz"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<10))
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s returned %s, want 200", url, resp.Status)
	}
	return nil
}

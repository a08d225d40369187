package platformtest

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// FileServer starts a TLS server for files. It returns a transport that connects to that
// server for any host.
func FileServer(tb testing.TB, serve http.HandlerFunc) http.RoundTripper {
	tb.Helper()
	server := httptest.NewTLSServer(serve)
	tb.Cleanup(server.Close)
	transport := server.Client().Transport.(*http.Transport).Clone()
	transport.TLSClientConfig.ServerName = "example.com" // a name in the server's certificate
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
	}
	return transport
}

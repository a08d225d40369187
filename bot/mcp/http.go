package mcp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"k8sbot/bot/platform"
)

// MinToken is the minimum length of a token in characters: 128 random bits in hexadecimal.
const MinToken = 32

// CheckToken returns an error if a token is too short or contains characters that are not
// allowed in a header (https://www.rfc-editor.org/rfc/rfc6750#section-2.1).
func CheckToken(token platform.Secret) error {
	const hint = "set it to at least 32 random characters, for example the output of openssl rand -hex 32"
	switch t := token.Reveal(); {
	case t == "":
		return fmt.Errorf("a token is missing: %s", hint)
	case len(t) < MinToken:
		return fmt.Errorf("the token has only %d characters: %s", len(t), hint)
	case strings.ContainsFunc(t, func(r rune) bool { return r <= ' ' || r >= '\x7f' }):
		return fmt.Errorf("the token contains spaces or non-ASCII characters: %s", hint)
	}
	return nil
}

// maxMessage is the maximum size of a message in bytes. It leaves room for the longest text that
// the bot reads: in JSON, a character can take up to six bytes, but most characters take one.
const maxMessage = 4 << 20

const (
	// maxRequests is the maximum number of requests answered at the same time, each of at most
	// maxMessage bytes.
	maxRequests = 8
	// requestTimeout is how long a request may take. Some requests of the protocol wait for
	// changes, which never happen in this server.
	requestTimeout = 8 * time.Second
)

// protocolHandler returns the HTTP handler for the protocol.
func protocolHandler(sdk *mcp.Server) http.Handler {
	return mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return sdk }, &mcp.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, MaxRequestBodyBytes: maxMessage, PropagateRequestCancellation: true,
		// The token protects against web pages that reach this host under another name (DNS
		// rebinding), and a proxy on this machine may pass on the host name of the original
		// request.
		DisableLocalhostProtection: true,
	})
}

// gate returns a handler that passes on requests that have the token or come from Slackbot, at most
// maxRequests at the same time. It refuses all other requests.
func gate(next http.Handler, o Options) http.Handler {
	want := sha256.Sum256([]byte(o.Token.Reveal()))
	slots := make(chan struct{}, maxRequests)
	limit := func(w http.ResponseWriter, r *http.Request) {
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
		default:
			o.Metrics.Refused(Platform, "busy")
			w.Header().Set("Retry-After", "1")
			http.Error(w, "too many requests, try again later", http.StatusServiceUnavailable)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b := o.Slackbot; b != nil && b.IsSigned(r.Header) && r.Header.Get("Authorization") == "" {
			body, ok := b.Read(w, r)
			if !ok {
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			limit(w, r)
			return
		}
		scheme, sent, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		got := sha256.Sum256([]byte(strings.TrimLeft(sent, " ")))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 || !strings.EqualFold(scheme, "Bearer") || o.Token == "" {
			o.Metrics.Refused(Platform, "token")
			o.Log.Debug("request refused", "path", r.URL.Path, "reason", "token")
			w.Header().Set("WWW-Authenticate", `Bearer realm="k8sbot"`)
			http.Error(w, "missing or wrong token: send the value of MCP_TOKEN as Authorization: Bearer TOKEN", http.StatusUnauthorized)
			return
		}
		limit(w, r)
	})
}

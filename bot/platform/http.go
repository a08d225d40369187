package platform

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"sync"
	"time"

	"k8sbot/bot"
)

const (
	// MaxBody is the maximum size of a request body in bytes, unless the platform needs
	// another limit.
	MaxBody = 256 << 10
	// MaxSkew is the maximum difference between a signed request's timestamp and this server's
	// clock, in either direction
	// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
	MaxSkew = 5 * time.Minute

	// maxUnverified is the maximum number of unverified requests whose bodies are read at the
	// same time. Small bodies, as in most commands and clicks, are counted separately, so that
	// large bodies do not block them.
	maxUnverified      = 32
	maxUnverifiedSmall = 512
	smallBody          = 16 << 10 // in bytes
	// bodyTimeout limits how long reading a body takes. Slack and Discord give up after 3 s
	// (https://docs.slack.dev/interactivity/handling-user-interaction,
	// https://docs.discord.com/developers/interactions/receiving-and-responding).
	bodyTimeout = 3 * time.Second
)

// A Gate admits only requests that a platform has signed. It refuses all other requests as early as
// possible, and counts the refusals. It also limits memory: the bodies of requests that are not
// verified yet occupy at most 32 times [Signed].MaxBody plus 8 MiB in total.
type Gate struct {
	platform     bot.Platform
	metrics      *Metrics
	log          *slog.Logger
	small, large chan struct{} // semaphores: one element per unverified body
	refused      sync.Pool     // of *[]byte: the memory of large bodies that were refused
}

// NewGate returns a Gate for a platform's requests.
func NewGate(p bot.Platform, metrics *Metrics, log *slog.Logger) *Gate {
	return &Gate{
		platform: p, metrics: metrics, log: log,
		small: make(chan struct{}, maxUnverifiedSmall), large: make(chan struct{}, maxUnverified),
	}
}

// Signed describes the signed requests of one endpoint.
type Signed struct {
	ContentType string // the body's content type
	MaxBody     int64  // in bytes
	// Timestamp is the name of the header that contains the request's time, in Unix seconds.
	Timestamp string
	// Signature reads the signature from the headers, before the body is read. It returns
	// the signed bytes that precede the body, and a function that checks the signature of
	// these bytes and the body.
	Signature func(http.Header) (prefix string, valid func(signed []byte) bool, err error)
}

// Read returns the body of a POST request that the platform signed within [MaxSkew] of now. It
// responds to any other request with an error status and returns false. The status is 503 if
// too many bodies are being read.
func (g *Gate) Read(w http.ResponseWriter, r *http.Request, s Signed, now time.Time) (body []byte, ok bool) {
	if e := checkKind(w, r, s); e != nil {
		return nil, g.refuse(w, r, e)
	}
	if err := CheckTime(r.Header.Get(s.Timestamp), now); err != nil {
		return nil, g.refuse(w, r, &refusal{http.StatusUnauthorized, "timestamp", "invalid timestamp", err})
	}
	prefix, valid, err := s.Signature(r.Header)
	if err != nil {
		return nil, g.refuse(w, r, &refusal{http.StatusUnauthorized, "header", "invalid signature", err})
	}
	size, slots := s.MaxBody, g.large // if the length is unknown, growing memory would take several times as much
	if r.ContentLength >= 0 {
		size = r.ContentLength
	}
	if size <= smallBody {
		slots = g.small
	}
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	default:
		return nil, g.refuse(w, r, &refusal{http.StatusServiceUnavailable, "busy", "too many requests, try again later", nil})
	}
	memory := g.memory(len(prefix)+int(size)+bytes.MinRead, size > smallBody)
	signed, e := readBody(w, r, append(memory, prefix...), s.MaxBody)
	if e == nil && !valid(signed) {
		e = &refusal{http.StatusUnauthorized, "signature", "invalid signature", nil}
	}
	if e != nil {
		if size > smallBody {
			g.refused.Put(&memory)
		}
		return nil, g.refuse(w, r, e)
	}
	return signed[len(prefix):], true
}

// memory returns an empty slice with a capacity of at least n bytes. It reuses the memory of
// refused bodies, so that a flood of such requests does not fill the heap before the garbage
// collector runs.
func (g *Gate) memory(n int, large bool) []byte {
	if large {
		if spare, ok := g.refused.Get().(*[]byte); ok && cap(*spare) >= n {
			return *spare
		}
	}
	return make([]byte, 0, n)
}

// A refusal describes why a request was refused.
type refusal struct {
	status int
	reason string // for metrics
	text   string // for the sender
	err    error  // for the log; may be nil
}

// refuse responds to a request with the status and text of e, and counts and logs the refusal.
// It always returns false.
func (g *Gate) refuse(w http.ResponseWriter, r *http.Request, e *refusal) bool {
	g.metrics.Refused(g.platform, e.reason)
	g.log.Debug("request refused", "path", r.URL.Path, "reason", e.reason, "error", e.err)
	http.Error(w, e.text, e.status)
	return false
}

// checkKind checks the method, the content type and the declared length of a request.
func checkKind(w http.ResponseWriter, r *http.Request, s Signed) *refusal {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return &refusal{http.StatusMethodNotAllowed, "method", "use POST", nil}
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != s.ContentType {
		return &refusal{http.StatusUnsupportedMediaType, "content_type", "unsupported content type", err}
	}
	if r.ContentLength > s.MaxBody {
		return tooLarge
	}
	return nil
}

var tooLarge = &refusal{http.StatusRequestEntityTooLarge, "too_large", "request body too large", nil}

// readBody returns prefix followed by the request's body, which it appends to prefix in place.
func readBody(w http.ResponseWriter, r *http.Request, prefix []byte, maxBody int64) ([]byte, *refusal) {
	deadline := http.NewResponseController(w)
	_ = deadline.SetReadDeadline(time.Now().Add(bodyTimeout)) // not supported by httptest.ResponseRecorder
	buf := bytes.NewBuffer(prefix)
	_, err := buf.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return nil, tooLarge
	case err != nil:
		return nil, &refusal{http.StatusBadRequest, "body", "cannot read request body", err}
	}
	_ = deadline.SetReadDeadline(time.Time{})
	return buf.Bytes(), nil
}

// CheckTime checks the timestamp of a signed request. header is the value of the timestamp's
// header, in Unix seconds. It returns an error if header is not a number, or differs from now by
// more than [MaxSkew].
func CheckTime(header string, now time.Time) error {
	seconds, err := strconv.ParseInt(header, 10, 64)
	if err != nil {
		return fmt.Errorf("invalid timestamp %.20q", header)
	}
	if off := now.Sub(time.Unix(seconds, 0)).Abs(); off > MaxSkew {
		return fmt.Errorf("timestamp is off by %v", off.Round(time.Second))
	}
	return nil
}

package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"k8sbot/glossary"
)

// sendTimeout is how long it may take to send the page (1.2 MB compressed) over a slow mobile
// network.
const sendTimeout = time.Minute

// Handler returns a handler that serves the page about the terms of g. It keeps the page
// compressed in memory, and responds with 304 if the browser has the current version.
func Handler(g *glossary.Glossary) (http.Handler, error) {
	plain, err := Render(g)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(plain)
	return &server{bytes.Clone(packed.Bytes()), len(plain), `W/"` + hex.EncodeToString(sum[:8]) + `"`}, nil
}

// A server serves the page.
type server struct {
	packed []byte // compressed with gzip
	size   int    // size before compression
	etag   string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy()+"; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache") // revalidate each time, usually with a 304
	h.Set("ETag", s.etag)
	h.Set("Vary", "Accept-Encoding")
	if r.Header.Get("If-None-Match") == s.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(sendTimeout)) // recorders in tests return an error
	var body io.Reader = bytes.NewReader(s.packed)
	if acceptsGzip(r.Header) {
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(s.packed)))
	} else {
		h.Set("Content-Length", strconv.Itoa(s.size))
		unpacked, err := gzip.NewReader(body)
		if err != nil {
			http.Error(w, "internal error", http.StatusInternalServerError)
			return
		}
		body = unpacked
	}
	if r.Method != http.MethodHead {
		_, _ = io.Copy(w, body)
	}
}

// acceptsGzip reports whether a client accepts the encoding gzip
// (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3).
func acceptsGzip(h http.Header) bool {
	for part := range strings.SplitSeq(strings.Join(h.Values("Accept-Encoding"), ","), ",") {
		coding, weight, _ := strings.Cut(part, ";")
		quality, isWeight := strings.CutPrefix(strings.TrimSpace(weight), "q=")
		if strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			q, err := strconv.ParseFloat(quality, 64)
			return !isWeight || err != nil || q > 0
		}
	}
	return false
}

package platform

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
)

const (
	// MaxBody is the maximum size of a request body, in bytes.
	MaxBody = 1 << 20
	// MaxSkew is the maximum difference between the time of a signed request and ours, in
	// either direction (https://docs.slack.dev/authentication/verifying-requests-from-slack).
	MaxSkew = 5 * time.Minute
)

// ReadBody returns the body of a POST request that has one of the content types and at
// most [MaxBody] bytes. It answers any other request with an error status, and returns
// false.
func ReadBody(w http.ResponseWriter, r *http.Request, contentTypes ...string) ([]byte, bool) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "use POST", http.StatusMethodNotAllowed)
		return nil, false
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	known := false
	for _, t := range contentTypes {
		known = known || err == nil && kind == t
	}
	if !known {
		http.Error(w, "unsupported content type", http.StatusUnsupportedMediaType)
		return nil, false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		http.Error(w, "request body too large", http.StatusRequestEntityTooLarge)
		return nil, false
	case err != nil:
		http.Error(w, "cannot read request body", http.StatusBadRequest)
		return nil, false
	}
	return body, true
}

// CheckTime checks the timestamp of a signed request. header is in Unix seconds. It
// returns an error if header is not a number, or more than [MaxSkew] away from now.
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

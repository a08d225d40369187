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
	// MaxBody is the number of bytes of a request that are read.
	MaxBody = 1 << 20
	// MaxSkew is how far the time of a signed request may be off, in either
	// direction (https://docs.slack.dev/authentication/verifying-requests-from-slack).
	MaxSkew = 5 * time.Minute
)

// ReadBody reads the body of a POST request with one of the content types. It
// answers any other request itself, and reports false.
func ReadBody(w http.ResponseWriter, r *http.Request, contentTypes ...string) ([]byte, bool) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "only POST", http.StatusMethodNotAllowed)
		return nil, false
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	known := false
	for _, t := range contentTypes {
		known = known || err == nil && kind == t
	}
	if !known {
		http.Error(w, "unknown content type", http.StatusUnsupportedMediaType)
		return nil, false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		http.Error(w, "the body is too large", http.StatusRequestEntityTooLarge)
		return nil, false
	case err != nil:
		http.Error(w, "the body did not arrive", http.StatusBadRequest)
		return nil, false
	}
	return body, true
}

// CheckTime tells why the time in a request's header, in Unix seconds, is
// refused.
func CheckTime(header string, now time.Time) error {
	seconds, err := strconv.ParseInt(header, 10, 64)
	if err != nil {
		return fmt.Errorf("%.20q is no time", header)
	}
	if off := now.Sub(time.Unix(seconds, 0)).Abs(); off > MaxSkew {
		return fmt.Errorf("the time is off by %v", off.Round(time.Second))
	}
	return nil
}

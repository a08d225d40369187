package reply

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"io"
)

// Pack compresses text for the payload of a [Button].
func Pack(text string) string {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // unreachable: the level is valid, and writing to a buffer never fails
	}
	return base64.RawURLEncoding.EncodeToString(b.Bytes())
}

// Unpack decompresses text from [Pack]. It returns an error if the payload is invalid or if the
// text is longer than limit bytes, since even a short payload can unpack to a huge amount of text.
func Unpack(payload string, limit int) (string, error) {
	data, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return "", fmt.Errorf("cannot decode payload: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), int64(limit)+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("cannot unpack payload: %w", err)
	case len(text) > limit:
		return "", fmt.Errorf("payload too large: it unpacks to more than %d bytes", limit)
	}
	return string(text), nil
}

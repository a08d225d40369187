package platform

import "log/slog"

// A Secret is a token, or a URL that contains a password. It prints as "[secret]" with
// fmt, log/slog and encoding/json.
type Secret string

// Reveal returns the plain text of the secret.
func (s Secret) Reveal() string { return string(s) }

const redacted = "[secret]"

func (s Secret) String() string               { return redacted }
func (s Secret) GoString() string             { return redacted }
func (s Secret) LogValue() slog.Value         { return slog.StringValue(redacted) }
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

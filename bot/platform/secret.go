package platform

import "log/slog"

// A Secret is a token, or an address that holds a password. However it is
// printed, only "[secret]" comes out.
type Secret string

// Reveal returns the secret itself, for the call that needs it.
func (s Secret) Reveal() string { return string(s) }

const redacted = "[secret]"

func (s Secret) String() string               { return redacted }
func (s Secret) GoString() string             { return redacted }
func (s Secret) LogValue() slog.Value         { return slog.StringValue(redacted) }
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Package seal encrypts the secrets that the bot stores, with AES-256-GCM
// (https://pkg.go.dev/crypto/cipher#NewGCMWithRandomNonce). Whoever reads the database, or a
// backup of it, cannot read them without the keys, which are not in it.
//
// A sealed text is bound to a context, such as the workspace whose token it is: it opens
// with that context only. So nobody who can write to the database can give one workspace the
// token of another.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

const (
	// keySize is the size of a key in bytes, for AES-256.
	keySize = 32
	// maxKeys is the most keys of a [Ring].
	maxKeys = 16
	// version begins each sealed text, so that a later form can be told apart.
	version = "v1"
)

// A Ring has the keys. The first one seals, and all open, so a key can be replaced while
// texts that it sealed are still stored. A Ring prints as "[secret]".
type Ring struct{ keys []key }

type key struct {
	id   string // says which key sealed a text; it tells nothing about the key
	aead cipher.AEAD
}

// Parse returns a Ring of the keys in a text, each 32 bytes in base64, with commas or white
// space between them. Its errors do not quote a key.
func Parse(text string) (*Ring, error) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || strings.ContainsRune(" \t\r\n", r) })
	switch {
	case len(fields) == 0:
		return nil, errors.New("no key: write one that openssl rand -base64 32 prints")
	case len(fields) > maxKeys:
		return nil, fmt.Errorf("%d keys are too many: keep at most %d", len(fields), maxKeys)
	}
	r := new(Ring)
	for i, field := range fields {
		k, err := newKey(field)
		if err != nil {
			return nil, fmt.Errorf("key %d: %w", i+1, err)
		}
		if r.find(k.id) != nil {
			return nil, fmt.Errorf("key %d is there twice: remove it", i+1)
		}
		r.keys = append(r.keys, k)
	}
	return r, nil
}

func newKey(text string) (key, error) {
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(secret) != keySize {
		return key{}, fmt.Errorf("it is not %d bytes in base64: write one that openssl rand -base64 %[1]d prints", keySize)
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return key{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	sum := sha256.Sum256(append([]byte("k8sbot key ID\x00"), secret...))
	return key{hex.EncodeToString(sum[:4]), aead}, err
}

// find returns the key with an ID, or nil.
func (r *Ring) find(id string) *key {
	for i := range r.keys {
		if r.keys[i].id == id {
			return &r.keys[i]
		}
	}
	return nil
}

// Current returns the ID of the key that seals.
func (r *Ring) Current() string { return r.keys[0].id }

// Seal encrypts a text with the first key. bound is its context, see [Ring.Open].
func (r *Ring) Seal(text string, bound ...string) string {
	k := r.keys[0]
	sealed := k.aead.Seal(nil, nil, []byte(text), additional(bound))
	return version + "." + k.id + "." + base64.RawURLEncoding.EncodeToString(sealed)
}

// The errors of [Ring.Open].
var (
	// ErrUnknownKey means that the key which sealed a text is not in the ring.
	ErrUnknownKey = errors.New("the key that sealed it is not in SEAL_KEYS: add the key again, or install the app again")
	// ErrSealed means that a text was changed, belongs to another context, or was never sealed.
	ErrSealed = errors.New("it was not sealed for this context, or has been changed")
)

// Open decrypts a text that was sealed with one of the keys and the same context.
func (r *Ring) Open(sealed string, bound ...string) (string, error) {
	id, data, err := split(sealed)
	if err != nil {
		return "", err
	}
	k := r.find(id)
	if k == nil {
		return "", fmt.Errorf("key %s: %w", id, ErrUnknownKey)
	}
	text, err := k.aead.Open(nil, nil, data, additional(bound))
	if err != nil {
		return "", ErrSealed
	}
	return string(text), nil
}

// KeyID returns the ID of the key that sealed a text, or "" if it is not a sealed text.
func KeyID(sealed string) string {
	id, _, err := split(sealed)
	if err != nil {
		return ""
	}
	return id
}

// split returns the parts of a sealed text.
func split(sealed string) (id string, data []byte, err error) {
	parts := strings.Split(sealed, ".")
	if len(parts) != 3 || parts[0] != version {
		return "", nil, ErrSealed
	}
	if raw, err := hex.DecodeString(parts[1]); err != nil || len(raw) != 4 || parts[1] != strings.ToLower(parts[1]) {
		return "", nil, ErrSealed
	}
	if data, err = base64.RawURLEncoding.Strict().DecodeString(parts[2]); err != nil {
		return "", nil, ErrSealed
	}
	return parts[1], data, nil
}

// additional returns the additional data for a context. The lengths keep ("ab", "c") apart from
// ("a", "bc").
func additional(bound []string) []byte {
	var data []byte
	for _, s := range bound {
		data = binary.BigEndian.AppendUint64(data, uint64(len(s)))
		data = append(data, s...)
	}
	return data
}

const redacted = "[secret]"

func (r *Ring) String() string               { return redacted }
func (r *Ring) GoString() string             { return redacted }
func (r *Ring) LogValue() slog.Value         { return slog.StringValue(redacted) }
func (r *Ring) MarshalText() ([]byte, error) { return []byte(redacted), nil }

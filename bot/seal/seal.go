// Package seal encrypts the secrets that the bot stores, with AES-256-GCM
// (https://pkg.go.dev/crypto/cipher#NewGCMWithRandomNonce). Without the keys, which are stored
// elsewhere, nobody can read the secrets in the database or in a backup.
//
// A sealed secret is bound to a context, such as the workspace that a token belongs to, and opens
// only with that context. So even somebody who can write to the database cannot give one workspace
// another workspace's token.
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
	"sync/atomic"
)

const (
	// keySize is the size of a key in bytes, for AES-256.
	keySize = 32
	// maxKeys is the maximum number of keys in a [Ring].
	maxKeys = 16
	// version is the prefix of each sealed text, so that a later format can be distinguished.
	version = "v1"
)

// A Ring is a list of keys. The first key seals texts, and every key can open the texts that it
// sealed. So the first key can be replaced before all stored texts are sealed again. A Ring
// prints as "[secret]".
type Ring struct {
	keys   atomic.Pointer[[]key] // never changed, only replaced
	reread func() (string, error)
	failed func(error)
}

// Reread makes the ring read its keys again before it seals a secret, and before it rejects a
// secret whose key it lacks. So a key can be replaced without restarting the bot. If read fails or
// returns invalid keys, the ring calls failed and keeps its keys. Call Reread before the ring is
// used.
func (r *Ring) Reread(read func() (string, error), failed func(error)) {
	r.reread, r.failed = read, failed
}

// refresh reads the keys again.
func (r *Ring) refresh() {
	if r.reread == nil {
		return
	}
	text, err := r.reread()
	if err != nil {
		r.failed(err)
		return
	}
	next, err := Parse(text)
	if err != nil {
		r.failed(err)
		return
	}
	r.keys.Store(next.keys.Load())
}

type key struct {
	id   string // identifies the key that sealed the secret; reveals nothing about the key
	aead cipher.AEAD
}

// Parse returns a Ring with the keys in text. Each key is 32 bytes in base64, and keys are
// separated by commas or white space. Errors do not quote keys.
func Parse(text string) (*Ring, error) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || strings.ContainsRune(" \t\r\n", r) })
	switch {
	case len(fields) == 0:
		return nil, errors.New("no key: use the output of openssl rand -base64 32")
	case len(fields) > maxKeys:
		return nil, fmt.Errorf("too many keys (%d): keep at most %d", len(fields), maxKeys)
	}
	var keys []key
	for i, field := range fields {
		k, err := newKey(field)
		if err != nil {
			return nil, fmt.Errorf("key %d: %w", i+1, err)
		}
		if find(keys, k.id) != nil {
			return nil, fmt.Errorf("key %d is a duplicate: remove it", i+1)
		}
		keys = append(keys, k)
	}
	r := new(Ring)
	r.keys.Store(&keys)
	return r, nil
}

func newKey(text string) (key, error) {
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(secret) != keySize {
		return key{}, fmt.Errorf("not %d bytes in base64: use the output of openssl rand -base64 %[1]d", keySize)
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return key{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	sum := sha256.Sum256(append([]byte("k8sbot key ID\x00"), secret...))
	return key{hex.EncodeToString(sum[:4]), aead}, err
}

// find returns the key with the given ID, or nil.
func find(keys []key, id string) *key {
	for i := range keys {
		if keys[i].id == id {
			return &keys[i]
		}
	}
	return nil
}

// Current returns the ID of the key that [Ring.Seal] uses.
func (r *Ring) Current() string { return (*r.keys.Load())[0].id }

// Seal encrypts text with the first key and binds it to the context that bound specifies.
// [Ring.Open] needs the same context.
func (r *Ring) Seal(text string, bound ...string) string {
	r.refresh()
	k := (*r.keys.Load())[0]
	sealed := k.aead.Seal(nil, nil, []byte(text), additional(bound))
	return version + "." + k.id + "." + base64.RawURLEncoding.EncodeToString(sealed)
}

// The errors of [Ring.Open].
var (
	// ErrUnknownKey means that the ring lacks the key that sealed a secret.
	ErrUnknownKey = errors.New("the key that sealed this value is not in SEAL_KEYS: add the key again, or install the app again")
	// ErrSealed means that a sealed secret was changed or is bound to another context, or that the
	// secret was never sealed.
	ErrSealed = errors.New("the value was not sealed for this context, or has been changed")
)

// Open decrypts a secret that was sealed with one of the keys and the same context. The error is
// [ErrUnknownKey] or [ErrSealed], possibly wrapped.
func (r *Ring) Open(sealed string, bound ...string) (string, error) {
	id, data, err := split(sealed)
	if err != nil {
		return "", err
	}
	k := find(*r.keys.Load(), id)
	if k == nil {
		r.refresh()
		k = find(*r.keys.Load(), id)
	}
	if k == nil {
		return "", fmt.Errorf("key %s: %w", id, ErrUnknownKey)
	}
	text, err := k.aead.Open(nil, nil, data, additional(bound))
	if err != nil {
		return "", ErrSealed
	}
	return string(text), nil
}

// KeyID returns the ID of the key that sealed a secret, or "" if the secret is not sealed.
func KeyID(sealed string) string {
	id, _, err := split(sealed)
	if err != nil {
		return ""
	}
	return id
}

// split returns the key ID and the encrypted data of a sealed secret, or [ErrSealed].
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

// additional returns the additional authenticated data for a context. The data includes lengths,
// so that ("ab", "c") and ("a", "bc") differ.
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

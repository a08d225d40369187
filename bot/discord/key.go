package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
)

// CheckKey returns an error if text cannot be an application's public key.
func CheckKey(text string) error {
	_, err := parseKey(text)
	return err
}

// parseKey decodes an application's public key, which is in hexadecimal.
func parseKey(text string) (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("invalid DISCORD_PUBLIC_KEY %.8q…: copy the %d hexadecimal digits from the application's General Information page",
			text, 2*ed25519.PublicKeySize)
	}
	return key, nil
}

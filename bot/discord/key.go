package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
)

// CheckKey returns an error if text is not the public key of an application.
func CheckKey(text string) error {
	_, err := parseKey(text)
	return err
}

// parseKey decodes the public key of an application, which is in hexadecimal.
func parseKey(text string) (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("invalid DISCORD_PUBLIC_KEY %.8q…: copy the %d hexadecimal digits from the application's General Information page",
			text, 2*ed25519.PublicKeySize)
	}
	return key, nil
}

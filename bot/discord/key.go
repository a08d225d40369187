package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
)

// CheckKey tells what is wrong with the public key of an application.
func CheckKey(text string) error {
	_, err := parseKey(text)
	return err
}

// parseKey reads the public key of an application.
func parseKey(text string) (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("DISCORD_PUBLIC_KEY %.8q… is no key of %d hexadecimal digits: copy it from the application's page General Information",
			text, 2*ed25519.PublicKeySize)
	}
	return key, nil
}

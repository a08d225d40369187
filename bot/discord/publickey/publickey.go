// Package publickey reads the key that proves that a request comes from Discord
// (https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers).
package publickey

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
)

// Parse decodes an application's public key, which is in hexadecimal.
func Parse(text string) (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("invalid DISCORD_PUBLIC_KEY %.8q…: copy the %d hexadecimal digits from the application's General Information page",
			text, 2*ed25519.PublicKeySize)
	}
	return key, nil
}

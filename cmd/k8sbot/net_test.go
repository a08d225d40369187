package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"testing"
)

// freeAddr returns a loopback address that nothing listens on. Its port lies below the ports that
// systems give to outgoing connections, which other tests open meanwhile: from 32768 on Linux, and
// from 49152 elsewhere (https://www.rfc-editor.org/rfc/rfc6335#section-6).
func freeAddr(t *testing.T) string {
	t.Helper()
	for range 100 {
		addr := fmt.Sprintf("127.0.0.1:%d", 12_000+rand.IntN(20_000))
		if l, err := net.Listen("tcp", addr); err == nil {
			l.Close()
			return addr
		}
	}
	t.Fatal("no free port")
	return ""
}

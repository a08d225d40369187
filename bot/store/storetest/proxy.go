package storetest

import (
	"io"
	"net"
	"path/filepath"
	"sync"
	"testing"
)

// A Proxy is between a store and a [Server], like a load balancer. It can go
// silent: then it forwards nothing, and closes nothing.
type Proxy struct {
	// Addr is its host and port.
	Addr     string
	listener net.Listener
	target   string

	mu     sync.Mutex
	silent bool
	conns  []*proxied
}

// A proxied is a connection with the one that it is forwarded to.
type proxied struct {
	client, server net.Conn
	silent         bool
}

// NewProxy returns a proxy in front of a server that listens at host, until the test
// ends.
func NewProxy(tb testing.TB, s *Server, host string) *Proxy {
	tb.Helper()
	listener, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		tb.Fatal(err)
	}
	p := &Proxy{Addr: listener.Addr().String(), listener: listener, target: filepath.Join(s.Dir, ".s.PGSQL.5432")}
	go p.accept()
	tb.Cleanup(func() {
		listener.Close()
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, c := range p.conns {
			c.client.Close()
			c.server.Close()
		}
	})
	return p
}

// DSN returns the address of the server's database through the proxy, unencrypted as
// PostgreSQL listens on a Unix socket here.
func (p *Proxy) DSN(user string) string {
	return "postgres://" + user + "@" + p.Addr + "/postgres?sslmode=disable"
}

// Silence makes the open connections silent for good, and new ones until [Proxy.Resume].
func (p *Proxy) Silence() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = true
	for _, c := range p.conns {
		c.silent = true
	}
}

// Resume starts forwarding new connections again.
func (p *Proxy) Resume() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = false
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("unix", p.target)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		c := &proxied{client, server, p.silent}
		p.conns = append(p.conns, c)
		p.mu.Unlock()
		go p.forward(c, client, server)
		go p.forward(c, server, client)
	}
}

// forward copies what from sends, and the end of it, unless the connection is silent.
func (p *Proxy) forward(c *proxied, from, to net.Conn) {
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer)
		p.mu.Lock()
		silent := c.silent
		p.mu.Unlock()
		if silent {
			_, _ = io.Copy(io.Discard, from)
			return
		}
		if n > 0 {
			if _, writeErr := to.Write(buffer[:n]); writeErr != nil {
				err = writeErr
			}
		}
		if err != nil {
			from.Close()
			to.Close()
			return
		}
	}
}

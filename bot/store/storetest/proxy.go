package storetest

import (
	"io"
	"net"
	"path/filepath"
	"sync"
	"testing"
)

// A Proxy forwards connections from a store to a [Server], like a load balancer. It can become
// silent: it then forwards no data, but keeps the connections open.
type Proxy struct {
	// Addr is the proxy's host and port.
	Addr     string
	listener net.Listener
	target   string

	mu     sync.Mutex
	silent bool
	conns  []*proxied
}

// A proxied is a client's connection to the proxy, together with the proxy's connection to the
// server.
type proxied struct {
	client, server net.Conn
	silent         bool
}

// NewProxy returns a proxy in front of a server. It listens on a free port of host until the test
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

// DSN returns the address of the server's database through the proxy. The address turns
// encryption off, since PostgreSQL does not support encryption on Unix sockets.
func (p *Proxy) DSN(user string) string {
	return "postgres://" + user + "@" + p.Addr + "/postgres?sslmode=disable"
}

// Silence makes the open connections silent forever, and new connections silent until
// [Proxy.Resume] is called.
func (p *Proxy) Silence() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = true
	for _, c := range p.conns {
		c.silent = true
	}
}

// Resume makes the proxy forward new connections again.
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

// forward copies data from one side to the other, and closes both when one side closes. If the
// connection is silent, forward discards the data.
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

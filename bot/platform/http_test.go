package platform

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"
)

const testMaxBody = 768 << 10 // bytes

// signedTest describes requests with a signature in a header. It is valid if the body ends
// with it.
var signedTest = Signed{
	ContentType: "application/json", MaxBody: testMaxBody, Timestamp: "T",
	Signature: func(h http.Header) (string, func([]byte) bool, error) {
		signature := h.Get("S")
		if len(signature) != 4 {
			return "", nil, errors.New("malformed signature")
		}
		return h.Get("T") + ":", func(signed []byte) bool {
			return bytes.HasPrefix(signed, []byte(h.Get("T")+":")) && bytes.HasSuffix(signed, []byte(signature))
		}, nil
	},
}

// gateServer starts a server with a Gate, and returns its address. It responds to an admitted
// request with the length of its body.
func gateServer(t *testing.T) (addr string, m *Metrics) {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	m = NewMetrics()
	gate := NewGate("test", m, log)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if body, ok := gate.Read(w, r, signedTest, time.Now()); ok {
			fmt.Fprint(w, len(body))
		}
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String(), m
}

// TestGate sends requests over HTTP, and checks the responses and the metrics.
func TestGate(t *testing.T) {
	addr, m := gateServer(t)
	now := func(off time.Duration) string { return fmt.Sprint(time.Now().Add(off).Unix()) }
	large := strings.Repeat("x", testMaxBody-4) + "sign"
	for name, tt := range map[string]struct {
		method, kind, time, signature string
		body                          io.Reader
		status                        int
		want                          string
	}{
		"admitted":             {"POST", "application/json; charset=utf-8", now(0), "sign", strings.NewReader("{}sign"), 200, "6"},
		"large":                {"POST", "application/json", now(0), "sign", strings.NewReader(large), 200, fmt.Sprint(len(large))},
		"no length":            {"POST", "application/json", now(0), "sign", io.MultiReader(strings.NewReader(large)), 200, fmt.Sprint(len(large))},
		"method":               {"PUT", "application/json", now(0), "sign", strings.NewReader("{}sign"), 405, ""},
		"content_type":         {"POST", "text/plain", now(0), "sign", strings.NewReader("{}sign"), 415, ""},
		"too_large":            {"POST", "application/json", now(0), "sign", strings.NewReader("x" + large), 413, ""},
		"too_large, no length": {"POST", "application/json", now(0), "sign", io.MultiReader(strings.NewReader("x" + large)), 413, ""},
		"timestamp":            {"POST", "application/json", now(-time.Hour), "sign", strings.NewReader("{}sign"), 401, ""},
		"header":               {"POST", "application/json", now(0), "", strings.NewReader("{}sign"), 401, ""},
		"signature":            {"POST", "application/json", now(0), "SIGN", strings.NewReader("{}sign"), 401, ""},
	} {
		req, err := http.NewRequest(tt.method, "http://"+addr, tt.body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header = http.Header{"Content-Type": {tt.kind}, "T": {tt.time}, "S": {tt.signature}}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != tt.status || tt.want != "" && string(got) != tt.want {
			t.Errorf("%s: got status %d %s, want %d %s", name, resp.StatusCode, got, tt.status, tt.want)
		}
	}
	metrics := scrape(m)
	for reason, n := range map[string]int{"method": 1, "content_type": 1, "too_large": 2, "timestamp": 1, "header": 1, "signature": 1} {
		if want := fmt.Sprintf("k8sbot_refused_requests_total{platform=\"test\",reason=%q} %d", reason, n); !strings.Contains(metrics, want) {
			t.Errorf("metrics do not contain %s", want)
		}
	}
}

// TestGateMemory opens 500 connections that send all but the last byte of the largest
// body, without a signature and with a forged one, with and without its length, and checks
// that memory stays bounded, and that a signed request is answered meanwhile.
func TestGateMemory(t *testing.T) {
	const connections, maxGrowth = 500, 64 << 20
	addr, m := gateServer(t)
	body := bytes.Repeat([]byte("x"), testMaxBody-1)
	before := sys()
	withLength := fmt.Sprintf("Content-Length: %d\r\n\r\n", testMaxBody)
	chunked := fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n", testMaxBody)
	for _, tt := range []struct{ name, signature, length string }{
		{"unsigned", "", withLength}, {"forged", "sign", withLength}, {"forged, no length", "sign", chunked},
	} {
		answers := make(chan string, connections)
		var conns []net.Conn
		for range connections {
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			conns = append(conns, conn)
			go func() {
				head := fmt.Sprintf("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nT: %d\r\nS: %s\r\n%s",
					time.Now().Unix(), tt.signature, tt.length)
				go func() {
					_, _ = io.WriteString(conn, head)
					_, _ = conn.Write(body)
				}()
				status := make([]byte, len("HTTP/1.1 200"))
				_, err := io.ReadFull(conn, status)
				if err != nil {
					status = []byte(err.Error())
				}
				answers <- string(status)
			}()
		}
		want, n := "HTTP/1.1 401", connections
		if tt.signature != "" {
			want, n = "HTTP/1.1 503", connections-maxUnverified // the others wait for the last byte
		}
		for i := range n {
			if got := <-answers; got != want && got != "HTTP/1.1 400" { // 400 if the machine is slow, and a body timed out
				t.Fatalf("%s: answer %d of %d is %s, want %s", tt.name, i, n, got, want)
			}
		}
		grown := sys() - before
		t.Logf("%s: memory grew by %d MiB", tt.name, grown>>20)
		if grown > maxGrowth {
			t.Errorf("%s: %d bodies take %d MiB, want at most %d", tt.name, connections, grown>>20, maxGrowth>>20)
		}
		if tt.length == chunked {
			break // the request below is sent while these wait
		}
		for _, conn := range conns {
			_ = conn.Close()
		}
	}
	req, err := http.NewRequest("POST", "http://"+addr, strings.NewReader("{}sign"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = http.Header{"Content-Type": {"application/json"}, "T": {fmt.Sprint(time.Now().Unix())}, "S": {"sign"}}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("a signed request is answered with %s", resp.Status)
	}
	metrics := scrape(m)
	for _, want := range []string{`reason="header"} 500`, `reason="busy"} `} {
		if !strings.Contains(metrics, want) {
			t.Errorf("metrics do not contain %s", want)
		}
	}
}

// sys returns the memory that the program has obtained from the system and not returned.
func sys() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys - m.HeapReleased)
}

package platform

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// BaseURL returns the base URL of an API, which is address, or byDefault if address is empty. It
// adds a trailing slash if there is none. It returns an error if address is not an absolute http
// or https URL. The error names setting, which is the setting that address comes from.
func BaseURL(setting, address, byDefault string) (string, error) {
	if address == "" {
		address = byDefault
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", fmt.Errorf("invalid %s %q: write a URL such as %s", setting, address, byDefault)
	}
	if !strings.HasSuffix(address, "/") {
		address += "/"
	}
	return address, nil
}

// idleConns is the number of idle connections that a client keeps to an API: one per
// worker.
const idleConns = workers

// NewClient returns a client for calls to a platform's API. Each call may take at most timeout.
// wrap, if it is not nil, wraps the client's transport. The client does not follow redirects: no
// platform sends redirects, and a message must not go to another host.
func NewClient(timeout time.Duration, wrap func(http.RoundTripper) http.RoundTripper) *http.Client {
	var transport http.RoundTripper = &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
		TLSHandshakeTimeout: 5 * time.Second,
		MaxIdleConnsPerHost: idleConns,
		IdleConnTimeout:     90 * time.Second,
		ForceAttemptHTTP2:   true,
	}
	if wrap != nil {
		transport = wrap(transport)
	}
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     transport,
	}
}

package platform

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// BaseURL returns the address of an API, with a slash at its end: what the setting
// says, or else the default. The error names the setting.
func BaseURL(setting, address, byDefault string) (string, error) {
	if address == "" {
		address = byDefault
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", fmt.Errorf("%s %q is no address: write it as %s", setting, address, byDefault)
	}
	if !strings.HasSuffix(address, "/") {
		address += "/"
	}
	return address, nil
}

// idleConns is how many connections to an API are kept for the next calls: one for
// each worker.
const idleConns = workers

// NewClient returns a client for the calls of a platform's API, each of which has
// timeout. wrap sees every call. Redirects are not followed: no platform makes any,
// and an answer goes nowhere else.
func NewClient(timeout time.Duration, wrap func(http.RoundTripper) http.RoundTripper) *http.Client {
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: wrap(&http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
			TLSHandshakeTimeout: 5 * time.Second,
			MaxIdleConnsPerHost: idleConns,
			IdleConnTimeout:     90 * time.Second,
			ForceAttemptHTTP2:   true,
		}),
	}
}

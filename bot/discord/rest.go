package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/retry"
)

// DefaultAPIURL is where Discord's REST API is.
const DefaultAPIURL = "https://discord.com/api/"

// userAgent names the library that the endpoints and the version of the API are of
// (https://docs.discord.com/developers/reference#user-agent).
const userAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, v" + discordgo.VERSION + ") k8sbot"

const (
	// callTimeout bounds one call.
	callTimeout = 10 * time.Second
	// maxTries is how often a call is made that Discord put off (429) or at which
	// it failed (5xx), or that found no connection. All calls here may be made
	// again: a message that was posted already is told by its nonce, and an
	// interaction that was answered is refused.
	maxTries = 4
	// maxResponse is the number of bytes of an answer that are read.
	maxResponse = 4 << 20
)

// An api makes the calls of the REST API. The library's own calls are not used: their
// waits for rate limits ignore contexts, and keep a lock for each interaction for ever
// (https://github.com/bwmarrin/discordgo/issues/1333).
type api struct {
	base    string          // where the API is, with a slash at the end
	token   platform.Secret // "" for calls without one
	client  *http.Client
	limits  *rateLimits
	metrics *platform.Metrics
}

func newAPI(base string, token platform.Secret, metrics *platform.Metrics, now func() time.Time) *api {
	direct := func(next http.RoundTripper) http.RoundTripper { return next }
	return &api{
		base: base, token: token, client: platform.NewClient(callTimeout, direct),
		limits: newRateLimits(now), metrics: metrics,
	}
}

// GatewayBot implements [gateway.API].
func (a *api) GatewayBot(ctx context.Context) ([]byte, error) {
	return a.call(ctx, http.MethodGet, discordgo.EndpointGatewayBot, nil)
}

// call makes a call of one of the library's endpoints, and returns what Discord
// answered. body is JSON already, or becomes it; nil for none.
func (a *api) call(ctx context.Context, method, endpoint string, body any) (answer []byte, err error) {
	data, err := encodeBody(body)
	if err != nil {
		return nil, err
	}
	target, err := url.Parse(a.base + strings.TrimPrefix(endpoint, DefaultAPIURL))
	if err != nil {
		return nil, withoutURL(err)
	}
	r := routeOf(method, strings.TrimPrefix(endpoint, DefaultAPIURL))
	err = retry.Do(ctx, retry.Policy{First: firstPause, Tries: maxTries}, func(ctx context.Context) error {
		if err := a.limits.wait(ctx, r); err != nil {
			return err
		}
		answer, err = a.callOnce(ctx, r, method, target, data)
		if e := asAPIError(err); e != nil && e.status < 500 && e.status != http.StatusTooManyRequests {
			return err
		}
		return retry.Again(err)
	})
	return answer, err
}

// encodeBody returns the body of a call, nil for none.
func encodeBody(body any) ([]byte, error) {
	switch b := body.(type) {
	case nil:
		return nil, nil
	case []byte:
		return b, nil
	}
	return json.Marshal(body)
}

// callOnce makes a call once, and notes what Discord says about rate limits.
func (a *api) callOnce(ctx context.Context, r route, method string, target *url.URL, data []byte) ([]byte, error) {
	resp, err := a.send(ctx, method, target, data)
	if err != nil {
		a.metrics.APIError(Platform, r.name, "unreachable")
		return nil, withoutURL(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	a.limits.readHeaders(r, resp.Header)
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		return answer, err
	}
	e := newAPIError(resp, answer)
	a.limits.readError(r, e)
	code := strconv.Itoa(e.status)
	if e.code != 0 {
		code = strconv.Itoa(e.code)
	}
	a.metrics.APIError(Platform, r.name, code)
	return nil, e
}

func (a *api) send(ctx context.Context, method string, target *url.URL, data []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, target.String(), bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if a.token != "" {
		req.Header.Set("Authorization", "Bot "+a.token.Reveal())
	}
	if data != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("User-Agent", userAgent)
	return a.client.Do(req)
}

// withoutURL returns an error without the address of a call, which may hold an
// interaction's token.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

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

	"k8sbot/bot/discord/route"
	"k8sbot/bot/discord/upload"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/retry"
)

// DefaultAPIURL is the base URL of Discord's REST API.
const DefaultAPIURL = "https://discord.com/api/"

// userAgent names discordgo because the endpoints and the API version are discordgo's
// (https://docs.discord.com/developers/reference#user-agent).
const userAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, v" + discordgo.VERSION + ") k8sbot"

const (
	// callTimeout limits one call.
	callTimeout = 10 * time.Second
	// maxTries is the maximum number of times that a call is tried if Discord limits the rate
	// (429), fails (5xx) or cannot be reached. Every call can be repeated safely: Discord
	// deduplicates posted messages by nonce and rejects a second response to an interaction.
	maxTries = 4
	// maxResponse is the maximum number of bytes read from a response.
	maxResponse = 4 << 20
)

// An api calls the REST API. discordgo's calls are not used because they ignore contexts while
// they wait for rate limits, and never free an interaction's lock
// (https://github.com/bwmarrin/discordgo/issues/1333).
type api struct {
	base    string          // base URL, with a trailing slash
	token   platform.Secret // "" for calls without a token
	client  *http.Client
	limits  *rateLimits
	metrics *platform.Metrics
}

func newAPI(base string, token platform.Secret, metrics *platform.Metrics, now func() time.Time) *api {
	return &api{
		base: base, token: token, client: platform.NewClient(callTimeout, nil),
		limits: newRateLimits(now), metrics: metrics,
	}
}

// GatewayBot implements [gateway.API].
func (a *api) GatewayBot(ctx context.Context) ([]byte, error) {
	return a.call(ctx, http.MethodGet, discordgo.EndpointGatewayBot, nil)
}

// call calls a discordgo endpoint and returns the response's body. body is nil, JSON as []byte,
// an [upload.Body], or a value to encode. call waits for rate limits and tries up to maxTries
// times. The error is an *apiError if Discord rejected the call, and an *unknownOutcome if an
// attempt may have succeeded.
func (a *api) call(ctx context.Context, method, endpoint string, body any) (response []byte, err error) {
	data, contentType, err := encodeBody(body)
	if err != nil {
		return nil, err
	}
	target, err := url.Parse(a.base + strings.TrimPrefix(endpoint, DefaultAPIURL))
	if err != nil {
		return nil, withoutURL(err)
	}
	r := route.Of(method, strings.TrimPrefix(endpoint, DefaultAPIURL))
	mayBeDone := false
	err = retry.Do(ctx, retry.Policy{First: firstPause, Tries: maxTries}, func(ctx context.Context) error {
		if err := a.limits.wait(ctx, r); err != nil {
			return err
		}
		response, err = a.callOnce(ctx, r, method, target, data, contentType)
		mayBeDone = mayBeDone || mayHaveSucceeded(err)
		if e := asAPIError(err); e != nil && e.status < 500 && e.status != http.StatusTooManyRequests {
			return err
		}
		return retry.Again(err)
	})
	if err != nil && mayBeDone {
		err = &unknownOutcome{err}
	}
	return response, err
}

// encodeBody returns the body of a call and its content type. It returns nil if there is no body.
func encodeBody(body any) (data []byte, contentType string, err error) {
	switch b := body.(type) {
	case nil:
		return nil, "", nil
	case []byte:
		data = b
	case upload.Body:
		return b.Data, b.ContentType, nil
	default:
		data, err = json.Marshal(body)
	}
	return data, "application/json", err
}

// callOnce makes a call once and updates the rate limits from the response.
func (a *api) callOnce(ctx context.Context, r route.Route, method string, target *url.URL, data []byte, contentType string) ([]byte, error) {
	resp, err := a.send(ctx, method, target, data, contentType)
	if err != nil {
		a.metrics.APIError(Platform, r.Name, "unreachable")
		return nil, withoutURL(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	a.limits.readHeaders(r, resp.Header)
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		return body, err
	}
	e := newAPIError(resp, body)
	a.limits.readError(r, e)
	code := strconv.Itoa(e.status)
	if e.code != 0 {
		code = strconv.Itoa(e.code)
	}
	a.metrics.APIError(Platform, r.Name, code)
	return nil, e
}

// send sends a request.
func (a *api) send(ctx context.Context, method string, target *url.URL, data []byte, contentType string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, target.String(), bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if a.token != "" {
		req.Header.Set("Authorization", "Bot "+a.token.Reveal())
	}
	if data != nil {
		req.Header.Set("Content-Type", contentType)
	}
	req.Header.Set("User-Agent", userAgent)
	return a.client.Do(req)
}

// withoutURL removes the URL from an error, because it may contain the token of an
// interaction.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

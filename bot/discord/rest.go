package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/platform"
)

// DefaultAPIURL is where Discord's REST API is.
const DefaultAPIURL = "https://discord.com/api/"

const (
	// callTimeout bounds one call.
	callTimeout = 10 * time.Second
	// maxTries is how often a call is made that Discord put off (429) or at which
	// it failed (5xx), or that found no connection. All calls here may be made
	// again: a message that was posted already is told by its nonce, and an
	// interaction that was answered is refused.
	maxTries = 4
	// firstPause is how long a failed call waits for its second try, twice as long
	// for each further one.
	firstPause = 250 * time.Millisecond
	// maxAnswer is the number of bytes of an answer that are read.
	maxAnswer = 4 << 20
)

// An apiError is Discord's refusal of a call.
type apiError struct {
	status  int
	code    int // Discord's own (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json)
	message string
	after   time.Duration // when to try again, for 429
	global  bool
}

func (e *apiError) Error() string {
	return fmt.Sprintf("discord answered %d %s (code %d: %s)", e.status, http.StatusText(e.status), e.code, e.message)
}

// Is reports whether Discord refuses the token itself, so that no further try can
// succeed.
func (e *apiError) Is(target error) bool {
	return target == gateway.ErrToken && e.status == http.StatusUnauthorized
}

// refusal returns what Discord refused with, nil where err is something else.
func refusal(err error) *apiError {
	var e *apiError
	errors.As(err, &e)
	return e
}

// api makes the calls of the REST API, through the session of the library, which
// knows the endpoints, the token and the headers. Its waits for rate limits are
// not used: they ignore contexts, and keep a lock for every interaction.
type api struct {
	session *discordgo.Session
	limits  *limits
}

// call makes a call, with body as JSON where it is not nil, and returns what
// Discord answered.
func (a *api) call(ctx context.Context, method, endpoint string, body any) (answer []byte, err error) {
	var data []byte
	switch b := body.(type) {
	case nil:
	case []byte:
		data = b
	default:
		if data, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	for try := 1; ; try++ {
		if err := a.limits.wait(ctx, method, endpoint); err != nil {
			return nil, err
		}
		answer, err = a.once(ctx, method, endpoint, data)
		if err == nil || try == maxTries || ctx.Err() != nil {
			return answer, err
		}
		pause := firstPause << (try - 1)
		if e := refusal(err); e != nil {
			switch {
			case e.status == http.StatusTooManyRequests:
				pause = 0 // the limits tell
			case e.status < 500:
				return nil, err
			}
		}
		if sleep(ctx, pause) != nil {
			return nil, err
		}
	}
}

func (a *api) once(ctx context.Context, method, endpoint string, data []byte) ([]byte, error) {
	// A bucket of its own for each call: this one never waits.
	bucket := discordgo.NewRatelimiter().LockBucket("")
	answer, err := a.session.RequestWithLockedBucket(method, endpoint, "application/json", data, bucket, 0,
		discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0))
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // the address may hold an interaction's token
	}
	return answer, err
}

// GatewayBot implements [gateway.API].
func (a *api) GatewayBot(ctx context.Context) ([]byte, error) {
	return a.call(ctx, http.MethodGet, discordgo.EndpointGatewayBot, nil)
}

// sleep waits, and returns the error of a context that ended first.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A transport sends every call of the library to where Discord's API is said to
// be, makes Discord's refusals errors, and notes its rate limits.
type transport struct {
	base    string // of the API, with a slash at the end
	next    http.RoundTripper
	limits  *limits
	metrics *platform.Metrics
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	rest, ok := strings.CutPrefix(r.URL.String(), DefaultAPIURL)
	if !ok {
		return nil, fmt.Errorf("a call of %s, which is not discord's api", r.URL.Host)
	}
	target, err := url.Parse(t.base + rest)
	if err != nil {
		return nil, err
	}
	out := r.Clone(r.Context())
	out.URL, out.Host = target, target.Host
	resp, err := t.next.RoundTrip(out)
	label, key := route(r.Method, r.URL.Path)
	if err != nil {
		t.metrics.APIError(bot.Discord, label, "unreachable")
		return nil, err
	}
	t.limits.note(key, resp.Header)
	if resp.StatusCode < 400 {
		return resp, nil
	}
	defer resp.Body.Close()
	e := readRefusal(resp)
	t.limits.refused(key, e)
	code := strconv.Itoa(e.status)
	if e.code != 0 {
		code = strconv.Itoa(e.code)
	}
	t.metrics.APIError(bot.Discord, label, code)
	return nil, e
}

// readRefusal reads why Discord refused a call.
func readRefusal(resp *http.Response) *apiError {
	var said struct {
		Message    string  `json:"message"`
		Code       int     `json:"code"`
		RetryAfter float64 `json:"retry_after"` // seconds
		Global     bool    `json:"global"`
	}
	data, _ := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	_ = json.NewDecoder(bytes.NewReader(data)).Decode(&said) // a proxy's page says nothing
	e := &apiError{status: resp.StatusCode, code: said.Code, message: said.Message, global: said.Global}
	e.after = seconds(said.RetryAfter)
	if header, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64); err == nil && e.after == 0 {
		e.after = seconds(header)
	}
	e.global = e.global || resp.Header.Get("X-RateLimit-Global") == "true"
	return e
}

// maxPause is the longest time that a call is put off on Discord's word.
const maxPause = time.Hour

func seconds(s float64) time.Duration {
	if !(s > 0) {
		return 0
	}
	return time.Duration(min(s, maxPause.Seconds()) * float64(time.Second))
}

// route returns the name of a route, for metrics, and what tells its rate limit
// apart: limits are kept by route and the channel, server or webhook in it
// (https://docs.discord.com/developers/topics/rate-limits). The name holds no ID
// and no token.
func route(method, path string) (label, key string) {
	path = apiVersion.ReplaceAllString(path, "")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	named := make([]string, len(parts))
	major := ""
	for i, p := range parts {
		switch {
		case i == 2 && (parts[0] == "webhooks" || parts[0] == "interactions"):
			named[i] = ":token"
			major += p
		case snowflake.MatchString(p):
			named[i] = ":id"
			if i == 1 {
				major = p
			}
		default:
			named[i] = p
		}
	}
	label = method + " /" + strings.Join(named, "/")
	return label, label + " " + major
}

var (
	apiVersion = regexp.MustCompile(`^/api/v\d+`)
	snowflake  = regexp.MustCompile(`^\d{5,}$`)
)

// limits are the times until which Discord takes no more calls.
type limits struct {
	now func() time.Time

	mu     sync.Mutex
	routes map[string]time.Time
	global time.Time
}

// maxRoutes is the number of routes whose limits are known. Beyond it those that
// are over are forgotten.
const maxRoutes = 1000

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, routes: make(map[string]time.Time)}
}

// wait waits until a call may be made, and returns an error where that is not
// before ctx ends.
func (l *limits) wait(ctx context.Context, method, endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil {
		return err
	}
	_, key := route(method, u.Path)
	l.mu.Lock()
	until := l.routes[key]
	if l.global.After(until) {
		until = l.global
	}
	l.mu.Unlock()
	pause := until.Sub(l.now())
	if deadline, ok := ctx.Deadline(); ok && pause > 0 && l.now().Add(pause).After(deadline) {
		return &apiError{status: http.StatusTooManyRequests, message: "put off beyond the call's own end", after: pause}
	}
	return sleep(ctx, pause)
}

// note takes down that a route has no more calls left, from the headers of an
// answer.
func (l *limits) note(key string, h http.Header) {
	if h.Get("X-RateLimit-Remaining") != "0" {
		return
	}
	after, err := strconv.ParseFloat(h.Get("X-RateLimit-Reset-After"), 64)
	if err != nil {
		return
	}
	l.close(key, seconds(after))
}

// refused takes down that Discord took no call.
func (l *limits) refused(key string, e *apiError) {
	if e.status != http.StatusTooManyRequests {
		return
	}
	pause := max(e.after, firstPause)
	if !e.global {
		l.close(key, pause)
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.global = l.now().Add(pause)
}

func (l *limits) close(key string, pause time.Duration) {
	if pause <= 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if len(l.routes) >= maxRoutes {
		for k, until := range l.routes {
			if !until.After(now) {
				delete(l.routes, k)
			}
		}
	}
	l.routes[key] = now.Add(pause)
}

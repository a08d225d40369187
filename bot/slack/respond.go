package slack

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"k8sbot/bot/platform/retry"
)

// send sends a message to a response URL.
func (a *Adapter) send(ctx context.Context, request, address string, m message) {
	if data := a.encode(m); data != nil {
		a.respond(ctx, request, address, data)
	}
}

// respond sends the encoded answer to a request to a response URL. A delivery that
// Slack put off or failed at is made again, as often as a call of the Web API.
func (a *Adapter) respond(ctx context.Context, request, address string, data []byte) {
	if err := a.checkResponseURL(address); err != nil {
		a.logNotSent(request, err)
		return
	}
	policy := retry.Policy{First: firstRetry, Tries: 1 + maxRetries}
	err := retry.Do(ctx, policy, func(ctx context.Context) error { return a.postOnce(ctx, address, data) })
	if err != nil {
		a.logNotSent(request, err)
	}
}

// postOnce makes one delivery. An error after which another one may succeed is marked
// for [retry.Do]. The error does not hold the address, which is as good as a token.
func (a *Adapter) postOnce(ctx context.Context, address string, data []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("response url: no address")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := a.client.Do(req)
	if err != nil {
		failed := fmt.Errorf("response url: %w", stripURL(err))
		if isDialError(err) {
			return retry.Again(failed)
		}
		return failed // it may have arrived, and would be shown twice
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
	if resp.StatusCode < 300 {
		return nil
	}
	err = fmt.Errorf("response url: slack answered %s", resp.Status)
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return retry.After(err, time.Duration(seconds)*time.Second)
	case resp.StatusCode >= 500:
		return retry.Again(err)
	}
	return err
}

// checkResponseURL tells why an answer may not be sent to an address: a forged
// one would make the bot send it anywhere.
func (a *Adapter) checkResponseURL(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("no address")
	}
	if u.Scheme == "https" && u.Host == "hooks.slack.com" {
		return nil
	}
	if a.o.APIURL != DefaultAPIURL {
		if api, err := url.Parse(a.o.APIURL); err == nil && u.Host == api.Host && (u.Scheme == "https" || u.Scheme == "http") {
			return nil
		}
	}
	return fmt.Errorf("the host %.60q is not slack's", u.Host)
}

package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"k8sbot/bot/platform/retry"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/webapi"
)

// send sends a message to a response URL and reports whether that succeeded. request is the
// ID of the request, for the log.
func (a *Adapter) send(ctx context.Context, request, responseURL string, m blockkit.Message) bool {
	data := a.encode(m)
	return data != nil && a.respond(ctx, request, responseURL, data)
}

// respond sends an encoded message to a response URL. Like a Web API call, the request is
// retried if Slack limits the rate or fails. If the last try fails, respond logs the error and
// returns false.
func (a *Adapter) respond(ctx context.Context, request, responseURL string, data []byte) bool {
	if err := a.checkResponseURL(responseURL); err != nil {
		a.logNotSent(request, err)
		return false
	}
	policy := retry.Policy{First: webapi.FirstRetry, Tries: 1 + webapi.MaxRetries}
	err := retry.Do(ctx, policy, func(ctx context.Context) error { return a.postOnce(ctx, responseURL, data) })
	if err != nil {
		a.logNotSent(request, err)
	}
	return err == nil
}

// postOnce posts to a response URL once. If the error is temporary, it is marked for [retry.Do].
// The error never contains the URL, because anyone who knows the URL can post to it.
func (a *Adapter) postOnce(ctx context.Context, responseURL string, data []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, responseURL, bytes.NewReader(data))
	if err != nil {
		return errors.New("invalid response URL")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := a.httpClient.Do(req)
	if err != nil {
		failed := fmt.Errorf("response URL: %w", webapi.StripURL(err))
		if webapi.IsDialError(err) {
			return retry.Again(failed)
		}
		return failed // the message may have arrived and must not be shown twice
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
	if resp.StatusCode < 300 {
		return nil
	}
	err = fmt.Errorf("response URL: slack responded with %s", resp.Status)
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return retry.After(err, time.Duration(seconds)*time.Second)
	case resp.StatusCode >= 500:
		return retry.Again(err)
	}
	return err
}

// checkResponseURL returns an error if a response URL is not Slack's, because a forged URL would
// make the bot send requests to any host.
func (a *Adapter) checkResponseURL(responseURL string) error {
	u, err := url.Parse(responseURL)
	if err != nil {
		return errors.New("invalid response URL")
	}
	if u.Scheme == "https" && u.Host == "hooks.slack.com" {
		return nil
	}
	if a.o.APIURL != DefaultAPIURL {
		if api, err := url.Parse(a.o.APIURL); err == nil && u.Host == api.Host && (u.Scheme == "https" || u.Scheme == "http") {
			return nil
		}
	}
	return fmt.Errorf("response URL: host %.60q is not slack's", u.Host)
}

// originalOf returns the reply that replaces the ephemeral answer after r has shared it. If r
// could not be sent, the returned reply says so.
func originalOf(r reply.Reply, sent bool) reply.Reply {
	original := *r.Original
	if !sent {
		// The first block says that the answer is shared.
		original.Blocks = slices.Concat([]reply.Block{reply.Note{Text: labels.shareFailed.In(r.Lang)}}, original.Blocks[1:])
	}
	return original
}

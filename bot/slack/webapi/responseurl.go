package webapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform/retry"
)

// ResponseURLs posts to response URLs
// (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
type ResponseURLs struct {
	HTTP *http.Client
	API  string // base URL of the Web API, if it is not Slack's; otherwise ""
}

// Post posts an encoded message. Like a Web API call, the request is retried if Slack limits the
// rate or fails. [ErrorCode] returns the code of the error if Slack refuses the message.
func (r ResponseURLs) Post(ctx context.Context, responseURL string, data []byte) error {
	if err := r.Check(responseURL); err != nil {
		return err
	}
	policy := retry.Policy{First: FirstRetry, Tries: 1 + MaxRetries}
	return retry.Do(ctx, policy, func(ctx context.Context) error { return r.postOnce(ctx, responseURL, data) })
}

// postOnce posts to a response URL once. If the error is temporary, it is marked for [retry.Do].
// The error never contains the URL, because anyone who knows the URL can post to it.
func (r ResponseURLs) postOnce(ctx context.Context, responseURL string, data []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, responseURL, bytes.NewReader(data))
	if err != nil {
		return errors.New("invalid response URL")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := r.HTTP.Do(req)
	if err != nil {
		failed := fmt.Errorf("response URL: %w", StripURL(err))
		if IsDialError(err) {
			return retry.Again(failed)
		}
		return failed // the message may have arrived and must not be shown twice
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<16)) // only the code is read, if there is one
	code := responseCode(body)
	if resp.StatusCode < 300 && code == "" {
		return nil
	}
	err = fmt.Errorf("response URL: slack responded with %s", resp.Status)
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return retry.After(err, time.Duration(seconds)*time.Second)
	case resp.StatusCode >= 500:
		return retry.Again(err)
	case code != "":
		return fmt.Errorf("%w: %w", err, slack.SlackErrorResponse{Err: code})
	}
	return err
}

// responseCode returns the error code in the response to a post. Slack sends it as text or, like
// the Web API, as JSON.
func responseCode(body []byte) string {
	const letters = "abcdefghijklmnopqrstuvwxyz_"
	if code := strings.TrimSpace(string(body)); strings.Contains(code, "_") && strings.Trim(code, letters) == "" { // not "ok", or a proxy's page
		return code
	}
	var answer struct {
		OK    bool   `json:"ok"`
		Error string `json:"error"`
	}
	if json.Unmarshal(body, &answer) != nil || answer.OK {
		return ""
	}
	return answer.Error
}

// Check returns an error if a response URL is not Slack's, because a forged URL would make the bot
// send requests to any host.
func (r ResponseURLs) Check(responseURL string) error {
	u, err := url.Parse(responseURL)
	if err != nil {
		return errors.New("invalid response URL")
	}
	if u.Scheme == "https" && u.Host == "hooks.slack.com" {
		return nil
	}
	if api, err := url.Parse(r.API); r.API != "" && err == nil && u.Host == api.Host && (u.Scheme == "https" || u.Scheme == "http") {
		return nil
	}
	return fmt.Errorf("response URL: host %.60q is not slack's", u.Host)
}

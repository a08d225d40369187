package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	"k8sbot/bot/platform"
)

// Handler returns the handler for /slack/commands, /slack/events and /slack/interactions, to
// which Slack sends requests in HTTP mode.
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	const form = "application/x-www-form-urlencoded"
	mux.Handle("/slack/commands", a.verified(form, a.serveCommand))
	mux.Handle("/slack/interactions", a.verified(form, a.serveInteraction))
	mux.Handle("/slack/events", a.verified("application/json", a.serveEvent))
	return mux
}

// verified passes the bodies of requests with a valid signature to next, and rejects all
// others before they are parsed
// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
func (a *Adapter) verified(contentType string, next func(http.ResponseWriter, []byte)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := platform.ReadBody(w, r, contentType)
		if !ok {
			return
		}
		if err := a.verify(r.Header, body); err != nil {
			a.o.Log.Warn("request with invalid signature rejected", "path", r.URL.Path, "error", err)
			http.Error(w, "invalid signature", http.StatusUnauthorized)
			return
		}
		next(w, body)
	})
}

func (a *Adapter) verify(h http.Header, body []byte) error {
	if a.o.SigningSecret == "" {
		return errors.New("SLACK_SIGNING_SECRET is not set")
	}
	timestamp := h.Get("X-Slack-Request-Timestamp")
	mac := hmac.New(sha256.New, []byte(a.o.SigningSecret.Reveal()))
	io.WriteString(mac, "v0:"+timestamp+":")
	mac.Write(body)
	want := "v0=" + hex.EncodeToString(mac.Sum(nil))
	if !hmac.Equal([]byte(want), []byte(h.Get("X-Slack-Signature"))) {
		return errors.New("the signature does not match")
	}
	return platform.CheckTime(timestamp, a.o.Now())
}

func (a *Adapter) serveCommand(w http.ResponseWriter, body []byte) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		http.Error(w, "invalid form", http.StatusBadRequest)
		return
	}
	c := command{
		TeamID: form.Get("team_id"), ChannelID: form.Get("channel_id"), UserID: form.Get("user_id"),
		Text: form.Get("text"), ResponseURL: form.Get("response_url"), TriggerID: form.Get("trigger_id"),
	}
	// Slack sends a command once, so there is no ID to deduplicate: a repeated request is
	// answered again.
	job, err := a.submitCommand("", c)
	if err != nil {
		refuseBusy(w)
		return
	}
	if answer, ok := job.Wait(platform.AckTimeout); !ok {
		job.Then(a.respondTo(c))
	} else if answer != nil {
		writeJSON(w, answer)
	}
}

func (a *Adapter) serveInteraction(w http.ResponseWriter, body []byte) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		http.Error(w, "invalid form", http.StatusBadRequest)
		return
	}
	i, err := decode[interaction]([]byte(form.Get("payload")))
	if err != nil {
		http.Error(w, "missing or invalid payload", http.StatusBadRequest)
		return
	}
	if a.onInteraction(i) != nil {
		refuseBusy(w)
	}
}

func (a *Adapter) serveEvent(w http.ResponseWriter, body []byte) {
	e, err := decode[event](body)
	switch {
	case err != nil:
		http.Error(w, "invalid event", http.StatusBadRequest)
	case e.Type == "url_verification":
		challenge, _ := json.Marshal(map[string]string{"challenge": e.Challenge}) // a string always encodes
		writeJSON(w, challenge)
	case a.onEvent(e) != nil:
		refuseBusy(w)
	}
}

// refuseBusy responds to a request that cannot be accepted now. Slack sends an event again,
// and shows an error to the user who sent a command or pressed a button.
func refuseBusy(w http.ResponseWriter) {
	http.Error(w, "too many requests, try again later", http.StatusServiceUnavailable)
}

func writeJSON(w http.ResponseWriter, data []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(data)
}

package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"k8sbot/bot/platform"
)

// Handler returns the handler for /slack/commands, /slack/events and /slack/interactions, to
// which Slack sends requests in HTTP mode.
func (a *Adapter) Handler() http.Handler {
	mux, gate := http.NewServeMux(), platform.NewGate(Platform, a.o.Metrics, a.o.Log)
	const form = "application/x-www-form-urlencoded"
	mux.Handle("/slack/commands", a.verified(gate, form, platform.MaxBody, a.serveCommand))
	mux.Handle("/slack/interactions", a.verified(gate, form, maxPayload, a.serveInteraction))
	mux.Handle("/slack/events", a.verified(gate, "application/json", maxPayload, a.serveEvent))
	return mux
}

// verified passes the bodies of requests with a valid signature to next, and refuses all
// others before they are parsed
// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
func (a *Adapter) verified(gate *platform.Gate, contentType string, maxBody int64, next func(http.ResponseWriter, []byte)) http.Handler {
	signed := platform.Signed{ContentType: contentType, MaxBody: maxBody, Timestamp: timestampHeader, Signature: a.signature}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if body, ok := gate.Read(w, r, signed, a.o.Now()); ok {
			next(w, body)
		}
	})
}

const (
	timestampHeader = "X-Slack-Request-Timestamp"
	signatureHeader = "X-Slack-Signature"
)

// signature returns the prefix that Slack signs together with the body, and a function that
// checks the signature. It returns an error if the header is malformed.
func (a *Adapter) signature(h http.Header) (prefix string, valid func([]byte) bool, err error) {
	if a.o.SigningSecret == "" {
		return "", nil, errors.New("SLACK_SIGNING_SECRET is not set")
	}
	digits, found := strings.CutPrefix(h.Get(signatureHeader), "v0=")
	signature, err := hex.DecodeString(digits)
	if !found || err != nil || len(signature) != sha256.Size || digits != strings.ToLower(digits) {
		return "", nil, errors.New("missing or malformed signature")
	}
	return "v0:" + h.Get(timestampHeader) + ":", func(signed []byte) bool {
		mac := hmac.New(sha256.New, []byte(a.o.SigningSecret.Reveal()))
		mac.Write(signed)
		return hmac.Equal(mac.Sum(nil), signature)
	}, nil
}

func (a *Adapter) serveCommand(w http.ResponseWriter, body []byte) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		http.Error(w, "invalid form", http.StatusBadRequest)
		return
	}
	c := command{
		TeamID: form.Get("team_id"), EnterpriseID: form.Get("enterprise_id"), OrgWide: form.Get("is_enterprise_install") == "true", ChannelID: form.Get("channel_id"), UserID: form.Get("user_id"),
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
	if !i.awaited() {
		if a.onInteraction(i) != nil {
			refuseBusy(w)
		}
		return
	}
	r, err := a.submitInteraction("", i)
	if err != nil {
		refuseBusy(w)
		return
	}
	answer, ok := r.job.Wait(platform.AckTimeout)
	if !ok {
		answer = r.fallback
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	writeJSON(w, answer)
	if !ok && r.after != nil {
		_ = http.NewResponseController(w).Flush() // before the view is updated
		r.job.Then(r.after)
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

// refuseBusy responds to a request that cannot be accepted now. If the request is an event,
// Slack redelivers it. If it is a command or a button press, Slack shows the user an error.
func refuseBusy(w http.ResponseWriter) {
	http.Error(w, "too many requests, try again later", http.StatusServiceUnavailable)
}

func writeJSON(w http.ResponseWriter, data []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(data)
}

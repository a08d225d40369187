package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/platform"
)

// Handler returns the handler of interactions, which Discord sends to
// /discord/interactions.
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/discord/interactions", a.serveInteraction)
	return mux
}

// serveInteraction answers a request that Discord signed. It rejects all others before
// it decodes them
// (https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers).
func (a *Adapter) serveInteraction(w http.ResponseWriter, r *http.Request) {
	body, ok := platform.ReadBody(w, r, "application/json")
	if !ok {
		return
	}
	if err := a.verify(r.Header, body); err != nil {
		a.o.Log.Warn("rejected request with invalid signature", "path", r.URL.Path, "error", err)
		http.Error(w, "invalid signature", http.StatusUnauthorized)
		return
	}
	i, err := readInteraction(body)
	if err != nil {
		http.Error(w, "invalid interaction", http.StatusBadRequest)
		return
	}
	if i.Type == discordgo.InteractionPing {
		a.write(w, response{Type: discordgo.InteractionResponsePong})
		return
	}
	job, err := a.submit(i)
	// Discord tells the user that the application did not respond.
	switch {
	case errors.Is(err, platform.ErrDuplicate):
		http.Error(w, "interaction already handled", http.StatusConflict)
		return
	case err != nil:
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	if answer, ok := job.Wait(platform.AckTimeout); ok && answer != nil {
		writeJSON(w, answer)
		return
	}
	a.write(w, deferred(i))
	job.Then(func(ctx context.Context, answer []byte) { a.followUp(ctx, i, answer) })
}

// verify returns an error unless Discord signed the request a short time ago
// (https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers).
func (a *Adapter) verify(h http.Header, body []byte) error {
	if a.key == nil {
		return errors.New("DISCORD_PUBLIC_KEY is not set")
	}
	timestamp := h.Get("X-Signature-Timestamp")
	signature, err := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	if err != nil || len(signature) != ed25519.SignatureSize {
		return errors.New("missing or malformed signature")
	}
	signed := append([]byte(timestamp), body...)
	if !ed25519.Verify(a.key, signed, signature) {
		return errors.New("signature does not match")
	}
	return platform.CheckTime(timestamp, a.o.Now())
}

func (a *Adapter) write(w http.ResponseWriter, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		a.o.Log.Error("cannot encode response", "error", err)
		http.Error(w, "cannot encode response", http.StatusInternalServerError)
		return
	}
	writeJSON(w, data)
}

func writeJSON(w http.ResponseWriter, data []byte) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(data)
}

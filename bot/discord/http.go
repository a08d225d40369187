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

// Handler answers the interactions that Discord sends to /discord/interactions.
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/discord/interactions", a.serveInteraction)
	return mux
}

// serveInteraction answers a request that Discord signed, and refuses any other
// before it reads what it says
// (https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers).
func (a *Adapter) serveInteraction(w http.ResponseWriter, r *http.Request) {
	body, ok := platform.ReadBody(w, r, "application/json")
	if !ok {
		return
	}
	if err := a.verify(r.Header, body); err != nil {
		a.o.Log.Warn("a request without discord's signature was refused", "path", r.URL.Path, "error", err)
		http.Error(w, "the signature is wrong", http.StatusUnauthorized)
		return
	}
	i, err := readInteraction(body)
	if err != nil {
		http.Error(w, "no interaction", http.StatusBadRequest)
		return
	}
	if i.Type == discordgo.InteractionPing {
		a.write(w, response{Type: discordgo.InteractionResponsePong})
		return
	}
	job, err := a.submit(i)
	// Discord tells the person that the application did not answer.
	switch {
	case errors.Is(err, platform.ErrDuplicate):
		http.Error(w, "the interaction was answered before", http.StatusConflict)
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

func (a *Adapter) verify(h http.Header, body []byte) error {
	if a.key == nil {
		return errors.New("DISCORD_PUBLIC_KEY is not set")
	}
	timestamp := h.Get("X-Signature-Timestamp")
	signature, err := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	if err != nil || len(signature) != ed25519.SignatureSize {
		return errors.New("there is no signature")
	}
	signed := append([]byte(timestamp), body...)
	if !ed25519.Verify(a.key, signed, signature) {
		return errors.New("the signature does not match")
	}
	return platform.CheckTime(timestamp, a.o.Now())
}

func (a *Adapter) write(w http.ResponseWriter, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		a.o.Log.Error("an answer cannot be written as JSON", "error", err)
		http.Error(w, "no answer", http.StatusInternalServerError)
		return
	}
	writeJSON(w, data)
}

func writeJSON(w http.ResponseWriter, data []byte) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(data)
}

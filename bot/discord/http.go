package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/platform"
)

// Handler returns the handler for interactions, which Discord sends to /discord/interactions.
func (a *Adapter) Handler() http.Handler {
	mux, gate := http.NewServeMux(), platform.NewGate(Platform, a.o.Metrics, a.o.Log)
	mux.HandleFunc("/discord/interactions", func(w http.ResponseWriter, r *http.Request) {
		if body, ok := gate.Read(w, r, a.signed(), a.o.Now()); ok {
			a.serveInteraction(w, body)
		}
	})
	return mux
}

// serveInteraction responds to a request that Discord signed.
func (a *Adapter) serveInteraction(w http.ResponseWriter, body []byte) {
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
	// If the interaction is rejected, Discord shows the user that the application did not
	// respond.
	switch {
	case errors.Is(err, platform.ErrDuplicate):
		http.Error(w, "interaction already handled", http.StatusConflict)
		return
	case err != nil:
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	if answer := a.await(i, job); answer != nil {
		writeJSON(w, a.inForm(i.ChannelID, answer))
		return
	}
	a.write(w, deferred(i))
	// Discord accepts the follow-up only after the response.
	if err := http.NewResponseController(w).Flush(); err != nil {
		a.o.Log.Debug("cannot flush response", "error", err)
	}
	job.Then(func(ctx context.Context, answer []byte) { a.followUp(ctx, i, answer) })
}

const timestampHeader = "X-Signature-Timestamp"

// signed describes the requests that Discord sends. Even the largest ones, with 6,000
// characters in embeds and with buttons, are smaller than 100 kB.
func (a *Adapter) signed() platform.Signed {
	return platform.Signed{
		ContentType: "application/json", MaxBody: platform.MaxBody, Timestamp: timestampHeader, Signature: a.signature,
	}
}

// signature returns the prefix that Discord signs together with the body, and a function that
// checks the signature. It returns an error if the header is malformed
// (https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers).
func (a *Adapter) signature(h http.Header) (prefix string, valid func([]byte) bool, err error) {
	if a.key == nil {
		return "", nil, errors.New("DISCORD_PUBLIC_KEY is not set")
	}
	signature, err := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	if err != nil || len(signature) != ed25519.SignatureSize {
		return "", nil, errors.New("missing or malformed signature")
	}
	return h.Get(timestampHeader), func(signed []byte) bool { return ed25519.Verify(a.key, signed, signature) }, nil
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
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data)
}

package discord

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"k8sbot/bot/discord/snowflake"
)

// A history stores the messages in a fake Discord's channels and returns them as Discord
// does (https://docs.discord.com/developers/resources/message).
type history struct {
	mu       sync.Mutex
	hidden   bool                        // the bot lacks Read Message History
	messages map[string][]map[string]any // by channel, oldest first
	nonces   map[string]map[string]any   // latest message by nonce
	last     uint64                      // last ID
}

// add stores a message of an author, unless Discord would drop it as a duplicate, and
// returns the stored message.
func (h *history) add(channel, author string, body map[string]any, at time.Time) map[string]any {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.messages == nil {
		h.messages, h.nonces = make(map[string][]map[string]any), make(map[string]map[string]any)
	}
	nonce, _ := body["nonce"].(string)
	if known := h.nonces[nonce]; nonce != "" && known != nil && at.Sub(snowflake.Time(known["id"].(string))) <= nonceWindow {
		return known
	}
	h.last = max(h.last+1, snowflake.At(at))
	m := maps.Clone(body)
	m["id"], m["channel_id"], m["author"] = fmt.Sprint(h.last), channel, map[string]any{"id": author, "bot": true}
	h.messages[channel] = append(h.messages[channel], m)
	h.nonces[nonce] = m
	return m
}

// count returns the number of messages of a channel that have a button with the prefix.
func (h *history) count(channel, prefix string) (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range h.messages[channel] {
		if data, err := json.Marshal(m["components"]); err == nil && strings.Contains(string(data), prefix) {
			n++
		}
	}
	return n
}

// length returns the number of messages of a channel.
func (h *history) length(channel string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.messages[channel])
}

// get returns messages of a channel, newest first. The query may have limit and after.
func (h *history) get(channel string, q url.Values) []map[string]any {
	h.mu.Lock()
	defer h.mu.Unlock()
	limit, err := strconv.Atoi(q.Get("limit"))
	if err != nil || limit < 1 || limit > 100 {
		limit = 50
	}
	all := h.messages[channel]
	if h.hidden {
		all = nil
	}
	if q.Has("after") {
		after, _ := strconv.ParseUint(q.Get("after"), 10, 64)
		all = slices.DeleteFunc(slices.Clone(all), func(m map[string]any) bool {
			id, _ := strconv.ParseUint(m["id"].(string), 10, 64)
			return id <= after
		})
		all = all[:min(limit, len(all))]
	}
	newest := slices.Clone(all[max(0, len(all)-limit):])
	slices.Reverse(newest)
	return newest
}

// serve responds to GET and POST requests for a channel's messages.
func (h *history) serve(w http.ResponseWriter, r *http.Request, body map[string]any) {
	_, channel, _ := strings.Cut(strings.TrimSuffix(r.URL.Path, "/messages"), "/channels/")
	var answer any
	if r.Method == http.MethodGet {
		answer = append([]map[string]any{}, h.get(channel, r.URL.Query())...)
	} else {
		answer = h.add(channel, testSelf, body, time.Now())
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}

// Package server tracks the Discord servers that the bot is in: their locales, and which of them
// have removed the bot. A server's data is deleted once [tenant.KeepServer] has passed since the
// server removed the bot, unless it adds the bot again.
package server

import (
	"context"
	"encoding/json"
	"log/slog"
	"strconv"
	"sync"

	"k8sbot/bot"
	"k8sbot/bot/platform/retry"
	"k8sbot/bot/tenant"
	"k8sbot/glossary"
)

// platformName is the platform of all tenants in this package.
const platformName bot.Platform = "discord"

// Servers tracks the servers that the bot is in. Its methods are safe for concurrent use.
type Servers struct {
	store tenant.Departures // nil if departures are not stored
	log   *slog.Logger

	mu      sync.Mutex
	locales map[string]string // by server ID
	// Changes that are not stored yet: joined contains the servers that the bot has joined or
	// left. shards contains the servers that each shard reported when it connected.
	joined map[string]bool // false if the bot has left
	shards map[int]shard
	wake   chan struct{} // has an element while there is something to store
}

// A shard contains the servers of one gateway connection.
type shard struct {
	n   int // the total number of shards
	ids map[string]bool
}

// New returns an empty Servers. store may be nil.
func New(store tenant.Departures, log *slog.Logger) *Servers {
	return &Servers{
		store: store, log: log, locales: make(map[string]string), joined: make(map[string]bool), shards: make(map[int]shard),
		wake: make(chan struct{}, 1),
	}
}

// Locales returns a server's locale as a list of one element. The list is empty if the locale is
// unknown.
func (s *Servers) Locales(id string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l, ok := s.locales[id]; ok {
		return []string{l}
	}
	return nil
}

// OnEvent records gateway events about servers and ignores other events
// (https://docs.discord.com/developers/events/gateway-events#guilds). It returns immediately.
func (s *Servers) OnEvent(kind string, data json.RawMessage) {
	switch kind {
	case "READY":
		s.onReady(data)
		return
	case "GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE":
	default:
		return
	}
	var g struct {
		ID          string `json:"id"`
		Locale      string `json:"preferred_locale"`
		Unavailable bool   `json:"unavailable"` // set during an outage of the server
	}
	if err := json.Unmarshal(data, &g); err != nil || g.ID == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case kind == "GUILD_DELETE" && g.Unavailable:
		return
	case kind == "GUILD_DELETE":
		delete(s.locales, g.ID)
		s.note(g.ID, false)
		return
	case kind == "GUILD_CREATE":
		s.note(g.ID, true)
	}
	// en-US is Discord's default and says nothing about the server
	// (https://docs.discord.com/developers/resources/guild#guild-object).
	if _, known := glossary.LangOfLocale(g.Locale); known && g.Locale != "en-US" {
		s.locales[g.ID] = g.Locale
	} else {
		delete(s.locales, g.ID)
	}
}

// note records that the bot has joined or left a server, to be stored later. The caller holds
// the lock.
func (s *Servers) note(id string, joined bool) {
	if s.store != nil {
		s.joined[id] = joined
		s.wakeUp()
	}
}

func (s *Servers) wakeUp() {
	select {
	case s.wake <- struct{}{}:
	default: // already pending
	}
}

// onReady records which servers a shard has. Other servers may have removed the bot while the bot
// was disconnected (https://docs.discord.com/developers/events/gateway-events#ready).
func (s *Servers) onReady(data json.RawMessage) {
	var ready struct {
		Shard  []int `json:"shard"` // ID of this shard and number of shards
		Guilds []struct {
			ID string `json:"id"`
		} `json:"guilds"`
	}
	if err := json.Unmarshal(data, &ready); err != nil || s.store == nil || len(ready.Shard) != 2 || ready.Guilds == nil {
		return
	}
	ids := make(map[string]bool)
	for _, g := range ready.Guilds {
		ids[g.ID] = true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shards[ready.Shard[0]] = shard{ready.Shard[1], ids}
	s.wakeUp()
}

// Run records which servers have removed or re-added the bot, until ctx is done. If the store
// fails, Run retries.
func (s *Servers) Run(ctx context.Context) error {
	for {
		select {
		case <-s.wake:
		case <-ctx.Done():
			return nil
		}
		_ = retry.Do(ctx, retryPolicy(s.log), func(ctx context.Context) error { return retry.Again(s.storeAll(ctx)) })
	}
}

// storeAll stores all recorded changes.
func (s *Servers) storeAll(ctx context.Context) error {
	s.mu.Lock()
	joined, shards := s.joined, s.shards
	s.joined, s.shards = make(map[string]bool), make(map[int]shard)
	s.mu.Unlock()
	for n, has := range shards {
		if err := s.compare(ctx, n, has); err != nil {
			s.putBack(joined, shards)
			return err
		}
		delete(shards, n)
	}
	for id, in := range joined {
		if err := s.storeOne(ctx, id, in); err != nil {
			s.putBack(joined, shards)
			return err
		}
		delete(joined, id)
	}
	return nil
}

// putBack records the changes again if they could not be stored, except those that have been
// overtaken by newer changes.
func (s *Servers) putBack(joined map[string]bool, shards map[int]shard) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, in := range joined {
		if _, newer := s.joined[id]; !newer {
			s.joined[id] = in
		}
	}
	for n, has := range shards {
		if _, newer := s.shards[n]; !newer {
			s.shards[n] = has
		}
	}
}

func serverOf(id string) bot.Tenant { return bot.Tenant{Platform: platformName, ID: id} }

func (s *Servers) storeOne(ctx context.Context, id string, joined bool) error {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	if !joined {
		s.log.Info("removed from server, data will be deleted", "server", id, "after", tenant.KeepServer)
		return s.store.Depart(ctx, serverOf(id), tenant.KeepServer)
	}
	departed, err := s.store.Return(ctx, serverOf(id))
	if departed {
		s.log.Info("added to server again, data kept", "server", id)
	}
	return err
}

// compare compares a shard's servers with the stored servers, and stores the differences.
func (s *Servers) compare(ctx context.Context, n int, has shard) error {
	listing, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	stored, err := s.store.Tenants(listing, platformName)
	if err != nil {
		return err
	}
	departures, err := s.store.Departures(listing)
	if err != nil {
		return err
	}
	departed := make(map[string]bool)
	for _, d := range departures {
		if d.Tenant.Platform == platformName {
			departed[d.Tenant.ID] = true
		}
	}
	for _, t := range stored {
		switch in := has.ids[t.ID]; {
		case !has.owns(n, t.ID), in != departed[t.ID]: // belongs to another shard, or has not changed
		default:
			if err := s.storeOne(ctx, t.ID, in); err != nil {
				return err
			}
		}
	}
	return nil
}

// owns reports whether a server belongs to a shard
// (https://docs.discord.com/developers/events/gateway#sharding).
func (h shard) owns(n int, id string) bool {
	number, err := strconv.ParseUint(id, 10, 64)
	return err == nil && h.n > 0 && int((number>>22)%uint64(h.n)) == n
}

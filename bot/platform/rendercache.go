package platform

import (
	"strconv"
	"sync"
	"sync/atomic"

	"k8sbot/bot"
)

// maxMessages is the number of messages that are kept. The longest have 10 kB.
const maxMessages = 1000

// A RenderCache keeps the messages that were made of replies, so that a reply that
// comes again is not rendered again. The zero value is usable.
type RenderCache struct {
	messages sync.Map // of cached by key
	n        atomic.Int64
}

// cached is a message with what it was made of.
type cached struct {
	reply bot.Reply
	data  []byte
}

// Get returns the kept message of a reply, or else renders it. An adapter has one
// way to render a reply.
func (c *RenderCache) Get(reply bot.Reply, render func(bot.Reply) []byte) []byte {
	if reply.CacheKey == "" {
		return render(reply)
	}
	key := reply.CacheKey + "/" + strconv.FormatBool(reply.Ephemeral) + "/" + strconv.FormatBool(reply.ReplaceOriginal)
	kept, ok := c.messages.Load(key)
	if ok && sameContent(kept.(cached).reply, reply) {
		return kept.(cached).data
	}
	data := render(reply)
	if data != nil && (ok || c.n.Add(1) <= maxMessages) {
		c.messages.Store(key, cached{reply, data})
	}
	return data
}

// sameContent reports whether two replies share their blocks and choices. Whoever
// adds to those of a reply makes a copy, and so needs no new key.
func sameContent(a, b bot.Reply) bool {
	return a.Kind == b.Kind && a.Lang == b.Lang && sameSlice(a.Blocks, b.Blocks) && sameSlice(a.Buttons, b.Buttons)
}

func sameSlice[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

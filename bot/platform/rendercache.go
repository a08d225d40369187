package platform

import (
	"strconv"
	"sync"
	"sync/atomic"

	"k8sbot/bot"
)

// maxMessages is the maximum number of cached messages. The longest have 10 kB.
const maxMessages = 1000

// A RenderCache caches the rendered messages of replies that have a CacheKey. The zero
// value is ready to use.
type RenderCache struct {
	messages sync.Map // string to cached
	n        atomic.Int64
}

// A cached is a message and the reply that it was rendered from.
type cached struct {
	reply bot.Reply
	data  []byte
}

// Get returns the cached message of a reply, or calls render and caches its result. All
// calls must pass the same render function.
func (c *RenderCache) Get(reply bot.Reply, render func(bot.Reply) []byte) []byte {
	if reply.CacheKey == "" {
		return render(reply)
	}
	key := reply.CacheKey + "/" + strconv.FormatBool(reply.Ephemeral) + "/" + strconv.FormatBool(reply.ReplaceOriginal)
	found, ok := c.messages.Load(key)
	if ok && sameContent(found.(cached).reply, reply) {
		return found.(cached).data
	}
	data := render(reply)
	if data != nil && (ok || c.n.Add(1) <= maxMessages) {
		c.messages.Store(key, cached{reply, data})
	}
	return data
}

// sameContent reports whether two replies share the memory of their blocks and buttons.
// Code that adds blocks or buttons to a reply copies the slice, so it need not change the
// key.
func sameContent(a, b bot.Reply) bool {
	return a.Kind == b.Kind && a.Lang == b.Lang && sameSlice(a.Blocks, b.Blocks) && sameSlice(a.Buttons, b.Buttons)
}

func sameSlice[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

package platform

import (
	"strconv"
	"sync"
	"sync/atomic"

	"k8sbot/bot/reply"
)

// maxMessages is the maximum number of cached messages. The longest messages are about 10 kB.
const maxMessages = 1000

// A RenderCache caches the rendered messages of replies that have a CacheKey. The zero
// value is ready to use.
type RenderCache struct {
	messages sync.Map // from the key that Get builds to a cached
	n        atomic.Int64
}

// A cached is a message and the reply that it was rendered from.
type cached struct {
	reply reply.Reply
	data  []byte
}

// Get returns the cached message for a reply, or calls render and caches its result. All calls
// must pass the same render function.
func (c *RenderCache) Get(r reply.Reply, render func(reply.Reply) []byte) []byte {
	if r.CacheKey == "" {
		return render(r)
	}
	key := r.CacheKey + "/" + strconv.FormatBool(r.Ephemeral) + "/" + strconv.FormatBool(r.ReplaceOriginal)
	found, ok := c.messages.Load(key)
	if ok && sameContent(found.(cached).reply, r) {
		return found.(cached).data
	}
	data := render(r)
	if data != nil && (ok || c.n.Add(1) <= maxMessages) {
		c.messages.Store(key, cached{r, data})
	}
	return data
}

// sameContent reports whether two replies share the same slices of blocks and buttons. Code
// that adds blocks or buttons to a cached reply copies the slice, so the cached message is not
// used even if the CacheKey has not changed.
func sameContent(a, b reply.Reply) bool {
	return a.Kind == b.Kind && a.Lang == b.Lang && sameSlice(a.Blocks, b.Blocks) && sameSlice(a.Buttons, b.Buttons)
}

func sameSlice[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

package platform

import (
	"strconv"
	"sync"
	"sync/atomic"

	"k8sbot/bot"
)

// maxRendered is the number of messages that are kept. The longest have 10 kB.
const maxRendered = 1000

// Rendered keeps the messages that were made of replies, so that one that is the
// same again is not made again. The zero value is usable.
type Rendered struct {
	messages sync.Map // by key
	n        atomic.Int64
}

// Of returns what is kept of a reply, or else makes it. An adapter has one way of
// making a message of a reply.
func (r *Rendered) Of(reply bot.Reply, render func(bot.Reply) []byte) []byte {
	if reply.Key == "" {
		return render(reply)
	}
	key := reply.Key + "/" + strconv.FormatBool(reply.Private) + "/" + strconv.FormatBool(reply.Update)
	if data, ok := r.messages.Load(key); ok {
		return data.([]byte)
	}
	data := render(reply)
	if data != nil && r.n.Add(1) <= maxRendered {
		r.messages.Store(key, data)
	}
	return data
}

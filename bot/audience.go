package bot

import "k8sbot/bot/reply"

// setAudience decides which language a reply is in, and who sees the reply. Misses, settings and
// help are ephemeral. So are replies to slash commands, unless the person asked for a public reply.
func (c *exchange) setAudience(r reply.Reply) reply.Reply {
	r.Lang = c.lang
	switch r.Kind {
	case reply.KindNone, reply.KindHelp, reply.KindSetting, reply.KindSuggestions:
		r.Ephemeral = !r.InThread
	default:
		r.Ephemeral = r.Ephemeral || !c.Public && (c.Surface == Slash || c.Surface == Shortcut)
	}
	return r
}

// isPrivate reports whether the reply is in a channel but visible only to the person who asked.
func (c *exchange) isPrivate() bool {
	private := c.Surface == ButtonClick || (c.Surface == Slash || c.Surface == Shortcut) && !c.Public
	return private && c.Caps.Channels && !c.Direct
}

package bot

import "k8sbot/bot/reply"

// setAudience sets the language of a reply and who sees it. Misses, settings and help are
// ephemeral, and so are replies to slash commands unless the person wants them public.
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

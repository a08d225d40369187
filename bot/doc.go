// Package bot is the conversation of k8sbot: it turns a [Request] from any
// platform into a [Reply] that every platform can render.
//
// The path of one question, here from Slack:
//
//	slack adapter receives and acknowledges
//	  -> requestOf        the event becomes a Request
//	    -> Bot.Handle     deadline, language, recover, log
//	      -> parse        which command is it?
//	        -> a command  (command.go lists them, term is the usual one)
//	          -> Glossary.Search
//	        -> explain…   builds the Reply out of Blocks and Choices
//	  -> render           the Reply becomes Slack's blocks, within its limits
//	slack adapter sends
//
// A Reply says what is meant, never how it looks; all its strings are plain
// text, and adapters escape every one of them. What is private, what is
// suggested and which language is spoken is decided here and nowhere else.
//
// Handle never fails outward: a miss is a Reply, and a fault is logged once and
// becomes one calm sentence.
//
// The daily term is posted by package daily. Here are only the chat's commands for
// it, and what the posts say.
package bot

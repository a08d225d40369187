// Package reply defines the bot's replies, which are the same for all platforms. A [Reply]
// contains blocks to read and buttons to click. It contains meaning, not layout: adapters
// render it within the limits of their platforms.
//
// All strings of a reply are plain text. Adapters escape every one of them, no matter who wrote
// it. [Quote] prepares text that somebody typed for use in a sentence.
package reply

import (
	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/search"
)

// Kind is the kind of a reply.
type Kind string

// The kinds of replies.
const (
	KindTerm        Kind = "term"
	KindSuggestions Kind = "suggestions"
	KindCompare     Kind = "compare"
	KindExplain     Kind = "explain"
	KindNone        Kind = "none" // nothing was found
	KindList        Kind = "list"
	KindHelp        Kind = "help"
	KindSetting     Kind = "setting"
	KindReview      Kind = "review" // a part of a review, or about reviews
	KindTeam        Kind = "team"   // about a team's terms
)

// A Reply is the bot's answer to a request. Its blocks are in reading order.
type Reply struct {
	Kind Kind
	Lang glossary.Lang
	// Query is the sanitized question, or the part of it that was read.
	Query string
	// Partial is set if only part of the question was read. The first block says which part.
	Partial bool
	// CacheKey is the same for replies with the same content, so that adapters can cache what
	// they render. It is "" for a reply that is not worth caching.
	CacheKey string
	// Matches are the terms that the reply is about, best first.
	Matches []Match
	// Diagnosis is the diagnosis of the paste that the reply explains. It is nil for other
	// replies.
	Diagnosis *diagnose.Diagnosis
	Blocks    []Block
	// Buttons has at most [MaxControls] elements, or one less if there is a Menu.
	Buttons []Button
	Menu    Menu
	// Files are attached to the reply. If the platform does not support that, they are sent to
	// the asker in another way.
	Files []File
	// Ephemeral is set if only the asker should see the reply and the platform supports
	// that.
	Ephemeral bool
	// InThread is set if the reply belongs in the thread of the message whose button was
	// clicked.
	InThread bool
	// ReplaceOriginal is set if the reply replaces the message whose button was clicked.
	ReplaceOriginal bool
	// ShareClicked is set if the reply shares the message that contains the clicked button. The
	// adapter adds the content of that message to the reply and to Original.
	ShareClicked bool
	// Original replaces the ephemeral message that contains the clicked button. It is nil unless
	// the reply shares the answer in that message.
	Original *Reply
	// Form is a submitted form that is shown again because it contains mistakes. It is nil for
	// nearly all replies. The blocks describe the mistakes, for platforms that cannot show a form
	// again.
	Form *Form
}

// A File is a text file for one person.
type File struct {
	Name string
	Text string
}

// Severity returns the worst severity in the reply, or "" if the reply contains no status.
func (r Reply) Severity() glossary.Severity {
	var worst glossary.Severity
	for _, b := range r.Blocks {
		var s glossary.Severity
		switch b := b.(type) {
		case Title:
			s = b.Severity
		case Headline:
			s = b.Severity
		case Entry:
			s = b.Severity
		}
		if s != "" && (worst == "" || s.Rank() < worst.Rank()) {
			worst = s
		}
	}
	return worst
}

// A Match is a term that a reply is about.
type Match struct {
	search.Match
	// Objects are the objects in a paste that the term applies to.
	Objects []observe.Object
}

// ExactMatch returns the match for a term that was requested by its ID.
func ExactMatch(t *glossary.Term) Match {
	return Match{Match: search.Match{Term: t, Score: 1, Kind: search.Exact}}
}

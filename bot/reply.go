package bot

import (
	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/paste"
	"k8sbot/glossary/search"
)

// Kind is what sort of reply it is.
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
)

// A Reply is what the bot says, in reading order. All strings are plain text: adapters
// escape each of them, no matter who wrote it.
type Reply struct {
	Kind Kind
	Lang glossary.Lang
	// Query is the sanitized question, as far as it was read.
	Query string
	// Partial is set if only a part of the question was read. The first block says which.
	Partial bool
	// CacheKey is equal for replies with equal content, so that adapters can cache what
	// they render; "" for a reply that is not worth caching.
	CacheKey string
	// Matches are the terms that the reply is about, best first.
	Matches []Match
	// Diagnosis is what is wrong in a paste; nil unless the reply explains one.
	Diagnosis *diagnose.Diagnosis
	Blocks    []Block
	Buttons   []Button
	// Ephemeral is set if only the asker should see the reply and the platform supports
	// that.
	Ephemeral bool
	// InThread is set if the reply belongs in the thread of the message whose button was
	// clicked.
	InThread bool
	// ReplaceOriginal is set if the reply replaces the message whose button was clicked.
	ReplaceOriginal bool
}

// A Match is a term of a reply.
type Match struct {
	search.Match
	// Objects are what a paste mentions the term about.
	Objects []paste.Object
}

// A Block is a part of a reply: one of the types below.
type Block interface{ block() }

// A Title names the term that the following blocks are about.
type Title struct {
	Name      string
	Other     string // the name in the other language; "" if it is the same
	Reading   string // in kana; "" if it adds nothing
	StandsFor string
	// Badges tell what kind of term it is: "reason · container (Waiting) · kubelet".
	Badges        []string
	Severity      glossary.Severity // "" if it is not a status
	SeverityLabel string            // the severity in words
	Category      glossary.Category
}

// A Paragraph is running text.
type Paragraph struct {
	Heading string // "" for none
	Text    string
}

// A List has one item per line.
type List struct {
	Heading string
	Items   []string
	Ordered bool // the order matters
}

// Steps are commands to type.
type Steps struct {
	Heading  string
	Commands []Step
}

// A Step is a command and what to look for in its output.
type Step struct {
	Run  string
	Note string
}

// An Entry is one of several terms: in a list, or in a paste.
type Entry struct {
	Name     string
	Severity glossary.Severity
	Objects  []string // such as pod/web-1
	Text     string
	Fact     string // what a paste says, in its own words; "" outside of pastes
	Commands []Step
}

// A Comparison compares two terms.
type Comparison struct {
	Left, Right string
	Rows        []ComparisonRow
	// Difference is what sets the terms apart, in one sentence; "" if the glossary does
	// not say.
	Difference string
}

// A ComparisonRow is one aspect of both terms.
type ComparisonRow struct{ Label, Left, Right string }

// A Note is an aside, in small print if the platform has it.
type Note struct{ Text string }

// Links are pages to read on.
type Links struct{ Links []Link }

// A Link is a page.
type Link struct{ Label, URL string }

func (Title) block()      {}
func (Paragraph) block()  {}
func (List) block()       {}
func (Steps) block()      {}
func (Entry) block()      {}
func (Comparison) block() {}
func (Note) block()       {}
func (Links) block()      {}

// A Button is something the reader can click. Its ID holds everything that the reply
// needs, so it works after a restart and on any replica.
type Button struct {
	ID    string
	Label string
	// Primary is set on the button that most readers want next.
	Primary bool
}

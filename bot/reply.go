package bot

import (
	"k8sbot/glossary"
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

// A Reply is what the bot says, in the order in which it is read. All strings
// are plain text: an adapter escapes each of them, whoever wrote it.
type Reply struct {
	Kind Kind
	Lang glossary.Lang
	// Query is what was asked, cleaned of what nobody can see.
	Query string
	// Key is the same for replies whose kind, language, blocks and choices are the
	// same, so that an adapter may keep what it made of one; "" for a reply that
	// may come only once.
	Key string
	// Matches are the terms that the reply is about, best first.
	Matches []Match
	Blocks  []Block
	Choices []Choice
	// Private is set where only the asker should see the reply, if the platform
	// can do that.
	Private bool
	// Thread is set where the reply belongs below the message whose choice was
	// pressed, in a thread where the platform has those.
	Thread bool
	// Update is set where the reply takes the place of the message whose choice
	// was pressed.
	Update bool
}

// A Match is a term of a reply.
type Match struct {
	search.Match
	// Objects are those of which a paste says it.
	Objects []paste.Object
}

// A Block is a part of a reply. The types below are all there are.
type Block interface{ block() }

// A Title names the term that the following blocks are about.
type Title struct {
	Name      string
	Other     string // the name in the other language; "" where it is the same
	Reading   string // in kana; "" where it says nothing new
	StandsFor string
	// Badges tell what kind of word it is: "reason · container (Waiting) · kubelet".
	Badges   []string
	Severity glossary.Severity // "" for what is no status
	Mood     string            // the severity in words
	Category glossary.Category
}

// A Paragraph is running text.
type Paragraph struct {
	Heading string // "" for none
	Text    string
}

// A List has an entry a line.
type List struct {
	Heading string
	Items   []string
	Ordered bool // the order means something
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

// An Entry is a term among several: in a list, or a word found in a paste.
type Entry struct {
	Name     string
	Severity glossary.Severity
	Objects  []string // such as pod/web-1
	Text     string
	Commands []Step
}

// A Comparison sets two terms side by side.
type Comparison struct {
	Left, Right string
	Rows        []ComparisonRow
	// Difference is what sets them apart, in a sentence; "" where the glossary
	// does not say.
	Difference string
}

// A ComparisonRow says one thing of both terms.
type ComparisonRow struct{ Label, Left, Right string }

// A Note is an aside, set smaller where the platform can.
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

// A Choice is something that the reader can press. Its ID holds all that is
// needed to answer, so that it works after a restart and on another replica.
type Choice struct {
	ID    string
	Label string
	// Primary is set on the one that most readers want next.
	Primary bool
}

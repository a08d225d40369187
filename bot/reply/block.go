package reply

import "k8sbot/glossary"

// A Block is a part of a reply: a [Title], [Paragraph], [List], [Steps], [Entry],
// [Comparison], [Note] or [Links].
type Block interface{ block() }

// A Title names the term that the following blocks are about.
type Title struct {
	Name      string
	Other     string // the name in the other language; "" if it is the same
	Reading   string // in kana; "" if it adds nothing
	StandsFor string
	// Badges say what kind of term it is: "reason · container (Waiting) · kubelet".
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
	Text     string   // may have code in backticks: see [Spans]
	Facts    []string // quotes from a paste; empty for other replies
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

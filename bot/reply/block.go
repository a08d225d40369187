package reply

import "k8sbot/glossary"

// A Block is a part of a reply: a [Title], [Headline], [Paragraph], [List], [Steps], [Entry],
// [Comparison] or [Note]. Texts may contain code marks (see package mark). Names, labels,
// headings, objects, facts and commands do not.
type Block interface{ block() }

// A Title names the term that the following blocks are about.
type Title struct {
	Name     string
	Other    string            // the English name, for readers of another language; "" if it is the same
	Severity glossary.Severity // "" if it is not a status
	// Context says in a few words what kind of term the title names, to be shown on one line:
	// "failure", "container state". It may be empty.
	Context []string
	// Docs is the page with more information. The zero value means that there is none.
	Docs Link
	// Page links to the term on the page that lists all terms. The zero value means that there is
	// none.
	Page Link
}

// A Headline summarizes what is wrong in a paste.
type Headline struct {
	Text     string // "2 failures, 1 warning"
	About    string // "2 of 6 Pods in shop"; "" if the paste names no object
	Severity glossary.Severity
}

// A Paragraph is running text.
type Paragraph struct {
	Heading string // "" for none
	Bold    string // the beginning of the text, which the reader should see first; "" for none
	Text    string // may be empty if Bold or Link is not
	Link    Link   // after the text. The zero value means that there is none.
	// Chart contains the values that Text shows as characters, from 0 to 1, earliest first. A
	// platform may draw a chart of them. It is nil for other paragraphs.
	Chart []float64
}

// A List has one item per line.
type List struct {
	Heading string
	Items   []string
	Ordered bool // whether the order matters
}

// Steps are commands to type, in order.
type Steps struct {
	Heading  string // "" for none
	Commands []Step
}

// A Step is a command, and what to look for in its output.
type Step struct {
	Goal string // what the command shows, or what it does to the cluster; "" if that is obvious
	Run  string
	Note string // "" for none
}

// An Entry is one of several terms, in a list or in a paste.
type Entry struct {
	Name     string
	Severity glossary.Severity
	Objects  []string // such as pod/web-1
	Text     string
	Facts    []string // quotes from a paste; empty in all other replies
	Commands []Step
	Asides   []Paragraph // notes that a team adds; without Bold
}

// A Comparison compares two or more terms.
type Comparison struct {
	Names []string // names of the terms
	Rows  []ComparisonRow
	// Difference says in one sentence how the terms differ. It is "" if the glossary does not
	// say.
	Difference string
}

// A ComparisonRow is one aspect in which a [Comparison] compares terms.
type ComparisonRow struct {
	Label string
	Cells []string // one for each term
}

// A Note is an aside, in small print if the platform has it.
type Note struct{ Text string }

// A Link is a link to a page.
type Link struct{ Label, URL string }

func (Title) block()      {}
func (Headline) block()   {}
func (Paragraph) block()  {}
func (List) block()       {}
func (Steps) block()      {}
func (Entry) block()      {}
func (Comparison) block() {}
func (Note) block()       {}

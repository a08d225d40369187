package wording

// Team contains the texts about a team's terms in one language. The names passed to its functions
// appear in the texts unchanged.
type Team struct {
	// Labels of buttons and options.
	DefineIt, Suggest, Unclear, Approve, EditAndApprove, Decline, Fix, Edit, StillRight, Restore, History, Delete, ReportUpstream, MoreOptions string

	// The form for a term: its title, and the labels and hints of its fields.
	FormTitle, Name, Other, Text, TextHint, Aliases, AliasesHint, Link, FormNote, Propose string
	// The form that declines a proposal.
	DeclineTitle, Reason, ReasonHint string
	// The form for choosing the reviewers.
	ReviewersTitle, People, PeopleHint, Group, GroupHint, Channel, SelfApproval, Yes, No, ReviewersNote, Save string

	Proposed         func(name string) string // to the author
	ProposedHere     string                   // a note that the reviewers were asked
	NoChannel        string                   // a note if there is no channel for reviews
	NotPosted        string                   // a note if the reviewers could not be asked
	Proposal         func(who string) string  // the headline of a new term; who may be ""
	Namesake         func(who string) string  // the headline of a new term with the name of a built-in one
	Change           func(who string) string
	Deletion         func(who string) string
	Now, Then        string // headings of the text before and after
	DeletedBy        func(who string) string
	ApprovedBy       func(who string) string
	DeclinedBy       func(who string) string
	Superseded       string // about a proposal that its author has replaced
	TellApproved     func(name string) string
	TellDeclined     func(name, reason string) string
	NotReviewer      string
	OwnProposal      string
	OtherText        string // the term has changed since it was proposed
	Full             func(limit int) string
	TooMany          func(limit int) string
	NoTenant         string
	NotAdmin         string
	FormFailed       string
	NoForms          string
	CheckFields      string // above the mistakes in a form
	ReviewersSet     string
	ReviewersAre     func(people int, hasGroup bool) string
	ReviewsHere      string // posted in the channel
	UnknownPerson    string
	UnknownGroup     string
	GroupScope       string
	CannotPost       string
	NoReason         string
	Deleted          string                               // a revision without text
	WrittenBy        func(author, approver string) string // either may be ""
	DeletionProposed func(name string) string
	Confirmed        string
	AskStillRight    func(name string) string
	Noted            string // after Unclear was chosen
	AskedNotFound    string // the heading of a list of gaps, like OftenForgotten
	OftenForgotten   string
	NoGaps           string
	GapsNote         string
	IssueTitle       string

	// Texts about importing a file of terms.
	ImportPlan                                     func(added, changed, same, conflicts int) string
	Added, Changed, Conflicts, Import              string
	ImportNext, ImportChanged, NoCells, ImportMenu string
	Imported                                       func(n int) string
	More                                           func(n int) string
	// Problem returns a message about a field, or about a line of a file. The message is
	// translated if there is a translation.
	Problem func(message string) string
}

package reply

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Button is something that the reader can click. Its ID contains everything that the bot
// needs to reply, so the button works after a restart and on any replica.
type Button struct {
	ID    string
	Label string
	// Payload is data that the bot needs besides the ID. Its size is limited to what a button of
	// the platform can carry. It is "" for nearly all buttons.
	Payload string
	// Primary is set if the button is the most likely next step.
	Primary bool
}

// A Menu offers choices that do not fit as buttons. The zero value offers nothing.
type Menu struct {
	Label   string   // describes the choices in a few words
	Options []Button // at most [MaxOptions]
}

// MaxOptions is the maximum number of options in a [Menu]. This is Discord's limit
// (https://docs.discord.com/developers/components/reference#string-select).
const MaxOptions = 25

// MaxControls is the maximum number of controls in a reply: its buttons, and its menu, which counts
// as one. More would distract from what matters.
const MaxControls = 4

// An Action is the action of a [Button]. The ID of the button is "1:verb:argument…". The version
// comes first because buttons outlive releases. Arguments are term IDs and similar strings;
// [EncodeText] encodes short text as an argument. The longest ID is shorter than Discord's limit of
// 100 characters (https://docs.discord.com/developers/components/reference).
type Action struct {
	Verb Verb
	Args []string
}

const actionVersion = "1"

// Verb is the kind of an action.
type Verb string

// The verbs, with their arguments.
const (
	ShowTerm  Verb = "term"  // show a term: ID
	ShowMore  Verb = "more"  // show the long answer about a term: ID
	ShareTerm Verb = "share" // share a term with the channel: ID, language
	// ShareAnswer shares an answer with the channel if the answer is not about a single term.
	// Its arguments are the language, then the verb and the arguments of the action that shows
	// the answer to one person.
	ShareAnswer Verb = "share-answer"

	// ExplainPaste explains a paste. It is only an argument of ShareAnswer.
	ExplainPaste Verb = "explain"

	// ShowTerms shows several terms: IDs. It is only an argument of ShareAnswer.
	ShowTerms Verb = "terms"

	Compare      Verb = "compare"   // compare two or three terms: ID, ID, …
	ShowList     Verb = "list"      // list a category, or the categories; in older messages, the category may include a page
	NextPage     Verb = "list-next" // show the next page of a list: category, page
	PreviousPage Verb = "list-prev" // show the previous page: same as NextPage
	ShowRandom   Verb = "random"    // show a random term
	ShowHelp     Verb = "help"
	SetLang      Verb = "lang" // choose a language: ja, en or auto

	PreviewDaily Verb = "daily-now" // preview the channel's daily term
	StopDaily    Verb = "daily-off" // stop the channel's daily term
	RevealTerm   Verb = "reveal"    // show the answer to a daily term: ID, local day
	KnewTerm     Verb = "knew"      // answer "I knew it": ID, local day, Revealed if the answer was shown on request
	ForgotTerm   Verb = "forgot"    // answer "I'd forgotten": same as KnewTerm
	NewTerm      Verb = "new"       // answer "It's new to me": ID
	DiscussTerm  Verb = "discuss"   // start a discussion of a daily term: ID
	ForgetMe     Verb = "forget-me" // delete everything stored about the person

	Remember       Verb = "remember"      // remember terms: where the button is, IDs
	Unremember     Verb = "unremember"    // undo Remember: same as Remember
	ReviewHub      Verb = "review"        // show the review hub
	ReviewNext     Verb = "review-next"   // show the next card of the day
	ReviewShow     Verb = "review-show"   // show the back of a card: ID, sequence number, kind of question
	ReviewRate     Verb = "review-rate"   // rate a card: same as ReviewShow, then Recalled or Lapsed
	ReviewChoose   Verb = "review-choose" // choose an answer: same as ReviewShow, then the ID of the chosen term
	ReviewUndo     Verb = "review-undo"   // undo the last answer: ID, sequence number
	ReviewLeaveOut Verb = "review-out"    // suspend a card: ID
	ReviewPlace    Verb = "review-place"  // begin or continue a placement: nothing, or ID, and Recalled or Lapsed
	ReviewSnooze   Verb = "review-later"  // postpone a digest: SnoozeHour or SnoozeDay
	ReviewSet      Verb = "review-set"    // change the settings: one of the settings below
	ReviewExport   Verb = "review-export" // export the cards: ExportAnki or ExportCSV

	// The verbs about a team's terms. Each of the first five opens a form and is also the verb of
	// the submitted form.
	TeamAdd       Verb = "team-add"       // propose a term: its name as [EncodeText] returns it, or nothing
	TeamEdit      Verb = "team-edit"      // propose new text for a term: ID
	TeamReview    Verb = "team-review"    // edit and approve a proposal: its ID
	TeamDecline   Verb = "team-decline"   // decline a proposal: its ID
	TeamReviewers Verb = "team-reviewers" // choose the reviewers
	TeamApprove   Verb = "team-approve"   // approve a proposal: its ID
	TeamFix       Verb = "team-fix"       // open a form again with the values that were entered: a key
	TeamHistory   Verb = "team-history"   // show the revisions of a term: ID
	TeamRestore   Verb = "team-restore"   // propose restoring a term's earlier text: ID, number
	TeamDelete    Verb = "team-delete"    // propose deleting a term: ID
	TeamConfirm   Verb = "team-confirm"   // say that a term's text is still right: ID, number, tenant
	TeamUnclear   Verb = "team-unclear"   // say that a term is wrong or unclear: ID, language
	TeamImport    Verb = "team-import"    // import a file: its ID, what it changes
	TeamGaps      Verb = "team-gaps"      // show the gaps
)

// The positions of a Remember button: below the short answer about its term, below the long
// answer, or below anything else.
const (
	BelowShort = "s"
	BelowLong  = "l"
	BelowOther = "o"
)

// The arguments of review verbs.
const (
	Recalled   = "k"
	Lapsed     = "f"
	SnoozeHour = "hour"
	SnoozeDay  = "day"

	SetPause  = "pause"
	SetResume = "resume"
	SetStop   = "stop"
	SetForm   = "form" // show the settings, or the form

	ExportAnki = "anki"
	ExportCSV  = "csv"
)

// Revealed is an argument of [KnewTerm] and [ForgotTerm]. It means that the answer was shown on
// request.
const Revealed = "r"

// NewButton returns a button whose action has the given verb and arguments.
func NewButton(label string, v Verb, args ...string) Button {
	return Button{ID: strings.Join(append([]string{actionVersion, string(v)}, args...), ":"), Label: label}
}

// ParseAction parses the ID of a button. It returns an error if the ID does not have the form
// that this version's [NewButton] produces. The verb may be unknown.
func ParseAction(id string) (Action, error) {
	parts := strings.Split(id, ":")
	if len(parts) < 2 || parts[0] != actionVersion {
		return Action{}, fmt.Errorf("invalid button ID %q: want 1:verb:argument", id)
	}
	return Action{Verb: Verb(parts[1]), Args: parts[2:]}, nil
}

// Find returns the first button with the given verb. It returns false if there is none.
func Find(buttons []Button, v Verb) (Button, bool) {
	for _, b := range buttons {
		if a, err := ParseAction(b.ID); err == nil && a.Verb == v {
			return b, true
		}
	}
	return Button{}, false
}

// Shares reports whether the action shares an answer in the channel.
func (a Action) Shares() bool { return a.Verb == ShareTerm || a.Verb == ShareAnswer }

// Text returns the arguments as a person would type them.
func (a Action) Text() string { return strings.Join(a.Args, " ") }

// Arg returns the n-th argument, from 0, or "" if there is none.
func (a Action) Arg(n int) string {
	if n < len(a.Args) {
		return a.Args[n]
	}
	return ""
}

// EncodeText encodes text as an argument of an [Action]. It returns false if the text is too long
// for the ID of a button.
func EncodeText(text string) (arg string, ok bool) {
	const room = 80 // the part of an ID's 100 characters that the text may use
	arg = base64.RawURLEncoding.EncodeToString([]byte(text))
	return arg, len(arg) <= room
}

// DecodeText returns the text that [EncodeText] encoded as an argument. It returns "" if the
// argument is not valid.
func DecodeText(arg string) string {
	text, err := base64.RawURLEncoding.DecodeString(arg)
	if err != nil || !utf8.Valid(text) {
		return ""
	}
	return string(text)
}

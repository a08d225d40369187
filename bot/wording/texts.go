package wording

// Texts are the bot's own texts in one language, without markup. Text that a person typed must
// be quoted with [reply.Quote] before it is inserted into them.
type Texts struct {
	// Headings and labels of an answer.
	Checks, Try, Causes, NormalFor, ConfusedWith, Related, Details, Docs, DocsOther, Page string
	Reading, APIGroup, Introduced, Deprecated, Removed, ReplacedBy, ClusterScoped         string
	WhatItIs, TypeLabel, SeverityLabel, WhereToLook, Category                             string

	WatchOut string // the heading above what can go wrong with a task

	// Headings and labels of a team's texts: its notes on a term, its commands, its page, a term
	// that it wrote, a term that waits for a review, and text that is available only in the other
	// language.
	YourTeam, TeamChecks, Runbook, TeamTerm, TeamTerms, Draft, OtherLang string

	SetBy        func(component string) string
	TogetherWith func(names string) string
	MoreObjects  func(n int) string // the last item of a list
	MoreNames    func(n int) string // comes after names that are separated by Comma
	Comma        string             // between names
	Colon        string             // between a label and the text after it

	// Labels of buttons and menus.
	More, MoreCauses, Share, Help, Browse, Random, Another, Auto string
	CompareTerms                                                 string
	AllSteps                                                     func(name string) string
	ShareThread, Shared                                          string
	SharedBy                                                     func(name string) string
	RelatedTerms, MoreTerms                                      string // labels of menus

	// ColumnOf says in which column of a command's output a word is. KindOf says what kind of thing
	// a word is, and of which object: "Pod event".
	ColumnOf func(column, command string) string
	KindOf   func(object, kind string) string

	// Texts of answers that are not about one term.
	NotFound, DidYouMean, Ambiguous, UnknownCategory     func(typed string) string
	ComparePrompt, EmptyCategory, TypeName, TypeCategory string
	CompareWith                                          func(name string) string
	CompareExample                                       func(name, other string) string
	Doors                                                string
	LeftOut                                              func(names string) string
	Categories, TermCount, NextPage, PreviousPage        func(n int) string
	PageOf                                               func(from, to, n int) string
	TypePage                                             func(command string) string
	// Groups are the headings of a list's groups: one for each severity, worst first, then one each
	// for resource kinds, components and tools, fields, commands, tasks, and all other terms.
	Groups []string
	// Continued follows the heading of a group that continues from an earlier page.
	Continued                                string
	UnderstoodAs, DidYouMeanOnly             func(typed, name string) string
	NothingInPaste, NothingInPart            string
	ReadEnds, ReadUntil                      func(part, whole string) string
	ReadLines                                func(n int) string // the first and last n lines
	Fault, Stale, NoQuestion, Hello, Welcome string

	// Texts of answers about a paste.
	AlsoFound, PartlyRead, UnknownError, LooksWrong string
	IssueCount                                      func(failures, warnings int) string
	ObjectCount                                     func(n, of int, kind, namespace string) string
	LooksHealthy                                    func(n int) string
	ShouldBe                                        func(field, want string) string
	Resolved, StillStarting, UnknownMessage         func(names string) string
	CannotTell, UnreadLines                         func(n int) string
	FirstUnread                                     string // introduces the first line that was not read

	// Texts about files that were not read in full.
	FileTooLarge, FileNotText, FileSlow, FileForeign, FileFailed func(name string) string
	FileNeedsScope, FilePreview                                  func(name, scope string) string

	// Texts of the help.
	Introduction         func(n int) string
	ForExample, Commands string
	Examples             []string

	// Texts about settings, and about the data that is stored about a person.
	LanguageNow                                      func(followsQuestion bool) string
	UnknownLanguage                                  func(typed string) string
	StoredElsewhere                                  func(database string) string
	LanguageSaved, LanguageAuto, NotSaved            string
	ForgetPrompt, ForgetMe, Forgotten, NothingStored string

	// Texts of a daily term, and of the replies to its buttons.
	OftenAsked, CommonStatuses                                    string // labels of a menu of statuses
	DailyTerm, DoYouKnow, ShowAnswer, ShareKnowledge, PreviewOnly string
	KnewIt, ForgotIt, NewToMe, Refresher                          string
	WellDone, Discuss                                             func(name string) string

	// Texts about a channel's schedule.
	NoDaily, DailyNone, DailyOff, DailyPosted, DailyPreview, DailyStop string
	UseCommand, NotAllowed, ChangeFailed                               string
	UnknownDaily                                                       func(typed string) string
	InviteMe                                                           func(how string) string
	DailyPaused                                                        func(when string) string
	DailyAnnounced, DailyOn, DailyStatus                               func(when, next string) string
	DailyLost, DailyUnclear                                            func(channel, day string) string
	DailyPausedNotice                                                  func(channel, why string) string
	// Refusals are the reasons why a platform refuses posts, keyed by bot.Refusal.
	Refusals map[string]string
	At       func(days, time, zone string) string
}

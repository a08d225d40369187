package wording

// A Review contains the texts of reviews in one language. Names are names of terms. A number of
// terms is never larger than what a learner is shown in a day or in two weeks, except for the
// size of a deck.
type Review struct {
	// Buttons.
	Remember, Undo, UndoLast, Show, Forgot, KnewIt, Next, LeaveOut      string
	Review, Settings, Pause, Resume, Stop, Export, ExportCSV, Placement string
	Start, InAnHour, Tomorrow, IKnow, IDontKnow, More, SetUp            string
	RememberThese                                                       func(n int) string

	// Below an answer, and after [Remember].
	Remembered, Unremembered func(names string) string
	LookedUpBefore           string
	Waiting                  func(n int) string

	// The first time, and the settings.
	Welcome, WelcomeHere, ChangeHow, ChangeHere, WhatIsStored, Intro string
	When                                                             func(days, time, zone string, perDay int) string
	PerDay                                                           func(perDay int) string
	Saved, UnknownSetting, PrivateOnly                               string

	// A session.
	WhatIsIt, WhichTerm, RunFirst, InEnglish string
	Progress, Score                          func(n, of int) string
	Right, Wrong, Leech, LeftOut             func(name string) string
	Nothing                                  string
	NextOn                                   func(day string) string
	NextTomorrow                             string

	// The hub.
	ToReview, InDeck, NextWeek func(n int) string
	NoneYet, Recall            string

	// Digests.
	Due                       func(n, minutes int) string
	Again                     func(weekday, time string) string // weekday is "" for today
	Farewell, Stopped, Undone string
	PausedUntil               func(day string) string
	Resumed                   string

	// A placement.
	DoYouKnow string
	Placed    func(knew, of int) string

	// An export.
	Exported    func(n int) string
	ExportEmpty string

	// The form.
	FormTitle, FormTime, FormDays, FormPerDay, FormLang, Save string

	// The channel.
	ForgotLastWeek func(names string) string
}

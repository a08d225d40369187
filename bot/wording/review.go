package wording

// A Review contains the texts of reviews in one language. Arguments called name or names are the
// names of terms. Except for the size of a deck, no number in the texts exceeds the number of terms
// that a learner is shown in two weeks.
type Review struct {
	// Labels of buttons.
	Remember, Undo, UndoLast, Show, Forgot, KnewIt, Next, LeaveOut      string
	Review, Settings, Pause, Resume, Stop, Export, ExportCSV, Placement string
	Start, InAnHour, Tomorrow, IKnow, IDontKnow, More, Overview, SetUp  string
	RememberThese                                                       func(n int, first string) string // first is the name of the first term

	// Texts below an answer, and after [Remember] is pressed.
	Remembered, Unremembered func(names string) string
	LookedUpBefore           string
	Waiting                  func(n int) string

	// Texts for new learners, and about settings.
	Welcome, WelcomeHere, ChangeHow, ChangeHere, WhatIsStored, Intro string
	When                                                             func(days, time, zone string, perDay int) string
	PerDay                                                           func(perDay int) string
	Saved, OnlyPerDay, UnknownSetting, PrivateOnly                   string

	// Texts of a session.
	WhatIsIt, WhichTerm, RunFirst, InEnglish string
	Progress, Score                          func(n, of int) string
	Right, Wrong, Leech, LeftOut             func(name string) string
	Nothing                                  string
	NextOn                                   func(day string) string
	NextTomorrow                             string

	// Texts of the hub.
	ToReview, InDeck, NextWeek func(n int) string
	NoneYet, Recall            string

	// Texts in digests, and texts about digests.
	Due                       func(n, minutes int) string
	Again                     func(weekday, time string) string // weekday is "" for today
	Farewell, Stopped, Undone string
	PausedUntil               func(day string) string
	Resumed                   string

	// Texts of a placement.
	DoYouKnow string
	Placed    func(knew, of int) string

	// Texts of an export.
	Exported    func(n int) string
	ExportEmpty string

	// Labels of the form.
	FormTitle, FormTime, FormDays, FormPerDay, FormLang, Save string

	// Text for the channel.
	ForgotLastWeek func(names string) string
}

package wording

import (
	"fmt"
	"strings"
)

var englishReview = Review{
	Remember: "Remember", Undo: "Undo", UndoLast: "Undo last", Show: "Show", Forgot: "Forgot", KnewIt: "Knew it", Next: "Next", LeaveOut: "Stop asking",
	Review: "Review", Settings: "Settings", Pause: "Pause for a week", Resume: "Resume", Stop: "Stop", Export: "Export for Anki", ExportCSV: "Export as CSV",
	Placement: "What have I forgotten?", Start: "Start", InAnHour: "In an hour", Tomorrow: "Tomorrow", IKnow: "I know it", IDontKnow: "I don't", More: "More", Overview: "Overview", SetUp: "Set up",
	RememberThese: func(n int, first string) string {
		if n == 1 {
			return "Remember " + first
		}
		return fmt.Sprintf("Remember these %d terms", n)
	},

	Remembered:     func(names string) string { return "Remembered: " + names },
	Unremembered:   func(names string) string { return "I won't ask you about " + names + "." },
	LookedUpBefore: "You've looked this up before. Press Remember, and I'll ask you about it now and then.",
	Waiting:        func(n int) string { return count(n, "term", "terms") + " to review. Type “review” to start." },

	Welcome:      "From now on, I'll send you direct messages to review your terms before you forget them:",
	WelcomeHere:  "To review your terms before you forget them, type `review` or run `k8sbot review`.",
	ChangeHere:   "To see more or fewer terms, type something like “review settings 3/day”.",
	ChangeHow:    "To change this, type something like “review settings 8:30 mon,wed 3/day”. To stop, type “review stop”.",
	WhatIsStored: "I store your terms, your answers and these settings. To delete everything, type “forget me”.",
	Intro:        "Press Remember below an answer, and I'll ask you about the term before you forget it. Or take a minute to find out which terms you've forgotten.",
	When: func(days, time, zone string, perDay int) string {
		return fmt.Sprintf("%s at %s (%s), at most %s a day.", strings.ToUpper(days[:1])+days[1:], time, zone, count(perDay, "term", "terms"))
	},
	PerDay:         func(perDay int) string { return "At most " + count(perDay, "term", "terms") + " a day." },
	Saved:          "Saved.",
	OnlyPerDay:     "I don't send reminders here, so I use only the number of terms per day and the language, not the time or the weekdays.",
	UnknownSetting: "I don't understand that. Try `review settings 8:30 mon-fri 5/day en`. Every part is optional.",
	PrivateOnly:    "Type `review` instead, so that only you can see it.",

	WhatIsIt: "What is it?", WhichTerm: "Which term is this?", RunFirst: "Which command do you run first?", InEnglish: "What is it called in English?",
	Progress: func(n, of int) string { return fmt.Sprintf("%d of %d", n, of) },
	Score:    func(n, of int) string { return fmt.Sprintf("You knew %d of %d.", n, of) },
	Right:    func(name string) string { return "Correct: " + name },
	Wrong:    func(name string) string { return "Not this time. It's " + name + "." },
	Leech: func(name string) string {
		return "You keep forgetting " + name + ". Here's how it differs from the terms it's often confused with. If you like, I can stop asking you about it."
	},
	LeftOut: func(name string) string {
		return "I won't ask you about " + name + " anymore. To bring it back, look it up and press Remember."
	},
	Nothing:      "Nothing to review today.",
	NextOn:       func(day string) string { return "The next review is on " + day + "." },
	NextTomorrow: "The next review is tomorrow.",

	ToReview: func(n int) string { return fmt.Sprintf("%d to review", n) },
	InDeck:   func(n int) string { return count(n, "term", "terms") },
	NextWeek: func(n int) string { return fmt.Sprintf("%d in the next 7 days", n) },
	NoneYet:  "No terms yet. Look one up and press Remember.",
	Recall:   "Recall",

	Due: func(n, minutes int) string {
		about := "about a minute"
		if minutes > 1 {
			about = fmt.Sprintf("about %d minutes", minutes)
		}
		return count(n, "term", "terms") + ", " + about
	},
	Again: func(weekday, time string) string {
		if weekday == "" {
			return "I'll remind you at " + time + "."
		}
		return "I'll remind you on " + weekday + " at " + time + "."
	},
	Farewell:    "I'll stop sending these messages. Your terms are still here: type `review` whenever you like.",
	Stopped:     "Stopped. Your terms are still here: type `review` whenever you like.",
	Undone:      "Undone.",
	PausedUntil: func(day string) string { return "Paused until " + day + "." },
	Resumed:     "Resumed.",

	DoYouKnow: "Do you know it?",
	Placed: func(knew, of int) string {
		switch of - knew {
		case 0:
			return fmt.Sprintf("You know all %d. I'll ask again in a while.", of)
		case 1:
			return fmt.Sprintf("You know %d of %d. I'll ask you about the other one starting tomorrow.", knew, of)
		}
		return fmt.Sprintf("You know %d of %d. I'll ask you about the other %d starting tomorrow.", knew, of, of-knew)
	},

	Exported:    func(n int) string { return "I've exported " + count(n, "term", "terms") + ". Only you can see this." },
	ExportEmpty: "There's nothing to export yet.",

	FormTitle: "Remember terms", FormTime: "When", FormDays: "Days", FormPerDay: "Maximum per day", FormLang: "Language", Save: "Save",

	ForgotLastWeek: func(names string) string { return "Terms this channel forgot last week: " + names },
}

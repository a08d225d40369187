package wording

import (
	"fmt"
	"strings"
)

var english = Texts{
	Checks: "Check first", Try: "Try this", Causes: "Likely causes", NormalFor: "Normal for",
	ConfusedWith: "Often confused with", Related: "Related", Details: "Details",
	YourTeam: "Your team", TeamChecks: "Your team's commands", Runbook: "Runbook", TeamTerm: "your team's term", TeamTerms: "Your team's terms", Draft: "draft, visible only to you", OtherLang: "in Japanese only",
	Docs: "Documentation", Page: "Diagrams", DocsOther: "Documentation",
	Introduced: "introduced", Deprecated: "deprecated", Removed: "removed", ReplacedBy: "replaced by",
	Reading: "reading", APIGroup: "API group", ClusterScoped: "cluster-scoped",
	WhatItIs: "What it is", TypeLabel: "Type", SeverityLabel: "Severity", WhereToLook: "Where to look", Category: "Choose a category",

	WatchOut: "Watch out",

	More: "Details", MoreCauses: "Causes and details", RelatedTerms: "Related terms", MoreTerms: "More terms", Share: "Share in channel", ShareThread: "Share in thread", Help: "Help", Browse: "Browse terms", Random: "Random term",
	Another: "Another term", Auto: "Automatic", CompareTerms: "Compare",

	Fault:          "Something went wrong on my side, and I've logged the error. Please try again in a moment.",
	Stale:          "This button no longer works. Please ask again.",
	Hello:          "Hi! Type a Kubernetes term or paste kubectl output, and I'll explain it.",
	Welcome:        "Any time!",
	NoQuestion:     "Type a Kubernetes term, or paste kubectl output.",
	ForExample:     "For example:",
	FileTooLarge:   aboutFile("I didn't read all of “%s” because I read at most 1 MiB of attached files."),
	FileNotText:    aboutFile("I can't read “%s” because it isn't a text file."),
	FileSlow:       aboutFile("I couldn't read “%s” because the download took too long. Try again, or paste the lines that matter."),
	FileForeign:    aboutFile("I didn't open “%s” because it's hosted on another site. Paste the lines that matter."),
	FileFailed:     aboutFile("I couldn't download “%s”. Try again, or paste the lines that matter."),
	FileNeedsScope: aboutScope("I couldn't read “%s” because the app isn't allowed to: it needs the `%s` scope. Ask whoever manages the app to add it, or paste the lines that matter."),
	FilePreview:    aboutScope("I read only the preview of “%s” because the app needs the `%s` scope to read the rest. Ask whoever manages the app to add it."),

	NothingInPaste: "I don't recognize any terms in this text.",
	NothingInPart:  "I don't recognize any terms in the part I read.",
	ComparePrompt:  "Name two or three terms to compare, for example `compare liveness readiness`.",
	AlsoFound:      "Also in this output: ",
	PartlyRead:     "I read only part of this text, so I can't say whether anything is wrong.",
	UnknownError:   "Unknown error",
	LooksWrong:     "This isn't a healthy state.",
	Comma:          ", ",
	Colon:          ": ",
	FirstUnread:    "The first line:",
	EmptyCategory:  "This category has no terms yet.",
	TypeName:       "Type the name of a term, and I'll explain it.",
	TypeCategory:   "Type `list` and a category to see all of its terms, for example `list networking`.",
	Commands:       "Commands",
	Doors:          "Other ways",
	LanguageSaved:  "I'll answer you in English from now on. Type `lang auto` to undo this.",
	LanguageAuto:   "I'll go back to answering in the language you ask in.",
	NotSaved:       "I couldn't save that setting. Please try again later.",
	OftenAsked:     "Often asked", CommonStatuses: "Common statuses",
	DailyTerm: "Daily term", KnewIt: "I knew it", ForgotIt: "I'd forgotten", NewToMe: "It's new to me",
	DoYouKnow: "What is it? Try to remember before you look.", ShowAnswer: "Show answer",
	ShareKnowledge: "Share what you know", PreviewOnly: "Preview, visible only to you",
	Refresher:    "Noted. Here's a refresher.",
	NoDaily:      "Daily terms are available only in channels. Choose one, or type `daily on` there.",
	DailyNone:    "This channel has no daily term. Start one with `daily on 9:00 Asia/Tokyo mon-fri`. You can leave out any part.",
	DailyOff:     "Daily terms are off for this channel. Type `daily on` to turn them back on.",
	DailyPosted:  "Recently posted",
	DailyPreview: "Preview", DailyStop: "Stop",
	UseCommand:    "I can't check your permissions here. Please use the `daily` command.",
	NotAllowed:    "You don't have permission to change this channel's settings. Ask someone who manages it.",
	ChangeFailed:  "Something went wrong, and nothing was changed. Please try again in a moment.",
	ForgetPrompt:  "I store your language setting, the terms you remember, your answers and, for an hour, the last term you looked up in direct messages. Type `forget me` to delete all of it.",
	ForgetMe:      "Delete everything",
	Forgotten:     "I've deleted everything I stored about you.",
	NothingStored: "I don't store anything about you here.",
	StoredElsewhere: func(database string) string {
		return "What I store about you at this terminal is in " + database + ". To review, run `k8sbot review`. To delete all of it, type `forget me` in the chat that `k8sbot` starts."
	},
	InviteMe: func(how string) string {
		return "I can't post in this channel, so nothing has changed. First, " + how + ". Then try again."
	},
	UnknownDaily: func(typed string) string {
		return fmt.Sprintf("I don't understand “%s”. Try `daily on`, `daily off`, `daily now`, or just `daily`.", typed)
	},
	WellDone: func(name string) string { return fmt.Sprintf("Nice! I've noted that you knew %s.", name) },
	Discuss: func(name string) string {
		return fmt.Sprintf("What have you learned about %s? Share a pitfall, a command or a story below.", name)
	},
	DailyPaused: func(when string) string {
		return "This channel's daily term (" + when + ") is paused because I couldn't post it here. Type `daily on` to resume it."
	},
	DailyAnnounced: func(when, next string) string {
		return "This channel now gets a daily Kubernetes term: " + when + ". The first one will be posted on " + next + "."
	},
	DailyOn: func(when, next string) string {
		return "Done: " + when + ". The next term will be posted on " + next + "."
	},
	DailyStatus: func(when, next string) string {
		return "This channel gets a daily term: " + when + ". The next one will be posted on " + next + "."
	},
	DailyPausedNotice: func(channel, why string) string {
		return "The daily term you set up in channel " + channel + " is paused: I can't post there anymore (" + why + "). Invite me to the channel again, then type `daily on` there."
	},
	DailyLost: func(channel, day string) string {
		return "I couldn't post the daily term for " + day + " in channel " + channel + " in time. The next one will be posted as scheduled."
	},
	DailyUnclear: func(channel, day string) string {
		return "I can't tell whether the daily term for " + day + " was posted in channel " + channel + ", and I didn't want to risk posting it twice. The next one will be posted as scheduled."
	},
	Refusals: map[string]string{
		"no_access":      "I can't see the channel, or I'm not a member of it",
		"no_permission":  "I don't have permission to post there; please check my permissions in the channel",
		"channel_gone":   "the channel was deleted, or I can't see it",
		"channel_closed": "the channel is archived or locked",
		"channel_kind":   "I can't post in this kind of channel",
		"person_refuses": "you don't accept direct messages from me",
		"bot_removed":    "I'm no longer a member here; please add me again",
		"text_rejected":  "the platform rejected the text of every term I tried",
	},
	At: func(days, time, zone string) string { return days + " at " + time + " (" + zone + ")" },

	Examples: []string{
		"CrashLoopBackOff",
		"what is a taint",
		"liveness vs readiness",
		"the output of kubectl get pods (just paste it)",
	},

	Shared:   "Shared",
	SharedBy: func(name string) string { return "Shared by " + name },
	ColumnOf: func(column, command string) string { return column + " of " + command },
	KindOf:   func(object, kind string) string { return object + " " + kind },
	SetBy:    func(component string) string { return "set by " + component },
	NotFound: func(typed string) string { return fmt.Sprintf("I couldn't find “%s”.", typed) },
	LeftOut:  func(names string) string { return "I can compare at most three terms, so I left out " + names + "." },
	DidYouMean: func(typed string) string {
		return fmt.Sprintf("I couldn't find “%s”. Did you mean:", typed)
	},
	DidYouMeanOnly: func(typed, name string) string {
		return fmt.Sprintf("I couldn't find “%s”. Did you mean %s?", typed, name)
	},
	CompareWith: func(name string) string { return fmt.Sprintf("What would you like to compare %s with?", name) },
	CompareExample: func(name, other string) string {
		return fmt.Sprintf("Add a second term, for example `compare %s vs %s`.", name, other)
	},
	Ambiguous:       func(typed string) string { return fmt.Sprintf("“%s” can mean several things:", typed) },
	UnknownCategory: func(typed string) string { return fmt.Sprintf("There's no category called “%s”.", typed) },
	UnknownLanguage: func(typed string) string {
		return fmt.Sprintf("“%s” isn't supported. Choose `ja`, `en` or `auto`.", typed)
	},
	ReadEnds: func(part, whole string) string {
		return fmt.Sprintf("This is %s long. I read only the first %s and the last %s.", whole, part, part)
	},
	ReadLines: func(n int) string {
		return fmt.Sprintf("This has too many lines. I read only the first %d and the last %d.", n, n)
	},
	ReadUntil: func(part, whole string) string {
		return fmt.Sprintf("I ran out of time. I read only %s of %s.", part, whole)
	},
	ShouldBe:      func(field, want string) string { return fmt.Sprintf("`%s` should be `%s`.", field, want) },
	Resolved:      func(names string) string { return "Already resolved: " + names + "." },
	StillStarting: func(names string) string { return "Still starting, which is fine for now: " + names + "." },
	UnknownMessage: func(from string) string {
		if from == "" {
			return "I don't recognize this message."
		}
		return "I don't recognize this message. It comes from " + from + "."
	},
	LooksHealthy: func(n int) string { return "I checked " + count(n, "line", "lines") + ". Nothing looks wrong." },
	CannotTell: func(n int) string {
		return "I can't tell whether anything is wrong because I don't understand " + count(n, "line", "lines") + "."
	},
	UnreadLines: func(n int) string { return "I didn't understand " + count(n, "more line", "more lines") + "." },
	IssueCount: func(failures, warnings int) string {
		switch {
		case warnings == 0:
			return count(failures, "failure", "failures")
		case failures == 0:
			return count(warnings, "warning", "warnings")
		}
		return count(failures, "failure", "failures") + ", " + count(warnings, "warning", "warnings")
	},
	ObjectCount: func(n, of int, kind, namespace string) string {
		if kind == "" {
			kind = "object"
		}
		s := count(of, kind, plural(kind))
		if n < of {
			s = fmt.Sprintf("%d of %s", n, s)
		}
		if namespace != "" {
			s += " in " + namespace
		}
		return s
	},
	TogetherWith: func(names string) string { return fmt.Sprintf("Also seen: %s.", names) },
	MoreObjects:  func(n int) string { return fmt.Sprintf("and %d more", n) },
	MoreNames:    func(n int) string { return fmt.Sprintf(" and %d more", n) },
	Categories:   func(n int) string { return fmt.Sprintf("%d terms by category", n) },
	NextPage:     func(n int) string { return fmt.Sprintf("Next %d", n) },
	PreviousPage: func(n int) string { return fmt.Sprintf("Previous %d", n) },
	Continued:    " (continued)",
	PageOf:       func(from, to, n int) string { return fmt.Sprintf("%d–%d of %d terms", from, to, n) },
	TypePage:     func(command string) string { return "For the next page, type `" + command + "`." },
	Groups:       []string{"Failures", "Warnings", "Normal for a while", "Normal", "Resources", "Components and tools", "Fields and labels", "Commands", "Tasks", "Concepts"},
	TermCount:    func(n int) string { return count(n, "term", "terms") },
	UnderstoodAs: func(typed, name string) string { return fmt.Sprintf("“%s” → %s", typed, name) },
	AllSteps:     func(name string) string { return "All steps: " + name },
	Introduction: func(n int) string {
		return fmt.Sprintf("I explain Kubernetes terms: components, resources, and the statuses that kubectl shows. I know %d of them, in English and Japanese.", n)
	},
	LanguageNow: func(followsQuestion bool) string {
		if followsQuestion {
			return "I'm answering in the language of your question. Type `lang en` or `lang ja` to choose one language."
		}
		return "I'm answering in English. Type `lang auto` to get answers in the language of your question."
	},
}

// count returns a number with its noun: "1 failure", "2 failures".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

// plural returns the plural of a kind: Ingresses, NetworkPolicies, Endpoints, backups.velero.io.
func plural(kind string) string {
	if name, group, ok := strings.Cut(kind, "."); ok {
		return plural(name) + "." + group
	}
	switch {
	case strings.HasSuffix(kind, "ints"):
		return kind
	case strings.HasSuffix(kind, "s"), strings.HasSuffix(kind, "x"), strings.HasSuffix(kind, "ch"):
		return kind + "es"
	case strings.HasSuffix(kind, "cy"), strings.HasSuffix(kind, "ry"):
		return kind[:len(kind)-1] + "ies"
	}
	return kind + "s"
}

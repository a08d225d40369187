package bot

import (
	"fmt"

	"k8sbot/glossary"
)

var english = messages{
	checks: "Check first", try: "Try this", causes: "Likely causes", normalFor: "Normal for",
	versions: "Versions", confusedWith: "Often confused with", related: "Related",
	docs: "Documentation", docsOther: "Documentation",
	introduced: "since", deprecated: "deprecated since", removed: "removed in", replacedBy: "replaced by",
	clusterWide: "not namespaced",
	whatItIs:    "What it is", typeLabel: "Type", severityLabel: "Severity", howToCheck: "How to check",

	severity: map[glossary.Severity]string{
		"": "", glossary.Failure: "failure", glossary.Warning: "warning", glossary.Transient: "normal for a while", glossary.Normal: "normal",
	},
	relation: map[glossary.Relation]string{
		glossary.Owns: "owns", glossary.Selects: "selects", glossary.Uses: "uses", glossary.PartOf: "part of",
		glossary.CauseOf: "causes", glossary.Replaces: "replaces", glossary.SeeAlso: "see also",
		glossary.OwnedBy: "owned by", glossary.SelectedBy: "selected by", glossary.UsedBy: "used by",
		glossary.HasPart: "includes", glossary.CausedBy: "caused by", glossary.ReplacedBy: "replaced by",
	},

	more: "More", share: "Share in channel", help: "Help", browse: "Browse terms", random: "Random term",
	another: "Another term", auto: "Automatic",

	fault:          "Something went wrong on my side. It's been logged; please try again in a moment.",
	stale:          "This button no longer works. Please ask again.",
	nothingAsked:   "Type a Kubernetes term, or paste kubectl output.",
	forExample:     "For example:",
	nothingInPaste: "I don't recognize any term in this text.",
	nothingInPart:  "I don't recognize any term in the part that I read.",
	compareWhat:    "Name two terms to compare, for example: compare liveness readiness",
	alsoFound:      "Also in this output: ",
	partHealthy:    "The part I read shows nothing unusual.",
	unknownError:   "Unknown error",
	notAsItShould:  "This isn't as it should be.",
	comma:          ", ",
	emptyCategory:  "This category has no terms yet.",
	askForOne:      "Type a name to see its explanation.",
	listOne:        "Type list and a category to see all of its terms, for example: list networking",
	commands:       "Commands",
	languageKept:   "I'll answer you in English from now on. Type lang auto to undo this.",
	languageAuto:   "I'll answer in the language of your question again.",
	notKept:        "I couldn't save that. Please try again later.",
	dailyTerm:      "Daily term", knewIt: "I knew it", forgotIt: "I'd forgotten",
	shareKnowledge: "Share what you know", previewOnly: "Preview, visible only to you",
	refresher:    "Noted. Here's a refresher.",
	noDaily:      "Daily terms are only available in channels.",
	dailyNone:    "This channel has no daily term. Start one with daily on 9:00 Asia/Tokyo mon-fri; every part is optional.",
	dailyOff:     "Daily terms are off for this channel. Type daily on to turn them back on.",
	dailyPosted:  "Recently posted",
	dailyPreview: "Preview", dailyStop: "Stop",
	useCommand:  "I can't check your permissions here. Please use the /k8s daily command.",
	notAllowed:  "You don't have permission to change this channel's settings. Ask someone who manages it.",
	tryLater:    "That didn't work, and nothing has changed. Please try again in a moment.",
	forgetWhat:  "I store your language setting and your answers to daily terms. Type forget me to delete all of it.",
	forgetMe:    "Delete everything",
	forgotten:   "I've deleted everything I stored about you.",
	nothingKept: "I don't store anything about you here.",
	inviteMe: func(how string) string {
		return "I can't post in this channel, so nothing has changed. First " + how + ", then try again."
	},
	unknownDaily: func(typed string) string {
		return fmt.Sprintf("I don't understand “%s”. Try daily on, daily off, daily now, or just daily.", typed)
	},
	wellDone: func(name string) string { return fmt.Sprintf("Nice! I've noted that you knew %s.", name) },
	discuss: func(name string) string {
		return fmt.Sprintf("What have you learned about %s? Share a pitfall, a command or a story below.", name)
	},
	dailyPaused: func(when string) string {
		return "This channel's daily term (" + when + ") is paused because I couldn't post here. Type daily on to resume it."
	},
	dailyAnnounced: func(when, next string) string {
		return "This channel now gets a daily Kubernetes term: " + when + ". The first one comes at " + next + "."
	},
	dailyOn: func(when, next string) string {
		return "Done: " + when + ". The next term comes at " + next + "."
	},
	dailyStatus: func(when, next string) string {
		return "This channel gets a daily term: " + when + ". The next one comes at " + next + "."
	},
	dailyPausedNotice: func(channel, why string) string {
		return "The daily term you set up in channel " + channel + " is paused: I can no longer post there (" + why + "). Let me back in, then type daily on there."
	},
	dailyLost: func(channel, day string) string {
		return "Channel " + channel + " got no daily term on " + day + ": I couldn't post it in time. The next one comes as scheduled."
	},
	dailyUnclear: func(channel, day string) string {
		return "I don't know whether the daily term of " + day + " arrived in channel " + channel + ": the platform gave no clear answer, and I didn't risk posting it twice. The next one comes as scheduled."
	},
	at: func(days, time, zone string) string { return days + " at " + time + " (" + zone + ")" },

	examples: []string{
		"CrashLoopBackOff",
		"what is a taint",
		"liveness vs readiness",
		"the output of kubectl get pods (just paste it)",
	},

	setBy:    func(component string) string { return "set by " + component },
	notFound: func(typed string) string { return fmt.Sprintf("I couldn't find “%s”.", typed) },
	didYouMean: func(typed string) string {
		return fmt.Sprintf("I couldn't find “%s”. Did you mean:", typed)
	},
	ambiguous:       func(typed string) string { return fmt.Sprintf("“%s” can mean several things:", typed) },
	unknownCategory: func(typed string) string { return fmt.Sprintf("There's no category “%s”.", typed) },
	unknownLanguage: func(typed string) string {
		return fmt.Sprintf("“%s” isn't supported. Choose ja, en or auto.", typed)
	},
	readEnds: func(part, whole string) string {
		return fmt.Sprintf("This is %s long. I only read the first %s and the last %s.", whole, part, part)
	},
	readUntil: func(part, whole string) string {
		return fmt.Sprintf("I ran out of time. I only read %s of %s.", part, whole)
	},
	isOver:       func(names string) string { return "Already over: " + names + "." },
	stillWaiting: func(names string) string { return "Still starting, and that's fine for now: " + names + "." },
	noEntry: func(from string) string {
		if from == "" {
			return "I don't know this message."
		}
		return "I don't know this message. It comes from " + from + "."
	},
	looksHealthy: func(n int) string { return "Nothing looks wrong: " + count(n, "line is", "lines are") + " healthy." },
	cannotTell: func(n int, first string) string {
		return fmt.Sprintf("I can't tell whether anything is wrong: I can't read %s. The first is: %s", count(n, "line", "lines"), first)
	},
	unreadLines: func(n int, first string) string {
		return fmt.Sprintf("I couldn't use %s. The first is: %s", count(n, "more line", "more lines"), first)
	},
	troubleCount: func(failures, warnings int) string {
		switch {
		case warnings == 0:
			return count(failures, "failure", "failures")
		case failures == 0:
			return count(warnings, "warning", "warnings")
		}
		return count(failures, "failure", "failures") + ", " + count(warnings, "warning", "warnings")
	},
	objectCount: func(n int, kind, namespace string) string {
		if kind == "" {
			kind = "object"
		}
		s := count(n, kind, kind+"s")
		if namespace != "" {
			s += " in " + namespace
		}
		return s
	},
	togetherWith: func(names string) string { return fmt.Sprintf("Seen with it: %s.", names) },
	moreObjects:  func(n int) string { return fmt.Sprintf("and %d more", n) },
	categories:   func(n int) string { return fmt.Sprintf("%d terms by category", n) },
	introduction: func(n int) string {
		return fmt.Sprintf("I explain Kubernetes terms: components, resources, and the statuses that kubectl shows. I know %d of them, in English and Japanese.", n)
	},
	languageNow: func(glossary.Lang) string {
		return "I'm answering you in English. Choose lang ja, lang en, or lang auto to follow the language of your question."
	},
}

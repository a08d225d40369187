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
	what:        "What it is", kindOfWord: "Kind of word", howBad: "How bad", look: "Look at it",

	severity: map[glossary.Severity]string{
		"": "", glossary.Failure: "failure", glossary.Warning: "warning", glossary.Passing: "fine for a while", glossary.Normal: "as it should be",
	},
	relation: map[glossary.Relation]string{
		glossary.Owns: "owns", glossary.Selects: "selects", glossary.Uses: "uses", glossary.PartOf: "part of",
		glossary.CauseOf: "causes", glossary.Replaces: "replaces", glossary.SeeAlso: "see also",
		glossary.OwnedBy: "owned by", glossary.SelectedBy: "selected by", glossary.UsedBy: "used by",
		glossary.HasPart: "includes", glossary.CausedBy: "caused by", glossary.ReplacedBy: "replaced by",
	},

	more: "More", share: "Share in channel", help: "Help", browse: "Browse the words", random: "Any word",
	another: "Another one", auto: "Automatic",

	fault:          "Something broke on my side, not on yours; it has been logged. Please ask again in a moment.",
	stale:          "This button belongs to something that no longer exists. Please ask again.",
	nothingAsked:   "Tell me a Kubernetes word, or paste what kubectl printed.",
	youCanAsk:      "You can ask for example:",
	nothingInPaste: "I know none of the words in this text.",
	compareWhat:    "Name two words to compare, for example: compare liveness readiness",
	alsoFound:      "Also in there: ",
	nothingWrong:   "Nothing in there looks wrong.",
	comma:          ", ",
	emptyCategory:  "There are no words in this category yet.",
	askForOne:      "Type a name to have it explained.",
	listOne:        "Type list and a category for all of its words, for example: list networking",
	commands:       "Commands",
	languageKept:   "I will answer you in English from now on. lang auto undoes this.",
	languageAuto:   "I will answer you in the language of your question again.",
	notKept:        "I could not keep your choice just now. Please try again later.",
	termOfTheDay:   "Word of the day", knewIt: "I knew it", forgotIt: "I had forgotten",
	shareKnowledge: "Share what you know", previewOnly: "A preview that only you see",
	nowAgain:     "Good to have it back, then. It is noted.",
	noDaily:      "Daily words are for channels in Slack and Discord.",
	dailyNone:    "This channel gets no daily word. daily on 9:00 Asia/Tokyo mon-fri starts one; each part may be left out.",
	dailyOff:     "This channel gets no daily word any more. daily on brings it back.",
	dailyPosted:  "Posted lately",
	dailyPreview: "Preview", dailyStop: "Stop it",
	askByCommand: "I cannot see here what you may change. Please use the command: /k8s daily",
	notAllowed:   "You may not change this channel's settings. Somebody who manages it can.",
	notNow:       "That did not work just now, and nothing has changed. Please try again in a moment.",
	inviteMe:     "I cannot post in this channel, so nothing has changed. Invite me first (on Slack: /invite @k8sbot; on Discord: let me see the channel and send messages), then try again.",
	forgetWhat:   "I keep your choice of a language and what you said of daily words. forget me deletes all of it.",
	forgetMe:     "Delete it all",
	forgotten:    "All that I kept of you is deleted.",
	nothingKept:  "I keep nothing of you here.",
	unknownDaily: func(typed string) string {
		return fmt.Sprintf("“%s” says nothing to me here: type daily on, daily off, daily now, or daily alone.", typed)
	},
	wellKnown: func(name string) string { return fmt.Sprintf("Well done. It is noted that you knew %s.", name) },
	tellWhatYouKnow: func(name string) string {
		return fmt.Sprintf("What do you know about %s that is worth sharing? A pitfall, a command, a story: write it here, below the post.", name)
	},
	dailyPaused: func(when string) string {
		return "This channel's daily word (" + when + ") is paused, since I could not post here any more. daily on starts it again."
	},
	dailyAnnounced: func(when, next string) string {
		return "This channel gets a Kubernetes word of the day from now on: " + when + ". The first comes at " + next + "."
	},
	dailyOn: func(when, next string) string {
		return "It is set: " + when + ". The next word comes at " + next + "."
	},
	dailyStatus: func(when, next string) string {
		return "This channel gets a daily word: " + when + ". The next one comes at " + next + "."
	},
	dailyIsPaused: func(channel, why string) string {
		return "The daily word that you set up in the channel " + channel + " is paused: I can no longer post there (" + why + "). Let me in again and type daily on there."
	},
	at: func(days, time, zone string) string { return days + " at " + time + " (" + zone + ")" },

	examples: []string{
		"CrashLoopBackOff",
		"what is a taint",
		"liveness vs readiness",
		"the output of kubectl get pods, just paste it",
	},

	setBy:    func(component string) string { return "set by " + component },
	notFound: func(typed string) string { return fmt.Sprintf("I know no Kubernetes word “%s”.", typed) },
	didYouMean: func(typed string) string {
		return fmt.Sprintf("I know no “%s”. Did you mean one of these?", typed)
	},
	several:         func(typed string) string { return fmt.Sprintf("“%s” means several things:", typed) },
	unknownCategory: func(typed string) string { return fmt.Sprintf("There is no category “%s”.", typed) },
	unknownLanguage: func(typed string) string {
		return fmt.Sprintf("I do not speak “%s”: choose ja, en or auto.", typed)
	},
	togetherWith: func(names string) string { return fmt.Sprintf("Seen with it: %s.", names) },
	moreObjects:  func(n int) string { return fmt.Sprintf("and %d more", n) },
	categories:   func(n int) string { return fmt.Sprintf("%d words by category", n) },
	whoAmI: func(n int) string {
		return fmt.Sprintf("I explain Kubernetes words: components, resources, and the statuses that kubectl shows. I know %d of them, in English and Japanese.", n)
	},
	languageNow: func(glossary.Lang) string {
		return "I am answering you in English. Choose lang ja, lang en, or lang auto for the language of your question."
	},
}

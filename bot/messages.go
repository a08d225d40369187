package bot

import (
	"k8sbot/glossary"
)

// messages are the bot's own sentences in one language. A test fails if a field is
// left empty.
type messages struct {
	// Headings of an answer.
	checks, try, causes, normalFor, versions, confusedWith, related, docs, docsOther string
	introduced, deprecated, removed, replacedBy, clusterWide                         string
	whatItIs, typeLabel, severityLabel, howToCheck                                   string

	severity map[glossary.Severity]string
	relation map[glossary.Relation]string

	// Buttons.
	more, share, help, browse, random, another, auto string

	// Sentences.
	fault, stale, nothingAsked, forExample, nothingInPaste, compareWhat                                     string
	nothingInPart                                                                                           string
	alsoFound, partHealthy, unknownError, notAsItShould, comma, emptyCategory, askForOne, listOne, commands string
	languageKept, languageAuto, notKept                                                                     string

	// The daily term.
	dailyTerm, knewIt, forgotIt, shareKnowledge, previewOnly, refresher string
	noDaily, dailyNone, dailyOff, dailyPosted, dailyPreview, dailyStop  string
	useCommand, notAllowed, tryLater                                    string
	forgetWhat, forgetMe, forgotten, nothingKept                        string
	inviteMe, unknownDaily, wellDone, discuss, dailyPaused              func(string) string
	dailyAnnounced, dailyOn, dailyStatus                                func(when, next string) string
	dailyLost, dailyUnclear                                             func(channel, day string) string
	dailyPausedNotice                                                   func(channel, why string) string
	at                                                                  func(days, time, zone string) string

	examples []string

	notFound, didYouMean, ambiguous, unknownCategory, unknownLanguage func(typed string) string
	readEnds, readUntil                                               func(part, whole string) string
	togetherWith, isOver, stillWaiting, noEntry                       func(names string) string
	looksHealthy                                                      func(n int) string
	cannotTell, unreadLines                                           func(n int, first string) string
	troubleCount                                                      func(failures, warnings int) string
	objectCount                                                       func(n int, kind, namespace string) string
	setBy                                                             func(component string) string
	moreObjects, categories, introduction                             func(n int) string
	languageNow                                                       func(glossary.Lang) string
}

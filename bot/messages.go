package bot

import (
	"k8sbot/glossary"
)

// messages are the bot's own sentences in one language. A test finds a field that
// was left empty.
type messages struct {
	// Headings of an answer.
	checks, try, causes, normalFor, versions, confusedWith, related, docs, docsOther string
	introduced, deprecated, removed, replacedBy, clusterWide                         string
	what, kindOfWord, howBad, look                                                   string

	severity map[glossary.Severity]string
	relation map[glossary.Relation]string

	// Choices.
	more, share, help, browse, random, another, auto string

	// Sentences.
	fault, stale, nothingAsked, youCanAsk, nothingInPaste, compareWhat          string
	alsoFound, nothingWrong, comma, emptyCategory, askForOne, listOne, commands string
	languageKept, languageAuto, notKept                                         string

	// The daily term.
	termOfTheDay, knewIt, forgotIt, shareKnowledge, previewOnly, nowAgain string
	noDaily, dailyNone, dailyOff, dailyPosted, dailyPreview, dailyStop    string
	askByCommand, notAllowed, notNow, inviteMe                            string
	forgetWhat, forgetMe, forgotten, nothingKept                          string
	unknownDaily, wellKnown, tellWhatYouKnow, dailyPaused                 func(string) string
	dailyAnnounced, dailyOn, dailyStatus                                  func(when, next string) string
	dailyIsPaused                                                         func(channel, why string) string
	at                                                                    func(days, time, zone string) string

	examples []string

	notFound, didYouMean, several, unknownCategory, unknownLanguage func(typed string) string
	togetherWith                                                    func(names string) string
	setBy                                                           func(component string) string
	moreObjects, categories, whoAmI                                 func(n int) string
	languageNow                                                     func(glossary.Lang) string
}

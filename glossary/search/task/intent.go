package task

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"k8sbot/glossary/lazyregexp"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/phrase"
	"k8sbot/glossary/zipped"
)

// An intent says how clearly a question asks how to do something.
type intent int

const (
	other    intent = iota // a question about a word, a complaint, or a single name
	plain                  // it may be a request: "logs of the last hour"
	implicit               // it has the form of a request: "restart the deployment", ログを見る
	explicit               // it asks how to do something, or says that the person wants to
)

// The kinds of phrases that determine what a question asks for (see phrases.tsv).
const (
	asking phrase.Kinds = 1 << iota
	about
	uses
	fix
	broken
	hypothetical
	circumstance
	stuck
	lookup
	conditional
	subject
	polite
	verb
	cleaning
	failing
	request
	order
	output
	particle
	aside
	clause
)

// phraseKinds are the names of the kinds in phrases.tsv.
var phraseKinds = []string{"asking", "about", "uses", "fix", "broken", "hypothetical", "circumstance", "stuck", "lookup", "conditional", "subject", "polite", "verb", "cleaning", "failing", "request", "order", "output", "particle", "aside", "clause"}

// phrasesData is phrases.tsv, compressed.
//
//go:embed phrases.tsv.gz
var phrasesData string

var phrases = sync.OnceValue(func() *phrase.Matcher {
	m := new(phrase.Matcher)
	for line := range strings.Lines(zipped.Text(phrasesData)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, pattern, _ := strings.Cut(line, "\t")
		kind := slices.Index(phraseKinds, name)
		if kind < 0 {
			panic(fmt.Sprintf("task: phrases.tsv: unknown kind %q", name))
		}
		if err := m.Add(1<<kind, pattern); err != nil {
			panic("task: phrases.tsv: " + err.Error())
		}
	}
	return m
})

// A reading is a question with the phrases that it contains.
type reading struct {
	text  string
	found []phrase.Found
	all   phrase.Kinds // the kinds of all phrases
}

func read(text string) reading {
	r := reading{text: strings.TrimSpace(fold.NFKC(text))}
	t := phrase.NewText(r.text)
	r.found = phrases().Find(t, make([]phrase.Found, 0, len(t.Units)))
	r.all = kindsOf(r.found)
	if asides := r.of(aside); asides != nil {
		r.found = slices.DeleteFunc(r.found, func(f phrase.Found) bool { return isIn(f, asides) })
		r.all = kindsOf(r.found)
	}
	return r
}

func kindsOf(found []phrase.Found) (all phrase.Kinds) {
	for _, f := range found {
		all |= f.Kinds
	}
	return all
}

// of returns the phrases of the given kind.
func (r *reading) of(kind phrase.Kinds) (all []phrase.Found) {
	if !r.has(kind) {
		return nil
	}
	for _, f := range r.found {
		if f.Kinds&kind != 0 {
			all = append(all, f)
		}
	}
	return all
}

func (r *reading) has(kinds phrase.Kinds) bool { return r.all&kinds != 0 }

// isIn reports whether a phrase overlaps any of the other phrases.
func isIn(f phrase.Found, others []phrase.Found) bool {
	return slices.ContainsFunc(others, func(o phrase.Found) bool { return f.Start < o.End && o.Start < f.End })
}

// asksAbout reports whether the text contains a phrase that asks about a word, unless that phrase
// is part of a phrase that asks how to do something.
func (r *reading) asksAbout() bool {
	asks := r.of(asking | lookup)
	return slices.ContainsFunc(r.of(about), func(f phrase.Found) bool { return !isIn(f, asks) })
}

// startsWithVerb reports whether the text starts like an English request, with a verb. The verb
// itself does not say that something is broken, as "keep" would later in the text.
func (r *reading) startsWithVerb() bool {
	at := 0
	for _, f := range r.found {
		switch {
		case f.Start == at && f.Kinds&polite != 0:
			at = f.End
		case f.Start == at && f.Kinds&verb != 0:
			if isTitle.MatchString(r.text) || fold.HasJapanese(r.text) {
				return false
			}
			r.found = slices.DeleteFunc(slices.Clone(r.found), func(o phrase.Found) bool { return o.Kinds&broken != 0 && isIn(o, []phrase.Found{f}) })
			r.all = kindsOf(r.found)
			return true
		}
	}
	return false
}

// hasClauseVerb reports whether a later part of the text starts like a request, as in "the password
// changed, put the new one into the secret".
func (r *reading) hasClauseVerb() bool {
	breaks := r.of(clause)
	return slices.ContainsFunc(r.of(verb), func(v phrase.Found) bool {
		return slices.ContainsFunc(breaks, func(b phrase.Found) bool { return b.End == v.Start })
	})
}

// isTitle matches text in which each word is capitalized, such as the product name Check Point.
var isTitle = lazyregexp.New(`^(?:[A-Z][a-z0-9]+[ -]?)+$`)

// endsWithRequest reports whether Japanese text ends with an object and an action: 落ちたpodを削除.
func (r *reading) endsWithRequest() bool {
	at := strings.LastIndexAny(r.text, "をにがは、。")
	if at < 0 {
		return false
	}
	rest, ok := strings.CutPrefix(r.text[at:], "を")
	if !ok {
		rest, ok = strings.CutPrefix(r.text[at:], "に")
	}
	n := len([]rune(rest))
	return ok && n > 0 && n <= longestAction && !isDescribed.MatchString(rest)
}

// isDescribed matches text that ends with a noun that a verb describes, as in 動かない印.
var isDescribed = lazyregexp.New(`[るたい]\p{Han}+$`)

// longestAction is the maximum number of characters after the last particle of a request.
const longestAction = 14

// isComplaint reports whether a text without the form of a request is clearly none. In English, words such
// as "got" and "still" don't decide that.
func (r *reading) isComplaint() bool {
	return fold.HasJapanese(r.text) && (r.has(subject) && r.has(broken|failing) || r.has(broken) && r.has(failing))
}

// intent returns the intent of a question. named is set if object names have been removed from its
// text.
func (r *reading) intent(named bool) intent {
	if countWords(r.text) < 2 && !named && !r.has(asking|request|order) || r.has(fix|uses) {
		return other
	}
	if r.has(asking) {
		if r.asksAbout() {
			return other
		}
		return explicit
	}
	starts := r.startsWithVerb()
	switch {
	case r.has(lookup) && !r.has(broken|circumstance), r.has(stuck):
		return implicit
	case (starts && r.has(cleaning) || !r.has(about|subject) && r.endsWithRequest()) && !r.has(failing|conditional):
		return implicit
	case !r.has(about) && r.has(output):
		return plain
	case r.has(broken | conditional), r.has(about) && !starts:
		return other
	case starts:
		return implicit
	case r.has(subject):
		return other
	case r.has(order), r.has(request) && strings.ContainsAny(r.text, "をにのへで "):
		return implicit
	}
	least := minPlain
	if r.has(particle) {
		least = minPlain - 1
	}
	if countWords(r.text) < least {
		return other
	}
	return plain
}

// minPlain is the minimum number of words in a plain request.
const minPlain = 3

// countWords returns the number of words in text. A word is a run of characters of one script.
// Hiragana does not count, since it is grammar.
func countWords(text string) int {
	n, before := 0, ' '
	for _, r := range text {
		script := ' '
		switch {
		case r < 0x80 && fold.IsAlnum(byte(r)), before == 'a' && strings.ContainsRune("_.'-", r):
			script = 'a'
		case fold.IsKatakana(r):
			script = 'ア'
		case fold.IsKanji(r):
			script = '字'
		}
		if script != ' ' && script != before {
			n++
		}
		before = script
	}
	return n
}

package schedule

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"k8sbot/glossary/lazyregexp"
)

// maxText is the maximum length of a typed schedule, in characters (runes).
const maxText = 400

// Parse parses the argument of "daily on": a time, a time zone, days and a category. Each part is
// optional. The parts may be in any order, in English or Japanese, with or without spaces: "9:30 pm
// mon-fri tokyo storage", 「平日の朝9時」. The defaults are 09:00, [Defaults.ZoneName], every day and all
// categories.
//
// Consecutive days are combined (mon,wed,fri). Any other part that is given twice must have the
// same value both times. The error is a [*ParseError].
func Parse(text string, d Defaults) (Spec, error) {
	return Spec{Time: defaultTime, Zone: d.ZoneName(), Days: EveryDay}.Change(text)
}

// Change returns s with the changes that text specifies. The text has the format that [Parse]
// reads.
func (s Spec) Change(text string) (Spec, error) {
	if len(text) > maxText && utf8.RuneCountInString(text) > maxText {
		return Spec{}, &ParseError{Kind: UnknownWord, Word: text}
	}
	p := parser{text: norm.NFKC.String(strings.ToValidUTF8(text, "")), seen: make(map[field]token)}
	for p.skipSeparators(); p.rest() != ""; p.skipSeparators() {
		if err := p.step(); err != nil {
			return Spec{}, err
		}
	}
	if t, ok := p.seen[fieldTime]; ok {
		s.Time = t.time
	}
	if t, ok := p.seen[fieldZone]; ok {
		s.Zone = t.zones[0]
	}
	if t, ok := p.seen[fieldDays]; ok {
		s.Days = t.days
	}
	if t, ok := p.seen[fieldCategory]; ok {
		s.Category = t.category
	}
	return s, nil
}

// A parser reads text from left to right, one token per step.
type parser struct {
	text string
	at   int // the number of bytes read
	seen map[field]token
	last field // the field of the last token that was not a stop word
}

// A token is a phrase or a time, with the text that was typed.
type token struct {
	phrase
	word string
}

// rest returns the text that has not been read yet.
func (p *parser) rest() string { return p.text[p.at:] }

// skipSeparators advances to the next word. The long vowel mark is a separator, since Japanese
// keyboards type it instead of a hyphen.
func (p *parser) skipSeparators() {
	rest := strings.TrimLeftFunc(p.rest(), func(c rune) bool { return isGap(c) || strings.ContainsRune("・/&().。ー", c) })
	p.at = len(p.text) - len(rest)
}

// step reads the next token.
func (p *parser) step() error {
	rest := p.rest()
	if m := offsetPattern.FindStringSubmatch(rest); m != nil {
		return &ParseError{Kind: FixedOffset, Word: m[0], Suggestions: fixedOffsetZone(m[1], m[2], m[3])}
	}
	if ph, n := readPhrase(rest); n > 0 {
		if ph.single {
			ph, n = readRange(ph, n, rest)
		}
		return p.accept(ph, n)
	}
	if m := timePattern.FindStringSubmatch(rest); m != nil {
		if endsMidNumber(rest[len(m[0]):], m) {
			return &ParseError{Kind: BadTime, Word: p.currentWord()}
		}
		t, ok := parseTime(m)
		if !ok {
			return &ParseError{Kind: BadTime, Word: m[0]}
		}
		return p.accept(phrase{field: fieldTime, time: t}, len(m[0]))
	}
	return p.unknownError()
}

// accept stores a phrase that is n bytes long. It returns an error if the phrase contradicts an
// earlier one.
func (p *parser) accept(ph phrase, n int) error {
	now := token{ph, strings.TrimSpace(p.text[p.at : p.at+n])}
	p.at += n
	if ph.field == fieldNone {
		return nil
	}
	if len(ph.zones) > 1 {
		return &ParseError{Kind: AmbiguousZone, Word: now.word, Suggestions: ph.zones}
	}
	if before, ok := p.seen[ph.field]; ok {
		listed := ph.field == fieldDays && p.last == fieldDays && ph.days != EveryDay && before.days != EveryDay
		switch {
		case listed:
			now.days |= before.days
			now.word = before.word + " " + now.word
		case !before.sameValue(ph):
			return &ParseError{Kind: Contradiction, Word: now.word, Before: before.word}
		}
	}
	p.seen[ph.field], p.last = now, ph.field
	return nil
}

// sameValue reports whether two phrases of the same field have the same meaning.
func (p phrase) sameValue(q phrase) bool {
	return p.time == q.time && p.days == q.days && p.category == q.category &&
		(p.field != fieldZone || p.zones[0] == q.zones[0])
}

// offsetPattern matches an offset from UTC, in hours or hours and minutes.
var offsetPattern = lazyregexp.New(`(?i)^(?:utc|gmt)?\s*([+\-−])(\d{1,2})(?::?(\d{2}))?\b`)

// fixedOffsetZone returns the zone with a constant offset from UTC, if there is one. The IANA
// database has such zones for whole hours from -12 to +14, with the sign inverted: Etc/GMT-9 is
// nine hours ahead of UTC (https://data.iana.org/time-zones/tzdb/etcetera).
func fixedOffsetZone(sign, hours, minutes string) []string {
	h, err := strconv.Atoi(hours)
	ahead := sign == "+"
	switch {
	case err != nil || strings.Trim(minutes, "0") != "" || h > 14 || h > 12 && !ahead:
		return nil
	case h == 0:
		return []string{"UTC"}
	case ahead:
		return []string{fmt.Sprintf("Etc/GMT-%d", h)}
	}
	return []string{fmt.Sprintf("Etc/GMT+%d", h)}
}

// readPhrase returns the longest phrase at the beginning of the text, and its length in bytes,
// or 0 if the text does not begin with a phrase.
func readPhrase(text string) (found phrase, length int) {
	known := phrases()
	if first, _ := utf8.DecodeRuneInString(text); !unicode.IsLetter(first) {
		return phrase{}, 0
	}
	n := 0
	for i, c := range text {
		if n++; n > longestPhrase || isGap(c) && !unicode.IsSpace(c) {
			break
		}
		end := i + utf8.RuneLen(c)
		if !endsWord(c, text[end:]) {
			continue
		}
		if p, ok := known[phraseKey(text[:end])]; ok {
			found, length = p, end
		}
	}
	return found, length
}

// rangePattern matches the text between the two days of a range.
var rangePattern = lazyregexp.New(`(?i)^\.?\s*(?:[\-–—−~〜ー]|to\b|through\b|から)\s*`)

// readRange returns the range of days at the beginning of the text and its length in bytes.
// The first day is from, which is n bytes long. If there is no second day, it returns from and
// n.
func readRange(from phrase, n int, text string) (phrase, int) {
	sign := rangePattern.FindString(text[n:])
	if sign == "" {
		return from, n
	}
	to, length := readPhrase(text[n+len(sign):])
	if length == 0 || !to.single {
		return from, n
	}
	return phrase{field: fieldDays, days: dayRange(from.day, to.day)}, n + len(sign) + length
}

// currentWord returns the text between the gaps around the parser's position.
func (p *parser) currentWord() string {
	start := len(strings.TrimRightFunc(p.text[:p.at], isNotGap))
	end := len(p.text) - len(strings.TrimLeftFunc(p.rest(), isNotGap))
	return p.text[start:end]
}

// maxZoneWords is the maximum number of words in a city's name, as in "Dar es Salaam".
const maxZoneWords = 3

// unknownError returns the error for text that is neither a phrase nor a time. The error contains
// suggestions.
func (p *parser) unknownError() error {
	word := p.currentWord()
	e := &ParseError{Kind: UnknownWord, Word: word}
	if c, _ := utf8.DecodeRuneInString(p.rest()); unicode.IsDigit(c) {
		e.Kind = BadTime
		return e
	}
	found, typos := suggestPhrases(word)
	following := strings.FieldsFunc(p.rest(), unicode.IsSpace)
	for n := 2; n <= min(maxZoneWords, len(following)); n++ {
		several := strings.Join(following[:n], " ")
		if more, t := suggestPhrases(several); len(more) > 0 && (len(found) == 0 || t < typos) {
			found, typos, e.Word = more, t, several
		}
	}
	for _, f := range found {
		e.Suggestions = append(e.Suggestions, f.suggestion())
	}
	if len(found) > 0 && found[0].field == fieldZone || strings.ContainsAny(word, "/_") {
		e.Kind = UnknownZone
	}
	return e
}

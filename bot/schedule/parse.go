package schedule

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxText is the number of characters (runes) that a schedule may have.
const maxText = 400

// Parse reads what stands behind daily on: a time, a time zone, days and a
// category, each of them optional, in any order, in English and Japanese, with or
// without blanks between them: "9:30 pm mon-fri tokyo storage", 「平日の朝9時」.
// What is left out comes from d: at 09:00, every day, all categories.
//
// Days that stand together are added up (mon,wed,fri). Apart from that, what is
// told twice must be the same. The error is a [*ParseError].
func Parse(text string, d Defaults) (Spec, error) {
	if len(text) > maxText && utf8.RuneCountInString(text) > maxText {
		return Spec{}, &ParseError{Kind: UnknownWord, Word: text}
	}
	p := parser{text: norm.NFKC.String(strings.ToValidUTF8(text, "")), seen: make(map[field]token)}
	for p.skipSeparators(); p.rest() != ""; p.skipSeparators() {
		if err := p.step(); err != nil {
			return Spec{}, err
		}
	}
	s := Spec{Time: defaultTime, Zone: d.ZoneName(), Days: EveryDay, Category: p.seen[fieldCategory].category}
	if t, ok := p.seen[fieldTime]; ok {
		s.Time = t.time
	}
	if t, ok := p.seen[fieldZone]; ok {
		s.Zone = t.zones[0]
	}
	if t, ok := p.seen[fieldDays]; ok {
		s.Days = t.days
	}
	return s, nil
}

// A parser goes through a text from left to right, one token a step.
type parser struct {
	text string
	at   int // what was read, in bytes
	seen map[field]token
	last field // what was read last, but for fillers
}

// A token is a phrase or a time, and how it was typed.
type token struct {
	phrase
	word string
}

func (p *parser) rest() string { return p.text[p.at:] }

// skipSeparators goes on to the next word. The long vowel mark is what a Japanese keyboard
// makes of a hyphen.
func (p *parser) skipSeparators() {
	rest := strings.TrimLeftFunc(p.rest(), func(c rune) bool { return isGap(c) || strings.ContainsRune("・/&().。ー", c) })
	p.at = len(p.text) - len(rest)
}

// step reads what comes next.
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

// accept notes a phrase of n bytes, unless it contradicts what came before.
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

// sameValue reports whether two phrases of one field tell the same.
func (p phrase) sameValue(q phrase) bool {
	return p.time == q.time && p.days == q.days && p.category == q.category &&
		(p.field != fieldZone || p.zones[0] == q.zones[0])
}

// offsetPattern is a distance from UTC, in hours or hours and minutes.
var offsetPattern = regexp.MustCompile(`(?i)^(?:utc|gmt)?\s*([+\-−])(\d{1,2})(?::?(\d{2}))?\b`)

// fixedOffsetZone returns the zone that is always so far from UTC, if there is one.
// The IANA database has whole hours from -12 to +14, and writes them with the sign
// turned round: Etc/GMT-9 is nine hours ahead
// (https://data.iana.org/time-zones/tzdb/etcetera).
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

// readPhrase returns the longest phrase that the text begins with and its length
// in bytes, which is 0 if it begins with none.
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

// rangePattern is what stands between the two days of a range.
var rangePattern = regexp.MustCompile(`(?i)^\.?\s*(?:[\-–—−~〜ー]|to\b|through\b|から)\s*`)

// readRange returns the range of days that the text begins with, whose first day
// is from, of n bytes; or only that day if no second follows.
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

// currentWord returns what stands between the gaps around the parser.
func (p *parser) currentWord() string {
	start := len(strings.TrimRightFunc(p.text[:p.at], isNotGap))
	end := len(p.text) - len(strings.TrimLeftFunc(p.rest(), isNotGap))
	return p.text[start:end]
}

// maxZoneWords is the number of words in the names of the longest cities: Dar es
// Salaam.
const maxZoneWords = 3

// unknownError says that nothing is known by what comes next.
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

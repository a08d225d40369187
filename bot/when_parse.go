package bot

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"k8sbot/glossary"
)

// A when is what people tell a daily term by.
type when struct {
	Time     TimeOfDay
	Zone     string // IANA name, which can be loaded
	Days     Weekdays
	Category glossary.Category // "" for all
}

// defaults are what holds where a person does not say.
type defaults struct {
	Zone string // the person's own; "" where the platform does not tell
	Lang glossary.Lang
}

// defaultTime is when people start to work.
const defaultTime TimeOfDay = 9 * 60

// zone returns the person's own zone, if there is one that can be loaded; else
// that of Japan for those who read Japanese, and UTC for all others.
func (d defaults) zone() string {
	if _, err := loadZone(d.Zone); err == nil {
		return d.Zone
	}
	if d.Lang == glossary.Japanese {
		return "Asia/Tokyo"
	}
	return "UTC"
}

// parseWhen reads what stands behind daily on: a time, a time zone, days and a
// category, each of them optional, in any order, in English and Japanese, with or
// without blanks between them: "9:30 pm mon-fri tokyo storage", 「平日の朝9時」.
// What is left out comes from d: at 09:00, every day, all categories.
//
// Days that stand together are added up (mon,wed,fri). Apart from that, what is
// told twice must be the same.
func parseWhen(text string, d defaults) (when, *whenProblem) {
	if tooLong(text) {
		return when{}, &whenProblem{fault: unknownWord, word: text}
	}
	r := whenReader{text: norm.NFKC.String(strings.ToValidUTF8(text, "")), told: make(map[part]telling)}
	for r.skip(); r.rest() != ""; r.skip() {
		if p := r.step(); p != nil {
			return when{}, p
		}
	}
	w := when{Time: defaultTime, Zone: d.zone(), Days: EveryDay, Category: r.told[partCategory].category}
	if t, ok := r.told[partTime]; ok {
		w.Time = t.time
	}
	if t, ok := r.told[partZone]; ok {
		w.Zone = t.zones[0]
	}
	if t, ok := r.told[partDays]; ok {
		w.Days = t.days
	}
	return w, nil
}

// A whenReader goes through a text from left to right, one phrase or time a step.
type whenReader struct {
	text string
	at   int // what was read, in bytes
	told map[part]telling
	last part // what was read last, but for fillers
}

// A telling is a phrase and how it was typed.
type telling struct {
	phrase
	word string
}

func (r *whenReader) rest() string { return r.text[r.at:] }

// skip goes on to the next word. The long vowel mark is what a Japanese keyboard
// makes of a hyphen.
func (r *whenReader) skip() {
	rest := strings.TrimLeftFunc(r.rest(), func(c rune) bool { return isGap(c) || strings.ContainsRune("・/&().。ー", c) })
	r.at = len(r.text) - len(rest)
}

// isGap reports whether words end at c in any case.
func isGap(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(",、;", c) }

func isNoGap(c rune) bool { return !isGap(c) }

// step reads what comes next.
func (r *whenReader) step() *whenProblem {
	rest := r.rest()
	if m := offsetForm.FindStringSubmatch(rest); m != nil {
		return &whenProblem{fault: fixedOffset, word: m[0], suggestions: zoneOfOffset(m[1], m[2], m[3])}
	}
	if p, n := readPhrase(rest); n > 0 {
		if p.single {
			p, n = readRange(p, n, rest)
		}
		return r.tell(p, n)
	}
	if m := timeForm.FindStringSubmatch(rest); m != nil {
		if cutsNumber(rest[len(m[0]):], m) {
			return &whenProblem{fault: badTime, word: r.field()}
		}
		t, ok := timeOf(m)
		if !ok {
			return &whenProblem{fault: badTime, word: m[0]}
		}
		return r.tell(phrase{part: partTime, time: t}, len(m[0]))
	}
	return r.unknown()
}

// tell notes a phrase of n bytes, unless it contradicts what was told before.
func (r *whenReader) tell(p phrase, n int) *whenProblem {
	now := telling{p, strings.TrimSpace(r.text[r.at : r.at+n])}
	r.at += n
	if p.part == partFiller {
		return nil
	}
	if len(p.zones) > 1 {
		return &whenProblem{fault: ambiguousZone, word: now.word, suggestions: p.zones}
	}
	if before, ok := r.told[p.part]; ok {
		listed := p.part == partDays && r.last == partDays && p.days != EveryDay && before.days != EveryDay
		switch {
		case listed:
			now.days |= before.days
			now.word = before.word + " " + now.word
		case !before.same(p):
			return &whenProblem{fault: twice, word: now.word, before: before.word}
		}
	}
	r.told[p.part], r.last = now, p.part
	return nil
}

// same reports whether two phrases of one part tell the same.
func (p phrase) same(q phrase) bool {
	return p.time == q.time && p.days == q.days && p.category == q.category &&
		(p.part != partZone || p.zones[0] == q.zones[0])
}

// offsetForm is a distance from UTC, in hours or hours and minutes.
var offsetForm = regexp.MustCompile(`(?i)^(?:utc|gmt)?\s*([+\-−])(\d{1,2})(?::?(\d{2}))?\b`)

// zoneOfOffset returns the zone that is always so far from UTC, if there is one.
// The IANA database has whole hours from -12 to +14, and writes them with the sign
// turned round: Etc/GMT-9 is nine hours ahead
// (https://data.iana.org/time-zones/tzdb/etcetera).
func zoneOfOffset(sign, hours, minutes string) []string {
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
// in bytes, which is 0 where it begins with none.
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

// endsWord reports whether a word may end with c, before rest. Japanese words do
// so anywhere, but for the long vowel mark that is meant as a hyphen (月ー金).
func endsWord(c rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	if c == 'ー' || !isWordRune(c) {
		return false
	}
	return rest == "" || !isWordRune(next) || isJapaneseRune(c) || isJapaneseRune(next)
}

func isWordRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || c == '_'
}

func isJapaneseRune(c rune) bool { return glossary.HasJapanese(string(c)) }

// rangeForm is what stands between the two days of a range.
var rangeForm = regexp.MustCompile(`(?i)^\.?\s*(?:[\-–—−~〜ー]|to\b|through\b|から)\s*`)

// readRange returns the range of days that the text begins with, whose first day
// is from, of n bytes; or only that day where no second follows.
func readRange(from phrase, n int, text string) (phrase, int) {
	sign := rangeForm.FindString(text[n:])
	if sign == "" {
		return from, n
	}
	to, length := readPhrase(text[n+len(sign):])
	if length == 0 || !to.single {
		return from, n
	}
	return phrase{part: partDays, days: dayRange(from.day, to.day)}, n + len(sign) + length
}

// timeForm is a time of day: 9, 9:00, 9:30 pm, 9時, 9時半, 午後3時15分.
var timeForm = regexp.MustCompile(`(?i)^(?:(午前|午後|朝|夕方|夜)の?\s*)?(\d{1,2})` +
	`(?:(時)(?:(半)|(\d{1,2})分?)?|(?::(\d{2}))?(?:\s*([ap])\.?m\b\.?)?)`)

// halves are the hours that a part of the day has, and what is added to them.
// Noon and midnight are missing where people disagree which is meant: 午後12時
// (https://www.nao.ac.jp/faq/a0401.html), 夜12時.
var halves = map[string]struct{ from, to, add int }{
	"午前": {0, 11, 0},
	"午後": {0, 11, 12},
	"朝":  {4, 11, 0},
	"夕方": {3, 7, 12},
	"夜":  {6, 11, 12},
}

// timeOf returns the time of a match of timeForm, and false where no clock shows
// it.
func timeOf(m []string) (TimeOfDay, bool) {
	half, letter := m[1], strings.ToLower(m[7])
	hour, err := strconv.Atoi(m[2])
	minute := 0
	if digits := m[5] + m[6]; digits != "" && err == nil { // one of them is empty
		minute, err = strconv.Atoi(digits)
	}
	if err != nil || hour > 23 || minute > 59 {
		return 0, false
	}
	if m[4] != "" {
		minute = 30
	}
	switch h, ok := halves[half]; {
	case ok && (letter != "" || hour < h.from || hour > h.to):
		return 0, false
	case letter != "" && (hour < 1 || hour > 12):
		return 0, false
	case letter != "": // 12 am is midnight, 12 pm is noon
		hour %= 12
		if letter == "p" {
			hour += 12
		}
	default:
		hour += h.add
	}
	return TimeOfDay(60*hour + minute), true
}

// cutsNumber reports whether a match of timeForm left the rest of a number
// behind: 9:00:30, 9-10, 0900. An hour alone ends where the word ends.
func cutsNumber(rest string, m []string) bool {
	if rest == "" || m[3] != "" || m[7] != "" {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	if m[6] == "" {
		return !isGap(next) && next != ')'
	}
	return unicode.IsDigit(next) || strings.ContainsRune(":-–~〜", next)
}

// field returns what stands between the gaps around the reader.
func (r *whenReader) field() string {
	start := len(strings.TrimRightFunc(r.text[:r.at], isNoGap))
	end := len(r.text) - len(strings.TrimLeftFunc(r.rest(), isNoGap))
	return r.text[start:end]
}

// maxZoneWords is the number of words in the names of the longest cities: Dar es
// Salaam.
const maxZoneWords = 3

// unknown says that nothing is known by what comes next.
func (r *whenReader) unknown() *whenProblem {
	field := r.field()
	p := &whenProblem{fault: unknownWord, word: field}
	if c, _ := utf8.DecodeRuneInString(r.rest()); unicode.IsDigit(c) {
		p.fault = badTime
		return p
	}
	found, typos := suggestPhrases(field)
	words := strings.FieldsFunc(r.rest(), unicode.IsSpace)
	for n := 2; n <= min(maxZoneWords, len(words)); n++ {
		several := strings.Join(words[:n], " ")
		if more, t := suggestPhrases(several); len(more) > 0 && (len(found) == 0 || t < typos) {
			found, typos, p.word = more, t, several
		}
	}
	for _, f := range found {
		p.suggestions = append(p.suggestions, f.suggestion())
	}
	if len(found) > 0 && found[0].part == partZone || strings.ContainsAny(field, "/_") {
		p.fault = unknownZone
	}
	return p
}

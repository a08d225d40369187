package bot

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"k8sbot/glossary"
)

// part is what a word of a schedule tells.
type part int

const (
	partFiller part = iota // nothing: it only joins others
	partTime
	partZone
	partDays
	partCategory
)

// A phrase is what some words mean. Only the field of its part is set.
type phrase struct {
	typed    string // as it can be typed
	part     part
	time     TimeOfDay
	zones    []string // several where it is ambiguous
	days     Weekdays
	day      time.Weekday // the day, where single is set
	single   bool         // whether days is one day, which may begin a range
	category glossary.Category
}

// suggestion returns what is proposed to somebody who meant the phrase.
func (p phrase) suggestion() string {
	if p.part == partZone {
		return p.zones[0]
	}
	return p.typed
}

// phrases are all words that a schedule can be told with, but for numbers, by
// [phraseKey].
var phrases = sync.OnceValue(func() map[string]phrase {
	known := make(map[string]phrase)
	add := func(p phrase) { known[phraseKey(p.typed)] = p }

	for _, zone := range zoneNames() {
		if city := zone[strings.LastIndexByte(zone, '/')+1:]; !strings.HasPrefix(zone, "Etc/") {
			add(phrase{typed: city, part: partZone, zones: []string{zone}})
		}
		add(phrase{typed: zone, part: partZone, zones: []string{zone}})
	}
	for short, zone := range shortZones {
		add(phrase{typed: short, part: partZone, zones: []string{zone}})
	}
	for short, zones := range ambiguousZones {
		add(phrase{typed: short, part: partZone, zones: zones})
	}
	for _, c := range glossary.Categories() {
		for _, name := range []string{c.Title(glossary.English), c.Title(glossary.Japanese), string(c)} {
			add(phrase{typed: name, part: partCategory, category: c})
		}
	}
	for day, names := range daySpellings {
		for _, name := range names {
			add(phrase{typed: name, part: partDays, days: dayOnly(time.Weekday(day)), day: time.Weekday(day), single: true})
		}
	}
	for name, days := range daySets {
		add(phrase{typed: name, part: partDays, days: days})
	}
	for name, t := range timeNames {
		add(phrase{typed: name, part: partTime, time: t})
	}
	for _, name := range fillers {
		add(phrase{typed: name, part: partFiller})
	}
	return known
})

// phraseKey is the form in which phrases are compared: without case, width and
// separators, but for Etc/GMT+9 and Etc/GMT-9, which are 18 hours apart.
func phraseKey(s string) string {
	if lower := strings.ToLower(s); strings.HasPrefix(lower, "etc/") {
		return lower
	}
	return glossary.Fold(s)
}

// longestPhrase is the number of characters of the longest phrase; with a margin
// for separators that people type in other numbers.
const longestPhrase = 40

// daySpellings are the names of the days, from Sunday.
var daySpellings = [7][]string{
	{"Sunday", "Sundays", "Sun", "日", "日曜", "日曜日"},
	{"Monday", "Mondays", "Mon", "月", "月曜", "月曜日"},
	{"Tuesday", "Tuesdays", "Tue", "Tues", "火", "火曜", "火曜日"},
	{"Wednesday", "Wednesdays", "Wed", "Weds", "水", "水曜", "水曜日"},
	{"Thursday", "Thursdays", "Thu", "Thur", "Thurs", "木", "木曜", "木曜日"},
	{"Friday", "Fridays", "Fri", "金", "金曜", "金曜日"},
	{"Saturday", "Saturdays", "Sat", "土", "土曜", "土曜日"},
}

var daySets = map[string]Weekdays{
	"every day": EveryDay, "daily": EveryDay, "毎日": EveryDay, "毎朝": EveryDay,
	"weekdays": weekdaysOnly, "weekday": weekdaysOnly, "平日": weekdaysOnly,
	"weekends": weekends, "weekend": weekends, "週末": weekends, "土日": weekends,
}

var timeNames = map[string]TimeOfDay{
	"noon": 12 * 60, "正午": 12 * 60, "midnight": 0,
}

var fillers = []string{
	"at", "on", "in", "and", "every", "each", "from", "only", "time", "o'clock",
	"の", "に", "は", "と", "で", "を", "から", "まで", "だけ", "のみ", "時間", "毎週",
}

// maxWhenSuggestions is the number of suggestions for a word that is not known.
const maxWhenSuggestions = 3

// suggestPhrases returns what somebody may have meant by a word, the nearest
// first, and how many typing errors the nearest is away. Of a zone's name only
// the city counts: people who write Asia/Osaka do not mean another A of Asia.
func suggestPhrases(word string) (found []phrase, typos int) {
	key := []rune(phraseKey(word[strings.LastIndexByte(word, '/')+1:]))
	if len(key) < 3 || len(key) > longestPhrase {
		return nil, 0
	}
	const begins = maxTypos + 1 // a phrase that only begins alike comes last
	type candidate struct {
		phrase
		typos int
	}
	best := make(map[string]candidate)
	for k, p := range phrases() {
		if p.part == partFiller || len(p.zones) > 1 {
			continue
		}
		n := editDistance(key, []rune(k), typosIn(len(key)))
		if n > typosIn(len(key)) {
			if !strings.HasPrefix(k, string(key)) {
				continue
			}
			n = begins
		}
		if b, seen := best[p.suggestion()]; !seen || n < b.typos {
			best[p.suggestion()] = candidate{p, n}
		}
	}
	all := slices.SortedFunc(maps.Values(best), func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.typos, b.typos), strings.Compare(a.suggestion(), b.suggestion()))
	})
	for _, c := range all[:min(len(all), maxWhenSuggestions)] {
		found, typos = append(found, c.phrase), all[0].typos
	}
	return found, typos
}

// maxTypos is the number of typing errors in what may still be a known word.
const maxTypos = 2

// typosIn returns the number of typing errors that a word of so many letters may
// have: in a short one, each makes it another.
func typosIn(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 7:
		return 1
	}
	return maxTypos
}

// editDistance returns the number of letters to insert, to delete, to replace or
// to swap with the next that make b of a, none of them touched twice
// (https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance, optimal string
// alignment). It returns limit+1 for all that is further.
func editDistance(a, b []rune, limit int) int {
	if diff := len(a) - len(b); diff > limit || -diff > limit {
		return limit + 1
	}
	two, one, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range one {
		one[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(one[j]+cost, one[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], two[j-1]+1)
			}
		}
		if slices.Min(row) > limit {
			return limit + 1
		}
		two, one, row = one, row, two
	}
	return min(one[len(b)], limit+1)
}

package schedule

import (
	"strings"
	"sync"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// A field is the part of a [Spec] that a phrase sets.
type field int

const (
	fieldNone field = iota // the phrase is a stop word
	fieldTime
	fieldZone
	fieldDays
	fieldCategory
)

// A phrase is one or more words that mean something in a schedule. Only the value that belongs to
// the phrase's field is set.
type phrase struct {
	typed    string // the text, as people type it
	field    field
	time     TimeOfDay
	zones    []string // more than one if the phrase is ambiguous
	days     Weekdays
	day      time.Weekday // set if single is true
	single   bool         // whether days is one day, which may begin a range
	category glossary.Category
}

// suggestion returns what to type for the phrase.
func (p phrase) suggestion() string {
	if p.field == fieldZone {
		return p.zones[0]
	}
	return p.typed
}

// phrases returns everything that a schedule may consist of, except numbers. The keys come from
// [phraseKey].
var phrases = sync.OnceValue(func() map[string]phrase {
	known := make(map[string]phrase)
	add := func(p phrase) { known[phraseKey(p.typed)] = p }

	for _, zone := range zoneNames() {
		if city := zone[strings.LastIndexByte(zone, '/')+1:]; !strings.HasPrefix(zone, "Etc/") {
			add(phrase{typed: city, field: fieldZone, zones: []string{zone}})
		}
		add(phrase{typed: zone, field: fieldZone, zones: []string{zone}})
	}
	for short, zone := range zoneAliases {
		add(phrase{typed: short, field: fieldZone, zones: []string{zone}})
	}
	for short, zones := range ambiguousZones {
		add(phrase{typed: short, field: fieldZone, zones: zones})
	}
	for _, c := range glossary.Categories() {
		for _, name := range []string{c.Title(glossary.English), c.Title(glossary.Japanese), string(c)} {
			add(phrase{typed: name, field: fieldCategory, category: c})
		}
	}
	for day, names := range daySpellings {
		for _, name := range names {
			add(phrase{typed: name, field: fieldDays, days: oneDay(time.Weekday(day)), day: time.Weekday(day), single: true})
		}
	}
	for name, days := range daySets {
		add(phrase{typed: name, field: fieldDays, days: days})
	}
	for name, t := range timeNames {
		add(phrase{typed: name, field: fieldTime, time: t})
	}
	for _, name := range stopWords {
		add(phrase{typed: name, field: fieldNone})
	}
	return known
})

// phraseKey returns a phrase in the form used for comparison: without case, width and
// separators. Names such as Etc/GMT+9 and Etc/GMT-9, which are 18 hours apart, keep their
// separators.
func phraseKey(s string) string {
	if lower := strings.ToLower(s); strings.HasPrefix(lower, "etc/") {
		return lower
	}
	return fold.Key(s)
}

// longestPhrase is the maximum length of a phrase in characters, with a margin for
// additional separators.
const longestPhrase = 40

// daySpellings lists the names of the days of the week, starting with Sunday.
var daySpellings = [7][]string{
	{"Sunday", "Sundays", "Sun", "日", "日曜", "日曜日"},
	{"Monday", "Mondays", "Mon", "月", "月曜", "月曜日"},
	{"Tuesday", "Tuesdays", "Tue", "Tues", "火", "火曜", "火曜日"},
	{"Wednesday", "Wednesdays", "Wed", "Weds", "水", "水曜", "水曜日"},
	{"Thursday", "Thursdays", "Thu", "Thur", "Thurs", "木", "木曜", "木曜日"},
	{"Friday", "Fridays", "Fri", "金", "金曜", "金曜日"},
	{"Saturday", "Saturdays", "Sat", "土", "土曜", "土曜日"},
}

// daySets maps the name of each set of days to the days in it.
var daySets = map[string]Weekdays{
	"every day": EveryDay, "daily": EveryDay, "毎日": EveryDay, "毎朝": EveryDay,
	"weekdays": mondayToFriday, "weekday": mondayToFriday, "平日": mondayToFriday,
	"weekends": weekends, "weekend": weekends, "週末": weekends, "土日": weekends,
}

// timeNames maps words such as noon to times of day.
var timeNames = map[string]TimeOfDay{
	"noon": 12 * 60, "正午": 12 * 60, "midnight": 0,
}

// stopWords are read and ignored.
var stopWords = []string{
	"at", "on", "in", "and", "every", "each", "from", "only", "time", "o'clock",
	"の", "に", "は", "と", "で", "を", "から", "まで", "だけ", "のみ", "時間", "毎週",
}

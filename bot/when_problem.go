package bot

import (
	"fmt"
	"strings"

	"k8sbot/glossary"
)

// A whenFault is a kind of mistake in what stands behind daily on.
type whenFault int

const (
	badTime whenFault = iota
	unknownZone
	ambiguousZone // suggestions are all that it may mean
	fixedOffset   // such as UTC+9; the suggestion is the zone of that name, if any
	unknownWord
	twice // two of one kind where one can hold
)

// A whenProblem is the first mistake in what stands behind daily on.
type whenProblem struct {
	fault whenFault
	// word is what was typed, with full-width characters as plain ones. It is
	// not fit to be repeated as it is.
	word string
	// before is what had been typed before and does not go with word, of twice.
	before string
	// suggestions are what may have been meant, the likeliest first, at most
	// three. They can be typed as they are.
	suggestions []string
}

// in returns the problem in sentences, the last of which says what to type.
func (p *whenProblem) in(l glossary.Lang) string {
	if l == glossary.Japanese {
		return p.japanese()
	}
	return p.english()
}

func (p *whenProblem) english() string {
	word := "“" + quote(p.word) + "”"
	meant := ""
	if len(p.suggestions) > 0 {
		meant = fmt.Sprintf("Did you mean %s? ", strings.Join(p.suggestions, ", "))
	}
	switch p.fault {
	case badTime:
		return word + " is no time of day. Give one from 00:00 to 23:59, for example: daily on 09:00"
	case unknownZone:
		return fmt.Sprintf("I know no time zone %s. %sGive a large city or an IANA name, for example: daily on 09:00 %s", word, meant, p.zone())
	case ambiguousZone:
		return fmt.Sprintf("%s is short for several time zones: %s. Give the one you mean, for example: daily on 09:00 %s",
			word, strings.Join(p.suggestions, ", "), p.zone())
	case fixedOffset:
		fixed := ""
		if len(p.suggestions) > 0 {
			fixed = fmt.Sprintf(", or %s for this offset all year", p.zone())
		}
		return fmt.Sprintf("%s is an offset and no place, so it says nothing of summer time. Give a city%s, for example: daily on 09:00 Asia/Tokyo", word, fixed)
	case twice:
		return fmt.Sprintf("“%s” and %s do not go together. Keep one of them, for example: daily on 09:00 Asia/Tokyo mon-fri", quote(p.before), word)
	}
	return fmt.Sprintf("I do not understand %s. %sGive a time, a time zone, days or a category, for example: daily on 09:00 Asia/Tokyo mon-fri", word, meant)
}

func (p *whenProblem) japanese() string {
	word := "「" + quote(p.word) + "」"
	meant := ""
	if len(p.suggestions) > 0 {
		meant = fmt.Sprintf("もしかして、%sでしょうか?", strings.Join(p.suggestions, "、"))
	}
	switch p.fault {
	case badTime:
		return word + "は時刻として読み取れません。00:00〜23:59の範囲で指定してください。例: daily on 09:00"
	case unknownZone:
		return fmt.Sprintf("%sというタイムゾーンは見つかりませんでした。%s都市名かIANAの名前で指定してください。例: daily on 09:00 %s", word, meant, p.zone())
	case ambiguousZone:
		return fmt.Sprintf("%sは複数のタイムゾーン(%s)の略称です。どれか1つを指定してください。例: daily on 09:00 %s",
			word, strings.Join(p.suggestions, "、"), p.zone())
	case fixedOffset:
		fixed := ""
		if len(p.suggestions) > 0 {
			fixed = fmt.Sprintf("(一年中この時差のままでよければ%sも使えます)", p.zone())
		}
		return fmt.Sprintf("%sのような時差の指定では、夏時間に対応できません。都市名で指定してください%s。例: daily on 09:00 Asia/Tokyo", word, fixed)
	case twice:
		return fmt.Sprintf("「%s」と%sは同時に指定できません。どちらか1つにしてください。例: daily on 09:00 Asia/Tokyo 平日", quote(p.before), word)
	}
	return fmt.Sprintf("%sを理解できませんでした。%s指定できるのは、時刻、タイムゾーン、曜日、分類です。例: daily on 09:00 Asia/Tokyo 平日", word, meant)
}

// zone returns the zone of the example.
func (p *whenProblem) zone() string {
	if len(p.suggestions) > 0 {
		return p.suggestions[0]
	}
	return "Asia/Tokyo"
}

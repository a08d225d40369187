package wording

import (
	"errors"
	"fmt"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// ScheduleProblem explains an error of [schedule.Parse] to the person who typed the schedule.
// Its last sentence says what to type instead.
func ScheduleProblem(err error, l glossary.Lang) string {
	var p *schedule.ParseError
	if !errors.As(err, &p) {
		p = &schedule.ParseError{Kind: schedule.UnknownWord}
	}
	if l == glossary.Japanese {
		return japaneseProblem(p)
	}
	return englishProblem(p)
}

func englishProblem(p *schedule.ParseError) string {
	word := "“" + reply.Quote(p.Word) + "”"
	meant := ""
	if len(p.Suggestions) > 0 {
		meant = fmt.Sprintf("Did you mean %s? ", strings.Join(p.Suggestions, ", "))
	}
	switch p.Kind {
	case schedule.BadTime:
		return word + " is not a valid time. Use 00:00 to 23:59, for example: `daily on 09:00`"
	case schedule.UnknownZone:
		return fmt.Sprintf("I don't know the time zone %s. %sUse a large city or an IANA name, for example: `daily on 09:00 %s`", word, meant, exampleZone(p))
	case schedule.AmbiguousZone:
		return fmt.Sprintf("%s could mean several time zones: %s. Say which one you mean, for example: `daily on 09:00 %s`",
			word, strings.Join(p.Suggestions, ", "), exampleZone(p))
	case schedule.FixedOffset:
		fixed := ""
		if len(p.Suggestions) > 0 {
			fixed = fmt.Sprintf(", or %s to keep this offset all year", exampleZone(p))
		}
		return fmt.Sprintf("%s is an offset, not a place, so it can't follow daylight saving time. Use a city%s, for example: `daily on 09:00 Asia/Tokyo`", word, fixed)
	case schedule.Contradiction:
		return fmt.Sprintf("“%s” and %s conflict. Keep one of them, for example: `daily on 09:00 Asia/Tokyo mon-fri`", reply.Quote(p.Before), word)
	}
	return fmt.Sprintf("I don't understand %s. %sUse a time, a time zone, days or a category, for example: `daily on 09:00 Asia/Tokyo mon-fri`", word, meant)
}

func japaneseProblem(p *schedule.ParseError) string {
	word := "「" + reply.Quote(p.Word) + "」"
	meant := ""
	if len(p.Suggestions) > 0 {
		meant = fmt.Sprintf("もしかして、%sでしょうか?", strings.Join(p.Suggestions, "、"))
	}
	switch p.Kind {
	case schedule.BadTime:
		return word + "は時刻として読み取れません。00:00〜23:59の範囲で指定してください。例: `daily on 09:00`"
	case schedule.UnknownZone:
		return fmt.Sprintf("%sというタイムゾーンは見つかりませんでした。%s都市名かIANAの名前で指定してください。例: `daily on 09:00 %s`", word, meant, exampleZone(p))
	case schedule.AmbiguousZone:
		return fmt.Sprintf("%sは複数のタイムゾーン(%s)の略称です。どれか1つを指定してください。例: `daily on 09:00 %s`",
			word, strings.Join(p.Suggestions, "、"), exampleZone(p))
	case schedule.FixedOffset:
		fixed := ""
		if len(p.Suggestions) > 0 {
			fixed = fmt.Sprintf("(一年中この時差のままでよければ%sも使えます)", exampleZone(p))
		}
		return fmt.Sprintf("%sのような時差の指定では、夏時間に対応できません。都市名で指定してください%s。例: `daily on 09:00 Asia/Tokyo`", word, fixed)
	case schedule.Contradiction:
		return fmt.Sprintf("「%s」と%sは同時に指定できません。どちらか1つにしてください。例: `daily on 09:00 Asia/Tokyo 平日`", reply.Quote(p.Before), word)
	}
	return fmt.Sprintf("%sを理解できませんでした。%s指定できるのは、時刻、タイムゾーン、曜日、分類です。例: `daily on 09:00 Asia/Tokyo 平日`", word, meant)
}

// exampleZone returns the time zone for the example.
func exampleZone(p *schedule.ParseError) string {
	if len(p.Suggestions) > 0 {
		return p.Suggestions[0]
	}
	return "Asia/Tokyo"
}

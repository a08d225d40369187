package wording

import (
	"time"

	"k8sbot/glossary"
)

// ReviewIn returns the texts of reviews in English if l is English, and otherwise in Japanese.
func ReviewIn(l glossary.Lang) *Review {
	if l == glossary.English {
		return &englishReview
	}
	return &japaneseReview
}

var weekdayNames = map[glossary.Lang][7]string{ // from Sunday
	glossary.English:  {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	glossary.Japanese: {"日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"},
}

// WeekdayName returns the name of a day of the week.
func WeekdayName(d time.Weekday, l glossary.Lang) string { return weekdayNames[l][d] }

// Date returns a date without its year.
func Date(t time.Time, l glossary.Lang) string {
	if l == glossary.English {
		return t.Format("2 January")
	}
	return t.Format("1月2日")
}

// Moment returns a date with its weekday and the time of day, to follow "on" in English.
func Moment(t time.Time, l glossary.Lang) string {
	if l == glossary.English {
		return t.Format("Monday, 2 January, at 15:04")
	}
	return t.Format("1月2日(") + string([]rune(WeekdayName(t.Weekday(), l))[:1]) + t.Format(") 15:04")
}

// Day returns the date of a local day in the format 2006-01-02. It returns any other text
// unchanged.
func Day(day string, l glossary.Lang) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return Date(t, l)
}

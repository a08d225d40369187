package schedule

import (
	"errors"
	"strings"
	"testing"
	"time"

	"k8sbot/glossary"
)

// TestParse checks valid schedules. want contains the time, the zone, the days and the
// category.
func TestParse(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", "09:00 UTC every day"},
		{"  \t\n ", "09:00 UTC every day"},

		{"9", "09:00 UTC every day"},
		{"0", "00:00 UTC every day"},
		{"21", "21:00 UTC every day"},
		{"9:00", "09:00 UTC every day"},
		{"09:00", "09:00 UTC every day"},
		{"21:30", "21:30 UTC every day"},
		{"23:59", "23:59 UTC every day"},
		{"0:00", "00:00 UTC every day"},
		{"9am", "09:00 UTC every day"},
		{"9 AM", "09:00 UTC every day"},
		{"9 a.m.", "09:00 UTC every day"},
		{"9:30 pm", "21:30 UTC every day"},
		{"9:30PM", "21:30 UTC every day"},
		{"12am", "00:00 UTC every day"},
		{"12 pm", "12:00 UTC every day"},
		{"12:30 am", "00:30 UTC every day"},
		{"noon", "12:00 UTC every day"},
		{"midnight", "00:00 UTC every day"},
		{"at 9 o'clock", "09:00 UTC every day"},
		{"９：３０", "09:30 UTC every day"},
		{"９時", "09:00 UTC every day"},
		{"9時", "09:00 UTC every day"},
		{"9時半", "09:30 UTC every day"},
		{"9時15分", "09:15 UTC every day"},
		{"9時30", "09:30 UTC every day"},
		{"21時5分に", "21:05 UTC every day"},
		{"午前9時", "09:00 UTC every day"},
		{"午前0時", "00:00 UTC every day"},
		{"午後0時半", "12:30 UTC every day"},
		{"午後3時半", "15:30 UTC every day"},
		{"午後3:15", "15:15 UTC every day"},
		{"午後 3時", "15:00 UTC every day"},
		{"朝9時", "09:00 UTC every day"},
		{"朝の8時", "08:00 UTC every day"},
		{"夜9時", "21:00 UTC every day"},
		{"夕方5時半", "17:30 UTC every day"},
		{"正午", "12:00 UTC every day"},

		{"asia/tokyo", "09:00 Asia/Tokyo every day"},
		{"Asia/Tokyo", "09:00 Asia/Tokyo every day"},
		{"ＡＳＩＡ／ＴＯＫＹＯ", "09:00 Asia/Tokyo every day"},
		{"tokyo", "09:00 Asia/Tokyo every day"},
		{"new_york", "09:00 America/New_York every day"},
		{"new york", "09:00 America/New_York every day"},
		{"America/New York", "09:00 America/New_York every day"},
		{"New York 8am", "08:00 America/New_York every day"},
		{"9 America/Chicago", "09:00 America/Chicago every day"},
		{"buenos aires", "09:00 America/Buenos_Aires every day"},
		{"America/Argentina/Buenos_Aires", "09:00 America/Argentina/Buenos_Aires every day"},
		{"dar es salaam", "09:00 Africa/Dar_es_Salaam every day"},
		{"port-au-prince", "09:00 America/Port-au-Prince every day"},
		{"st. johns", "09:00 America/St_Johns every day"},
		{"asia/calcutta", "09:00 Asia/Calcutta every day"},
		{"JST", "09:00 Asia/Tokyo every day"},
		{"9:00JST", "09:00 Asia/Tokyo every day"},
		{"9:00 (JST)", "09:00 Asia/Tokyo every day"},
		{"jst tokyo", "09:00 Asia/Tokyo every day"},
		{"UTC", "09:00 UTC every day"},
		{"gmt", "09:00 UTC every day"},
		{"9:00Z", "09:00 UTC every day"},
		{"9 ET", "09:00 America/New_York every day"},
		{"est", "09:00 America/New_York every day"},
		{"EDT", "09:00 America/New_York every day"},
		{"cdt", "09:00 America/Chicago every day"},
		{"MT", "09:00 America/Denver every day"},
		{"mst", "09:00 America/Denver every day"},
		{"PST", "09:00 America/Los_Angeles every day"},
		{"pdt", "09:00 America/Los_Angeles every day"},
		{"pt", "09:00 America/Los_Angeles every day"},
		{"san francisco", "09:00 America/Los_Angeles every day"},
		{"CEST", "09:00 Europe/Berlin every day"},
		{"BST", "09:00 Europe/London every day"},
		{"London time", "09:00 Europe/London every day"},
		{"KST", "09:00 Asia/Seoul every day"},
		{"SGT", "09:00 Asia/Singapore every day"},
		{"HKT", "09:00 Asia/Hong_Kong every day"},
		{"AEDT", "09:00 Australia/Sydney every day"},
		{"in Japan", "09:00 Asia/Tokyo every day"},
		{"日本時間", "09:00 Asia/Tokyo every day"},
		{"日本時間の9時", "09:00 Asia/Tokyo every day"},
		{"東京", "09:00 Asia/Tokyo every day"},
		{"東京時間", "09:00 Asia/Tokyo every day"},
		{"東京10時", "10:00 Asia/Tokyo every day"},
		{"ニューヨーク", "09:00 America/New_York every day"},
		{"ﾛﾝﾄﾞﾝ", "09:00 Europe/London every day"},
		{"Etc/GMT-9", "09:00 Etc/GMT-9 every day"},
		{"etc/gmt+9", "09:00 Etc/GMT+9 every day"},

		{"weekdays", "09:00 UTC Mon–Fri"},
		{"weekday", "09:00 UTC Mon–Fri"},
		{"every weekday", "09:00 UTC Mon–Fri"},
		{"on weekdays at 9", "09:00 UTC Mon–Fri"},
		{"mon-fri", "09:00 UTC Mon–Fri"},
		{"Mon–Fri", "09:00 UTC Mon–Fri"},
		{"MON - FRI", "09:00 UTC Mon–Fri"},
		{"monday to friday", "09:00 UTC Mon–Fri"},
		{"from monday through thursday", "09:00 UTC Mon–Thu"},
		{"mon,wed,fri", "09:00 UTC Mon, Wed, Fri"},
		{"mon, wed and fri", "09:00 UTC Mon, Wed, Fri"},
		{"mon/wed/fri", "09:00 UTC Mon, Wed, Fri"},
		{"monday wednesday", "09:00 UTC Mon, Wed"},
		{"mon-wed, sat", "09:00 UTC Mon–Wed, Sat"},
		{"sat sun", "09:00 UTC weekends"},
		{"weekends", "09:00 UTC weekends"},
		{"weekdays and sat", "09:00 UTC Mon–Sat"},
		{"tuesdays", "09:00 UTC Tue"},
		{"every day", "09:00 UTC every day"},
		{"everyday", "09:00 UTC every day"},
		{"daily", "09:00 UTC every day"},
		{"fri-mon", "09:00 UTC Mon, Fri–Sun"},
		{"mon-mon", "09:00 UTC Mon"},
		{"平日", "09:00 UTC Mon–Fri"},
		{"毎日", "09:00 UTC every day"},
		{"週末", "09:00 UTC weekends"},
		{"土日", "09:00 UTC weekends"},
		{"月-金", "09:00 UTC Mon–Fri"},
		{"月〜金", "09:00 UTC Mon–Fri"},
		{"月～金", "09:00 UTC Mon–Fri"},
		{"月ー金", "09:00 UTC Mon–Fri"},
		{"月から金", "09:00 UTC Mon–Fri"},
		{"月曜から木曜まで", "09:00 UTC Mon–Thu"},
		{"月曜日〜木曜日", "09:00 UTC Mon–Thu"},
		{"月水金", "09:00 UTC Mon, Wed, Fri"},
		{"月・水・金", "09:00 UTC Mon, Wed, Fri"},
		{"月、水、金", "09:00 UTC Mon, Wed, Fri"},
		{"月･水･金", "09:00 UTC Mon, Wed, Fri"},
		{"月曜と木曜", "09:00 UTC Mon, Thu"},
		{"火曜日", "09:00 UTC Tue"},
		{"毎週火曜日", "09:00 UTC Tue"},
		{"日", "09:00 UTC Sun"},
		{"金〜月", "09:00 UTC Mon, Fri–Sun"},

		{"storage", "09:00 UTC every day storage"},
		{"STORAGE", "09:00 UTC every day storage"},
		{"pod-status", "09:00 UTC every day pod-status"},
		{"pod status", "09:00 UTC every day pod-status"},
		{"control plane", "09:00 UTC every day control-plane"},
		{"ストレージ", "09:00 UTC every day storage"},
		{"APIとオブジェクト", "09:00 UTC every day api"},
		{"Podとコンテナの状態", "09:00 UTC every day pod-status"},
		{"Pod and container status", "09:00 UTC every day pod-status"},

		{"09:00 Asia/Tokyo mon-fri", "09:00 Asia/Tokyo Mon–Fri"},
		{"mon-fri 9:30 pm new york networking", "21:30 America/New_York Mon–Fri networking"},
		{"networking, weekdays, JST, 10", "10:00 Asia/Tokyo Mon–Fri networking"},
		{"storage every monday at 8:30 in london", "08:30 Europe/London Mon storage"},
		{"平日の朝9時", "09:00 UTC Mon–Fri"},
		{"平日9時半に東京時間でネットワーク", "09:30 Asia/Tokyo Mon–Fri networking"},
		{"月水金 日本時間 午後3時半 ストレージ", "15:30 Asia/Tokyo Mon, Wed, Fri storage"},
		{"毎朝8時", "08:00 UTC every day"},
		{"日曜日10時 日本", "10:00 Asia/Tokyo Sun"},
		{"9:00 09:00 9am", "09:00 UTC every day"},
		{"every day daily", "09:00 UTC every day"},
	} {
		s, err := Parse(tt.text, Defaults{Lang: glossary.English})
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		got := strings.TrimSpace(strings.Join([]string{s.Time.String(), s.Zone, s.Days.Format(glossary.English), string(s.Category)}, " "))
		if got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text, got, tt.want)
		}
	}
}

// TestParseZone checks the default time zone.
func TestParseZone(t *testing.T) {
	for _, tt := range []struct {
		d    Defaults
		text string
		want string
	}{
		{Defaults{Zone: "Europe/Paris", Lang: glossary.Japanese}, "", "Europe/Paris"},
		{Defaults{Zone: "Europe/Paris"}, "jst", "Asia/Tokyo"},
		{Defaults{Lang: glossary.Japanese}, "", "Asia/Tokyo"},
		{Defaults{Lang: glossary.English}, "", "UTC"},
		{Defaults{Zone: "Mars/Phobos", Lang: glossary.English}, "", "UTC"},
		{Defaults{Zone: "Local", Lang: glossary.Japanese}, "", "Asia/Tokyo"},
	} {
		if s, err := Parse(tt.text, tt.d); err != nil || s.Zone != tt.want {
			t.Errorf("%q with %+v: got %s, %v, want %s", tt.text, tt.d, s.Zone, err, tt.want)
		}
	}
}

// TestParseCategories checks that Parse accepts all names of each category in the glossary.
func TestParseCategories(t *testing.T) {
	for _, c := range glossary.Categories() {
		for _, name := range []string{string(c), c.Title(glossary.English), c.Title(glossary.Japanese), strings.ToUpper(string(c))} {
			if s, err := Parse(name+" 10:00", Defaults{}); err != nil || s.Category != c || s.Time != 10*60 {
				t.Errorf("%q: got %+v, %v, want %s", name, s, err, c)
			}
		}
	}
}

// kindNames maps the kinds of mistakes to their names in TestParseProblems.
var kindNames = map[ErrorKind]string{
	BadTime: "time", UnknownZone: "zone", AmbiguousZone: "ambiguous", FixedOffset: "offset", UnknownWord: "word", Contradiction: "twice",
}

// TestParseProblems checks invalid schedules. want contains the kind of mistake, the word, and
// the earlier word or the suggestions.
func TestParseProblems(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"24:00", "time|24:00|"},
		{"25:00", "time|25:00|"},
		{"9:75", "time|9:75|"},
		{"9:5", "time|9:5|"},
		{"9:00:30", "time|9:00:30|"},
		{"123:00", "time|123:00|"},
		{"99999999999999999999", "time|99999999999999999999|"},
		{"0900", "time|0900|"},
		{"9-10", "time|9-10|"},
		{"9:00-10:00", "time|9:00-10:00|"},
		{"24", "time|24|"},
		{"13pm", "time|13pm|"},
		{"0 am", "time|0 am|"},
		{"9h", "time|9h|"},
		{"9.30", "time|9.30|"},
		{"9月", "time|9月|"},
		{"25時", "time|25時|"},
		{"9時60分", "time|9時60分|"},
		{"24時", "time|24時|"},
		{"午後15時", "time|午後15時|"},
		{"午後12時", "time|午後12時|"},
		{"夜12時", "time|夜12時|"},
		{"朝3時", "time|朝3時|"},
		{"２５：００", "time|25:00|"},
		{"9 3時", "twice|3時|9"},
		{"9時間ごと", "word|9時間ごと|"},
		{"9時ごろ", "word|9時ごろ|"},

		{"tokio", "zone|tokio|Asia/Tokyo"},
		{"9:00 tokio mon-fri", "zone|tokio|Asia/Tokyo"},
		{"asia/tokio", "zone|asia/tokio|Asia/Tokyo"},
		{"aisa/tokyo", "zone|aisa/tokyo|Asia/Tokyo"},
		{"new yrok 9:00", "zone|new yrok|America/New_York"},
		{"los angelse", "zone|los angelse|America/Los_Angeles"},
		{"são paulo", "zone|são paulo|America/Sao_Paulo"},
		{"amsterdan", "zone|amsterdan|Europe/Amsterdam"},
		{"sing", "zone|sing|Asia/Singapore"},
		{"Mars/Phobos", "zone|Mars/Phobos|"},
		{"Asia/", "zone|Asia/|"},

		{"CST", "ambiguous|CST|America/Chicago,Asia/Shanghai"},
		{"9:00 cst", "ambiguous|cst|America/Chicago,Asia/Shanghai"},
		{"IST", "ambiguous|IST|Asia/Kolkata,Asia/Jerusalem,Europe/Dublin"},

		{"UTC+9", "offset|UTC+9|Etc/GMT-9"},
		{"9:00 utc +9", "offset|utc +9|Etc/GMT-9"},
		{"GMT-5", "offset|GMT-5|Etc/GMT+5"},
		{"+09:00", "offset|+09:00|Etc/GMT-9"},
		{"-0500", "offset|-0500|Etc/GMT+5"},
		{"ＵＴＣ＋９", "offset|UTC+9|Etc/GMT-9"},
		{"+5:30", "offset|+5:30|"},
		{"UTC+14", "offset|UTC+14|Etc/GMT-14"},
		{"UTC-13", "offset|UTC-13|"},
		{"UTC+0", "offset|UTC+0|UTC"},

		{"pizza", "word|pizza|"},
		{"9:00 please", "word|please|"},
		{"mondya", "word|mondya|Monday"},
		{"storge", "word|storge|storage"},
		{"weekdyas", "word|weekdyas|weekdays,weekday"},
		{"mon-wed-fri", "word|mon-wed-fri|"},
		{"monfri", "word|monfri|"},
		{"every other day", "word|other|"},
		{"土日祝", "word|土日祝|"},
		{"日本語", "word|日本語|"},
		{"月末", "word|月末|"},
		{"午後 三時", "word|午後|"},
		{"ぴったり", "word|ぴったり|"},
		{"<!channel>", "word|<!channel>|"},
		{"-", "word|-|"},
		{"\x00", "word|\x00|"},

		{"9:00 10:00", "twice|10:00|9:00"},
		{"9am 9pm", "twice|9pm|9am"},
		{"tokyo london", "twice|london|tokyo"},
		{"JST UTC", "twice|UTC|JST"},
		{"storage networking", "twice|networking|storage"},
		{"every day mon-fri", "twice|mon-fri|every day"},
		{"mon wed 9:00 fri", "twice|fri|mon wed"},
		{"平日 9時 週末", "twice|週末|平日"},
		{"朝9時 午後3時", "twice|午後3時|朝9時"},
	} {
		s, err := Parse(tt.text, Defaults{})
		var e *ParseError
		if !errors.As(err, &e) {
			t.Errorf("%q: got %+v, %v, want %s", tt.text, s, err, tt.want)
			continue
		}
		if s != (Spec{}) {
			t.Errorf("%q: got an error and %+v, want no spec", tt.text, s)
		}
		if got := kindNames[e.Kind] + "|" + e.Word + "|" + e.Before + strings.Join(e.Suggestions, ","); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text, got, tt.want)
		}
		if e.Error() == "" {
			t.Errorf("%q: got an error without a message", tt.text)
		}
	}
}

// FuzzParse checks that any schedule that Parse accepts fires, and that Parse otherwise returns
// a ParseError.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"9:30 pm mon-fri new york storage", "平日の朝9時 日本時間", "月ー金 ９：００ JST", "utc+9", "tokio", "9:00 9:01", "Etc/GMT-9", "夜12時", "cst",
	} {
		f.Add(text, "Europe/Berlin")
	}
	f.Fuzz(func(t *testing.T, text, zone string) {
		s, err := Parse(text, Defaults{Zone: zone, Lang: glossary.Japanese})
		if err != nil {
			if e, ok := err.(*ParseError); !ok || len(e.Suggestions) > maxSuggestions {
				t.Errorf("%q: %#v", text, err)
			}
			return
		}
		if s.Time < 0 || s.Time >= 24*60 || s.Days == 0 || s.Days > EveryDay {
			t.Errorf("%q: got %+v", text, s)
		}
		if _, _, err := s.After(time.Unix(1_800_000_000, 0)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if s.Category != "" {
			if _, err := glossary.ParseCategory(string(s.Category)); err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, text := range []string{"09:00 Asia/Tokyo mon-fri storage", "平日の朝9時 日本時間", "09:00 new yrok"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				_, _ = Parse(text, Defaults{})
			}
		})
	}
}

// TestChange checks that the parts that the text does not specify stay unchanged.
func TestChange(t *testing.T) {
	before := Spec{Time: 7 * 60, Zone: "Asia/Tokyo", Days: weekends, Category: "storage"}
	for text, change := range map[string]func(*Spec){
		"":                  func(*Spec) {},
		"8:30":              func(s *Spec) { s.Time = 8*60 + 30 },
		"mon-fri":           func(s *Spec) { s.Days = mondayToFriday },
		"berlin":            func(s *Spec) { s.Zone = "Europe/Berlin" },
		"朝6時 毎日 networking": func(s *Spec) { s.Time, s.Days, s.Category = 6*60, EveryDay, "networking" },
	} {
		want := before
		change(&want)
		if got, err := before.Change(text); err != nil || got != want {
			t.Errorf("%q: got %+v, %v, want %+v", text, got, err, want)
		}
	}
	if _, err := before.Change("mondya"); err == nil {
		t.Error("no error for a word that means nothing")
	}
}

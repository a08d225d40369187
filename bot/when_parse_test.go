package bot

import (
	"strings"
	"testing"
	"time"

	"k8sbot/glossary"
)

// TestParseWhen has what can be typed behind daily on, and what is understood:
// time, zone, days, category.
func TestParseWhen(t *testing.T) {
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
		w, p := parseWhen(tt.text, defaults{Lang: glossary.English})
		if p != nil {
			t.Errorf("%q: %s", tt.text, p.in(glossary.English))
			continue
		}
		got := strings.TrimSpace(strings.Join([]string{w.Time.String(), w.Zone, w.Days.In(glossary.English), string(w.Category)}, " "))
		if got != tt.want {
			t.Errorf("%q is read as %s, want %s", tt.text, got, tt.want)
		}
	}
}

// TestParseWhenZone holds where the zone comes from that is not typed.
func TestParseWhenZone(t *testing.T) {
	for _, tt := range []struct {
		d    defaults
		text string
		want string
	}{
		{defaults{Zone: "Europe/Paris", Lang: glossary.Japanese}, "", "Europe/Paris"},
		{defaults{Zone: "Europe/Paris"}, "jst", "Asia/Tokyo"},
		{defaults{Lang: glossary.Japanese}, "", "Asia/Tokyo"},
		{defaults{Lang: glossary.English}, "", "UTC"},
		{defaults{Zone: "Mars/Phobos", Lang: glossary.English}, "", "UTC"},
		{defaults{Zone: "Local", Lang: glossary.Japanese}, "", "Asia/Tokyo"},
	} {
		if w, p := parseWhen(tt.text, tt.d); p != nil || w.Zone != tt.want {
			t.Errorf("%q with %+v is in %s, %v, want %s", tt.text, tt.d, w.Zone, p, tt.want)
		}
	}
}

// TestParseWhenCategories holds that a category goes by all names that it has in
// the glossary.
func TestParseWhenCategories(t *testing.T) {
	for _, c := range glossary.Categories() {
		for _, name := range []string{string(c), c.Title(glossary.English), c.Title(glossary.Japanese), strings.ToUpper(string(c))} {
			if w, p := parseWhen(name+" 10:00", defaults{}); p != nil || w.Category != c || w.Time != 10*60 {
				t.Errorf("%q is read as %+v, %+v, want %s", name, w, p, c)
			}
		}
	}
}

// faultNames are the kinds of mistakes as the tests write them.
var faultNames = map[whenFault]string{
	badTime: "time", unknownZone: "zone", ambiguousZone: "ambiguous", fixedOffset: "offset", unknownWord: "word", twice: "twice",
}

// TestParseWhenProblems has what is refused: the kind of mistake, the word, and
// what is suggested.
func TestParseWhenProblems(t *testing.T) {
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
		w, p := parseWhen(tt.text, defaults{})
		if p == nil {
			t.Errorf("%q is read as %+v, want %s", tt.text, w, tt.want)
			continue
		}
		if w != (when{}) {
			t.Errorf("%q is refused, and read as %+v", tt.text, w)
		}
		if got := faultNames[p.fault] + "|" + p.word + "|" + p.before + strings.Join(p.suggestions, ","); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.text, got, tt.want)
		}
	}
}

// TestWhenProblemIn reads the sentences.
func TestWhenProblemIn(t *testing.T) {
	for _, tt := range []struct{ text, en, ja string }{
		{"25:00",
			"“25:00” is no time of day. Give one from 00:00 to 23:59, for example: daily on 09:00",
			"「25:00」は時刻として読み取れません。00:00〜23:59の範囲で指定してください。例: daily on 09:00"},
		{"tokio",
			"I know no time zone “tokio”. Did you mean Asia/Tokyo? Give a large city or an IANA name, for example: daily on 09:00 Asia/Tokyo",
			"「tokio」というタイムゾーンは見つかりませんでした。もしかして、Asia/Tokyoでしょうか?都市名かIANAの名前で指定してください。例: daily on 09:00 Asia/Tokyo"},
		{"Mars/Phobos",
			"I know no time zone “Mars/Phobos”. Give a large city or an IANA name, for example: daily on 09:00 Asia/Tokyo",
			"「Mars/Phobos」というタイムゾーンは見つかりませんでした。都市名かIANAの名前で指定してください。例: daily on 09:00 Asia/Tokyo"},
		{"cst",
			"“cst” is short for several time zones: America/Chicago, Asia/Shanghai. Give the one you mean, for example: daily on 09:00 America/Chicago",
			"「cst」は複数のタイムゾーン(America/Chicago、Asia/Shanghai)の略称です。どれか1つを指定してください。例: daily on 09:00 America/Chicago"},
		{"UTC+9",
			"“UTC+9” is an offset and no place, so it says nothing of summer time. Give a city, or Etc/GMT-9 for this offset all year, for example: daily on 09:00 Asia/Tokyo",
			"「UTC+9」のような時差の指定では、夏時間に対応できません。都市名で指定してください(一年中この時差のままでよければEtc/GMT-9も使えます)。例: daily on 09:00 Asia/Tokyo"},
		{"UTC+5:30",
			"“UTC+5:30” is an offset and no place, so it says nothing of summer time. Give a city, for example: daily on 09:00 Asia/Tokyo",
			"「UTC+5:30」のような時差の指定では、夏時間に対応できません。都市名で指定してください。例: daily on 09:00 Asia/Tokyo"},
		{"<!here>",
			"I do not understand “‹!here›”. Give a time, a time zone, days or a category, for example: daily on 09:00 Asia/Tokyo mon-fri",
			"「‹!here›」を理解できませんでした。指定できるのは、時刻、タイムゾーン、曜日、分類です。例: daily on 09:00 Asia/Tokyo 平日"},
		{"mondya",
			"I do not understand “mondya”. Did you mean Monday? Give a time, a time zone, days or a category, for example: daily on 09:00 Asia/Tokyo mon-fri",
			"「mondya」を理解できませんでした。もしかして、Mondayでしょうか?指定できるのは、時刻、タイムゾーン、曜日、分類です。例: daily on 09:00 Asia/Tokyo 平日"},
		{"9:00 10:00",
			"“9:00” and “10:00” do not go together. Keep one of them, for example: daily on 09:00 Asia/Tokyo mon-fri",
			"「9:00」と「10:00」は同時に指定できません。どちらか1つにしてください。例: daily on 09:00 Asia/Tokyo 平日"},
	} {
		_, p := parseWhen(tt.text, defaults{})
		if p == nil {
			t.Errorf("%q is understood", tt.text)
			continue
		}
		if got := p.in(glossary.English); got != tt.en {
			t.Errorf("%q:\n%s\nwant\n%s", tt.text, got, tt.en)
		}
		if got := p.in(glossary.Japanese); got != tt.ja {
			t.Errorf("%q:\n%s\nwant\n%s", tt.text, got, tt.ja)
		}
		for _, l := range glossary.Langs {
			_, example, _ := strings.Cut(p.in(l), "daily on")
			if w, p := parseWhen(example, defaults{}); p != nil || w.Time != 9*60 {
				t.Errorf("%q: the example %q is not understood", tt.text, example)
			}
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"tokyo", "tokyo", 0}, {"tokio", "tokyo", 1}, {"toyko", "tokyo", 1}, {"tokyoo", "tokyo", 1}, {"tkyo", "tokyo", 1},
		{"yrok", "york", 1}, {"tkoio", "tokyo", 2}, {"paris", "tokyo", 3}, {"", "", 0}, {"", "ab", 2}, {"", "abc", 3}, {"東京", "京東", 1},
	} {
		if got := editDistance([]rune(tt.a), []rune(tt.b), 2); got != tt.want {
			t.Errorf("%q and %q are %d apart, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

// FuzzParseWhen holds that whatever is read can be scheduled, and that whatever
// is not is said in a line.
func FuzzParseWhen(f *testing.F) {
	for _, text := range []string{
		"9:30 pm mon-fri new york storage", "平日の朝9時 日本時間", "月ー金 ９：００ JST", "utc+9", "tokio", "9:00 9:01", "Etc/GMT-9", "夜12時", "cst",
	} {
		f.Add(text, "Europe/Berlin")
	}
	f.Fuzz(func(t *testing.T, text, zone string) {
		w, p := parseWhen(text, defaults{Zone: zone, Lang: glossary.Japanese})
		if p != nil {
			for _, l := range glossary.Langs {
				if said := p.in(l); said == "" || strings.ContainsAny(said, "\n<>") || len(p.suggestions) > maxWhenSuggestions {
					t.Errorf("%q: %q, %q", text, said, p.suggestions)
				}
			}
			return
		}
		if w.Time < 0 || w.Time >= 24*60 || w.Days == 0 || w.Days > EveryDay {
			t.Errorf("%q is read as %+v", text, w)
		}
		s := Schedule{Time: w.Time, Zone: w.Zone, Days: w.Days}
		if _, _, err := s.After(time.Unix(1_800_000_000, 0)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if w.Category != "" {
			if _, err := glossary.ParseCategory(string(w.Category)); err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

func BenchmarkParseWhen(b *testing.B) {
	for _, text := range []string{"09:00 Asia/Tokyo mon-fri storage", "平日の朝9時 日本時間", "09:00 new yrok"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				parseWhen(text, defaults{})
			}
		})
	}
}

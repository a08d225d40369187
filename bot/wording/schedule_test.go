package wording

import (
	"strings"
	"testing"

	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// TestScheduleProblem checks the sentences.
func TestScheduleProblem(t *testing.T) {
	for _, tt := range []struct{ text, en, ja string }{
		{"25:00",
			"“25:00” is not a valid time. Use 00:00 to 23:59, for example: `daily on 09:00`",
			"「25:00」は時刻として読み取れません。00:00〜23:59の範囲で指定してください。例: `daily on 09:00`"},
		{"tokio",
			"I don't know the time zone “tokio”. Did you mean Asia/Tokyo? Use a large city or an IANA name, for example: `daily on 09:00 Asia/Tokyo`",
			"「tokio」というタイムゾーンは見つかりませんでした。もしかして、Asia/Tokyoでしょうか?都市名かIANAの名前で指定してください。例: `daily on 09:00 Asia/Tokyo`"},
		{"Mars/Phobos",
			"I don't know the time zone “Mars/Phobos”. Use a large city or an IANA name, for example: `daily on 09:00 Asia/Tokyo`",
			"「Mars/Phobos」というタイムゾーンは見つかりませんでした。都市名かIANAの名前で指定してください。例: `daily on 09:00 Asia/Tokyo`"},
		{"cst",
			"“cst” could mean several time zones: America/Chicago, Asia/Shanghai. Say which one you mean, for example: `daily on 09:00 America/Chicago`",
			"「cst」は複数のタイムゾーン(America/Chicago、Asia/Shanghai)の略称です。どれか1つを指定してください。例: `daily on 09:00 America/Chicago`"},
		{"UTC+9",
			"“UTC+9” is an offset, not a place, so it can't follow daylight saving time. Use a city, or Etc/GMT-9 to keep this offset all year, for example: `daily on 09:00 Asia/Tokyo`",
			"「UTC+9」のような時差の指定では、夏時間に対応できません。都市名で指定してください(一年中この時差のままでよければEtc/GMT-9も使えます)。例: `daily on 09:00 Asia/Tokyo`"},
		{"UTC+5:30",
			"“UTC+5:30” is an offset, not a place, so it can't follow daylight saving time. Use a city, for example: `daily on 09:00 Asia/Tokyo`",
			"「UTC+5:30」のような時差の指定では、夏時間に対応できません。都市名で指定してください。例: `daily on 09:00 Asia/Tokyo`"},
		{"<!here>",
			"I don't understand “‹!here›”. Use a time, a time zone, days or a category, for example: `daily on 09:00 Asia/Tokyo mon-fri`",
			"「‹!here›」を理解できませんでした。指定できるのは、時刻、タイムゾーン、曜日、分類です。例: `daily on 09:00 Asia/Tokyo 平日`"},
		{"mondya",
			"I don't understand “mondya”. Did you mean Monday? Use a time, a time zone, days or a category, for example: `daily on 09:00 Asia/Tokyo mon-fri`",
			"「mondya」を理解できませんでした。もしかして、Mondayでしょうか?指定できるのは、時刻、タイムゾーン、曜日、分類です。例: `daily on 09:00 Asia/Tokyo 平日`"},
		{"9:00 10:00",
			"“9:00” and “10:00” conflict. Keep one of them, for example: `daily on 09:00 Asia/Tokyo mon-fri`",
			"「9:00」と「10:00」は同時に指定できません。どちらか1つにしてください。例: `daily on 09:00 Asia/Tokyo 平日`"},
	} {
		_, err := schedule.Parse(tt.text, schedule.Defaults{})
		if err == nil {
			t.Errorf("%q: no error", tt.text)
			continue
		}
		for l, want := range map[glossary.Lang]string{glossary.English: tt.en, glossary.Japanese: tt.ja} {
			said := ScheduleProblem(err, l)
			if said != want {
				t.Errorf("%q:\n%s\nwant\n%s", tt.text, said, want)
			}
			_, example, _ := strings.Cut(strings.TrimSuffix(said, "`"), "`daily on")
			if s, err := schedule.Parse(example, schedule.Defaults{}); err != nil || s.Time != 9*60 {
				t.Errorf("%q: example %q does not parse", tt.text, example)
			}
		}
	}
}

// FuzzScheduleProblem checks that every problem is one line without markup of a platform.
func FuzzScheduleProblem(f *testing.F) {
	for _, text := range []string{"utc+9", "tokio", "9:00 9:01", "夜12時", "cst", "<!here>\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := schedule.Parse(text, schedule.Defaults{})
		if err == nil {
			return
		}
		for _, l := range glossary.Langs {
			if said := ScheduleProblem(err, l); said == "" || strings.ContainsAny(said, "\n<>") {
				t.Errorf("%q: %q", text, said)
			}
		}
	})
}

package schedule

import (
	"slices"
	"strings"
	"sync"

	"k8sbot/bot/schedule/zoneinfo"
)

// zoneRegions are the first parts of the names of zones that are named after a place or an offset.
var zoneRegions = []string{
	"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Etc", "Europe", "Indian", "Pacific",
}

// zoneNames returns the sorted names of the embedded zones that are named after a place or an
// offset, and UTC. They include old names such as Asia/Calcutta, which people and platforms still
// use, but not the names of countries (US/Pacific, Japan).
var zoneNames = sync.OnceValue(func() []string {
	return slices.DeleteFunc(zoneinfo.Names(), func(name string) bool {
		region, _, nested := strings.Cut(name, "/")
		return name != "UTC" && !(nested && slices.Contains(zoneRegions, region))
	})
})

// zoneAliases lists other names that people use for zones, each with its IANA name. Abbreviations
// are not zone names in the IANA database, which warns that they are ambiguous
// (https://data.iana.org/time-zones/theory.html#abbreviations). An abbreviation for standard or
// summer time stands for the place, with its clock changes: EST is New York time, even in July.
// Abbreviations with more than one common meaning are in [ambiguousZones].
var zoneAliases = map[string]string{
	"UTC": "UTC", "GMT": "UTC", "Z": "UTC", "協定世界時": "UTC", "世界標準時": "UTC",

	"JST": "Asia/Tokyo", "Japan": "Asia/Tokyo", "日本": "Asia/Tokyo", "日本時間": "Asia/Tokyo", "日本標準時": "Asia/Tokyo",
	"東京": "Asia/Tokyo", "Osaka": "Asia/Tokyo", "大阪": "Asia/Tokyo",
	"KST": "Asia/Seoul", "ソウル": "Asia/Seoul",
	"HKT": "Asia/Hong_Kong", "香港": "Asia/Hong_Kong",
	"SGT": "Asia/Singapore", "シンガポール": "Asia/Singapore",
	"上海": "Asia/Shanghai", "北京": "Asia/Shanghai", "Beijing": "Asia/Shanghai",
	"台北": "Asia/Taipei", "Mumbai": "Asia/Kolkata", "Bangalore": "Asia/Kolkata",

	"CET": "Europe/Berlin", "CEST": "Europe/Berlin", "ベルリン": "Europe/Berlin",
	"EET": "Europe/Athens", "EEST": "Europe/Athens",
	"BST": "Europe/London", "ロンドン": "Europe/London", "パリ": "Europe/Paris",

	"ET": "America/New_York", "EST": "America/New_York", "EDT": "America/New_York", "ニューヨーク": "America/New_York",
	"CT": "America/Chicago", "CDT": "America/Chicago", "シカゴ": "America/Chicago",
	"MT": "America/Denver", "MST": "America/Denver", "MDT": "America/Denver",
	"PT": "America/Los_Angeles", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
	"ロサンゼルス": "America/Los_Angeles", "San Francisco": "America/Los_Angeles", "Seattle": "America/Los_Angeles",
	"サンフランシスコ": "America/Los_Angeles", "シアトル": "America/Los_Angeles",

	"AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "シドニー": "Australia/Sydney",
	"NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}

// ambiguousZones contains the abbreviations that have more than one common meaning, each with the
// zones that it may mean: Central Time and China; India, Israel and Ireland; Atlantic Time and
// Arabia.
var ambiguousZones = map[string][]string{
	"CST": {"America/Chicago", "Asia/Shanghai"},
	"IST": {"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"},
	"AST": {"America/Halifax", "Asia/Riyadh"},
}

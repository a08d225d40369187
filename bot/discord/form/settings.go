package form

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"k8sbot/glossary"
)

// SettingsID is the custom ID of [Settings].
const SettingsID = "1:settings"

// Custom IDs of the select menus in [Settings].
const (
	languageID = "language"
	hourID     = "hour"
	daysID     = "days"
)

// dailyOff is the choice in the hour menu that stops the daily term.
const dailyOff = "off"

// SettingsTitle is the title of the settings modal.
var SettingsTitle = glossary.Text{EN: "k8sbot settings", JA: "k8sbotの設定"}

// A selectMenu is an optional select menu in a modal
// (https://docs.discord.com/developers/components/reference#string-select). It has at most 25
// options.
type selectMenu struct {
	Type        discordgo.ComponentType `json:"type"`
	CustomID    string                  `json:"custom_id"`
	Placeholder string                  `json:"placeholder"`
	MinValues   int                     `json:"min_values"`
	MaxValues   int                     `json:"max_values"`
	Required    bool                    `json:"required"`
	Options     []option                `json:"options"`
}

type option struct {
	Label   string `json:"label"`
	Value   string `json:"value"`
	Default bool   `json:"default,omitempty"` // whether the option is preselected
}

// Settings returns the modal that asks for a person's language, and for the hour and the days
// of the channel's daily term. An empty field changes nothing.
func Settings(l glossary.Lang) Modal {
	text := func(en, ja string) string { return glossary.Text{EN: en, JA: ja}.In(l) }
	choose := func(id string, most int, options []option) selectMenu {
		return selectMenu{Type: discordgo.SelectMenuComponent, CustomID: id, Placeholder: text("unchanged", "変更しない"), MaxValues: most, Options: options}
	}
	languages := []option{{Label: "日本語", Value: "ja"}, {Label: "English", Value: "en"}, {Label: text("Automatic", "自動"), Value: "auto"}}
	hours := []option{{Label: text("off", "停止"), Value: dailyOff}}
	for h := range 24 {
		at := fmt.Sprintf("%02d:00", h)
		hours = append(hours, option{Label: at, Value: at})
	}
	var days []option
	for _, d := range weekdays {
		days = append(days, option{Label: d.In(l), Value: strings.ToLower(d.EN[:3])})
	}
	onDays := choose(daysID, len(days), days)
	onDays.Placeholder = text("every day if you choose a time", "時刻を選ぶと毎日")
	return Modal{CustomID: SettingsID, Title: SettingsTitle.In(l), Components: []label{
		labelled(text("Answer me in", "回答の言語"), choose(languageID, 1, languages)),
		labelled(text("Daily term in this channel: time", "このチャンネルの毎日の用語: 時刻"), choose(hourID, 1, hours)),
		labelled(text("Daily term: days", "毎日の用語: 曜日"), onDays),
	}}
}

// weekdays contains the names of the days of the week.
var weekdays = []glossary.Text{
	{EN: "Monday", JA: "月曜日"}, {EN: "Tuesday", JA: "火曜日"}, {EN: "Wednesday", JA: "水曜日"}, {EN: "Thursday", JA: "木曜日"},
	{EN: "Friday", JA: "金曜日"}, {EN: "Saturday", JA: "土曜日"}, {EN: "Sunday", JA: "日曜日"},
}

// Language returns the language chosen in [Settings], as a user would type it after lang, or "" if
// none was chosen.
func (s Submitted) Language() string { return strings.Join(s.input(languageID).Values, " ") }

// Daily returns the hour and days chosen in [Settings], as a user would type them after daily: "on
// 09:00 mon,fri" or "off", or "" if neither was chosen.
func (s Submitted) Daily() string {
	hour, days := s.input(hourID).Values, s.input(daysID).Values
	switch {
	case len(hour) == 0 && len(days) == 0:
		return ""
	case len(hour) > 0 && hour[0] == dailyOff:
		return dailyOff
	}
	text := append([]string{"on"}, hour...)
	if len(days) > 0 {
		text = append(text, strings.Join(days, ","))
	}
	return strings.Join(text, " ")
}

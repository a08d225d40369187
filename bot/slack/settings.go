package slack

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/glossary"
)

// settingsID is the action ID of the button on the Home tab that opens the settings form, and
// the form's callback ID.
const settingsID = "settings"

// Block IDs of the form's fields. Each is also the action ID of the field's only element.
const (
	langID    = "lang"
	hourID    = "hour"
	daysID    = "days"
	channelID = "channel" // the channel of the daily term
)

// dailyOff is the choice in the hour field that turns the daily term off.
const dailyOff = "off"

// weekdays are the days of the week. Users type the first three letters of the English names.
var weekdays = []glossary.Text{
	{EN: "Monday", JA: "月曜日"}, {EN: "Tuesday", JA: "火曜日"}, {EN: "Wednesday", JA: "水曜日"}, {EN: "Thursday", JA: "木曜日"},
	{EN: "Friday", JA: "金曜日"}, {EN: "Saturday", JA: "土曜日"}, {EN: "Sunday", JA: "日曜日"},
}

// settingsView returns the settings form as a modal, with fields for the user's language and for
// the hour and days of a channel's daily term. An empty field changes nothing. channel is where
// the user asked for the form, or "" on the Home tab.
func settingsView(l glossary.Lang, channel string) slack.ModalViewRequest {
	option := func(value, label string) *slack.OptionBlockObject {
		return slack.NewOptionBlockObject(value, blockkit.PlainText(label), nil)
	}
	languages := []*slack.OptionBlockObject{option("ja", "日本語"), option("en", "English"), option("auto", labels.auto.In(l))}
	hours := []*slack.OptionBlockObject{option(dailyOff, labels.off.In(l))}
	for h := range 24 {
		at := fmt.Sprintf("%02d:00", h)
		hours = append(hours, option(at, at))
	}
	var days []*slack.OptionBlockObject
	for _, d := range weekdays {
		days = append(days, option(strings.ToLower(d.EN[:3]), d.In(l)))
	}
	in := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, nil, channelID)
	in.InitialConversation, in.DefaultToCurrentConversation = channel, channel == ""
	input := func(id string, label glossary.Text, e slack.BlockElement) slack.Block {
		return slack.NewInputBlock(id, blockkit.PlainText(label.In(l)), nil, e).WithOptional(true)
	}
	m := modal(l, settingsID,
		input(langID, labels.language, slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, langID, languages...)),
		input(hourID, labels.dailyAt, slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, hourID, hours...)),
		input(daysID, labels.dailyOn, slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, blockkit.PlainText(labels.everyDay.In(l)), daysID, days...)),
		input(channelID, labels.dailyIn, in), slack.NewContextBlock("", blockkit.PlainText(labels.keep.In(l))))
	m.Title, m.Submit = blockkit.PlainText(labels.settings.In(l)), blockkit.PlainText(labels.save.In(l))
	return m
}

// openSettings opens the settings form.
func (a *session) openSettings(ctx context.Context, triggerID, team, user, channel string) error {
	return a.openModal(ctx, triggerID, team, user, func(l glossary.Lang) slack.ModalViewRequest { return settingsView(l, channel) })
}

// daily returns the hour and the days that were chosen in the form, as a user would type them after
// daily: "on 09:00 mon,fri" or "off", or "" if neither was chosen.
func (v view) daily() string {
	hour := v.value(hourID).Option.Value
	var days []string
	for _, o := range v.value(daysID).SelectedOptions {
		days = append(days, o.Value)
	}
	switch {
	case hour == "" && len(days) == 0:
		return ""
	case hour == dailyOff:
		return dailyOff
	}
	return strings.Join(strings.Fields("on "+hour+" "+strings.Join(days, ",")), " ")
}

// onSettings runs the lang and daily commands with what was chosen in the form, as if the user had
// typed them in the channel, and returns the bot's replies. The reply to daily is in the language
// just chosen. If nothing was chosen, the bot shows the current language.
func (a *session) onSettings(ctx context.Context, i interaction, arrived time.Time) slack.ModalViewRequest {
	req := a.request(ctx, bot.Slash, i.TriggerID, i.Team.ID, i.User.ID, i.View.value(channelID).Conversation)
	var said reply.Reply
	run := func(command, text string) {
		req.Command, req.Text = command, text
		r := a.handle(ctx, req, arrived)
		said.Lang, said.Blocks = r.Lang, append(said.Blocks, r.Blocks...)
	}
	lang, daily := i.View.value(langID).Option.Value, i.View.daily()
	if lang != "" || daily == "" {
		run(bot.LangCommand, lang)
	}
	if daily != "" {
		run(bot.DailyCommand, daily)
	}
	m := modal(said.Lang, settingsID, blockkit.Render(said).Blocks...)
	m.Title = blockkit.PlainText(labels.settings.In(said.Lang))
	return m
}

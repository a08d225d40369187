package slack

import (
	"context"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/slack/formview"
	"k8sbot/glossary"
)

// A scheduleStore keeps the last schedule that was stored.
type scheduleStore struct {
	bot.ScheduleStore
	stored atomic.Pointer[bot.Schedule]
}

func (*scheduleStore) Deliveries(context.Context, bot.Channel, int) ([]bot.Delivery, error) {
	return nil, nil
}

func (s *scheduleStore) Schedule(context.Context, bot.Channel) (bot.Schedule, bool, error) {
	if stored := s.stored.Load(); stored != nil {
		return *stored, true, nil
	}
	return bot.Schedule{}, false, nil
}

func (s *scheduleStore) PutSchedule(_ context.Context, schedule bot.Schedule) error {
	s.stored.Store(&schedule)
	return nil
}

// A countingStore counts the lookups of a language.
type countingStore struct {
	languageStore
	lookups atomic.Int32
}

func (s *countingStore) Language(ctx context.Context, p bot.Person) (glossary.Lang, error) {
	s.lookups.Add(1)
	return s.languageStore.Language(ctx, p)
}

// TestSettings checks that the settings form opens without a call to the store, and that
// submitting it stores the chosen settings.
func TestSettings(t *testing.T) {
	people, schedules, posters := new(countingStore), new(scheduleStore), new(bot.Posters)
	r := newHarness(t, func(o *Options) {
		g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
		if err != nil {
			t.Fatal(err)
		}
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Store: people, Schedules: schedules, Posters: posters, Picker: &daily.Picker{Glossary: g}})
	})
	posters.Set(Platform, r.adapter)
	r.fake.locale = "ja-JP"
	for i, payload := range []string{"command_settings.form", "home_settings.json"} {
		if body := r.deliver(payload).Body.String(); body != "" {
			t.Errorf("%s: got %s, want an empty body", payload, body)
		}
		r.fake.await("views.open", i+1)
	}
	if n := people.lookups.Load(); n != 0 {
		t.Errorf("got %d lookups before the form was open, want none", n)
	}
	said := r.deliver("modal_settings.json").Body.String()
	for _, want := range []string{"I'll answer you in English from now on", "Mon, Fri at 07:00 (Asia/Tokyo)"} {
		if !strings.Contains(said, want) {
			t.Errorf("got %s, want %q", said, want)
		}
	}
	if lang, _ := people.lang.Load().(glossary.Lang); lang != glossary.English {
		t.Errorf("stored language %q, want en", lang)
	}
	if s := schedules.stored.Load(); s == nil || s.Channel.ID != "C2147483705" || s.Time.String() != "07:00" || s.Creator != "U2147483697" {
		t.Errorf("stored schedule %v, want one for the chosen channel at 07:00", s)
	}
	// If the form cannot be opened, the command shows the settings.
	r.fake.Prepare("views.open", platformtest.AnswerWith(200, `{"ok":false,"error":"expired_trigger_id"}`))
	if body := r.deliver("command_settings.form").Body.String(); !strings.Contains(body, "1:lang:ja") || !strings.Contains(body, "07:00") {
		t.Errorf("got %q, want the settings in the channel", body)
	}
}

// TestDailyOfForm checks that each choice in the form becomes what people would type after
// daily.
func TestDailyOfForm(t *testing.T) {
	for want, values := range map[string]map[string]map[string]formview.Value{
		"":                 nil,
		"off":              {hourID: {hourID: {Option: formview.Option{Value: dailyOff}}}, daysID: {daysID: {SelectedOptions: []formview.Option{{Value: "mon"}}}}},
		"on 23:00":         {hourID: {hourID: {Option: formview.Option{Value: "23:00"}}}},
		"on mon,sun":       {daysID: {daysID: {SelectedOptions: []formview.Option{{Value: "mon"}, {Value: "sun"}}}}},
		"on 00:00 tue,wed": {hourID: {hourID: {Option: formview.Option{Value: "00:00"}}}, daysID: {daysID: {SelectedOptions: []formview.Option{{Value: "tue"}, {Value: "wed"}}}}},
	} {
		var v view
		v.State.Values = values
		if got := v.daily(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

package bot

import (
	"fmt"
	"testing"

	"k8sbot/bot/reply"
)

// shareButton returns the share button of a reply, or one with an empty ID.
func shareButton(r reply.Reply) reply.Button {
	for _, b := range r.Buttons {
		if a, err := reply.ParseAction(b.ID); err == nil && a.Shares() {
			return b
		}
	}
	return reply.Button{}
}

// TestShareAnswer checks that private comparisons and lists can be shared: what the channel
// sees names the sharer, and neither it nor the private original can be shared again.
func TestShareAnswer(t *testing.T) {
	b := realBot(t)
	caps := Capabilities{Channels: true, ProfileLocale: true}
	for _, question := range []string{"CrashLoopBackOff", "Pod vs Node", "Pod vs Node vs Service", "list", "list storage"} {
		ask := Request{Platform: Slack, Caps: caps, Surface: Slash, User: "U1", Channel: "C1", Text: question, Locales: []string{"en-US"}}
		private := b.Handle(t.Context(), ask)
		button := shareButton(private)
		if controls := len(private.Buttons) + min(len(private.Menu.Options), 1); button.Label != "Share in channel" || controls > maxControls {
			t.Errorf("%s: got share button %v and %d controls", question, button, controls)
		}
		public := b.Handle(t.Context(), Request{
			Platform: Slack, Caps: caps, Surface: ButtonClick, User: "U1", UserName: "Ada <@U1>", Channel: "C1",
			Action: button.ID, FromEphemeral: true, Locales: []string{"ja-JP"},
		})
		original := public.Original
		if public.Ephemeral || public.ReplaceOriginal || public.Lang != private.Lang || public.Kind != private.Kind || original == nil {
			t.Fatalf("%s: got kind %s, language %s, ephemeral %v, original %v; want a public reply as the private one", question, public.Kind, public.Lang, public.Ephemeral, original)
		}
		if public.Blocks[0] != (reply.Note{Text: "Shared by Ada ‹@U1›"}) {
			t.Errorf("%s: shared reply begins with %v, want the name of the sharer", question, public.Blocks[0])
		}
		if !original.Ephemeral || !original.ReplaceOriginal || fmt.Sprint(original.Blocks[1:]) != fmt.Sprint(private.Blocks) {
			t.Errorf("%s: the private original does not stay as it was", question)
		}
		if shareButton(public).ID+shareButton(*original).ID != "" {
			t.Errorf("%s: there is a share button after sharing", question)
		}
		ask.Thread = "1.2"
		if b := shareButton(b.Handle(t.Context(), ask)); b.Label != "Share in thread" {
			t.Errorf("%s in a thread: got label %q", question, b.Label)
		}
		for name, change := range map[string]func(*Request){
			"mention": func(r *Request) { r.Surface = Mention }, "home": func(r *Request) { r.Surface = Home },
			"no channels": func(r *Request) { r.Caps = Capabilities{} },
		} {
			other := ask
			change(&other)
			if b := shareButton(b.Handle(t.Context(), other)); b.ID != "" {
				t.Errorf("%s, %s: got share button %s, want none", question, name, b.ID)
			}
		}
	}
	for _, id := range []string{"1:share:no-such-term:en", "1:share-answer:en:compare:pod", "1:share-answer:en:list:no-such", "1:share-answer:en:forget-me", "1:share-answer"} {
		r := b.Handle(t.Context(), Request{Platform: Slack, Caps: caps, Surface: ButtonClick, Channel: "C1", Action: id, FromEphemeral: true})
		if r.Kind != reply.KindNone || !r.Ephemeral || r.Original != nil {
			t.Errorf("%s: got kind %s, want an ephemeral excuse", id, r.Kind)
		}
	}
}

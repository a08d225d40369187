package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"k8sbot/bot/answer"
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

// TestShareAnswer checks that private comparisons, lists and answers about several terms can be shared. The message in the
// channel names the sharer, and neither it nor the private original can be shared again.
func TestShareAnswer(t *testing.T) {
	b := realBot(t)
	caps := Capabilities{Channels: true}
	for _, question := range []string{"CrashLoopBackOff", "Pod vs Node", "Pod vs Node vs Service", "OOMKilled Evicted", "list", "list storage"} {
		ask := Request{Platform: Slack, Caps: caps, Surface: Slash, User: "U1", Channel: "C1", Text: question, Locales: []string{"en-US"}}
		private := b.Handle(t.Context(), ask)
		button := shareButton(private)
		if controls := len(private.Buttons) + min(len(private.Menu.Options), 1); button.Label != "Share in channel" || controls > reply.MaxControls {
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
			"no channels":     func(r *Request) { r.Caps = Capabilities{} },
			"direct messages": func(r *Request) { r.Surface, r.Direct = DirectMessage, true },
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

// TestShareAmbiguity shares the answer about a name that two terms have.
func TestShareAmbiguity(t *testing.T) {
	b := realBot(t)
	ask := Request{Platform: Slack, Caps: chat, Surface: Slash, User: "U1", Channel: "C1", Text: "Kubernetes Service", Lang: "en"}
	private := b.Handle(t.Context(), ask)
	button := shareButton(private)
	if private.Kind != reply.KindTerm || len(private.Matches) != 2 || button.ID == "" || len(private.Buttons) > reply.MaxControls {
		t.Fatalf("got kind %s, %d terms and share button %q; want two terms to share", private.Kind, len(private.Matches), button.ID)
	}
	public := b.Handle(t.Context(), Request{Platform: Slack, Caps: chat, Surface: ButtonClick, User: "U1", UserName: "Ada", Channel: "C1", Action: button.ID, FromEphemeral: true})
	if public.Ephemeral || public.Original == nil || !slices.Equal(answer.MatchIDs(public.Matches), answer.MatchIDs(private.Matches)) || shareButton(public).ID != "" {
		t.Errorf("got %+v, want the same terms in public", public)
	}
}

// TestSharePaste shares the explanation of a paste on a platform with buttons that carry the
// paste, and on one that sends the message with the click.
func TestSharePaste(t *testing.T) {
	b := realBot(t)
	const text = "NAME    READY   STATUS             RESTARTS   AGE\nweb-1   0/1     CrashLoopBackOff   7          20m"
	carries := Capabilities{Channels: true, ButtonPayload: 2000}
	ask := Request{Platform: Slack, Caps: carries, Surface: Slash, User: "U1", Channel: "C1", Text: text, Locales: []string{"en-US"}}
	private := b.Handle(t.Context(), ask)
	button := shareButton(private)
	if button.Label != "Share in channel" || button.Payload == "" {
		t.Fatalf("got share button %+v", button)
	}
	click := Request{
		Platform: Slack, Caps: carries, Surface: ButtonClick, User: "U1", UserName: "Ada", Channel: "C1", Action: button.ID, Payload: button.Payload,
		FromEphemeral: true, Locales: []string{"ja-JP"},
	}
	public := b.Handle(t.Context(), click)
	if public.Ephemeral || public.Kind != reply.KindExplain || public.Lang != "en" || public.Original == nil || public.Blocks[0] != (reply.Note{Text: "Shared by Ada"}) {
		t.Fatalf("got %+v, want the explanation with the name of the sharer", public)
	}
	if public.Diagnosis == nil || len(public.Diagnosis.Issues) != 1 || shareButton(public).ID+shareButton(*public.Original).ID != "" {
		t.Errorf("got %+v, want the same diagnosis and no share button", public)
	}
	click.Payload = "broken"
	if r := b.Handle(t.Context(), click); !r.Ephemeral || r.Original != nil {
		t.Errorf("got %+v for a broken payload, want an ephemeral excuse", r)
	}

	ask.Text = text + "\n" + hardToPack(4000)
	if button := shareButton(b.Handle(t.Context(), ask)); button.ID != "" {
		t.Errorf("got a share button with %d bytes for a long paste", len(button.Payload))
	}
	ask.Caps, ask.Text = Capabilities{Channels: true}, text
	if button := shareButton(b.Handle(t.Context(), ask)); button.ID != "" {
		t.Error("got a share button on a platform that cannot share pastes")
	}
	ask.Caps.ClickedMessage = true
	button = shareButton(b.Handle(t.Context(), ask))
	if button.ID == "" || button.Payload != "" {
		t.Errorf("got share button %+v, want one without a payload", button)
	}
	click.Caps, click.Action, click.Payload = ask.Caps, button.ID, ""
	public = b.Handle(t.Context(), click)
	if !public.ShareClicked || public.Ephemeral || public.Original == nil || !public.Original.Ephemeral {
		t.Errorf("got %+v, want a reply to which the adapter adds the message", public)
	}
	click.FromEphemeral = false
	if r := b.Handle(t.Context(), click); r.ShareClicked {
		t.Errorf("got %+v for a public message, want no copy of it", r)
	}
}

// hardToPack returns n characters that do not compress well.
func hardToPack(n int) string {
	var b strings.Builder
	x := uint32(1)
	for range n {
		x = x*1664525 + 1013904223
		b.WriteByte("abcdefghijklmnopqrstuvwxyz234567"[x>>27])
	}
	return b.String()
}

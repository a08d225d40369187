package bot

import (
	"context"
	"errors"
	"testing"
	"time"

	"k8sbot/bot/followup"
)

// TestFollowUp goes through conversations on a platform.
func TestFollowUp(t *testing.T) {
	now := time.UnixMilli(1_800_000_000_000)
	terms := &followup.Memory{Now: func() time.Time { return now }}
	b := fixture(t, Options{LastTerms: terms})
	const none = "none en ephemeral"
	for _, tt := range []struct {
		name  string
		req   Request
		after time.Duration
		want  string
	}{
		{"nothing before", Request{Surface: Mention, Channel: "C1", NewThread: "1", Text: "how do I fix it?"}, 0, none},
		{"a term", Request{Surface: Mention, Channel: "C1", NewThread: "2", Text: "what is a widget"}, 0, "term en widget"},
		{"in its thread", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "and how do I fix it"}, 0, "term en widget"},
		{"by somebody else", Request{Surface: Mention, Channel: "C1", Thread: "2", User: "U2", Text: "それの直し方は?"}, 0, "term ja widget"},
		{"another thread", Request{Surface: Mention, Channel: "C1", Thread: "3", Text: "how do I fix it"}, 0, none},
		{"the channel", Request{Surface: Mention, Channel: "C1", NewThread: "4", Text: "how do I fix it"}, 0, none},
		{"another term", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "what about gadget?"}, 0, "term en gadget"},
		{"one more", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "and the widget?"}, 0, "term en widget"},
		{"in Japanese", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "じゃあgadgetは?"}, 0, "term ja gadget"},
		{"versus the last one", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "what is the difference to a widget?"}, 0, "compare en gadget,widget"},
		{"the other one again", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "ok, gadget"}, 0, "term ja gadget"},
		{"versus it in Japanese", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "widgetとの違いは?"}, 0, "compare ja gadget,widget"},
		{"back to it", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "so what is a gadget"}, 0, "term en gadget"},
		{"difference between it", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "difference between it and a widget"}, 0, "compare en gadget,widget"},
		{"back once more", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "gadget?"}, 0, "term ja gadget"},
		{"that one", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "show me an example"}, 0, "term en gadget"},
		{"a miss changes nothing", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "pizza and beer"}, 0, none},
		{"after the miss", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "what is it?"}, 0, "term en gadget"},
		{"several terms", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "what is the difference between a widget and a gadget?"}, 0, "compare en widget,gadget"},
		{"which of them?", Request{Surface: Mention, Channel: "C1", Thread: "2", Text: "how do I fix it"}, 0, none},

		{"a direct message", Request{Surface: DirectMessage, Direct: true, Channel: "D1", Text: "what is a gadget"}, 0, "term en gadget"},
		{"more of it", Request{Surface: DirectMessage, Direct: true, Channel: "D1", Text: "how does it work"}, 0, "term en gadget"},
		{"a click", Request{Surface: ButtonClick, Direct: true, Channel: "D1", Action: "1:term:widget:en"}, 0, "term en widget ephemeral"},
		{"more of that", Request{Surface: DirectMessage, Direct: true, Channel: "D1", Text: "why does it happen"}, 0, "term en widget"},
		{"somebody else's", Request{Surface: DirectMessage, Direct: true, Channel: "D1", User: "U2", Text: "how does it work"}, 0, none},
		{"59 minutes later", Request{Surface: DirectMessage, Direct: true, Channel: "D1", Text: "how do I fix it"}, 59 * time.Minute, "term en widget"},
		{"an hour after that", Request{Surface: DirectMessage, Direct: true, Channel: "D1", Text: "how do I fix it"}, time.Hour, none},

		{"a private look-up in a channel", Request{Surface: Slash, Channel: "C2", Text: "what is a widget"}, 0, "term en widget ephemeral"},
		{"does not feed public answers", Request{Surface: Mention, Channel: "C2", Text: "how do I fix it"}, 0, none},
		{"and has no course itself", Request{Surface: Slash, Channel: "C2", Text: "how do I fix it"}, 0, none},
		{"a click on a public answer", Request{Surface: ButtonClick, Channel: "C2", Action: "1:term:widget:en"}, 0, "term en widget ephemeral"},
		{"does neither", Request{Surface: Mention, Channel: "C2", Text: "how do I fix it"}, 0, none},
	} {
		now = now.Add(tt.after)
		tt.req.Platform, tt.req.Tenant = "slack", "T1"
		if tt.req.User == "" {
			tt.req.User = "U1"
		}
		if got := summary(b.Handle(t.Context(), tt.req)); got != tt.want {
			t.Errorf("%s: %q: got %s, want %s", tt.name, tt.req.Text, got, tt.want)
		}
		b.Wait()
	}
}

type brokenTerms struct{}

func (brokenTerms) SetLastTerm(context.Context, followup.Conversation, string) error {
	return errors.New("out of order")
}

func (brokenTerms) LastTerm(context.Context, followup.Conversation) (string, error) {
	return "", errors.New("out of order")
}

// TestFollowUpWithoutStore checks that a follow-up question is answered like any other question
// if the store fails.
func TestFollowUpWithoutStore(t *testing.T) {
	b := fixture(t, Options{LastTerms: brokenTerms{}})
	for text, want := range map[string]string{"widget": "term ja widget", "how do I fix it": "none en"} {
		req := Request{Platform: "slack", Surface: DirectMessage, Direct: true, Channel: "D1", User: "U1", Text: text}
		if got := summary(b.Handle(t.Context(), req)); got != want && got != want+" ephemeral" {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
		b.Wait()
	}
}

package bot

import (
	"strings"
	"testing"

	"k8sbot/bot/reply"
)

// TestClearSuggestion checks which misspellings are answered, with a line that says how they were
// understood, and which only get suggestions.
func TestClearSuggestion(t *testing.T) {
	b := realBot(t)
	for text, want := range map[string]string{
		"nodd": "“nodd” → node", "servise": "“servise” → Service", "ingres": "“ingres” → Ingress",
		"ing": "", "podd": "", "secr": "", "kubectl appl": "",
	} {
		r := b.Handle(t.Context(), Request{Surface: Terminal, Text: text, Lang: "en"})
		first, _ := r.Blocks[0].(reply.Paragraph)
		if got := first.Text; got != want && (want != "" || strings.Contains(got, "→")) {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// TestCommandWords checks which messages that begin with a command's name are questions.
func TestCommandWords(t *testing.T) {
	b := realBot(t)
	for text, want := range map[string]string{
		"help CrashLoopBackOff": "term crashloopbackoff", "random pods stuck in Terminating": "term terminating", "list of pods in CrashLoopBackOff": "suggestions crashloopbackoff",
		"daily job failed": "suggestions", "daily backup CronJob failed": "suggestions cronjob", "settings for kubelet": "suggestions kubelet-configuration",
		"review the rollout": "suggestions", "add a label to a node": "term", "explain CrashLoopBackOff": "term crashloopbackoff",
		"what is a pod :thinking_face:": "term pod", "@alice what is a taint?": "term taint", "pod vs node :eyes:": "compare",
		"help": "help", "help me": "help", "Help me!": "help", "random": "term", "list": "list", "list storage": "list", "lang en": "setting", "settings": "setting",
	} {
		r := b.Handle(t.Context(), Request{Surface: Terminal, Text: text, Lang: "en"})
		got := string(r.Kind)
		if strings.Contains(want, " ") && len(r.Matches) > 0 {
			got += " " + r.Matches[0].Term.ID
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// TestMisspelled checks that a misspelled word means the term with the nearest name.
func TestMisspelled(t *testing.T) {
	b := realBot(t)
	for text, want := range map[string]string{"oomkiled": "term en oomkilled", "OOMKiler": "term en kernel-oom-killer", "crashlopback": "term en crashloopbackoff", "statefullset": "term en statefulset"} {
		if got := summary(b.Handle(t.Context(), Request{Surface: Terminal, Text: text, Lang: "en"})); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// TestSmallTalk checks that small talk gets one line without suggestions, that what has nothing to
// look up is not looked up, and that terms still are.
func TestSmallTalk(t *testing.T) {
	b := realBot(t)
	for text, want := range map[string]int{
		"thanks!": 1, "hi all": 1, "thanks bot :tada:": 1, "@alice thanks": 1, "good night": 1, "what can you do?": 1, "お疲れさまです": 1,
		"@alice": 2, "@alice @bob": 2, "#general": 2, ":tada: :+1:": 2, "👍": 2, "137": 2,
	} {
		r := b.Handle(t.Context(), Request{Surface: Terminal, Text: text})
		if len(r.Blocks) != want || r.Kind != reply.KindHelp || len(r.Matches)+len(r.Buttons) > 0 && want == 1 {
			t.Errorf("%s: got kind %s, %d blocks, %d terms and %d buttons; want %d blocks of help", text, r.Kind, len(r.Blocks), len(r.Matches), len(r.Buttons), want)
		}
	}
	for _, text := range []string{"ok pod", "ping", "LGTM", "thanks for the pod"} {
		r := b.Handle(t.Context(), Request{Surface: Terminal, Text: text})
		if got := r.Kind == reply.KindHelp; got != (text == "ping") {
			t.Errorf("%s: got kind %s", text, r.Kind)
		}
	}
}

package followup

import "testing"

func TestParse(t *testing.T) {
	for question, texts := range map[Question][]string{
		Details: {
			"and how do I fix it", "how do I fix it?", "How can I fix this error?", "how to fix", "so how do we solve that then", "what should I do now?", "what do I do about it",
			"why?", "why does it happen", "what causes this", "what's the cause?", "what is the fix", "what’s the reason", "example?", "show me an example", "can you give me a yaml example of it",
			"more", "More please", "tell me more about it", "more details", "explain it in more detail", "go on", "fix?", "how can I debug this", "help with this error",
			"それの直し方は?", "直し方は？", "どうやって直すの?", "対処法を教えてください", "原因は何ですか", "なんで起きるの？", "詳しく", "もっと詳しく教えて", "もう少し", "例は?", "具体例を見せて", "このエラーの原因は?",
			"じゃあ、どうすればいい？", "どうすれば直る?", "その対処法は？", "yamlの例ください", "使い方は", "で、原因は？", "例",
		},
		What: {"what is it", "what does that mean?", "what's this", "それって何?", "これは何ですか", "どういう意味ですか?", "それ何"},
		NoFollowUp: {
			"", "?", "what about daemonset?", "how do I fix CrashLoopBackOff", "how to restart a deployment", "why is my pod pending", "example of a Deployment", "more replicas", "what is a pod",
			"Podの直し方は?", "CrashLoopBackOffの原因", "詳細なログの見方", "イメージの例", "podって何?", "it", "this", "それ", "help", "list", "fix my cluster", "explain", "why not use Deployment", "リソースの例", "ありがとう",
		},
	} {
		for _, text := range texts {
			if got, _ := Parse(text); got != question {
				t.Errorf("Parse(%q) = %d, want %d", text, got, question)
			}
		}
	}
}

// FuzzParse checks that a question mark does not change the result.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"how do I fix it", "それの直し方は", "more", "Pod", "and a Job", "vs Job", "Jobとの違いは"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxLength-3 {
			return
		}
		asks, subject := Parse(text)
		if a, s := Parse(text + " ?"); a != asks || s != subject {
			t.Errorf("Parse(%q) = %d, %q, with a question mark %d, %q", text, asks, subject, a, s)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		Parse("what is the difference between liveness and readiness probes")
		Parse("メモリ不足で落ちるPodの調べ方を教えてください")
	}
}

func TestSubject(t *testing.T) {
	for text, want := range map[string]struct {
		subject string
		asks    Question
	}{
		"and toleration?": {"toleration", Other}, "ok, and a Job?": {"a Job", Other}, "じゃあtolerationは?": {"tolerationは", Other}, "ちなみに、affinityって何": {"affinityって何", Other},
		"vs toleration?": {"toleration", Versus}, "and what's the difference to a Job": {"a Job", Versus}, "what is the difference between it and toleration?": {"toleration", Versus},
		"How is it different from a Job?": {"a Job", Versus}, "tolerationとの違いは?": {"toleration", Versus}, "じゃあtolerationとの使い分けは": {"toleration", Versus},
		"toleration": {}, "android pod": {}, "Pod vs Job": {}, "difference between Pod and Job": {}, "PodとJobの違い": {}, "": {}, "and\nx": {}, "butane": {},
	} {
		if asks, subject := Parse(text); subject != want.subject || asks != want.asks {
			t.Errorf("Parse(%q) = %d, %q, want %d, %q", text, asks, subject, want.asks, want.subject)
		}
	}
}

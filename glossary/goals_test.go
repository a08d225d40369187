package glossary

import (
	"os"
	"slices"
	"testing"
)

func TestGoal(t *testing.T) {
	for _, tt := range []struct{ run, en, ja string }{
		{"kubectl logs POD -n NS -c CONTAINER --previous", "Read the log of the run that crashed", "落ちた回のログを読む"},
		{"kubectl logs POD -n NS -c CONTAINER", "Read the log", "ログを読む"},
		{"kubectl describe pod POD -n NS", "Read its events and conditions", "イベントと状態を読む"},
		{"kubectl get pods -A -o wide --field-selector spec.nodeName=NODE", "See the Pods on that node", "そのノードのPodを見る"},
		{"kubectl get pods -n NS --field-selector=status.phase=Failed", "Find the Pods in that state", "該当するPodを探す"},
		{"kubectl get --raw '/readyz?verbose'", "Check whether the API server is ready", "APIサーバーの準備を確かめる"},
		{"kubectl get somethings -n NS", "Check their state", "一覧で状態を確かめる"},
		{"kubectl events -n NS --for pod/POD", "See what happened to it", "起きたことを順に見る"},
		{"kubectl get events -n NS", "See the latest events", "最近のイベントを見る"},
		{"kubectl get secret SECRET -n NS -o yaml > FILE", "Save it to a file", "ファイルに保存する"},
		{"kubectl exec -it POD -n NS -c CONTAINER -- sh", "Open a shell in the container", "コンテナのシェルを開く"},
		{"psql", "", ""},
	} {
		c := Command{Run: tt.run}
		if en, ja := c.Goal(English), c.Goal(Japanese); en != tt.en || ja != tt.ja {
			t.Errorf("Goal of %q = %q, %q, want %q, %q", tt.run, en, ja, tt.en, tt.ja)
		}
	}
	c := Command{Run: "kubectl logs POD", Heading: Text{EN: "See why", JA: "理由を見る"}}
	if got := c.Goal(Japanese); got != "理由を見る" {
		t.Errorf("Goal of a command with its own = %q, want 理由を見る", got)
	}
}

// lastGoal is the goal of the kubectl commands that no other shape fits. It says too little
// above a command that changes something.
const lastGoal = "Query the cluster"

// TestGoals checks that each command of the embedded terms has a goal.
func TestGoals(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	o := ReadTree(os.DirFS("terms"))
	commands, own, none := 0, 0, 0
	for _, term := range o.terms() {
		all := slices.Concat(term.Checks, term.Try)
		for _, v := range term.Variants {
			all = append(all, v.Checks...)
		}
		for _, a := range term.Do {
			if c := (Command{Run: a.Run}); c.Goal(English) == lastGoal {
				t.Errorf("%s: %q has no goal of its own: add its shape to goals.yaml", term.ID, a.Run)
			}
			all = append(all, Command{Run: a.Run})
		}
		for _, c := range all {
			commands++
			if !c.Heading.IsZero() {
				own++
			}
			for _, l := range Langs {
				if c.Goal(l) == "" {
					none++
					t.Errorf("%s: %q has no goal in %s: add its shape to goals.yaml", term.ID, c.Run, l)
				}
			}
		}
	}
	t.Logf("%d commands: %d with a goal of their own, %d without any", commands, own, none)
}

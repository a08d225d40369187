package task

import (
	"os"
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/lint"
	"k8sbot/glossary/zipped"
)

func embedded(t testing.TB) (*glossary.Glossary, *Index) {
	t.Helper()
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	_, tasks := Split(g.All())
	return g, New(tasks, true)
}

// TestZipped checks that the texts that the binary embeds are those of the files.
func TestZipped(t *testing.T) {
	for file, data := range map[string]string{"words.tsv": wordsData, "phrases.tsv": phrasesData} {
		if text, err := os.ReadFile(file); err != nil || string(text) != zipped.Text(data) {
			t.Errorf("%s.gz is out of date: run go generate ./glossary/search/task (%v)", file, err)
		}
	}
}

// TestFill checks the first command of a task after the names in a question were inserted.
func TestFill(t *testing.T) {
	g, _ := embedded(t)
	for _, tt := range []struct{ task, question, want string }{
		{"restart-deployment", "how do I restart a deployment", "kubectl rollout restart deployment/NAME -n NS"},
		{"restart-deployment", "restart deployment web in shop", "kubectl rollout restart deployment/web -n shop"},
		{"restart-deployment", "restart deploy/web -n shop", "kubectl rollout restart deployment/web -n shop"},
		{"restart-deployment", "restart statefulset db in prod", "kubectl rollout restart statefulset/db -n prod"},
		{"restart-deployment", "shopのwebを再起動したい", "kubectl rollout restart deployment/web -n shop"},
		{"restart-deployment", "デプロイメントwebを再起動したい", "kubectl rollout restart deployment/web"},
		{"restart-deployment", "restart deployment Web_App", "kubectl rollout restart deployment/NAME -n NS"},
		{"restart-deployment", "restart deployment $(reboot)", "kubectl rollout restart deployment/NAME -n NS"},
		{"restart-deployment", "restart deployment web;reboot", "kubectl rollout restart deployment/web"},
		{"restart-deployment", "restart deployment without downtime", "kubectl rollout restart deployment/NAME -n NS"},
		{"scale-deployment", "scale web to 5", "kubectl scale deployment/web --replicas=5"},
		{"scale-deployment", "webを3つに増やして", "kubectl scale deployment/web --replicas=3"},
		{"roll-back-deployment", "rollback deployment web", "kubectl rollout undo deployment/web"},
		{"drain-node", "drain node worker-1", "kubectl drain worker-1 --ignore-daemonsets --delete-emptydir-data"},
		{"drain-node", "how to drain a node safely", "kubectl drain NODE --ignore-daemonsets --delete-emptydir-data"},
		{"shell-in-pod", "exec into web-7d9f5-x2x4z -n shop", "kubectl exec -it web-7d9f5-x2x4z -n shop -- sh"},
		{"port-forward", "port forward svc/web 8080:80", "kubectl port-forward service/web 8080:80"},
		{"set-image", "set image nginx:1.27 on deployment web", "kubectl set image deployment/web CONTAINER=nginx:1.27"},
		{"delete-pod", "delete pod web-1 in shop", "kubectl delete pod web-1 -n shop"},
		{"list-nodes", "show me the nodes", "kubectl get nodes -o wide"},
	} {
		term, ok := g.Term(tt.task)
		if !ok {
			t.Fatalf("there is no task %q", tt.task)
		}
		if got := Fill(term, tt.question)[0].Run; got != tt.want {
			t.Errorf("Fill(%s, %q) = %q, want %q", tt.task, tt.question, got, tt.want)
		}
	}
}

// TestOrdinaryNames checks that an ordinary word without a kind is not taken for an object of the cluster.
func TestOrdinaryNames(t *testing.T) {
	_, x := embedded(t)
	for question, want := range map[string]bool{
		"restart chrome": false, "excelのメモリを減らしたい": false, "delete word": false,
		"restart deployment web": true, "restart web-api": true, "webのpodを再起動したい": true,
	} {
		if r := x.Find(asked(question), func() bool { return false }); len(r.Tasks) == 0 || r.IsSure() != want {
			t.Errorf("Find(%q) = %v, sure: %v, want %v", question, r.Tasks, r.IsSure(), want)
		}
	}
}

// TestIntent checks which texts are requests for a task.
func TestIntent(t *testing.T) {
	for text, want := range map[string]intent{
		"how do I restart a deployment":        explicit,
		"スケールアウトしたい":                           explicit,
		"namespaceつくって":                        implicit,
		"pvcとpvって":                             other,
		"does a configmap update restart pods": other,
		"kubeconfigはどこにある?":                    other,
		"podの中に入りたい":                           explicit,
		"restart the deployment":               implicit,
		"ノードのラベルを確認":                           implicit,
		"logs of a dead container":             plain,
		"what is a Deployment":                 other,
		"Deployment":                           other,
		"why does my pod restart":              other,
		"podが再起動する":                            other,
		"how to fix CrashLoopBackOff":          other,
		"RBACについて教えてください":                      other,
		"RBACを教えて":                             other,
		"Podを再起動する方法を教えて":                      explicit,
		"how do I use a configmap":             other,
		"make a disk bigger":                   implicit,
		"keep new pods off a node":             implicit,
		"keep getting errors from my pod":      other,
		"whats our cluster version":            implicit,
		"what do I type to see the nodes":      explicit,
		"podのipってどこで調べるの":                      explicit,
		"オートスケールが上限に張り付いている":                   other,
	} {
		r := read(text)
		if got := r.intent(false); got != want {
			t.Errorf("intent of %q: got %d, want %d", text, got, want)
		}
	}
}

// TestPhrasesApart checks that a phrase is found whose parts have other words between them.
func TestPhrasesApart(t *testing.T) {
	for text, want := range map[string]string{
		"turn the app off":                        "stop workload",
		"switch off the app":                      "stop workload",
		"turn off and on":                         "restart",
		"turn a very long list of the pods off":   "=long =off =turn =very list pod",
		"let a colleague look at the pods":        "grant pod see",
		"put the certificate into a secret":       "certificate create csr secret",
		"roll the deployment back to version two": "=two deployment rollback to version",
	} {
		if got := strings.Join(words().read(text), " "); got != want {
			t.Errorf("read(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestComplains checks which texts say that something does not work.
func TestComplains(t *testing.T) {
	for text, want := range map[string]bool{
		"my pod keeps restarting": true, "the pod dies again and again": true, "GPUのpodがスケジュールされない": true, "イメージが落とせない": true,
		"what is a pod": false, "CoreDNSが落ちるとどうなりますか": false, "what happens when a probe failed": false, "agent that runs on each machine": false,
	} {
		if got, _ := asked(text).Complains(); got != want {
			t.Errorf("Complains(%q) = %t, want %t", text, got, want)
		}
	}
}

// TestTasksAreFound checks that a question that contains the name of a task finds the task.
func TestTasksAreFound(t *testing.T) {
	_, x := embedded(t)
	found := 0
	for _, task := range x.ranker().tasks {
		r := x.Find(asked("how do I "+strings.ToLower(task.Name.EN[:1])+task.Name.EN[1:]), func() bool { return false })
		if slices.ContainsFunc(r.Tasks, func(m Match) bool { return m.Term == task }) {
			found++
		}
	}
	if n := len(x.ranker().tasks); n < 100 || found < n*95/100 {
		t.Errorf("%d of %d tasks are found by their names, want at least 95 %% of at least 100", found, n)
	}
}

// FuzzFill checks that no text with a special meaning to a shell is inserted into a command.
func FuzzFill(f *testing.F) {
	g, _ := embedded(f)
	for _, s := range []string{"restart deployment web in shop", "deploy/$(x) -n `y`", "webのpodを消したい", "pod ';rm -rf /' in a|b", "\xff-n a=b:c"} {
		f.Add(s)
	}
	_, tasks := Split(g.All())
	f.Fuzz(func(t *testing.T, question string) {
		for _, term := range tasks[:min(20, len(tasks))] {
			for i, a := range Fill(term, question) {
				before, file, err := lint.SplitPipeline(term.Do[i].Run)
				if err != nil {
					t.Fatal(err)
				}
				after, fileAfter, err := lint.SplitPipeline(a.Run)
				if err != nil || len(before) != len(after) || (file == "") != (fileAfter == "") {
					t.Fatalf("Fill(%q) = %q: %v", question, a.Run, err)
				}
			}
		}
	})
}

func asked(question string) *Question {
	q := NewQuestion(question)
	return &q
}

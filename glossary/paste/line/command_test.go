package line

import (
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary/paste/observe"
)

// TestRunsProgram checks that a line after a prompt is a command wherever the name of the program
// begins and ends.
func TestRunsProgram(t *testing.T) {
	for _, text := range []string{"$ kubectl get pods", "$kubectl get pods", "[a@b ~]# /usr/bin/kubectl get pods", "PS C:\\> kubectl.exe get pods", `$ "kubectl" get pods`, "$ 'ku'bectl get pods", "% sudo k get pods", "❯ KUBECONFIG=a kubectl get pods", "➜  ~ k get pods"} {
		if c := Command(text); c == nil || c.Program != "kubectl" {
			t.Errorf("Command(%q) = %+v, want a command of kubectl", text, c)
		}
	}
	for _, text := range []string{"$ kubectls get pods", "$ ls -l", "100% of kubectl-x", "# a comment", ""} {
		if c := Command(text); c != nil {
			t.Errorf("Command(%q) = %+v, want none", text, c)
		}
	}
}

// TestObject checks the object of a command, with words of a person after it.
func TestObject(t *testing.T) {
	web := observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}
	for text, want := range map[string]observe.Object{
		"kubectl get pod web-1 -n shop":            web,
		"kubectl get pod web-1 -n shop の結果です":      web,
		"kubectl get pod web-1 -n shopの結果です":       web,
		"kubectl get pod web-1 -n shop` and got":   web,
		"$ kubectl get pod web-1 -l a='あ' -n shop": web,
		"***kubectl get pod web-1 -n shop***":      web,
		"# **kubectl get pod web-1 -n shop**":      web,
		"kubectl cp shop/web-1:/tmp/a ./a":         web,
		"kubectl cp ./a web-1:/tmp/a -n shop":      web,
		"kubectl cp ./a ./b -n shop":               {Namespace: "shop"},
		"kubectl を実行しました":                          {},
	} {
		var got observe.Object
		if c := Command(text); c != nil {
			got = c.Object
		}
		if got != want {
			t.Errorf("Command(%q) is about %+v, want %+v", text, got, want)
		}
	}
}

// TestShellWords checks that quotes do not change how the other words are split.
func TestShellWords(t *testing.T) {
	for text, want := range map[string][]string{
		"": {}, "  ": {}, " a  b ": {"a", "b"}, `a "b c" d`: {"a", "b c", "d"}, `a='b c'`: {"a=b c"}, `a "" b`: {"a", "", "b"},
		strings.Repeat("a ", 100):   slices.Repeat([]string{"a"}, 65),
		strings.Repeat(`"a" `, 100): slices.Repeat([]string{"a"}, 65),
	} {
		if got := shellWords(text); !slices.Equal(got, want) {
			t.Errorf("shellWords(%q) = %q, want %q", text, got, want)
		}
	}
}

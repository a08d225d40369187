package kubetest

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/kubectl/pkg/cmd"

	"k8sbot/glossary"
	"k8sbot/glossary/lint"
)

// TestCommandsParse parses each distinct command in the terms and in the comparisons with
// kubectl's own commands and flags.
func TestCommandsParse(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	termsOf := make(map[string][]string) // by command
	var commands []string
	add := func(run, where string) {
		if termsOf[run] == nil {
			commands = append(commands, run)
		}
		termsOf[run] = append(termsOf[run], where)
	}
	for _, term := range g.All() {
		all := slices.Concat(term.Checks, term.Try)
		for _, v := range term.Variants {
			all = append(all, v.Checks...)
		}
		for _, c := range all {
			add(c.Run, term.ID)
		}
		for _, a := range term.Do {
			add(a.Run, term.ID)
		}
	}
	for _, pair := range glossary.EmbeddedTables().Comparisons {
		for _, run := range pair.Commands() {
			add(run, strings.Join(pair.Terms, " and "))
		}
	}
	if len(commands) == 0 {
		t.Fatal("the terms have no commands")
	}
	for _, run := range commands {
		t.Run(run, func(t *testing.T) {
			if err := checkCommand(run); err != nil {
				t.Errorf("command in %s: %v", strings.Join(termsOf[run], ", "), err)
			}
		})
	}
}

func TestCommandsThatDoNotParse(t *testing.T) {
	for _, run := range []string{
		"kubectl gte pods",
		"kubectl get pods --namespce NS",
		"kubectl events --for",
		"kubectl rollout histroy deployment/NAME",
	} {
		if checkCommand(run) == nil {
			t.Errorf("%q: got no error, want one", run)
		}
	}
}

// TestVersion checks that go.mod requires the kubectl of the Kubernetes release that
// the terms were checked against. The module's version v0.36.x is Kubernetes v1.36.
func TestVersion(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	minor := regexp.MustCompile(`\sk8s\.io/kubectl v0\.(\d+)\.`).FindSubmatch(mod)
	if minor == nil {
		t.Fatal("go.mod does not require k8s.io/kubectl v0.…")
	}
	if got := "v1." + string(minor[1]); got != glossary.KubernetesVersion {
		t.Errorf("go.mod requires the kubectl of Kubernetes %s, want %s as for the terms", got, glossary.KubernetesVersion)
	}
}

// checkCommand returns the error with which kubectl would reject a command, or one command of
// a pipeline, before connecting to the cluster.
func checkCommand(run string) error {
	commands, _, err := lint.SplitPipeline(run)
	if err != nil {
		return err
	}
	for _, words := range commands {
		if at := slices.Index(words, "kubectl"); at >= 0 {
			if err := checkWords(run, words[at:]); err != nil {
				return err
			}
		}
	}
	return nil
}

// numbers replaces the placeholders that kubectl parses as numbers.
var numbers = strings.NewReplacer("REPLICAS", "3", "REVISION", "3", "MIN", "1", "MAX", "3")

func checkWords(run string, words []string) error {
	words = slices.DeleteFunc(words, func(w string) bool { return strings.HasPrefix(w, "-v=") }) // kubectl's main function adds -v
	for i, w := range words {
		words[i] = numbers.Replace(w)
	}
	root := cmd.NewKubectlCommand(cmd.KubectlOptions{
		IOStreams: genericiooptions.IOStreams{Out: io.Discard, ErrOut: io.Discard},
	})
	command, args, err := root.Find(words[1:])
	if err != nil {
		return err
	}
	if err := command.ParseFlags(args); err != nil {
		return err
	}
	if command == root || command.HasSubCommands() && command.Flags().NArg() > 0 {
		return fmt.Errorf("kubectl has no command %q", run)
	}
	return nil
}

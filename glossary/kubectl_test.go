package glossary_test

import (
	"fmt"
	"io"
	"testing"

	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/kubectl/pkg/cmd"

	"k8sbot/glossary"
	"k8sbot/glossary/lint"
)

// TestCommandsParse parses every command of every term with kubectl's own
// commands and flags.
func TestCommandsParse(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range g.All() {
		for _, list := range [][]glossary.Command{term.Checks, term.Try} {
			for _, c := range list {
				t.Run(term.ID+"/"+c.Run, func(t *testing.T) {
					if err := parsesAsKubectl(c.Run); err != nil {
						t.Error(err)
					}
				})
			}
		}
	}
}

func TestCommandsThatDoNotParse(t *testing.T) {
	for _, run := range []string{
		"kubectl gte pods",
		"kubectl get pods --namespce NS",
		"kubectl events --for",
		"kubectl rollout histroy deployment/NAME",
	} {
		if parsesAsKubectl(run) == nil {
			t.Errorf("%q parses: the test does not see mistakes", run)
		}
	}
}

// parsesAsKubectl tells why kubectl would refuse a command before it asks the
// cluster.
func parsesAsKubectl(run string) error {
	words, err := lint.SplitCommand(run)
	if err != nil {
		return err
	}
	root := cmd.NewKubectlCommand(cmd.KubectlOptions{
		IOStreams: genericiooptions.IOStreams{Out: io.Discard, ErrOut: io.Discard},
	})
	found, args, err := root.Find(words[1:])
	if err != nil {
		return err
	}
	if err := found.ParseFlags(args); err != nil {
		return err
	}
	if found == root || found.HasSubCommands() && found.Flags().NArg() > 0 {
		return fmt.Errorf("kubectl has no command %q", run)
	}
	return nil
}

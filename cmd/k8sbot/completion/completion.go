// Package completion defines the command that prints completion scripts. It adds to cobra's script
// for bash the functions that some systems lack.
package completion

import (
	"io"

	"github.com/spf13/cobra"

	"k8sbot/cmd/k8sbot/option"
)

// bashFallback defines those functions of the package bash-completion that cobra's script calls.
// They are needed on systems without the package, such as macOS and small images.
const bashFallback = `
if ! declare -F _get_comp_words_by_ref >/dev/null; then
    __k8sbot_init_completion()
    {
        COMPREPLY=()
        cur=${COMP_WORDS[COMP_CWORD]}
        prev=${COMP_WORDS[COMP_CWORD-1]}
        words=("${COMP_WORDS[@]}")
        cword=$COMP_CWORD
    }
fi
if ! declare -F _filedir >/dev/null; then
    _filedir()
    {
        local IFS=$'\n'
        COMPREPLY=($(compgen "${1:--f}" -- "$cur"))
        compopt -o filenames 2>/dev/null
    }
fi
`

// Define adds the completion command to root. The command calls run unless a shell is given, and
// its script for bash ends with bashFallback. The output of root must be set.
func Define(root *cobra.Command, run func(*cobra.Command, []string) error) {
	root.InitDefaultCompletionCmd()
	all, _, err := root.Find([]string{"completion"})
	option.Must(err)
	all.Args, all.RunE = cobra.ArbitraryArgs, run
	bash, _, err := root.Find([]string{"completion", "bash"})
	option.Must(err)
	script := bash.RunE
	bash.RunE = func(c *cobra.Command, args []string) error {
		if err := script(c, args); err != nil {
			return err
		}
		_, err := io.WriteString(c.OutOrStdout(), bashFallback)
		return err
	}
}

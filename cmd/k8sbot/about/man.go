package about

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// WriteMan writes a man page about all commands, using the man macros
// (https://man7.org/linux/man-pages/man7/groff_man.7.html). cobra/doc is not used because it
// writes one page for each command, leaves out the settings, and needs a Markdown parser.
func WriteMan(w io.Writer, root *cobra.Command, version, kubernetes string) error {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH K8SBOT 1 \"\" \"k8sbot %s\" \"Kubernetes %s\"\n", roff(version), roff(kubernetes))
	b.WriteString(".SH NAME\nk8sbot \\- explain Kubernetes terms\n.SH SYNOPSIS\n.B " + roff(root.CommandPath()) + "\n[\\fICOMMAND\\fR] [\\fIARGUMENTS\\fR]\n.SH DESCRIPTION\n")
	b.WriteString(roff(Text) + "\n.SH COMMANDS\n")
	manCommands(&b, root)
	b.WriteString(".SH ENVIRONMENT\nTo read the variable NAME from a file, set NAME_FILE to the path of the file.\n")
	for _, s := range Settings {
		fmt.Fprintf(&b, ".TP\n.B %s\n%s%s\n", roff(s.Name), roff(s.About), roff(s.defaultNote()))
	}
	b.WriteString(".TP\n.B NO_COLOR\nIf this is set, print no colors\n.TP\n.B CLICOLOR_FORCE\nIf this is set and not 0, print colors even if standard output is not a terminal\n")
	b.WriteString(".SH EXIT STATUS\n" + roff(ExitStatus) + "\n.SH EXAMPLES\n.nf\n" + roff(root.Example) + "\n.fi\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// manCommands writes the commands below c that can be run.
func manCommands(b *strings.Builder, c *cobra.Command) {
	for _, sub := range c.Commands() {
		if !sub.IsAvailableCommand() || sub.Name() == "help" {
			continue
		}
		if sub.HasSubCommands() {
			manCommands(b, sub)
			continue
		}
		text := sub.Long
		if text == "" || sub.Name() == "serve" || sub.Parent().Name() == "completion" {
			text = sub.Short // the rest is in another section, or about one shell
		}
		fmt.Fprintf(b, ".SS %s\n%s\n", roff(strings.TrimSuffix(sub.UseLine(), " [flags]")), roff(text))
		flag := func(f *pflag.Flag) {
			if f.Name == "help" || f.Hidden {
				return
			}
			kind, usage := pflag.UnquoteUsage(f)
			fmt.Fprintf(b, ".TP\n.BI \\-\\-%s \" %s\"\n%s\n", roff(f.Name), roff(kind), roff(usage))
		}
		sub.LocalFlags().VisitAll(flag)
		sub.InheritedFlags().VisitAll(flag)
	}
}

// roff escapes text for troff: backslashes, hyphens, double quotes, and dots and single quotes at
// the beginning of a line.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\"", `\(dq`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

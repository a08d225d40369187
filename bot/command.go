package bot

import (
	"strings"

	"k8sbot/bot/command"
)

// The names of the commands, for [Request.Command].
const (
	TermCommand     = command.Term
	ExplainCommand  = command.Explain
	ListCommand     = command.List
	HelpCommand     = command.Help
	LangCommand     = command.Lang
	DailyCommand    = command.Daily
	ReviewCommand   = command.Review
	SettingsCommand = command.Settings
)

// CommandOf returns the name of the command that the given text invokes. Adapters use CommandOf to
// find out whether to show a form instead of an answer.
func CommandOf(text string) string {
	cmd, _ := command.Parse(strings.TrimSpace(text))
	return cmd.Name
}

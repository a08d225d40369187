package console

import (
	"strings"

	"k8sbot/bot"
	"k8sbot/bot/command"
)

// maxCompletions is the maximum number of completions that are listed.
const maxCompletions = 12

// completions returns the messages that complete what the person has typed. A message is a command
// or the name of a term. If some of the messages begin with the typed text, completions returns
// only those.
func completions(typed string, terms []bot.Completion) []string {
	if strings.TrimSpace(typed) == "" {
		return nil
	}
	var beginning, other []string
	add := func(s string) {
		if len(s) >= len(typed) && strings.EqualFold(s[:len(typed)], typed) {
			beginning = append(beginning, s)
		} else {
			other = append(other, s)
		}
	}
	for _, cmd := range command.All() {
		if name := cmd.Name + " "; !cmd.Team && strings.HasPrefix(name, strings.ToLower(typed)) {
			add(name)
		}
	}
	for _, t := range terms {
		add(t.Name)
	}
	if len(beginning) > 0 {
		return beginning
	}
	return other
}

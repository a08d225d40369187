package lint

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/template"
)

var capitals = lazyregexp.New(`[A-Z]{2,}`)

// checkCommand returns an error if a term may not show the command. It checks the verb and the
// placeholders; a test parses each command with kubectl's own flags. In a team's terms, it
// accepts commands of other programs without checking them.
func checkCommand(run string, team bool) error {
	if run == "" {
		return errors.New("is missing: write a command")
	}
	if n := utf8.RuneCountInString(run); n > maxRun {
		return fmt.Errorf("has %d characters, but the limit is %d: shorten it", n, maxRun)
	}
	words, err := SplitCommand(run)
	if err != nil {
		return err
	}
	if team && words[0] != "kubectl" {
		return checkProgram(words[0])
	}
	if words[0] != "kubectl" || len(words) < 2 {
		return fmt.Errorf("%q is not a kubectl command: write one that starts with kubectl", run)
	}
	subs, ok := readOnly[words[1]]
	if !ok && team && !isVerb(words[1]) {
		return nil // a plugin of the team
	}
	if !ok {
		return fmt.Errorf("kubectl %s is not on the list of read-only commands: use one of %s", words[1], strings.Join(verbs(), ", "))
	}
	if subs != nil && (len(words) < 3 || !slices.Contains(subs, words[2])) {
		return fmt.Errorf("kubectl %s needs a read-only subcommand: use one of %s", words[1], strings.Join(subs, ", "))
	}
	for _, w := range words[1:] {
		if strings.Contains(w, "custom-columns") {
			return errors.New("the column headers of custom-columns look like placeholders: use -o jsonpath or -o wide")
		}
		for _, c := range capitals.FindAllString(w, -1) {
			if template.Placeholders[c] == nil && !strings.Contains(w, "{") {
				return fmt.Errorf("unknown placeholder %s: use one of %s", c, strings.Join(template.PlaceholderNames(), ", "))
			}
		}
	}
	return nil
}

// SplitCommand splits a command into words as a shell does: at spaces, except within quotes. It
// returns an error if the command is empty, or contains an unclosed quote or characters that
// are special to a shell.
func SplitCommand(run string) ([]string, error) {
	var words []string
	var word strings.Builder
	var quote rune
	inWord := false
	for _, r := range run {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == '\'' || quote == '"' && !strings.ContainsRune("$`\\", r):
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == ' ':
			if inWord {
				words = append(words, word.String())
				word.Reset()
			}
			inWord = false
		case strings.ContainsRune("|&;<>()$`\\\"*?[]{}~!#\n\t", r):
			return nil, fmt.Errorf("%q in %q is special to a shell: remove it, or put the word in single quotes", string(r), run)
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("unclosed quote %q in %q: close it", string(quote), run)
	}
	if inWord {
		words = append(words, word.String())
	}
	if len(words) == 0 {
		return nil, errors.New("is empty: write a kubectl command")
	}
	return words, nil
}

func ruleCommands(_ *linter, s *subject) {
	checkCommands(s, "checks", s.term.Checks, maxChecks)
	checkCommands(s, "try", s.term.Try, maxTry)
}

// checkCommands checks a list of commands with their notes and goals.
func checkCommands(s *subject, field string, commands []glossary.Command, limit int) {
	if len(commands) > limit {
		s.reportAt(field, "has %d commands, but the limit is %d: keep the most useful ones", len(commands), limit)
	}
	for i, c := range commands {
		at := indexed(field, i)
		if err := checkCommand(c.Run, s.team); err != nil {
			s.reportAt(at+".run", "%v", err)
		}
		if note := (glossary.Text{EN: c.EN, JA: c.JA}); !s.team || !note.IsZero() {
			checkSentences(s, at, note, 1, 1, maxNoteEN, maxNoteJA)
		}
		if !c.Heading.IsZero() {
			checkHeading(s, at+".goal", c.Heading)
		}
	}
}

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

const (
	maxActions  = 4
	maxTaskRun  = 160
	maxWatchOut = 3
)

// ruleTask reports tasks without commands, and other terms with fields that only tasks may
// have.
func ruleTask(_ *linter, s *subject) {
	t := s.term
	if !t.IsTask() {
		if t.Category == glossary.TaskCategory {
			s.reportAt("layers", "a term of the category %s needs the kind %q: add it, or move the file", glossary.TaskCategory, glossary.Task)
		}
		if len(t.Do) > 0 {
			s.reportAt("do", "is only for the kind %q: move read-only commands to checks or try", glossary.Task)
		}
		if !t.WatchOut.IsZero() {
			s.reportAt("watch_out", "is only for the kind %q: write it in meaning", glossary.Task)
		}
		return
	}
	if t.Category != glossary.TaskCategory || len(t.Usages) > 1 {
		s.reportAt("layers", "a task cannot have another category or kind: move it to terms/%s, or delete the kind %q", glossary.TaskCategory, glossary.Task)
	}
	if t.IsStatus() || len(t.Checks)+len(t.Try) > 0 {
		s.reportAt("do", "a task cannot have a severity, checks or try: write its commands in do")
	}
	if n := len(t.Do); n == 0 || n > maxActions {
		s.reportAt("do", "has %d commands, want 1 to %d: write what to type, in order", n, maxActions)
	}
	for i, a := range t.Do {
		at := indexed("do", i)
		if err := checkAction(a, s.team); err != nil {
			s.reportAt(at+".run", "%v", err)
		}
		checkSentences(s, at, glossary.Text{EN: a.EN, JA: a.JA}, 1, 1, maxNoteEN, maxNoteJA)
	}
	checkSentences(s, "watch_out", t.WatchOut, 1, maxWatchOut, maxNoteEN, maxNoteJA)
}

// filters are the programs, besides kubectl, that may read the output of a command.
var filters = []string{"base64", "grep", "head", "sort", "tail", "uniq", "wc", "xargs"}

var taskCapitals = lazyregexp.New(`\b[A-Z]{2,}\b`)

// checkAction returns an error if a task may not contain the command, or if the command does
// more than its effect says.
func checkAction(a glossary.Action, team bool) error {
	if a.Run == "" {
		return errors.New("is missing: write a kubectl command")
	}
	if a.Effect == "" {
		return fmt.Errorf("%q has no effect: write one of %s", a.Run, strings.Join(a.Effect.Values(), ", "))
	}
	if n := utf8.RuneCountInString(a.Run); n > maxTaskRun {
		return fmt.Errorf("has %d characters, but the limit is %d: shorten it", n, maxTaskRun)
	}
	commands, file, err := SplitPipeline(a.Run)
	if err != nil {
		return err
	}
	least := glossary.Reads
	if file != "" {
		least = glossary.Local
	}
	for i, words := range commands {
		if slices.Contains(filters, words[0]) && i > 0 {
			if words[0] != "xargs" {
				continue
			}
			words = words[max(0, slices.Index(words, "kubectl")):]
		}
		if team && words[0] != "kubectl" {
			if err := checkProgram(words[0]); err != nil {
				return err
			}
			continue // trust the team about what its program does
		}
		effect, err := leastEffect(words)
		if err != nil {
			return err
		}
		least = worse(least, effect)
	}
	if worse(a.Effect, least) != a.Effect {
		return fmt.Errorf("%q is marked as %q, but it %s", a.Run, a.Effect, effectPhrases[least])
	}
	for _, words := range commands {
		for _, w := range words {
			for _, c := range taskCapitals.FindAllString(w, -1) {
				if !(team && words[0] != "kubectl") && template.Placeholders[c] == nil && !slices.Contains(template.TaskPlaceholders, c) && !strings.Contains(w, "{") {
					return fmt.Errorf("unknown placeholder %s: use one of %s", c, strings.Join(append(template.PlaceholderNames(), template.TaskPlaceholders...), ", "))
				}
			}
		}
	}
	return nil
}

var effectPhrases = map[glossary.Effect]string{
	glossary.Local: "writes a file or the kubeconfig", glossary.Changes: "changes the cluster", glossary.Deletes: "deletes something",
}

// leastEffect returns the minimum effect of a command. It returns an error if a task
// may not contain the command.
func leastEffect(words []string) (glossary.Effect, error) {
	if effect, ok := otherEffect(words); ok {
		if effect == glossary.Changes && slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, "--dry-run") }) {
			return glossary.Reads, nil
		}
		return effect, nil
	}
	if words[0] != "kubectl" || len(words) < 2 {
		return "", fmt.Errorf("%q is not a kubectl command: write one that starts with kubectl, add it to otherEffects, or pipe its output to one of %s", strings.Join(words, " "), strings.Join(filters, ", "))
	}
	verb, both := words[1], strings.Join(words[1:min(len(words), 3)], " ")
	if subs, ok := readOnly[verb]; ok && (subs == nil || len(words) > 2 && slices.Contains(subs, words[2])) {
		return glossary.Reads, nil
	}
	effect, ok := leastEffects[both]
	if !ok {
		effect, ok = leastEffects[verb]
	}
	has := func(flag string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return w == flag || strings.HasPrefix(w, flag+"=") })
	}
	switch {
	case !ok:
		return "", fmt.Errorf("a task may not run kubectl %s: use another command, or add it to leastEffects in lint/tasks.go", both)
	case has("--dry-run"), verb == "set" && has("--list"):
		return glossary.Reads, nil
	case verb == "replace" && has("--force"):
		return glossary.Deletes, nil
	}
	return effect, nil
}

// worse returns the more far-reaching of two effects.
func worse(a, b glossary.Effect) glossary.Effect {
	order := glossary.Reads.Values()
	if slices.Index(order, string(a)) < slices.Index(order, string(b)) {
		return b
	}
	return a
}

// SplitPipeline splits a pipeline into its commands, and each command into words as
// [SplitCommand] does. It also returns the file to which the output is written, or "".
func SplitPipeline(run string) (commands [][]string, file string, err error) {
	quote, start := rune(0), 0
	var parts []string
	for i, r := range run {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '\'' || r == '"':
			quote = r
		case r == '|' || r == '>':
			parts = append(parts, run[start:i])
			start = i + 1
			if r == '>' {
				file = strings.TrimSpace(run[start:])
				start = len(run)
			}
		}
		if file != "" {
			break
		}
	}
	if file == "" {
		parts = append(parts, run[start:])
	} else if words, err := SplitCommand(file); err != nil || len(words) != 1 {
		return nil, "", fmt.Errorf("%q is not the name of a file: write one word after >", file)
	}
	for _, part := range parts {
		words, err := SplitCommand(part)
		if err != nil {
			return nil, "", err
		}
		commands = append(commands, words)
	}
	return commands, file, nil
}

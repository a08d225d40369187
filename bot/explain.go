package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"k8sbot/glossary"
)

const (
	// maxExplained is the number of words of a paste that are explained; the
	// others are named.
	maxExplained = 6
	// maxObjects is the number of objects that are named with a word.
	maxObjects = 5
	// maxOthers is the number of further words that are offered as choices.
	maxOthers = 5
)

// runExplain explains what somebody pasted. A single word is a term.
func runExplain(c *call, ctx context.Context, text string) Reply {
	if !strings.Contains(text, "\n") && !glossary.LooksLikeOutput(text) {
		if found := c.glossary.Search(text, 1); text == "" || len(found) > 0 && found[0].Score >= glossary.Sure {
			return runTerm(c, ctx, text)
		}
	}
	if r, ok := c.explainPaste(text); ok {
		return r
	}
	if !strings.Contains(text, "\n") && !tooLong(text) {
		return runTerm(c, ctx, text)
	}
	r := c.miss(text)
	r.Blocks[0] = Paragraph{Text: c.w.nothingInPaste}
	return r
}

// explainPaste explains the known words of a text, the serious ones first, and
// reports false where there are none.
func (c *call) explainPaste(text string) (Reply, bool) {
	findings := c.glossary.Scan(text)
	if len(findings) == 0 {
		return Reply{}, false
	}
	r := Reply{Kind: KindExplain}
	for _, f := range findings {
		r.Matches = append(r.Matches, Match{
			Match:   glossary.Match{Term: f.Term, Score: 1, How: glossary.Scanned},
			Objects: f.Objects,
		})
	}
	// What is as it should be needs no words beside what is not.
	n := min(len(findings), maxExplained)
	if calm := slices.IndexFunc(findings, isCalm); calm > 0 {
		n = min(n, calm)
	}
	for _, f := range findings[:n] {
		r.Blocks = append(r.Blocks, c.finding(f))
		r.Choices = append(r.Choices, choice(f.Term.DisplayName(c.lang), actTerm, f.Term.ID))
	}
	var others []string
	for i, f := range findings[n:] {
		others = append(others, f.Term.DisplayName(c.lang))
		if i < maxOthers {
			r.Choices = append(r.Choices, choice(f.Term.DisplayName(c.lang), actTerm, f.Term.ID))
		}
	}
	if len(others) > 0 {
		r.Blocks = append(r.Blocks, Note{c.w.alsoFound + strings.Join(others, c.w.comma)})
	}
	return r, true
}

// isCalm reports whether a finding is nothing to act upon.
func isCalm(f glossary.Finding) bool { return f.Term.Severity.Rank() >= glossary.Normal.Rank() }

// finding explains one word of a paste, with the commands to run next.
func (c *call) finding(f glossary.Finding) Entry {
	e := c.entry(f.Term)
	for i, o := range f.Objects {
		if i == maxObjects {
			e.Objects = append(e.Objects, c.w.moreObjects(len(f.Objects)-maxObjects))
			break
		}
		e.Objects = append(e.Objects, o.String())
	}
	var object glossary.Object
	if len(f.Objects) > 0 {
		object = f.Objects[0]
	}
	commands := f.Term.Checks
	if len(commands) == 0 && f.Term.IsStatus() {
		commands = f.Term.Try
	}
	for _, cmd := range commands[:min(len(commands), maxFirstSteps)] {
		e.Commands = append(e.Commands, Step{Run: fill(cmd.Run, object), Note: cmd.Note(c.lang)})
	}
	return e
}

var placeholder = regexp.MustCompile(`\b[A-Z]+\b`)

// fill puts an object's names into a command. The names are of the form that
// Kubernetes allows, which means nothing to a shell: see [glossary.Object].
func fill(run string, o glossary.Object) string {
	return placeholder.ReplaceAllStringFunc(run, func(word string) string {
		value := ""
		switch word {
		case "POD":
			value = nameIf(o, "pod")
		case "NODE":
			value = nameIf(o, "node")
		case "NS":
			value = o.Namespace
		case "CONTAINER":
			value = o.Container
		case "NAME":
			if o.Kind != "" && strings.Contains(run, " "+o.Kind) {
				value = o.Name
			}
		}
		if value == "" {
			return word
		}
		return value
	})
}

func nameIf(o glossary.Object, kind string) string {
	if o.Kind == kind {
		return o.Name
	}
	return ""
}

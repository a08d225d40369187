package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/paste"
	"k8sbot/glossary/search"
)

const (
	// maxGroups is the number of causes in a paste that are explained; further
	// ones are only named.
	maxGroups = 5
	// maxObjects is the number of objects that are named with a word.
	maxObjects = 5
	// maxNamed is the number of words that are named and not explained.
	maxNamed = 8
)

// runExplain explains what somebody pasted. A single word is a term.
func runExplain(c *call, ctx context.Context, text string) Reply {
	if !strings.Contains(text, "\n") && !paste.LooksLikeOutput(text) {
		if found := c.index.Search(text, 1); text == "" || len(found) > 0 && found[0].Score >= search.AnswerThreshold {
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
	findings := c.diagnose.Scan(text)
	if len(findings) == 0 {
		return Reply{}, false
	}
	r := Reply{Kind: KindExplain}
	// What is as it should be is no news beside what is not.
	if serious := slices.IndexFunc(findings, isCalm); serious > 0 {
		findings = findings[:serious]
	} else if serious == 0 {
		r.Blocks = append(r.Blocks, Paragraph{Text: c.w.nothingWrong})
	}
	var rest []string
	for i, g := range c.group(findings) {
		for _, f := range g {
			r.Matches = append(r.Matches, Match{
				Match:   search.Match{Term: f.Term, Score: 1, How: search.Scanned},
				Objects: f.Objects,
			})
		}
		if i >= maxGroups {
			rest = append(rest, g[0].Term.DisplayName(c.lang))
			continue
		}
		r.Blocks = append(r.Blocks, c.finding(g))
		r.Choices = append(r.Choices, choice(g[0].Term.DisplayName(c.lang), actTerm, g[0].Term.ID))
	}
	if len(rest) > 0 {
		r.Blocks = append(r.Blocks, Note{c.w.alsoFound + c.names(rest)})
	}
	return r, true
}

// isCalm reports whether a finding is nothing to act upon.
func isCalm(f diagnose.Finding) bool { return f.Severity.Rank() >= glossary.Passing.Rank() }

// A group is what a paste says of one trouble: its cause first, as far as the
// paste tells it.
type group []diagnose.Finding

// group puts findings together that one cause explains: terms that are bound to
// one another and said of the same object. The groups are in the order of their
// first findings.
func (c *call) group(findings []diagnose.Finding) []group {
	var groups []group
next:
	for _, f := range findings {
		for i, g := range groups {
			for j, other := range g {
				bound, causes := c.bound(f.Term, other.Term)
				if !bound || !shareObject(f, other) {
					continue
				}
				if j == 0 && f.Severity == other.Severity && (causes || other.Term.HasLayer(glossary.ExitCode)) {
					groups[i] = slices.Insert(g, 0, f)
				} else {
					groups[i] = append(g, f)
				}
				continue next
			}
		}
		groups = append(groups, group{f})
	}
	return groups
}

// bound reports whether two terms have to do with each other, and whether a is the
// cause of b.
func (c *call) bound(a, b *glossary.Term) (bound, causes bool) {
	for _, r := range c.glossary.Related(a) {
		if r.Term == b {
			return true, r.Relation == glossary.CauseOf
		}
	}
	_, confused := c.glossary.Difference(a, b, c.lang)
	return confused, false
}

func shareObject(a, b diagnose.Finding) bool {
	if len(a.Objects) == 0 || len(b.Objects) == 0 {
		return len(a.Objects) == len(b.Objects)
	}
	return slices.ContainsFunc(a.Objects, func(o paste.Object) bool {
		return slices.ContainsFunc(b.Objects, func(other paste.Object) bool {
			return o.Kind == other.Kind && o.Name == other.Name && o.Namespace == other.Namespace
		})
	})
}

// finding explains one trouble of a paste, with the commands to run next.
func (c *call) finding(g group) Entry {
	f := g[0]
	e := c.entry(f.Term)
	e.Severity = f.Severity
	var others []string
	for _, other := range g[1:] {
		others = append(others, other.Term.DisplayName(c.lang))
	}
	if len(others) > 0 {
		e.Text = glossary.JoinSentences(c.lang, e.Text, c.w.togetherWith(c.names(others)))
	}
	for i, o := range f.Objects {
		if i == maxObjects {
			e.Objects = append(e.Objects, c.w.moreObjects(len(f.Objects)-maxObjects))
			break
		}
		e.Objects = append(e.Objects, o.String())
	}
	var object paste.Object
	if len(f.Objects) > 0 {
		object = f.Objects[0]
	}
	commands := f.Term.Checks
	if len(commands) == 0 && f.Severity != "" {
		commands = f.Term.Try
	}
	for _, cmd := range commands[:min(len(commands), maxFirstSteps)] {
		e.Commands = append(e.Commands, Step{Run: fill(cmd.Run, object), Note: cmd.Note(c.lang)})
	}
	return e
}

// names joins names, and tells how many are left out where there are too many.
func (c *call) names(names []string) string {
	if n := len(names) - maxNamed; n > 0 {
		names = append(slices.Clone(names[:maxNamed]), c.w.moreObjects(n))
	}
	return strings.Join(names, c.w.comma)
}

var placeholder = regexp.MustCompile(`\b[A-Z]+\b`)

// unknownPlace is what a command says of a namespace or a container that a paste
// does not tell: without it, kubectl takes those that the paste came from.
var unknownPlace = regexp.MustCompile(` (?:-n NS|-c CONTAINER)\b`)

// fill puts an object's names into a command. The names are of the form that
// Kubernetes allows, which means nothing to a shell: see [paste.Object].
func fill(run string, o paste.Object) string {
	filled := placeholder.ReplaceAllStringFunc(run, func(word string) string {
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
	if o.Kind == "pod" && o.Name != "" {
		return unknownPlace.ReplaceAllString(filled, "")
	}
	return filled
}

func nameIf(o paste.Object, kind string) string {
	if o.Kind == kind {
		return o.Name
	}
	return ""
}

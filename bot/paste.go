package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/paste"
	"k8sbot/glossary/search"
)

const (
	// maxGroups is how many problems of a paste are explained; further ones are only
	// named.
	maxGroups = 5
	// maxObjects is how many objects are named with a term.
	maxObjects = 5
	// maxNamed is how many terms are named without an explanation.
	maxNamed = 8
	// scanTimeout is how long a paste is read. It leaves time for the reply.
	scanTimeout = 1500 * time.Millisecond
)

// pasteReply explains the terms in a paste, the most serious first, and reports false
// if there are none.
func (c *exchange) pasteReply(ctx context.Context, text string) (reply.Reply, bool) {
	ctx, cancel := context.WithTimeout(ctx, scanTimeout)
	defer cancel()
	findings, read := c.diagnose.Scan(ctx, text)
	if read < len(text) {
		c.part.scanned, c.part.timedOut = read, true
	}
	if len(findings) == 0 {
		return reply.Reply{}, false
	}
	r := reply.Reply{Kind: reply.KindExplain}
	// Leave out healthy states if anything is wrong.
	if serious := slices.IndexFunc(findings, isCalm); serious > 0 {
		findings = findings[:serious]
	} else if serious == 0 && !c.part.exists() {
		r.Blocks = append(r.Blocks, reply.Paragraph{Text: c.texts.NothingWrong})
	}
	var rest []string
	for i, g := range c.group(findings) {
		for _, f := range g {
			r.Matches = append(r.Matches, reply.Match{
				Match:   search.Match{Term: f.Term, Score: 1, How: search.Scanned},
				Objects: f.Objects,
			})
		}
		if i >= maxGroups {
			rest = append(rest, g[0].Term.DisplayName(c.lang))
			continue
		}
		r.Blocks = append(r.Blocks, c.problem(g))
		r.Buttons = append(r.Buttons, reply.NewButton(g[0].Term.DisplayName(c.lang), reply.ShowTerm, g[0].Term.ID))
	}
	if len(rest) > 0 {
		r.Blocks = append(r.Blocks, reply.Note{Text: c.texts.AlsoFound + c.names(rest)})
	}
	return r, true
}

// isCalm reports whether a finding needs no action.
func isCalm(f diagnose.Finding) bool { return f.Severity.Rank() >= glossary.Transient.Rank() }

// A group is one problem in a paste, its cause first if the paste shows it.
type group []finding

// A finding is what was found of a term, with its objects as a set.
type finding struct {
	diagnose.Finding
	objects map[paste.Object]bool // without containers
}

func newFinding(f diagnose.Finding) finding {
	objects := make(map[paste.Object]bool, len(f.Objects))
	for _, o := range f.Objects {
		objects[o.Whole()] = true
	}
	return finding{f, objects}
}

// sharesObject reports whether both findings are about an object. Two that name none are
// about the same.
func (f finding) sharesObject(other finding) bool {
	if len(f.objects) == 0 || len(other.objects) == 0 {
		return len(f.objects) == len(other.objects)
	}
	if len(f.objects) > len(other.objects) {
		f, other = other, f
	}
	for o := range f.objects {
		if other.objects[o] {
			return true
		}
	}
	return false
}

// group groups findings that have the same cause: linked terms about the same object.
// Groups are in the order of their first findings.
func (c *exchange) group(findings []diagnose.Finding) []group {
	var groups []group
next:
	for _, found := range findings {
		f := newFinding(found)
		for i, g := range groups {
			for j, other := range g {
				bound, causes := c.linked(f.Term, other.Term)
				if !bound || !f.sharesObject(other) {
					continue
				}
				if j == 0 && f.Severity == other.Severity && (causes || other.Term.HasUsage(glossary.ExitCode)) {
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

// linked reports whether two terms are related, and whether a causes b.
func (c *exchange) linked(a, b *glossary.Term) (bound, causes bool) {
	for _, r := range c.glossary.Related(a) {
		if r.Term == b {
			return true, r.Relation == glossary.CauseOf
		}
	}
	_, confused := c.glossary.Difference(a, b, c.lang)
	return confused, false
}

// problem explains one problem in a paste, with the commands to run next.
func (c *exchange) problem(g group) reply.Entry {
	f := g[0]
	e := c.entry(f.Term)
	e.Severity = f.Severity
	var others []string
	for _, other := range g[1:] {
		others = append(others, other.Term.DisplayName(c.lang))
	}
	if len(others) > 0 {
		e.Text = glossary.JoinSentences(c.lang, e.Text, c.texts.TogetherWith(c.names(others)))
	}
	for i, o := range f.Objects {
		if i == maxObjects {
			e.Objects = append(e.Objects, c.texts.MoreObjects(len(f.Objects)-maxObjects))
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
		e.Commands = append(e.Commands, reply.Step{Run: fillPlaceholders(cmd.Run, object), Note: cmd.Note(c.lang)})
	}
	return e
}

// names joins names. If there are too many, it says how many it left out.
func (c *exchange) names(names []string) string {
	if n := len(names) - maxNamed; n > 0 {
		names = append(slices.Clone(names[:maxNamed]), c.texts.MoreObjects(n))
	}
	return strings.Join(names, c.texts.Comma)
}

var placeholder = regexp.MustCompile(`\b[A-Z]+\b`)

// unknownPlace matches the flags of a command whose values a paste does not show.
// Without them, kubectl uses its defaults, as it did for the paste.
var unknownPlace = regexp.MustCompile(` (?:-n NS|-c CONTAINER)\b`)

// fillPlaceholders puts an object's names into a command. Valid Kubernetes names mean
// nothing to a shell: see [paste.Object].
func fillPlaceholders(run string, o paste.Object) string {
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

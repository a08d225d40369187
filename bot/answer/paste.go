package answer

import (
	"slices"
	"strings"

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
)

// Paste returns the answer about the findings in a paste, which has at least one: what is
// wrong, the most serious first, and what to run next. partial is set if only a part of the
// paste was read: the answer then does not say that nothing is wrong.
func Paste(g *glossary.Glossary, l glossary.Lang, findings []diagnose.Finding, partial bool) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindExplain}
	// Leave out healthy states if anything is wrong.
	if serious := slices.IndexFunc(findings, isCalm); serious > 0 {
		findings = findings[:serious]
	} else if serious == 0 && !partial {
		r.Blocks = append(r.Blocks, reply.Paragraph{Text: w.texts.NothingWrong})
	}
	var rest []string
	for i, problem := range w.group(findings) {
		for _, f := range problem {
			r.Matches = append(r.Matches, reply.Match{
				Match:   search.Match{Term: f.Term, Score: 1, How: search.Scanned},
				Objects: f.Objects,
			})
		}
		if i >= maxGroups {
			rest = append(rest, problem[0].Term.DisplayName(w.lang))
			continue
		}
		r.Blocks = append(r.Blocks, w.problem(problem))
		r.Buttons = append(r.Buttons, reply.NewButton(problem[0].Term.DisplayName(w.lang), reply.ShowTerm, problem[0].Term.ID))
	}
	if len(rest) > 0 {
		r.Blocks = append(r.Blocks, reply.Note{Text: w.texts.AlsoFound + w.names(rest)})
	}
	return r
}

// PasteMiss returns the answer about a paste without findings. partial is set if only a part
// of the paste was read.
func PasteMiss(l glossary.Lang, partial bool) reply.Reply {
	w := newWriter(nil, l)
	if partial {
		return w.miss(w.texts.NothingInPart)
	}
	return w.miss(w.texts.NothingInPaste)
}

// isCalm reports whether a finding needs no action.
func isCalm(f diagnose.Finding) bool { return f.Severity.Rank() >= glossary.Transient.Rank() }

// problem explains one problem in a paste, with the commands to run next.
func (w writer) problem(g group) reply.Entry {
	f := g[0]
	e := w.entry(f.Term)
	e.Severity = f.Severity
	var others []string
	for _, other := range g[1:] {
		others = append(others, other.Term.DisplayName(w.lang))
	}
	if len(others) > 0 {
		e.Text = glossary.JoinSentences(w.lang, e.Text, w.texts.TogetherWith(w.names(others)))
	}
	for i, o := range f.Objects {
		if i == maxObjects {
			e.Objects = append(e.Objects, w.texts.MoreObjects(len(f.Objects)-maxObjects))
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
		e.Commands = append(e.Commands, reply.Step{Run: fillPlaceholders(cmd.Run, object), Note: cmd.Note(w.lang)})
	}
	return e
}

// names joins names. If there are too many, it says how many it left out.
func (w writer) names(names []string) string {
	if n := len(names) - maxNamed; n > 0 {
		names = append(slices.Clone(names[:maxNamed]), w.texts.MoreObjects(n))
	}
	return strings.Join(names, w.texts.Comma)
}

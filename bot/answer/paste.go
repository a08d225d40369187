package answer

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/diagnose/numbers"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/search"
)

const (
	// maxIssues is the maximum number of issues in a paste that are explained. Any further issues
	// are only named.
	maxIssues = 5
	// maxObjects is the maximum number of objects named for an issue.
	maxObjects = 5
	// maxNamed is the maximum number of terms named without an explanation.
	maxNamed = 8
	// maxPasteSteps is the maximum number of commands for all issues in a paste together.
	maxPasteSteps = 4
)

// Paste returns the answer that explains what is wrong in a paste, worst issue first, and which
// commands to run next. It returns false if the bot does not recognize anything in the paste.
// partial is set if only part of the paste was read; the answer then never says that nothing is
// wrong.
func Paste(g *glossary.Glossary, l glossary.Lang, d *diagnose.Diagnosis, partial bool) (reply.Reply, bool) {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindExplain, Diagnosis: d}
	if len(d.Issues) == 0 {
		return w.withoutIssues(r, d, partial)
	}
	r.Blocks = append(r.Blocks, w.headline(d))
	var rest, printed []string
	others := 0 // issues without an entry
	for _, n := range d.More {
		others += n
	}
	for i := range d.Issues {
		t := &d.Issues[i]
		add := func(f *diagnose.Finding) {
			if f.Term != nil {
				r.Matches = append(r.Matches, reply.Match{Match: search.Match{Term: f.Term, Score: 1, Kind: search.Scanned}, Objects: f.Objects})
			}
		}
		add(t.Finding)
		for j := range t.Symptoms {
			add(&t.Symptoms[j])
		}
		if i >= maxIssues {
			if others++; len(rest) < maxNamed {
				rest = append(rest, w.findingInSentence(t.Finding))
			}
			continue
		}
		e := w.issue(t, printed)
		keep := 1
		if len(d.Issues) == 1 {
			keep = 2
		}
		keep = min(keep, max(1, maxPasteSteps-len(printed)))
		e.Commands = e.Commands[:min(len(e.Commands), keep)]
		for _, s := range e.Commands {
			printed = append(printed, s.Run)
		}
		r.Blocks = append(r.Blocks, e)
	}
	if len(rest) > 0 {
		r.Blocks = append(r.Blocks, reply.Note{Text: w.texts.AlsoFound + w.listedOf(others, rest)})
	}
	r.Blocks = append(r.Blocks, w.closingNotes(d)...)
	if terms := issueTerms(d); len(terms) > 0 {
		steps := reply.NewButton(ButtonLabel(w.texts.AllSteps(terms[0].DisplayName(w.lang))), reply.ShowMore, terms[0].ID)
		steps.Primary = true
		r.Buttons = append(r.Buttons, steps)
		w.addTerms(&r, terms[1:])
	}
	r.Blocks = w.coded(r.Blocks)
	return r, true
}

// issueTerms returns the terms of the issues, each once: the cause of every issue, then the
// symptoms.
func issueTerms(d *diagnose.Diagnosis) []*glossary.Term {
	var terms []*glossary.Term
	add := func(f *diagnose.Finding) {
		if f.Term != nil && !slices.Contains(terms, f.Term) {
			terms = append(terms, f.Term)
		}
	}
	for _, issue := range d.Issues {
		add(issue.Finding)
	}
	for _, issue := range d.Issues {
		for i := range issue.Symptoms {
			add(&issue.Symptoms[i])
		}
	}
	return terms
}

// withoutIssues completes the reply to a paste without a known issue. It returns false if the bot
// does not recognize anything in the paste.
func (w writer) withoutIssues(r reply.Reply, d *diagnose.Diagnosis, partial bool) (reply.Reply, bool) {
	switch {
	case len(d.Unread) > 0 && d.Output:
		r.Blocks = append(r.Blocks, reply.Paragraph{Bold: w.texts.CannotTell(len(d.Unread)), Text: w.texts.FirstUnread + " `" + firstUnread(d) + "`"})
	case len(d.Resolved) > 0:
		r.Blocks = append(r.Blocks, w.closingNotes(d)...)
	case d.IsHealthy() && !partial:
		r.Blocks = append(r.Blocks, reply.Paragraph{Bold: w.texts.LooksHealthy(d.Healthy)})
		if waiting := w.normalNames(d, glossary.Transient); len(waiting) > 0 {
			r.Blocks = append(r.Blocks, reply.Note{Text: w.texts.StillStarting(w.names(waiting))})
		}
	case d.Output && d.Healthy > 0:
		r.Blocks = append(r.Blocks, reply.Paragraph{Bold: w.texts.PartlyRead})
	case len(d.Normal) > 0:
	default:
		return reply.Reply{}, false
	}
	var terms []*glossary.Term
	for i, f := range d.Normal {
		if f.Term == nil {
			continue
		}
		r.Matches = append(r.Matches, reply.Match{Match: search.Match{Term: f.Term, Score: 1, Kind: search.Scanned}, Objects: f.Objects})
		if i < maxIssues && !d.IsHealthy() && len(d.Unread) == 0 {
			e := w.entry(f.Term)
			e.Severity = f.Severity
			e.Text = f.Sentence(w.lang)
			e.Objects = w.objects(f.Objects)
			r.Blocks = append(r.Blocks, e)
			terms = append(terms, f.Term)
		}
	}
	w.addTerms(&r, terms)
	r.Blocks = w.coded(r.Blocks)
	return r, true
}

// normalNames returns the names of the normal findings with the given severity.
func (w writer) normalNames(d *diagnose.Diagnosis, s glossary.Severity) []string {
	var names []string
	for _, f := range d.Normal {
		if f.Severity == s && f.Term != nil {
			names = append(names, w.inSentence(f.Term))
		}
	}
	return names
}

// closingNotes returns notes about resolved findings and about unread lines.
func (w writer) closingNotes(d *diagnose.Diagnosis) []reply.Block {
	var blocks []reply.Block
	if len(d.Resolved) > 0 {
		var names []string
		for _, f := range d.Resolved {
			if f.Term != nil {
				names = append(names, w.inSentence(f.Term))
			}
		}
		if len(names) > 0 {
			blocks = append(blocks, reply.Note{Text: w.texts.Resolved(w.names(names))})
		}
	}
	if n := len(d.Unread); n > 0 && len(d.Issues) > 0 {
		blocks = append(blocks, reply.Note{Text: w.texts.UnreadLines(n) + " " + w.texts.FirstUnread + " `" + firstUnread(d) + "`"})
	}
	return blocks
}

// firstUnread returns the first line that the bot could not read, without backticks.
func firstUnread(d *diagnose.Diagnosis) string {
	o := d.Unread[0]
	s := o.Message
	if s == "" {
		for _, cell := range o.Cells {
			s += cell.Value + " "
		}
	}
	if s == "" {
		s = strings.TrimSpace(o.Field + " " + o.Value + " " + o.Reason)
	}
	return cutText(mark.Literal(strings.TrimSpace(s)), 120)
}

func cutText(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// headline returns the number of issues, such as "2 failures, 1 warning", and the number of
// objects, such as "2 of 6 Pods in shop".
func (w writer) headline(d *diagnose.Diagnosis) reply.Headline {
	failures, warnings, worst, room := 0, 0, d.Issues[0].Severity, 0
	for _, t := range d.Issues {
		room += len(t.Objects)
	}
	objects := numbers.New(room) // a paste may have issues with thousands of objects
	kinds, namespaces := make(map[string]bool), make(map[string]bool)
	for _, t := range d.Issues {
		if t.Severity == glossary.Failure {
			failures++
		} else {
			warnings++
		}
		if t.Severity.Rank() < worst.Rank() {
			worst = t.Severity
		}
		for i := range t.Objects {
			o := &t.Objects[i]
			objects.Of(o)
			kinds[o.Kind] = true
			namespaces[o.Namespace] = true
		}
	}
	for severity, n := range d.More {
		if severity == glossary.Failure {
			failures += n
		} else {
			warnings += n
		}
	}
	h := reply.Headline{Text: w.texts.IssueCount(failures, warnings), Severity: worst}
	if objects.Len() > 0 && len(d.More) == 0 {
		kind, namespace, total := "", "", objects.Len()
		if len(namespaces) == 1 {
			for n := range namespaces {
				namespace = n
			}
		}
		if len(kinds) == 1 {
			for k := range kinds {
				kind = w.kindName(k)
				total = listed(d, objects, k, namespaces)
			}
		}
		h.About = w.texts.ObjectCount(objects.Len(), total, kind, namespace)
	}
	return h
}

// listed returns the number of objects of a kind that the paste lists in the given namespaces. If
// the paste does not list all of the given objects, listed returns their number instead.
func listed(d *diagnose.Diagnosis, objects *numbers.Objects, kind string, namespaces map[string]bool) int {
	n, missing := 0, objects.Len()
	for _, o := range d.Listed {
		if o.Kind == kind && namespaces[o.Namespace] {
			n++
		}
		if objects.Has(o) {
			missing--
		}
	}
	if missing > 0 {
		return objects.Len()
	}
	return n
}

// kindName returns the name of a kind as Kubernetes spells it.
func (w writer) kindName(kind string) string {
	if t, ok := w.glossary.Kind(kind); ok {
		return t.Name.EN
	}
	return kind
}

// findingName returns the name of a finding's term, or the finding's own name if it has no
// term. A condition is named by its type if that is another name of the term: ResolvedRefs.
func (w writer) findingName(f *diagnose.Finding) string {
	if f.Term != nil {
		name := f.Term.DisplayName(w.lang)
		if condition, _, _ := strings.Cut(f.Fact, " "); f.IsCondition() && slices.Contains(f.Term.Aliases, condition) {
			name = condition
		}
		if mark := w.ownMark(f.Term); mark != "" {
			name += " · " + mark
		}
		return name
	}
	return cmp.Or(f.Name, w.texts.UnknownError)
}

// findingInSentence returns the name of a finding for use in a sentence.
func (w writer) findingInSentence(f *diagnose.Finding) string {
	if f.Term != nil && w.ownMark(f.Term) == "" {
		return w.inSentence(f.Term)
	}
	return w.findingName(f)
}

// issue explains one issue, with the commands to run next. It leaves out the printed commands, which
// the answer contains already, and then also those that the reader would have to complete.
func (w writer) issue(t *diagnose.Issue, printed []string) reply.Entry {
	e := reply.Entry{Name: w.findingName(t.Finding), Severity: t.Severity, Objects: w.objects(t.Objects), Facts: w.facts(t), Asides: w.asides(t.Term)}
	switch {
	case (t.Term == nil || t.Name != "") && t.Want != "":
		e.Text = w.texts.ShouldBe(t.Field, t.Want)
	case t.Name != "" && !t.IsError():
		e.Text = w.texts.LooksWrong
	case t.Term == nil:
		from := t.From
		if from == observe.Program {
			from = ""
		}
		e.Text = w.texts.UnknownMessage(from)
	default:
		e.Text = t.Sentence(w.lang)
	}
	var others []string
	for i := range t.Symptoms {
		if s := &t.Symptoms[i]; s.Term != t.Term && (s.Term != nil || s.Name != "") {
			others = append(others, w.findingInSentence(s))
		}
	}
	if others = slices.Compact(others); len(others) > 0 {
		e.Text = glossary.JoinSentences(w.lang, e.Text, w.texts.TogetherWith(w.names(others)))
	}
	commands := t.Commands()
	repeats := slices.ContainsFunc(commands, func(cmd diagnose.Command) bool { return slices.Contains(printed, cmd.Run) })
	for _, cmd := range commands {
		if slices.Contains(printed, cmd.Run) || repeats && !cmd.Complete {
			continue
		}
		e.Commands = append(e.Commands, reply.Step{Run: cmd.Run, Note: cmd.Note.In(w.lang)})
	}
	return e
}

// objects returns the names of objects. If there are too many, the last element says how many
// were omitted.
func (w writer) objects(all []observe.Object) []string {
	var names []string
	for i, o := range all {
		if i == maxObjects {
			return append(names, w.texts.MoreObjects(len(all)-maxObjects))
		}
		names = append(names, o.String())
	}
	return names
}

func (w writer) names(names []string) string { return w.listed(names, maxNamed) }

// PasteMiss returns the answer to a paste in which the bot recognizes nothing. partial is set if
// only part of the paste was read.
func PasteMiss(l glossary.Lang, partial bool) reply.Reply {
	w := newWriter(nil, l)
	if partial {
		return w.miss(w.texts.NothingInPart)
	}
	return w.miss(w.texts.NothingInPaste)
}

// maxFacts is the maximum number of quotes from a paste for one issue.
const maxFacts = 5

// facts returns the quotes from the paste about an issue: its cause, the restarts and ages of its
// objects, more errors of the same kind, and the other unhealthy conditions of the same object.
func (w writer) facts(t *diagnose.Issue) []string {
	all := []string{t.Fact}
	rows := t.Rows
	differ := slices.ContainsFunc(rows, func(r diagnose.Row) bool { return r.Fact != rows[0].Fact })
	switch {
	case len(rows) == 0 || strings.Contains(t.Fact, rows[0].Fact):
	case !differ && len(rows) >= len(t.Objects):
		all[0] += ", " + rows[0].Fact
	case !differ:
		rows = rows[:1]
		fallthrough
	default:
		for _, row := range rows {
			all = append(all, row.Object.String()+w.texts.Colon+row.Fact)
		}
	}
	for i := range t.Symptoms {
		if s := &t.Symptoms[i]; (s.IsCondition() || s.IsError() || s.Term == nil) && !slices.Contains(all, s.Fact) {
			all = append(all, s.Fact)
		}
	}
	for _, f := range t.Further {
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	if n := len(all) - maxFacts; n > 0 {
		all = append(all[:maxFacts], w.texts.MoreObjects(n))
	}
	return all
}

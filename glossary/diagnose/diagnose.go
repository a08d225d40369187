package diagnose

import (
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose/numbers"
	"k8sbot/glossary/parallel"
	"k8sbot/glossary/paste"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/search"
)

// A Diagnoser diagnoses pastes. It is safe for concurrent use.
type Diagnoser struct {
	glossary   *glossary.Glossary
	index      *search.Index
	recognizer func() *recognizer
	prepare    func() // starts recognizer once
}

// New returns a Diagnoser for the terms of a glossary. x is the search index of g. The first call
// to [Diagnoser.Diagnose] or [Diagnoser.Warm] compiles the templates of the terms, which takes
// about 15 ms.
func New(g *glossary.Glossary, x *search.Index) *Diagnoser {
	if g.IsBuiltIn() {
		return newDiagnoser(g, x, builtInRecognizer)
	}
	return newDiagnoser(g, x, sync.OnceValue(func() *recognizer { return newRecognizer(g) }))
}

func newDiagnoser(g *glossary.Glossary, x *search.Index, recognizer func() *recognizer) *Diagnoser {
	return &Diagnoser{g, x, recognizer, sync.OnceFunc(func() { go recognizer() })}
}

// builtInRecognizer returns the recognizer for the built-in terms, which all bots of a process
// share.
var builtInRecognizer = sync.OnceValue(func() *recognizer {
	g, err := glossary.Load()
	if err != nil { // unreachable: there would be no built-in terms to pass to New
		panic(err)
	}
	return newRecognizer(g)
})

// Beside returns a Diagnoser that also recognizes the terms of own, such as a team's terms. It
// shares everything else with d.
func (d *Diagnoser) Beside(own *glossary.Glossary) *Diagnoser {
	if !slices.ContainsFunc(own.All(), func(t *glossary.Term) bool { return len(seenOf(t)) > 0 }) {
		return d
	}
	return newDiagnoser(d.glossary, d.index, sync.OnceValue(func() *recognizer {
		both := *d.recognizer()
		both.beside = newRecognizer(own)
		return &both
	}))
}

// Warm compiles the templates of the terms. A long-running program should call it at startup.
func (d *Diagnoser) Warm() { d.recognizer() }

// Prepare is like Warm, but does not wait. It does nothing if text has only one word, which the
// search answers without a diagnosis.
func (d *Diagnoser) Prepare(text string) {
	if strings.Contains(strings.TrimSpace(text), " ") {
		d.prepare()
	}
}

// checkEvery is the number of observations between two checks of the context.
const checkEvery = 64

// Diagnose diagnoses pasted text: output with or without prose around it, or a message. If ctx is
// done, Diagnose stops early, and the Read field of the result is the number of bytes covered.
func (d *Diagnoser) Diagnose(ctx context.Context, text string) Diagnosis {
	recognizer := d.recognizer()
	t := paste.Read(ctx, text)
	rows, objects, plain := 0, 0, 0
	var above *observe.Observation
	for _, o := range t.Observations.All() {
		switch o.Place {
		case observe.Row:
			rows++
		case observe.Line:
			plain++
		}
		if above == nil || o.Object != above.Object {
			objects++
		}
		above = o
	}
	result := Diagnosis{Output: t.Output, Prose: t.Prose, Lines: t.Lines, Read: t.Read, Omitted: t.Omitted, Listed: make([]*observe.Object, 0, rows)}
	ids := numbers.New(objects)
	found, over, normal := newFindings(ids), newFindings(ids), newFindings(ids)
	var prose []mention
	lines := make([]*observe.Observation, 0, plain)
	hitsAt := hitsOf(recognizer, &t.Observations)
	for i, o := range t.Observations.All() {
		if i%checkEvery == 0 && ctx.Err() != nil {
			result.Read = result.Read * i / t.Observations.Len()
			break
		}
		if o.Place == observe.Row && o.Object.Name != "" && ids.List(&o.Object) {
			result.Listed = append(result.Listed, &o.Object)
		}
		hits := hitsAt(i)
		if o.Place == observe.Line {
			if len(hits) == 0 {
				lines = append(lines, o)
				continue
			}
			if o.Prose {
				prose = append(prose, mention{o, i, hits})
				continue
			}
			d.add(found, normal, over, o, i, hits)
			result.Output = true
			continue
		}
		if len(hits) > 0 && d.add(found, normal, over, o, i, hits) {
			continue
		}
		switch {
		case o.Verdict == observe.Healthy, o.Verdict == observe.Waiting, o.Resolved, o.Place == observe.Event && len(hits) > 0:
			result.Healthy++
		case o.Verdict == observe.Unhealthy:
			found.addUnmatched(d.unknown(o), o.Object)
		default:
			lines = append(lines, o)
		}
	}
	for _, m := range prose {
		if !found.shows(m.hits) && (len(found.all) == 0 || !strings.HasSuffix(m.observation.Message, "?")) {
			d.add(found, normal, over, m.observation, m.at, m.hits)
		}
		result.Output = true
	}
	isRead := func(o *observe.Observation) bool { return o.Prose || o.Place == observe.Line && !result.Output }
	if slices.ContainsFunc(lines, func(o *observe.Observation) bool { return !isRead(o) }) {
		result.Unread = slices.DeleteFunc(slices.Clone(lines), isRead)
	}
	if len(found.all) == 0 && (!result.Output || len(result.Unread) > 0 || result.Healthy == 0) {
		d.namesInProse(found, lines)
		if len(found.all) > 0 && !result.Output {
			result.Unread = nil
		}
	}
	var about map[int32]bool
	over.all = slices.DeleteFunc(over.all, func(f *Finding) bool {
		if f.place != observe.State {
			return false
		}
		if about == nil {
			about = found.objects()
		}
		if len(f.Objects)+len(found.all) == 0 || len(f.Objects) > 0 && !slices.ContainsFunc(f.Objects, func(o observe.Object) bool { return about[ids.Of(&o)] }) {
			return false
		}
		// The last state of a container is a symptom of its current issue.
		f.rank = byNumber
		found.all = append(found.all, f)
		return true
	})
	found.all = slices.DeleteFunc(found.all, func(f *Finding) bool {
		beside := f.info && len(found.all) > 1 && f.Term != nil && f.Term.ID == throttling
		if beside {
			normal.all = append(normal.all, f)
		}
		return beside
	})
	l := newLinker(d.glossary)
	result.More = found.more
	result.Issues = l.issues(l.split(found.all), t.Commands)
	for _, f := range over.all {
		if found.at[findingKey{f.Term, f.Variant, ""}] == nil {
			result.Resolved = append(result.Resolved, *f)
		}
	}
	for _, f := range normal.all {
		result.Normal = append(result.Normal, *f)
	}
	return result
}

// A mention is a line of prose that may mention a term.
type mention struct {
	observation *observe.Observation
	at          int // index of the observation
	hits        []hit
}

// throttling is the term for a message that kubectl and other clients print along with their
// output. The message is an issue only if there is no other issue.
const throttling = "client-side-throttling"

// add adds the hits of an observation to found, normal or over. It reports whether at least one
// of them is an issue, current or resolved.
func (d *Diagnoser) add(found, normal, over *findings, o *observe.Observation, at int, hits []hit) bool {
	bad := false
	// If the message is known to be harmless, the other hits of the observation are harmless
	// too.
	harmless := slices.ContainsFunc(hits, func(h hit) bool { return h.rank == byMessage && h.seen.Severity == glossary.Normal })
	for i := range hits {
		h := &hits[i]
		p := part{observation: o, at: at, hit: h, severity: severityOf(o, h)}
		if harmless {
			p.severity = glossary.Normal
		}
		to := found
		switch normally := p.severity.Rank() >= glossary.Transient.Rank(); {
		case o.Resolved && normally:
			continue // nothing was wrong
		case o.Resolved:
			to = over
		case normally:
			to = normal
		}
		bad = bad || to != normal
		if !isCounted(o.Place) || !to.count(p) {
			f := p.finding()
			to.add(&f, p.object(), p)
		}
	}
	return bad
}

// isCounted reports whether a paste may have thousands of observations of a place with the same hit,
// which differ only in their objects.
func isCounted(p observe.Place) bool {
	return p == observe.Row || p == observe.Event || p == observe.Condition || p == observe.State
}

// unknown returns a finding for a failure that no term explains. For a row, the finding has the
// term of the object's kind, if there is one.
func (d *Diagnoser) unknown(o *observe.Observation) Finding {
	f := Finding{Severity: glossary.Failure, Fact: fact(o, &hit{}), From: o.From, rank: byStatus, age: o.Age, related: slices.Clone(o.Related)}
	f.place = o.Place
	switch o.Place {
	case observe.Log:
		switch o.Value {
		case "fatal":
			f.rank = byReason // the error ended the program
		case "warning":
			f.Severity = glossary.Warning
		}
	case observe.Error:
		f.Name = o.Reason // a code that the documentation of the program explains
		if o.Value == "warning" {
			f.Severity = glossary.Warning
		}
	case observe.Event:
		f.Severity, f.Name = glossary.Warning, o.Reason
	case observe.Condition:
		f.Severity, f.Name = glossary.Warning, o.Field
		f.Field, f.Want = o.Field, observe.Wanted(o.Field, o.Value)
	case observe.State:
		f.Name = o.Reason
	case observe.Row:
		f.rank = byNumber
		if strings.HasPrefix(o.Message, "Waiting") {
			f.Severity = glossary.Warning // for another object, which may be in another row
		}
		worst := worstCell(o)
		f.Name = strings.TrimSpace(worst.Column + " " + worst.Value)
		f.Field, f.Want = worst.Column, observe.Wanted(worst.Column, worst.Value)
		if desired := o.Cell("DESIRED"); f.Want == "" && desired != "" && worst.Column != "DESIRED" {
			f.Want = desired
		}
		if !observe.OwnStatus(o.From) {
			f.Term, _ = d.glossary.Kind(o.Object.Kind)
		}
	}
	return f
}

// namesInProse is the fallback if nothing else is found. It looks for names of failures in
// lines that are not output and do not match any message. A name must be a whole word in
// Kubernetes' spelling.
func (d *Diagnoser) namesInProse(found *findings, lines []*observe.Observation) {
	namesAt := parallel.Blocks(len(lines), func() func(i int) []named {
		return func(i int) []named { return d.namesIn(lines[i].Message) }
	})
	for i, o := range lines {
		for _, n := range namesAt(i) {
			found.addUnmatched(Finding{Term: n.term, Severity: n.term.Severity, Fact: lex.Shorten(n.line, maxFact), rank: byStatus}, o.Object)
		}
	}
}

// A named is a line of text that names a failure.
type named struct {
	term *glossary.Term
	line string
}

// namesIn returns the lines of text that name failures.
func (d *Diagnoser) namesIn(text string) (all []named) {
	for part := range strings.SplitSeq(text, "\n") {
		if !strings.ContainsFunc(part, mayBeName) {
			continue
		}
		for _, occ := range d.index.OutputOccurrences(part) {
			if !occ.Term.IsStatus() || occ.Term.Severity.Rank() >= glossary.Transient.Rank() {
				continue
			}
			written := part[occ.Start:occ.End]
			if strings.ToLower(written) == written && !strings.Contains(written, " ") {
				continue
			}
			all = append(all, named{occ.Term, part})
		}
	}
	return all
}

// mayBeName reports whether r is in every name that namesInProse accepts: such a name has a space
// or a capital letter.
func mayBeName(r rune) bool { return r == ' ' || unicode.ToLower(r) != r }

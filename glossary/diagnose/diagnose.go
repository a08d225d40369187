package diagnose

import (
	"context"
	"slices"
	"strings"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/paste"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/search"
)

// A Diagnoser finds out what is wrong in texts. Several goroutines may use it.
type Diagnoser struct {
	glossary   *glossary.Glossary
	index      *search.Index
	recognizer func() *recognizer
}

// New returns a Diagnoser that knows the terms of a glossary and its index. The first
// call of [Diagnoser.Diagnose] or [Diagnoser.Warm] compiles the templates of the terms,
// which takes about 15 ms.
func New(g *glossary.Glossary, x *search.Index) *Diagnoser {
	return &Diagnoser{g, x, sync.OnceValue(func() *recognizer { return newRecognizer(g) })}
}

// Warm compiles the templates of the terms. A long-running program should call it after
// its start.
func (d *Diagnoser) Warm() { d.recognizer() }

// checkEvery is the number of observations after which a context is checked.
const checkEvery = 64

// Diagnose reads a text that somebody pasted: output, perhaps with talk beside it, or a
// message. It stops early if ctx ends, and Read tells how far it came.
func (d *Diagnoser) Diagnose(ctx context.Context, text string) Diagnosis {
	recognizer := d.recognizer()
	t := paste.Read(ctx, text)
	result := Diagnosis{Output: t.Output, Talk: t.Talk, Lines: t.Lines, Read: t.Read}
	found, over, normal := newFindings(), newFindings(), newFindings()
	var lines []observe.Observation
	seen := make(map[string][]hit) // messages repeat
	for i, o := range t.Observations {
		if i%checkEvery == 0 && ctx.Err() != nil {
			result.Read = result.Read * i / len(t.Observations)
			break
		}
		if o.Place == observe.Line {
			key := o.Message
			hits, ok := seen[key]
			if !ok {
				hits = recognizer.recognize(o)
				seen[key] = hits
			}
			if len(hits) == 0 {
				lines = append(lines, o)
				continue
			}
			d.add(found, normal, over, o, i, hits)
			result.Output = true
			continue
		}
		hits := recognizer.recognize(o)
		if len(hits) > 0 && d.add(found, normal, over, o, i, hits) {
			continue
		}
		switch {
		case o.Verdict == observe.Healthy, o.Over, o.Place == observe.Event && len(hits) > 0:
			result.Healthy++
		case o.Verdict == observe.Waiting:
			result.Healthy++
		case o.Verdict == observe.Trouble:
			found.add(d.unknown(o), o.Object)
		default:
			lines = append(lines, o)
		}
	}
	for _, o := range lines {
		if o.Prose || o.Place == observe.Line && !result.Output {
			continue
		}
		result.Unread = append(result.Unread, o)
	}
	if len(found.all) == 0 && (!result.Output || len(result.Unread) > 0 || result.Healthy == 0) {
		d.talk(found, lines)
		if len(found.all) > 0 && !result.Output {
			result.Unread = nil
		}
	}
	over.all = slices.DeleteFunc(over.all, func(f *Finding) bool {
		if f.place != observe.State || !found.hasObject(f.Objects) {
			return false
		}
		// How a container ended before says something about the trouble that it has now.
		f.rank = byNumber
		found.all = append(found.all, f)
		return true
	})
	result.Troubles = linker{d.glossary}.troubles(found.all, t)
	for _, f := range over.all {
		if found.at[findingKey{f.Term, f.Variant, ""}] == nil {
			result.Over = append(result.Over, *f)
		}
	}
	for _, f := range normal.all {
		result.Normal = append(result.Normal, *f)
	}
	return result
}

// add adds the hits of an observation, and reports whether one of them is trouble.
func (d *Diagnoser) add(found, normal, over *findings, o observe.Observation, at int, hits []hit) bool {
	trouble := false
	// A message that is known to be harmless silences what its frame would mean.
	harmless := slices.ContainsFunc(hits, func(h hit) bool { return h.rank == byMessage && h.seen.Severity == glossary.Normal })
	for _, h := range hits {
		f := Finding{
			Term: h.term, Variant: h.seen.Variant, Severity: severityOf(o, h), Captured: h.captured, say: h.seen.Say,
			Fact: fact(o, h), From: o.From, rank: rankOf(o, h), literal: h.literal, nodes: o.Nodes, age: o.Age, related: cloneRelated(o),
			seenIn: []int{at}, place: o.Place,
		}
		obj := objectOf(o, h.captured)
		if harmless {
			f.Severity = glossary.Normal
		}
		switch {
		case o.Over:
			over.add(f, obj)
			trouble = true
		case f.Severity.Rank() >= glossary.Transient.Rank():
			normal.add(f, obj)
		default:
			found.add(f, obj)
			trouble = true
		}
	}
	return trouble
}

// readiness are the conditions that only say that an object is not ready, and not why.
var readiness = map[string]bool{"Ready": true, "ContainersReady": true, "Initialized": true, "PodScheduled": true, "Available": true, "Progressing": true}

// rankOf returns how specific a hit is. That a container ended with Error says less than
// its exit code.
func rankOf(o observe.Observation, h hit) int {
	switch {
	case h.rank == byMessage && h.seen.In == glossary.SeenInEvent:
		return byReason
	case h.rank == byMessage && h.term.HasUsage(glossary.ExitCode):
		return byStatus
	case o.Place == observe.State && h.term.ID == "error":
		return byNumber
	case o.Place == observe.Condition && h.rank == byStatus && readiness[o.Field] && o.Object.Kind != "node":
		return byNumber // that something is not ready, and not why
	}
	return h.rank
}

// unknown returns a finding for what is wrong and no term explains. The kind's term stands
// behind it if there is one.
func (d *Diagnoser) unknown(o observe.Observation) Finding {
	f := Finding{Severity: glossary.Failure, Fact: fact(o, hit{}), From: o.From, rank: byStatus, age: o.Age, related: cloneRelated(o)}
	f.place = o.Place
	switch o.Place {
	case observe.Log:
		if o.Value == "fatal" {
			f.rank = byReason // it ended the program
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
		worst := worstCell(o)
		if f.Name = kindTitle(o.Object.Kind); f.Name == "" {
			f.Name = strings.TrimSpace(worst.Column + " " + worst.Value)
		}
		f.Field, f.Want = worst.Column, observe.Wanted(worst.Column, worst.Value)
		f.Term, _ = d.glossary.Kind(o.Object.Kind)
	}
	return f
}

// kindTitle returns a kind that has no term as a title.
func kindTitle(kind string) string {
	if kind == "" {
		return ""
	}
	return strings.ToUpper(kind[:1]) + kind[1:]
}

// talk finds the names of failures in lines that are neither output nor hold a known
// message: the safety net. A name counts as a whole word, as Kubernetes writes it.
func (d *Diagnoser) talk(found *findings, lines []observe.Observation) {
	for _, o := range lines {
		for part := range strings.SplitSeq(o.Message, "\n") {
			quote := shorten(part, maxFact)
			for _, occ := range d.index.OutputOccurrences(part) {
				if !occ.Term.IsStatus() || occ.Term.Severity.Rank() >= glossary.Transient.Rank() {
					continue
				}
				written := part[occ.Start:occ.End]
				if strings.ToLower(written) == written && !strings.Contains(written, " ") {
					continue
				}
				found.add(Finding{Term: occ.Term, Severity: occ.Term.Severity, Fact: quote, rank: byStatus}, o.Object)
			}
		}
	}
}

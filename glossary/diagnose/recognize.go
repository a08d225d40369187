package diagnose

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// recognize appends the terms that match an observation to hits, the cause first. A team's own terms come
// first.
func (r *recognizer) recognize(hits []hit, o *observe.Observation) []hit {
	if r.beside != nil {
		hits = r.beside.own(hits, o)
	}
	return r.own(hits, o)
}

func (r *recognizer) own(hits []hit, o *observe.Observation) []hit {
	before := len(hits)
	hits = append(hits, r.messages(o)...)
	add := func(rank int, list []*recognition, ok func(*recognition) bool) {
		if ok != nil {
			list = slices.DeleteFunc(slices.Clone(list), func(rec *recognition) bool { return !ok(rec) })
		}
		if rec := best(list, o); rec != nil {
			hits = append(hits, hit{recognition: rec, rank: rank})
		}
	}
	switch o.Place {
	case observe.Log, observe.Line, observe.Error:
		if !o.Prose {
			hits = append(hits, r.reasonWords(o.Message)...)
		}
	}
	switch o.Place {
	case observe.Row:
		hits = r.row(o, hits)
	case observe.Event:
		reason := strings.ToLower(o.Reason)
		if len(hits) == before && r.events[reason] == nil && o.Verdict == observe.Unhealthy {
			add(byStatus, r.states[reason], nil) // a container reason in another program's event
		}
		add(byReason, r.events[reason], func(rec *recognition) bool {
			return !isCommonWord(o.Reason) || !observe.IsCustom(o.Object.Kind) || !onlyOfCore(rec.term)
		})
	case observe.Condition:
		if o.Reason != "" && o.Verdict != observe.Healthy {
			add(byReason, r.reasons[strings.ToLower(o.Reason)], nil)
		}
		add(byStatus, r.conditions[strings.ToLower(o.Field)], func(rec *recognition) bool {
			if rec.seen.Of != "" && rec.seen.Of != "pod" && rec.seen.Of != "node" && o.Object.Kind != rec.seen.Of && shared[rec.seen.Type] {
				return false // controllers of other kinds use it too
			}
			return rec.seen.Status == "" || strings.EqualFold(rec.seen.Status, o.Value)
		})
	case observe.State:
		if o.Value != "" && o.Value != "0" {
			add(byStatus, r.states[o.Value], nil)
		}
		add(byReason, r.states[strings.ToLower(o.Reason)], nil)
	case observe.Error:
		add(byReason, r.errors[strings.ToLower(o.Reason)], nil)
	}
	return hits
}

// isCommonWord reports whether the reason of an event is an ordinary word, such as Failed or
// Created. The controllers of custom resources use such words too, with other meanings.
func isCommonWord(reason string) bool {
	return !strings.ContainsFunc(reason[min(1, len(reason)):], unicode.IsUpper)
}

// onlyOfCore reports whether a term has no usage that is an event of a custom resource.
func onlyOfCore(t *glossary.Term) bool {
	return !slices.ContainsFunc(t.Usages, func(u glossary.Usage) bool {
		return u.Kind == glossary.Event && observe.IsCustom(observe.KindNamed(u.Of))
	})
}

// best returns the first recognition for the kind of the object or, if there is none, the first for
// any kind. It returns nil if the list has neither.
func best(list []*recognition, o *observe.Observation) *recognition {
	var any, other *recognition
	for _, rec := range list {
		switch rec.seen.Of {
		case "":
			any = cmp.Or(any, rec)
		case o.Object.Kind:
			return rec
		case "pod":
			if o.Object.Kind == "" && !observe.IsForeign(o) { // most texts without a kind are about Pods
				return rec
			}
		case "deployment":
			if o.Object.Kind == "" && o.Place != observe.Row { // next to Pods, most are about Deployments
				other = rec
			}
		default:
			if o.Object.Kind == "" && o.Place != observe.Row && (rec.seen.Of != "node" || observe.MayBeOfNode(o)) {
				other = cmp.Or(other, rec)
			}
		}
	}
	return cmp.Or(any, other)
}

// cell returns the best recognition of a value, which is in lower case, in a column.
func (r *recognizer) cell(column string, value []byte, o *observe.Observation) *recognition {
	key := append(append(append(make([]byte, 0, 96), column...), ' '), value...)
	return best(r.cells[string(key)], o)
}

// parts returns the best recognitions of the parts of a value, which is in lower case, in a column, such as
// init:error, exitcode:137 or ready,schedulingdisabled.
func (r *recognizer) parts(column, value string, o *observe.Observation) (all []*recognition) {
	whole := strings.TrimPrefix(value, "init:")
	if code, ok := strings.CutPrefix(whole, "exitcode:"); ok {
		return r.states[code]
	}
	for part := range strings.SplitSeq(whole, ",") {
		if len(part) != len(value) {
			all = append(all, r.cell(column, []byte(part), o))
		}
	}
	return all
}

// row appends the terms that match the cells of a row to hits.
func (r *recognizer) row(o *observe.Observation, hits []hit) []hit {
	for _, rec := range r.compared[observe.Family(o)] {
		if rec.when.Holds(o) {
			hits = append(hits, hit{recognition: rec, rank: byNumber, cell: rec.when.Cell(o)})
		}
	}
	for _, c := range o.Cells {
		if c.Value == "" || !r.columns[c.Column] && c.Column != "REASON" && c.Column != "STATUS" {
			continue
		}
		add := func(rank int, rec *recognition) bool {
			if rec != nil {
				hits = append(hits, hit{recognition: rec, rank: rank, cell: c})
			}
			return rec != nil
		}
		value := lex.AppendLower(make([]byte, 0, 64), c.Value)
		found := add(byStatus, r.cell(c.Column, value, o))
		if !found && bytes.ContainsAny(value, ":,") {
			for _, rec := range r.parts(c.Column, string(value), o) {
				found = add(byStatus, rec) || found
			}
		}
		if !found && c.Verdict == observe.Unhealthy {
			add(byNumber, r.cell(c.Column, []byte("*"), o))
		}
		if c.Column == "REASON" || c.Column == "STATUS" {
			add(byReason, best(r.reasons[string(value)], o))
			if c.Column == "REASON" && o.Object.Kind == "pod" { // of a container, in -o jsonpath
				add(byReason, best(r.states[string(value)], o))
			}
		}
	}
	return hits
}

// shared contains the condition types that many kinds have, with a different meaning for each kind.
var shared = map[string]bool{"Synced": true, "Degraded": true, "Healthy": true, "Accepted": true, "Paused": true, "Stalled": true, "Reconciled": true, "Failed": true, "Active": true, "Ready": true, "Available": true, "Progressing": true, "Succeeded": true, "Approved": true}

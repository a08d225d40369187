package diagnose

import (
	"slices"
	"strings"
	"unicode"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
)

// recognize returns the terms that match an observation, the cause first. A team's own terms come
// first.
func (r *recognizer) recognize(o observe.Observation) []hit {
	if r.beside == nil {
		return r.own(o)
	}
	return append(r.beside.own(o), r.own(o)...)
}

func (r *recognizer) own(o observe.Observation) []hit {
	hits := r.messages(o)
	add := func(rank int, list []*recognition, ok func(*recognition) bool) {
		if ok != nil {
			list = slices.DeleteFunc(slices.Clone(list), func(rec *recognition) bool { return !ok(rec) })
		}
		for _, rec := range best(list, o) {
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
		hits = append(hits, r.row(o)...)
	case observe.Event:
		reason := strings.ToLower(o.Reason)
		if len(hits) == 0 && r.events[reason] == nil && o.Verdict == observe.Unhealthy {
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

// onlyOfCore reports whether none of the usages of a term is an event of a custom resource.
func onlyOfCore(t *glossary.Term) bool {
	return !slices.ContainsFunc(t.Usages, func(u glossary.Usage) bool {
		return u.Kind == glossary.Event && observe.IsCustom(observe.KindNamed(u.Of))
	})
}

// best returns the recognition for the kind of the object or, if there is none, the one for any
// kind. The result has at most one element.
func best(list []*recognition, o observe.Observation) []*recognition {
	var own, any, others []*recognition
	for _, rec := range list {
		switch rec.seen.Of {
		case "":
			any = append(any, rec)
		case o.Object.Kind:
			own = append(own, rec)
		case "pod":
			if o.Object.Kind == "" && !foreign(o) { // most texts without a kind are about Pods
				own = append(own, rec)
			}
		default:
			if o.Object.Kind == "" && o.Place != observe.Row {
				others = append(others, rec)
				if rec.seen.Of == "deployment" { // next to Pods, most are about Deployments
					others[0], others[len(others)-1] = others[len(others)-1], others[0]
				}
			}
		}
	}
	if len(own) > 0 {
		return own[:1]
	}
	any = append(any, others...)
	return any[:min(1, len(any))]
}

// foreign reports whether a row of an unknown kind cannot be about a Pod, because it has a
// column that no table of Pods has.
func foreign(o observe.Observation) bool {
	if o.Place == observe.Row && strings.Contains(o.Cell("READY"), "/") {
		return false // ready containers: the header may have been cut
	}
	return o.Place == observe.Row && slices.ContainsFunc(o.Cells, func(c observe.Cell) bool {
		return !podCells[c.Column] && !slices.Contains(observe.ColumnsOf("pod"), c.Column)
	})
}

// podCells are the columns that tables of Pods may have in addition to those of kubectl get pods.
var podCells = map[string]bool{"NAMESPACE": true, "LABELS": true, "PHASE": true, "STATE": true, "REASON": true, "MESSAGE": true, "CONTAINER": true, "CONTAINERS": true, "IMAGE": true, "POD": true, "EXIT CODE": true, "LAST STATE": true, "CPU": true, "MEM": true}

// row returns the terms that match the cells of a row.
func (r *recognizer) row(o observe.Observation) []hit {
	var hits []hit
	for _, rec := range r.compared[observe.Family(o)] {
		if captured, ok := holds(rec.when, o); ok {
			h := hit{recognition: rec, rank: byNumber, captured: captured}
			for _, c := range o.Cells {
				if c.Column == rec.when[0].Column {
					h.cell = c
				}
			}
			hits = append(hits, h)
		}
	}
	for _, c := range o.Cells {
		if c.Value == "" {
			continue
		}
		value := strings.ToLower(c.Value)
		found := best(r.cells[c.Column+" "+value], o)
		if found == nil {
			// Init:Error, Ready,SchedulingDisabled
			for part := range strings.SplitSeq(strings.TrimPrefix(value, "init:"), ",") {
				if part != value {
					found = append(found, best(r.cells[c.Column+" "+part], o)...)
				}
			}
			if code, ok := strings.CutPrefix(strings.TrimPrefix(value, "init:"), "exitcode:"); ok {
				found = r.states[code]
			}
		}
		if found == nil && c.Verdict == observe.Unhealthy {
			for _, rec := range best(r.cells[c.Column+" *"], o) {
				hits = append(hits, hit{recognition: rec, rank: byNumber, cell: c})
			}
		}
		for _, rec := range found {
			hits = append(hits, hit{recognition: rec, rank: byStatus, cell: c})
		}
		if c.Column == "REASON" || c.Column == "STATUS" {
			for _, rec := range best(r.reasons[value], o) {
				hits = append(hits, hit{recognition: rec, rank: byReason, cell: c})
			}
			if c.Column == "REASON" && o.Object.Kind == "pod" { // of a container, in -o jsonpath
				for _, rec := range best(r.states[value], o) {
					hits = append(hits, hit{recognition: rec, rank: byReason, cell: c})
				}
			}
		}
	}
	return hits
}

// shared contains the condition types that many kinds have, with a different meaning for each kind.
var shared = map[string]bool{"Synced": true, "Degraded": true, "Healthy": true, "Accepted": true, "Paused": true, "Stalled": true, "Reconciled": true, "Failed": true, "Active": true, "Ready": true, "Available": true, "Progressing": true, "Succeeded": true, "Approved": true}

package resource

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// parts are the prefixes in the names of fields that count the ready parts of an object, such as
// readyReplicas. Such a count should equal a total, such as replicas.
var parts = []string{"ready", "available", "healthy", "running", "online", "connected", "current"}

// noFields are the fields of a status that are not about health, or that have their own reader.
var noFields = lex.Set("conditions|containerStatuses|initContainerStatuses|ephemeralContainerStatuses|state|lastState|loadBalancer|selector|template|metadata|spec|" +
	"operationState|nodeInfo|addresses|images|capacity|allocatable|sync|resources|history")

// fieldCells returns cells for those status fields that indicate an object's health, whatever its
// kind. It recognizes the fields by their names and values: they are flags, errors, or numbers that
// should be 0 or equal a total. From maps, it returns only unhealthy values.
func fieldCells(spec, status *Node) []observe.Cell {
	var c CellList
	if status == nil || status.List || status.Has("type") && status.Has("status") {
		return nil
	}
	for _, k := range status.Children {
		switch {
		case len(k.Children) == 0:
			addField(&c, "", k, status, spec)
		case !k.List && !noFields[k.Key]:
			for _, inner := range k.Children {
				if len(inner.Children) == 0 {
					addField(&c, k.Key+".", inner, k, nil)
				}
			}
		}
	}
	if n := lex.Number(status.Str("replicas")); n > 0 && !status.Has("readyReplicas") && (status.Has("updatedReplicas") || status.Has("fullyLabeledReplicas")) {
		c.Add("readyReplicas", "0/"+status.Str("replicas"))
	}
	return c
}

// addField adds a field of a status, or of a map in a status.
func addField(c *CellList, prefix string, field, status, spec *Node) {
	name, value := field.Key, field.Text
	if lex.IsNumber(value) {
		if whole := wholeOf(name, status, spec); whole != "" {
			if lex.Number(value) < lex.Number(whole) || prefix == "" {
				c.Add(prefix+name, value+"/"+whole)
			}
			return
		}
	}
	v, judged := observe.JudgeField(name, value)
	if judged && (v == observe.Unhealthy || prefix == "" && v == observe.Healthy) && !strings.ContainsAny(value, "{}[]") {
		c.Add(prefix+name, value)
	}
}

// wholeOf returns the total for the field with the given name if the field counts ready parts. It
// returns "" for any other field, or if there is no total.
func wholeOf(name string, status, spec *Node) string {
	if name == "numberReady" || name == "numberAvailable" {
		return status.Str("desiredNumberScheduled")
	}
	for _, part := range parts {
		rest, ok := strings.CutPrefix(name, part)
		if !ok {
			continue
		}
		if rest == "" {
			return numberOf(status, "total", "desired", "expected", "replicas", "size", "instances")
		}
		rest = Title(rest)
		if part == "current" && rest != "Healthy" || rest[0] < 'A' || rest[0] > 'Z' {
			return ""
		}
		small := strings.ToLower(rest[:1]) + rest[1:]
		if n := numberOf(status, "desired"+rest, "expected"+rest, "total"+rest, small); n != "" {
			return n
		}
		return numberOf(spec, small)
	}
	return ""
}

// numberOf returns the first number found under one of the keys.
func numberOf(n *Node, keys ...string) string {
	for _, k := range keys {
		if s := n.Str(k); lex.IsNumber(s) {
			return s
		}
	}
	return ""
}

// addProblems adds the problems of other objects that are listed in a status: violations found by
// Gatekeeper, results in a policy report, and errors.
// https://open-policy-agent.github.io/gatekeeper/website/docs/audit/
func addProblems(p *parse.Parser, s Subject, n, status *Node) {
	for _, list := range []string{"violations", "errors", "failures"} {
		for _, item := range status.Get(list).items() {
			o := observe.Observation{Place: observe.Error, Object: s.Object, Message: item.First("message", "error", "msg"), Verdict: observe.Unhealthy, Line: item.Line}
			if list == "violations" {
				o.From, o.Reason = "gatekeeper", "PolicyViolation"
			}
			if name := item.Str("name"); name != "" {
				o.Object = observe.Object{Kind: observe.KindNamed(item.Str("kind")), Name: name, Namespace: item.Str("namespace")}.Valid()
			}
			if o.Message != "" {
				p.Add(o)
			}
		}
	}
	for _, r := range n.Get("results").items() {
		result := r.First("result", "status")
		if result != "fail" && result != "error" {
			continue
		}
		o := observe.Observation{Place: observe.Error, Object: s.Object, Reason: "PolicyViolation", Message: r.Str("message"), From: "kyverno", Verdict: observe.Unhealthy, Line: r.Line}
		for _, about := range r.Get("resources").items() {
			o.Object = observe.Object{Kind: observe.KindNamed(about.Str("kind")), Name: about.Str("name"), Namespace: about.Str("namespace")}.Valid()
			break
		}
		if o.Message == "" {
			o.Message = strings.TrimSpace(r.Str("policy") + " " + r.Str("rule"))
		}
		p.Add(o)
	}
}

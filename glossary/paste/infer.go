package paste

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// finish completes the text after all lines have been read: it collects the prose, fills in
// missing namespaces and objects, and marks resolved events.
func finish(p *parse.Parser) {
	p.Text.Prose = proseOf(&p.Text.Observations)
	if !p.Text.Output {
		return
	}
	inferMentioned(p)
	inferNamed(&p.Text.Observations)
	inferDeployment(p)
	inferNamespaces(p)
	inferObjects(p)
	inferAsked(p)
	markResolved(p)
}

// proseOf returns the lines of prose.
func proseOf(all *observe.List) string {
	size := 0
	for _, o := range all.All() {
		if o.Place == observe.Line && o.Prose {
			size += len(o.Message) + 1
		}
	}
	var b strings.Builder
	b.Grow(size)
	for _, o := range all.All() {
		if o.Place == observe.Line && o.Prose {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(o.Message)
		}
	}
	return b.String()
}

// mentionable contains the built-in kinds whose objects show what failed. Other objects, such as a
// ConfigMap or a Lease, are part of a failure of another object.
var mentionable = map[string]bool{"pod": true, "deployment": true, "replicaset": true, "statefulset": true, "daemonset": true, "job": true, "cronjob": true, "service": true}

// inferMentioned fills in the objects of failures that lack one but name it in the message.
func inferMentioned(p *parse.Parser) {
	for i := range p.Text.Observations.Len() {
		o := p.Text.Observations.At(i)
		if (o.Object.Name == "" || o.Object.Kind == "release" && strings.Contains(o.Message, `" is invalid: `)) && (o.Place == observe.Log || o.Place == observe.Error) && o.Verdict >= observe.Unjudged {
			if about := observe.Mentioned(o.Message); about.Name != "" && (mentionable[about.Kind] || observe.IsCustom(about.Kind)) {
				about.Namespace = cmp.Or(about.Namespace, o.Object.Namespace)
				o.Object = about
			}
		}
	}
}

// maxNamed is the maximum number of objects that inferNamed compares with the failures.
const maxNamed = 16

// inferNamed fills in the objects of failures in logs that lack one, if another line of the paste is about an
// object that the message names: by its namespace and name, or by its kind if it is the only object: "error
// syncing claim "4b18a0a8-…"".
func inferNamed(all *observe.List) {
	var known []observe.Object
	lacks := func(o *observe.Observation) bool {
		return o.Place == observe.Log && o.Verdict == observe.Unhealthy && o.Object.Name == ""
	}
	some := false
	for i := range all.Len() {
		some = some || lacks(all.At(i))
	}
	for i := range all.Len() {
		if o := all.At(i).Object; some && o.Namespace != "" && o.Name != "" && !slices.Contains(known, o) {
			if known = append(known, o); len(known) > maxNamed {
				return
			}
		}
	}
	for i := range all.Len() {
		o := all.At(i)
		if len(known) == 0 || !lacks(o) {
			continue
		}
		for _, about := range known {
			if strings.Contains(o.Message, `"`+about.Namespace+"/"+about.Name+`"`) || len(known) == 1 && about.Kind == "persistentvolumeclaim" && strings.Contains(o.Message, ` claim "`) {
				o.Object = about
			}
		}
	}
}

// inferDeployment fills in the Deployment of conditions without an object, of which one names its
// ReplicaSet: "ReplicaSet "web-5d9f8c7b6" has timed out progressing."
func inferDeployment(p *parse.Parser) {
	var about observe.Object
	all := &p.Text.Observations
	for i := range all.Len() {
		if o := all.At(i); o.Object.Name != "" {
			return
		} else if o.Place == observe.Condition && o.Field == "Progressing" && strings.HasPrefix(o.Message, "ReplicaSet ") {
			about = observe.Mentioned(o.Message).Workload()
		}
	}
	for i := range all.Len() {
		if o := all.At(i); about.Name != "" && o.Place == observe.Condition && (o.Object.Kind == "" || o.Object.Kind == "deployment") {
			o.Object.Kind, o.Object.Name = "deployment", about.Name
		}
	}
}

// inferAsked fills in the Pod of events and errors if no output names an object, and the prose names
// exactly one Pod.
func inferAsked(p *parse.Parser) {
	for _, o := range p.Text.Observations.All() {
		if o.Object.Name != "" {
			return
		}
	}
	asked := ""
	for _, w := range strings.Fields(p.Text.Prose) {
		w = strings.Trim(w, "`'\".,:;()?!")
		if i := strings.LastIndexByte(w, '-'); i > 0 && len(w)-i == len("-x2v4q") && observe.IsName(w) && (observe.Object{Kind: "pod", Name: w}).Workload().Name != w && w != asked {
			if asked != "" {
				return
			}
			asked = w
		}
	}
	for i := range p.Text.Observations.Len() {
		if o := p.Text.Observations.At(i); asked != "" && o.Object.Kind == "" && o.Verdict == observe.Unhealthy && (o.Place == observe.Event || o.Place == observe.Error) {
			o.Object.Kind, o.Object.Name = "pod", asked
		}
	}
}

// inferObjects fills in missing objects. If the text contains exactly one command, and the command
// names an object, events without an object and descriptions of that kind without a name get it.
func inferObjects(p *parse.Parser) {
	if len(p.Text.Commands) != 1 || p.Text.Commands[0].Object.Name == "" {
		return
	}
	about := p.Text.Commands[0].Object
	for i := range p.Text.Observations.Len() {
		o := p.Text.Observations.At(i)
		if o.Object.Name == "" && (o.Place == observe.Event && o.Object.Kind == "" || o.Place != observe.Event && o.Object.Kind != "" && o.Object.Kind == about.Kind) {
			o.Object = about
		}
	}
}

// inferNamespaces fills in missing namespaces. An object without a namespace gets the namespace of
// an object with the same kind and name on another line, if there is one.
func inferNamespaces(p *parse.Parser) {
	lacks := false
	for _, o := range p.Text.Observations.All() {
		if lacks = o.Object.Name != "" && o.Object.Namespace == ""; lacks {
			break
		}
	}
	if !lacks {
		return
	}
	known := make(map[[2]string]string)
	learn := func(o *observe.Object) {
		if o.Name != "" && o.Namespace != "" {
			known[[2]string{o.Kind, o.Name}] = o.Namespace
		}
	}
	for _, o := range p.Text.Observations.All() {
		learn(&o.Object)
		for j := range o.Related {
			learn(&o.Related[j])
		}
	}
	if len(known) == 0 {
		return
	}
	for _, all := range p.Text.Observations.All() {
		if o := &all.Object; o.Namespace == "" && o.Name != "" {
			o.Namespace = known[[2]string{o.Kind, o.Name}]
		}
	}
}

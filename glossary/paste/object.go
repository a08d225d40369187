package paste

import (
	"regexp"
	"strings"

	"k8sbot/glossary/fold"
)

// An Object is an object in a cluster that a paste mentions. Fields that the text does
// not contain are empty.
type Object struct {
	Kind      string // in lower case and singular, as kubectl writes it: pod
	Name      string
	Namespace string
	Container string
}

// String returns the object as kubectl writes it: pod/web-1.
func (o Object) String() string {
	if o.Kind == "" {
		return o.Name
	}
	return o.Kind + "/" + o.Name
}

// Whole returns the object without its container.
func (o Object) Whole() Object {
	o.Container = ""
	return o
}

// valid returns the object, or the zero value if Kubernetes does not allow its names. The
// bot prints the names in commands.
func (o Object) valid() Object {
	if !isObjectName(o.Name) || o.Namespace != "" && !isObjectName(o.Namespace) {
		return Object{}
	}
	return o
}

// objectNamed reads a name as kubectl prints it: pod/web-1, deployment.apps/web, or a
// name without its kind, which the table implies.
func objectNamed(name, kind string) Object {
	if prefix, rest, ok := strings.Cut(name, "/"); ok {
		prefix, _, _ = strings.Cut(prefix, ".")
		return Object{Kind: strings.ToLower(prefix), Name: rest}.valid()
	}
	if kind == "" {
		return Object{Name: name}.valid()
	}
	return Object{Kind: kind, Name: name}.valid()
}

var podInLog = regexp.MustCompile(`\bpods?[ =]"?([a-z0-9-]+/)?([a-z0-9][a-z0-9.-]*)"?`)

// objectIn returns the Pod that a component's log line is about.
func objectIn(line string) Object {
	m := podInLog.FindStringSubmatch(line)
	if m == nil || !strings.ContainsAny(m[2], "-0123456789") {
		return Object{}
	}
	return Object{Kind: "pod", Namespace: strings.TrimSuffix(m[1], "/"), Name: m[2]}.valid()
}

// isObjectName reports whether s may be the name of an object of some kind: letters and
// digits, with hyphens and dots inside.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
func isObjectName(s string) bool {
	if s == "" || len(s) > 253 || !fold.IsLowerAlnum(s[0]) || !fold.IsLowerAlnum(s[len(s)-1]) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !fold.IsLowerAlnum(c) && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

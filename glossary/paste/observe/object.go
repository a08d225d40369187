package observe

import (
	"strings"

	"k8sbot/glossary/fold"
)

// An Object is an object in a cluster that a paste mentions. A field is empty if the paste
// does not contain it.
type Object struct {
	Kind      string // in lower case and singular, as kubectl writes it: pod
	Name      string
	Namespace string
	Container string
	Init      bool // the container is an init container
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
	o.Container, o.Init = "", false
	return o
}

// Valid returns the object, or the zero Object if the object has a name that Kubernetes does not
// allow. Names are inserted into suggested shell commands, so they must be valid. If only the name
// of the container is invalid, Valid removes it.
func (o Object) Valid() Object {
	if o.Name != "" && !IsName(o.Name) || o.Namespace != "" && !IsName(o.Namespace) || o.Kind != "" && !IsName(strings.ReplaceAll(o.Kind, " ", "-")) {
		return Object{}
	}
	if o.Container != "" && !IsName(o.Container) {
		o.Container = ""
	}
	return o
}

// ObjectNamed returns the object for a name as kubectl prints it: pod/web-1, deployment.apps/web,
// or web-1 alone. If the name is alone, the object has the given kind. If that kind is known, and what
// comes before the slash is not a kind, it is the namespace, as in argocd app list: argocd/guestbook.
func ObjectNamed(name, kind string) Object {
	o := Object{Kind: kind, Name: name}
	if prefix, rest, ok := strings.Cut(name, "/"); ok {
		k := KindNamed(prefix)
		short, _, grouped := strings.Cut(prefix, ".")
		o.Name = rest
		switch {
		case KnownKind(k):
			o.Kind = k
		case grouped:
			o.Kind = strings.ToLower(short) // kubectl prints the singular, whatever it ends with: k8srequiredlabels
		case KnownKind(kind):
			o.Namespace = prefix
		default:
			o.Kind = k
		}
	}
	return o.Valid()
}

// IsName reports whether s can be the name of an object of any kind: lower-case letters
// and digits, with hyphens, dots and colons in between, at most 253 characters. Such a
// name has no special meaning in a shell.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
func IsName(s string) bool {
	if s == "" || len(s) > 253 || !fold.IsLowerAlnum(s[0]) || !fold.IsLowerAlnum(s[len(s)-1]) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !fold.IsLowerAlnum(c) && c != '-' && c != '.' && c != ':' {
			return false
		}
	}
	return true
}

// Workload returns a Pod or ReplicaSet without its kind and without the suffixes that Kubernetes
// adds to the name of its workload: web for web-7d9f8c6b5d-x2v4q, db for db-0. It returns other
// objects unchanged.
func (o Object) Workload() Object {
	o = o.Whole()
	if o.Kind != "pod" && o.Kind != "replicaset" {
		return o
	}
	name, suffix, ok := cutLast(o.Name)
	switch {
	case !ok:
		return o
	case o.Kind == "replicaset":
		if isGenerated(suffix, 5, 10) {
			o.Name = name
		}
	case strings.Trim(suffix, "0123456789") == "" && len(suffix) < 4, isGenerated(suffix, 5, 5):
		o.Name = name
		if name, hash, ok := cutLast(name); ok && len(suffix) == 5 && isGenerated(hash, 6, 10) {
			o.Name = name
		}
	}
	o.Kind = ""
	return o
}

func cutLast(name string) (before, after string, ok bool) {
	i := strings.LastIndexByte(name, '-')
	if i <= 0 {
		return name, "", false
	}
	return name[:i], name[i+1:], true
}

// isGenerated reports whether s has at least shortest and at most longest characters, all of which
// Kubernetes uses in generated names.
// https://github.com/kubernetes/kubernetes/blob/v1.37.0/staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go
func isGenerated(s string, shortest, longest int) bool {
	return len(s) >= shortest && len(s) <= longest && strings.Trim(s, "bcdfghjklmnpqrstvwxz2456789") == ""
}

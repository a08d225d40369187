package observe

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/zipped"
)

// kindsFile is kinds.tsv, compressed.
//
//go:generate gzip -9nkf kinds.tsv
//go:embed kinds.tsv.gz
var kindsFile string

// A kind is a kind of object, with the columns that kubectl prints. The columns that only -o wide
// prints come last.
type kind struct {
	name       string // lower case, singular
	namespaced bool
	core       bool // part of Kubernetes itself
	columns    []string
}

// A kindTable contains the known kinds.
type kindTable struct {
	all   []*kind
	names map[string]*kind // by each name that kubectl accepts for a kind: plural, singular or short
}

// kinds returns the known kinds. They are read on first use, since most questions need none.
var kinds = sync.OnceValue(func() *kindTable { return readKinds(zipped.Text(kindsFile)) })

// firstCustom is the first kind in kinds.tsv that is not part of Kubernetes.
const firstCustom = "application"

func readKinds(file string) *kindTable {
	t := &kindTable{names: make(map[string]*kind)}
	core := true
	for _, f := range lex.Rows(file) {
		core = core && f[0] != firstCustom
		k := &kind{name: f[0], namespaced: f[2] == "namespace", core: core}
		if f[3] != "" {
			k.columns = strings.Split(f[3], ", ")
		}
		t.all = append(t.all, k)
		for _, name := range append([]string{f[0]}, strings.Fields(f[1])...) {
			if t.names[name] == nil {
				t.names[name] = k
			}
		}
	}
	return t
}

// KnownKind reports whether name is the singular lower-case name of a known kind.
func KnownKind(name string) bool {
	k := kinds().names[name]
	return k != nil && k.name == name
}

// ownStatus are the programs whose tables show what the programs themselves know about objects of other
// kinds: whether a proxy has its configuration, and whether an object is as it is in Git.
var ownStatus = lex.Set("istioctl|argocd")

// OwnStatus reports whether the rows that a program prints don't show the status of the objects
// themselves.
func OwnStatus(program string) bool { return ownStatus[program] }

// isCore reports whether a kind is part of Kubernetes. For such a kind, all columns that indicate
// health have rules.
func isCore(name string) bool {
	k := kinds().names[name]
	return k != nil && k.name == name && k.core
}

// IsCustom reports whether a kind, in lower case and singular, is not part of Kubernetes. It
// returns false for "".
func IsCustom(name string) bool { return name != "" && !isCore(name) }

// KindIn returns the kind of an object from the values of its kind and apiVersion fields. If
// another API group uses the name of a built-in or common kind, KindIn adds the group:
// service.serving.knative.dev, bucket.s3.aws.upbound.io.
func KindIn(kind, apiVersion string) string {
	group, _, ok := strings.Cut(apiVersion, "/")
	if kind == "" || !ok {
		return KindNamed(kind)
	}
	return KindNamed(KindNamed(kind) + "." + strings.ToLower(group))
}

// foreignGroup matches a kind with an API group that is not part of Kubernetes.
var foreignGroup = lazyregexp.New(`\.[a-z0-9-]+\.(?:dev|io|com|org|net|sh|cloud|ai)$`)

// cloudGroup matches a kind with an API group whose kinds are those of a cloud or another API, as in
// Crossplane, AWS Controllers for Kubernetes, Config Connector and Azure Service Operator: Bucket,
// Certificate, Cluster. https://docs.crossplane.io/latest/managed-resources/managed-resources/
var cloudGroup = lazyregexp.New(`\.(?:aws|azure|azuread|gcp|gcp-beta|github|gitlab|kubernetes|helm)(?:\.m)?\.(?:upbound|crossplane)\.io$|\.services\.k8s\.aws$|\.cnrm\.cloud\.google\.com$|\.azure\.com$`)

// Namespaced reports whether a kind is namespaced. It returns true for an unknown kind, because
// most custom resources are namespaced.
func Namespaced(kind string) bool {
	k := kinds().names[kind]
	return k == nil || k.namespaced
}

// KindNamed returns the canonical name of a kind, in lower case and singular, for any of
// its names: po, Pods, deployment.apps, deployments.v1.apps.
func KindNamed(s string) string {
	s = strings.ToLower(s)
	whole := s
	if k := kinds().names[whole]; k != nil {
		return k.name
	}
	s, _, _ = strings.Cut(s, ".")
	if k := kinds().names[s]; k != nil && (k.core && foreignGroup.MatchString(whole) && !strings.HasSuffix(whole, ".k8s.io") || !k.core && cloudGroup.MatchString(whole)) {
		return whole // services.serving.knative.dev
	}
	if k := kinds().names[s]; k != nil {
		return k.name
	}
	switch {
	case strings.HasSuffix(s, "ies"):
		return s[:len(s)-3] + "y"
	case strings.HasSuffix(s, "sses"), strings.HasSuffix(s, "tuses"), strings.HasSuffix(s, "xes"), strings.HasSuffix(s, "ches"):
		return s[:len(s)-2]
	case strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && !strings.HasSuffix(s, "tus"):
		return s[:len(s)-1]
	}
	return s
}

// ResourceName returns the name of a resource without its API group, because a message may cut the
// group short, and without a subresource: deployments for deployments/scale.apps. It returns "" for a
// custom resource that has the same name as a built-in resource.
func ResourceName(s string) string {
	name, group, ok := strings.Cut(s, ".")
	name, _, _ = strings.Cut(name, "/")
	if !ok {
		return name
	}
	if KindNamed(name+"."+group+".io") != KindNamed(name) {
		return ""
	}
	return name
}

// ColumnsOf returns the columns of a kind's table, or nil if the kind is unknown. The columns that
// only -o wide prints come last. kind may be any name of the kind.
func ColumnsOf(kind string) []string {
	if k := kinds().names[kind]; k != nil {
		return k.columns
	}
	return nil
}

// IsColumn reports whether a known table has a column with this name.
func IsColumn(name string) bool { return knownColumns()[name] }

// optionalColumns can occur in tables of any kind.
var optionalColumns = lex.Set("NAMESPACE|LABELS")

// commonColumns are columns of so many custom resources that they do not identify the kind.
var commonColumns = lex.Set("NAME|AGE|STATUS|STATE|PHASE|READY|REASON|MESSAGE|VERSION|CLUSTER|TYPE|NODE")

// inOrder reports whether the columns of a table come in the order of the columns of a kind.
func inOrder(columns, all []string) bool {
	at := 0
	for _, c := range columns {
		i := slices.Index(all, c)
		if i >= 0 && i < at {
			return false
		}
		at = max(at, i)
	}
	return true
}

// KindOf returns the kind whose table has all the given columns. If several kinds have them, KindOf
// returns the kind with the fewest other columns, and of these the one whose columns are in this order. It
// returns "" if no kind has them, or if there is a tie.
func KindOf(columns []string) string {
	best, fewest, tie := "", 1<<30, false
next:
	for _, k := range kinds().all {
		if len(k.columns) == 0 {
			continue
		}
		n, own := 0, k.core
		for _, c := range columns {
			if optionalColumns[c] {
				continue
			}
			if !slices.Contains(k.columns, c) {
				continue next
			}
			own = own || !commonColumns[c]
			n++
		}
		if (n < 3 || !own) && n < len(k.columns) {
			continue
		}
		missing := 2 * (len(k.columns) - n)
		if !inOrder(columns, k.columns) {
			missing++
		}
		switch {
		case missing < fewest:
			best, fewest, tie = k.name, missing, false
		case missing == fewest:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

// knownColumns returns the columns of all known kinds, and those of tables that mix kinds.
var knownColumns = sync.OnceValue(func() map[string]bool {
	set := lex.Set("NAMESPACE|LABELS|LAST SEEN|FIRST SEEN|TYPE|REASON|OBJECT|SUBOBJECT|SOURCE|MESSAGE|COUNT|REVISION|UPDATED|CHART|APP VERSION|SUSPENDED|" +
		"CURRENT|CLUSTER|AUTHINFO|CPU(cores)|MEMORY(bytes)|CPU%|MEMORY%|CPU(%)|MEMORY(%)|ENDPOINT|DB SIZE|IS LEADER|IS LEARNER|RAFT TERM|RAFT INDEX|" +
		"RAFT APPLIED INDEX|ERRORS|SYNC STATUS|HEALTH STATUS|HEALTH|HOOK|GROUP|KIND|CREATED|STATE|ATTEMPT|POD ID|POD|CONTAINER|IMAGE|CHANGE-CAUSE|" +
		"DESCRIPTION|STATUS|READY|ID|VERSION|CONDITION|PHASE|NODE|DURATION|DOMAIN|ISSUER|HOSTS|ADDRESS|PORTS")
	for _, k := range kinds().all {
		for _, c := range k.columns {
			set[c] = true
		}
	}
	return set
})

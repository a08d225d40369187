package logs

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// A logEntry is a parsed log line.
type logEntry struct {
	level   string // info, warning, error, fatal; "" if the line has none
	message string
	err     string
	reason  string
	from    string
	caller  string
	object  observe.Object
	node    observe.Object // in a field
	related []observe.Object
	// The values of fields such as kind and name, from which about derives the object.
	kind, name, namespace, controller, container string

	note, eventType string // note and type of a logged event

	nested bool // a field contained other fields; only one level is read, so that hostile input costs little

	resource string // the object or, in a message of the kubelet, the resource that the message is about
	provider string // the source of the configuration that the entry is about

	quiet bool // the text is harmless, whatever words it contains
	vague bool // neither the level nor the text shows whether the entry is a failure
}

// logLevels maps the level names of loggers to the levels of an observation.
var logLevels = map[string]string{
	"trace": "info", "debug": "info", "debu": "info", "info": "info", "information": "info", "notice": "info", "default": "info", "inf": "info", "dbg": "info", "verbose": "info", "fine": "info",
	"warn": "warning", "warning": "warning", "wrn": "warning",
	"error": "error", "err": "error", "erro": "error", "severe": "error", "ftl": "fatal",
	"fatal": "fatal", "fata": "fatal", "critical": "fatal", "crit": "fatal", "emerg": "fatal", "emergency": "fatal", "alert": "fatal", "panic": "fatal", "dpanic": "fatal",
}

// levelLengths contains the lengths of the level names, as bits, by their first bytes.
var levelLengths = func() (all [256]uint16) {
	for name := range logLevels {
		all[name[0]] |= 1 << len(name)
		all[name[0]-'a'+'A'] |= 1 << len(name)
	}
	return all
}()

// logLevel returns the level for a word, ignoring case, or "" if the word is not a level.
func logLevel(word string) string {
	var room [11]byte
	if len(word) < 3 || len(word) > len(room) || levelLengths[word[0]]>>len(word)&1 == 0 {
		return ""
	}
	lower := room[:len(word)]
	for i := range len(word) {
		if lower[i] = word[i]; 'A' <= word[i] && word[i] <= 'Z' {
			lower[i] += 'a' - 'A'
		}
	}
	return logLevels[string(lower)]
}

// failureWords are words that suggest a failure in a line whose level is below error.
var failureWords = lex.Set("error|errors|err|fail|fails|failed|failing|failure|failures|refused|timeout|timeouts|denied|panic|unable|fatal|cannot|couldn|exceeded|" +
	"exceeds|unreachable|unhealthy|expired|invalid|crash|crashed|crashing|killed|killing|unauthorized|forbidden|exception|rejected|lost|dropping|" +
	"dropped|evict|evicting|eviction|evicted|disruption|fulldisruption|notready|unavailable|missing|corrupt|deadline|retrying|aborted|oom|" +
	"conflict|not|wrong|reclaim|backoff|stale|unknown|blocked|dead|slow|waiting|timed")

// absent contains words that, after "no", mean that nothing is wrong or that there is nothing
// to do: no errors, no unschedulable pods.
var absent = lex.Set("error|errors|failure|failures|issue|issues|problem|problems|schedulable|unschedulable|unregistered|unhealthy|violations|conflict|conflicts|" +
	"change|changes|candidates|need|updates|upgrade|pending|orphaned|unneeded|stale|expired")

// HasFailure reports whether s contains a failure word as a whole word, ignoring case.
func HasFailure(s string) bool {
	var word [16]byte
	n := 0
	no := false // the word before is "no"
	for i := 0; i <= len(s); i++ {
		c := byte(' ')
		if i < len(s) {
			c = s[i]
		}
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
			fallthrough
		case 'a' <= c && c <= 'z':
			if n < len(word) {
				word[n] = c
			}
			n++
		default:
			if n > 1 && n <= len(word) {
				switch w := word[:n]; {
				case no && absent[string(w)]:
					no = false
				case no:
					return true
				case string(w) == "no" && c == ' ':
					no = true
				case failureWords[string(w)]:
					return true
				}
			}
			n = 0
		}
	}
	return no
}

// errorStarts are the beginnings, in lower case, of lines that report an error but have
// no level.
var errorStarts = []string{"error", "failed", "failure", "fatal", "panic", "unable to", "cannot", "can't", "could not", "couldn't", "exception"}

// inferLevel guesses the level of a line without a level from the line's first word.
func inferLevel(s string) string {
	if len(s) > 16 {
		s = s[:lex.CutAt(s, 16)]
	}
	s = strings.ToLower(s)
	switch {
	case strings.HasPrefix(s, "fatal"), strings.HasPrefix(s, "panic"):
		return "fatal"
	case strings.HasPrefix(s, "warn"):
		return "warning"
	}
	for _, start := range errorStarts {
		if strings.HasPrefix(s, start) {
			return "error"
		}
	}
	return "info"
}

// text returns the message together with the error.
func (e *logEntry) text() string {
	switch {
	case e.resource != "" && e.kind == "" && e.err == "":
		return e.message + " " + e.resource // attempting to reclaim memory
	case e.err == "" || strings.Contains(e.message, e.err):
		return e.message
	case e.message == "":
		return e.err
	}
	return strings.TrimSuffix(e.message, ":") + ": " + e.err
}

// passing contains the errors that programs log as warnings because a client disconnected.
var passing = lex.Set("EOF|context canceled|unexpected EOF|client disconnected")

// observation returns the observation for an entry on the line with the given number.
func (e *logEntry) observation(number int32) observe.Observation {
	o := observe.Observation{Place: observe.Log, Value: e.level, Message: e.text(), Reason: e.reason, From: e.from, Related: e.related, Line: number}
	if o.Value == "" {
		o.Value = inferLevel(o.Message)
	}
	switch {
	case o.Value == "error" || o.Value == "fatal" || o.Value == "warning" && (e.err != "" && !passing[e.err] || inferLevel(o.Message) == "error"):
		o.Verdict = observe.Unhealthy
	case o.Value == "warning" || e.vague || !e.quiet && (e.err != "" || HasFailure(o.Message)):
		o.Verdict = observe.Unjudged
	}
	o.Object = e.about(o.Message)
	return o
}

// about returns the object that an entry is about: the object in its fields, or the Pod that its
// text names.
func (e *logEntry) about(text string) observe.Object {
	obj := e.object
	if obj.Name == "" && e.name != "" {
		kind := e.kind
		if kind == "" {
			if k := observe.KindNamed(e.controller); observe.KnownKind(k) {
				kind = k
			}
		}
		ns, name, ok := strings.Cut(e.name, "/")
		if !ok {
			ns, name = e.namespace, e.name
		}
		if kind != "" || ok || ns != "" && e.controller != "" {
			obj = observe.Object{Kind: observe.KindNamed(kind), Namespace: ns, Name: name}.Valid()
		}
	}
	for _, k := range providerKinds {
		if k.provider == e.provider && k.field == obj.Kind {
			obj.Kind = k.kind
		}
	}
	if obj.Name == "" {
		obj = podInText(text)
	}
	if obj.Name == "" {
		obj = e.node
	}
	if _, rest, ok := strings.Cut(text, " for node "); ok && obj.Name == "" {
		name, _, _ := strings.Cut(rest, " ")
		obj = observe.Object{Kind: "node", Name: strings.TrimRight(name, ":,")}
	}
	if obj.Namespace == "" && observe.IsName(e.namespace) {
		obj.Namespace = e.namespace
	}
	if obj.Kind == "pod" && obj.Container == "" {
		if observe.IsName(e.container) {
			obj.Container = e.container
		} else {
			obj.Container = containerInText(text)
		}
	}
	return obj.Valid()
}

// providerKinds are the kinds of objects that a log calls by the name of another kind, by the source of the
// configuration: Traefik's field ingress contains an IngressRoute.
// https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-crd/
var providerKinds = [...]struct{ provider, field, kind string }{{"kubernetescrd", "ingress", "ingressroute"}}

// podInText finds a Pod in text that names the Pod as the kubelet or a container runtime does:
// name_namespace(uid), pod "name" (UID: "uid"), PodSandboxMetadata{Name:…,Uid:…,Namespace:…}, or
// k8s_container_name_namespace_uid_attempt.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubelet/util/format/pod.go
func podInText(s string) observe.Object {
	if _, rest, ok := strings.Cut(s, ` pod "`); ok { // pod "web-1" (UID: "…")
		if name, after, ok := strings.Cut(rest, `"`); ok && strings.HasPrefix(after, " (UID: ") && !strings.HasPrefix(after, ` (UID: "`+name) {
			return observe.Object{Kind: "pod", Name: name}.Valid()
		}
	}
	if i := strings.Index(s, "PodSandboxMetadata{Name:"); i >= 0 {
		rest := s[i+len("PodSandboxMetadata{Name:"):]
		name, rest, _ := strings.Cut(rest, ",")
		if _, ns, ok := strings.Cut(rest, "Namespace:"); ok {
			ns, _, _ = strings.Cut(ns, ",")
			return observe.Object{Kind: "pod", Namespace: ns, Name: name}.Valid()
		}
	}
	if _, rest, ok := strings.Cut(s, " k8s_"); ok { // k8s_app_web-1_shop_<uid>_0: of a container; k8s_web-1_shop_<uid>_0: of a sandbox
		name, _, _ := strings.Cut(rest, " ")
		parts := strings.Split(name, "_")
		if n := len(parts); n == 4 || n == 5 {
			o := observe.Object{Kind: "pod", Name: parts[n-4], Namespace: parts[n-3]}
			if n == 5 && parts[0] != "POD" {
				o.Container = parts[0]
			}
			return o.Valid()
		}
	}
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '_')
		if i < 0 {
			return observe.Object{}
		}
		at := from + i
		from = at + 1
		end := at + 1
		for end < len(s) && end-at < 254 && nameByte(s[end]) {
			end++
		}
		if end == len(s) || s[end] != '(' || end == at+1 {
			continue
		}
		start := at
		for start > 0 && at-start < 254 && nameByte(s[start-1]) {
			start--
		}
		if obj := (observe.Object{Kind: "pod", Namespace: s[at+1 : end], Name: s[start:at]}).Valid(); obj.Name != "" && obj.Namespace != "" {
			return obj
		}
	}
}

func nameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '.'
}

// containerInText returns the container named in a kubelet message, or "".
func containerInText(s string) string {
	for _, before := range [2]string{`"StartContainer" for "`, "restarting failed container="} {
		if _, after, ok := strings.Cut(s, before); ok {
			n := 0
			for n < len(after) && nameByte(after[n]) {
				n++
			}
			return after[:n]
		}
	}
	return ""
}

// ownLogs are the command line tools that log what they do.
var ownLogs = lex.Set("argocd|velero|skopeo|k3d|eksctl|skaffold|buildah|podman")

// logAbout fills in the object or the program of an observation, using the command that printed
// the log.
func logAbout(p *parse.Parser, o *observe.Observation) {
	c := p.Command
	if c == nil {
		return
	}
	switch {
	case c.Program == "kubectl" && (c.Verb == "logs" || c.Verb == "log" || c.Verb == "port-forward") && o.Object.Name == "":
		o.Object = c.Object
	case ownLogs[c.Program]:
		if o.From == "" {
			o.From = c.Program
		}
		if o.Object.Name == "" && c.Object.Name != "" {
			o.Object = c.Object
		}
	case c.Program == "journalctl" && o.From == "" && observe.IsName(c.Verb):
		o.From = strings.TrimSuffix(c.Verb, ".service")
	}
}

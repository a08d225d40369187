package logs

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// objectFields are log fields that are named after a kind and contain an object of that kind,
// as the kubelet, controllers and flux write them: pod="shop/web-1", Deployment={"name":"web"}.
var objectFields = lex.Set("pod|pods|deployment|replicaset|statefulset|daemonset|job|cronjob|service|ingress|persistentvolumeclaim|pvc|persistentvolume|pv|configmap|" +
	"secret|application|certificate|issuer|clusterissuer|challenge|order|kustomization|helmrelease|gitrepository|helmrepository|helmchart|" +
	"ocirepository|gateway|httproute|nodeclaim|nodepool|hpa|pdb|lease|rollout|endpointslice|certificaterequest")

// programKinds are the log fields that contain an object only in the logs of one program, after the beginning of
// the names of its controllers. Elsewhere, they mean something else.
var programKinds = [...]struct{ controller, field string }{{"longhorn-", "volume"}, {"longhorn-", "replica"}, {"longhorn-", "engine"}}

// field records one field of a structured log. value has no quotes, except that a JSON object
// is passed unchanged.
func (e *logEntry) field(key, value string) {
	if value == "" || value == "null" || value == "<nil>" || len(key) > 40 {
		return
	}
	switch lower := strings.ToLower(key); lower {
	case "level", "lvl", "severity", "loglevel", "log.level", "levelname":
		e.setLevel(value)
	case "msg", "message", "m", "short_message", "textpayload":
		if e.message == "" {
			e.message = strings.TrimSpace(value)
		} else if e.message == "Event occurred" || isEventType(e.message) {
			e.note = value
		} else if e.err == "" && value != e.message { // both msg and message
			e.err = strings.TrimSpace(value)
		}
	case "jsonpayload":
		if !e.nested {
			e.nested = true
			jsonFields(value, e.field)
		}
	case "type":
		e.eventType = value
	case "err", "error", "errs", "errors", "errmsg", "err_msg", "exception", "networkready", "exc_info", "errorverbose":
		if lower == "errorverbose" && e.err != "" {
			e.origin(lower, value)
			return
		}
		if value[0] == '{' {
			e.jsonError(value)
		} else if e.err == "" {
			e.err = strings.TrimSpace(value)
		}
	case "newstate":
		if value != "Normal" && e.err == "" {
			e.err = value
		}
	case "lock":
		if e.object.Name == "" {
			e.object = objectIn(value, "lease")
		}
	case "logger", "logger_name", "component", "loggername":
		e.named(value)
	case "subsys": // Cilium
		if strings.HasPrefix(value, "cilium") {
			e.from = value
		}
	case "caller":
		e.caller = value
		e.origin(lower, value)
	case "controller":
		e.controller = value
	case "kind", "controllerkind", "reconciler kind", "reconcilerkind", "resourcekind":
		e.kind = value
	case "name":
		e.name = value
	case "resourcename":
		e.name, e.resource = value, value
	case "namespace", "ns", "podnamespace", "app-namespace":
		e.namespace = value
	case "providername":
		e.provider = value
	case "podname", "pod_name":
		e.kind, e.name = "pod", value
	case "k8spodname", "logging_pod": // Cilium, CloudNativePG
		e.object = objectIn(value, "pod")
	case "container", "containername", "container_name":
		e.container = value
	case "reason":
		if !strings.ContainsAny(value, " :") && value[0] >= 'A' && value[0] <= 'Z' {
			e.reason = value
		}
	case "node", "nodename", "node_name":
		if obj := objectIn(value, "node"); obj.Name != "" {
			e.related = append(e.related, obj)
			e.node = obj
		}
	case "object", "resource", "obj", "key", "involvedobject":
		if obj := objectIn(value, e.kind); obj.Name != "" && obj.Kind != "" && e.object.Name == "" {
			e.object = obj
		} else if obj.Name != "" && e.name == "" {
			e.name, e.namespace = obj.Name, obj.Namespace
		}
	default:
		if before, part, ok := strings.Cut(lower, "."); ok && (part == "name" || part == "namespace") && observe.KnownKind(before) { // KEDA: scaledObject.Name
			if e.kind = before; part == "name" {
				e.name = value
			} else {
				e.namespace = value
			}
			return
		}
		e.origin(lower, value)
		for _, k := range programKinds {
			if k.field == lower && e.object.Name == "" && strings.HasPrefix(e.controller, k.controller) {
				e.object = objectIn(value, lower)
			}
		}
		// controller-runtime names the field after the kind: "NodeClaim":{"name":"a"}.
		if e.object.Name == "" && (objectFields[lower] || key != "" && key[0] <= 'Z' && observe.KnownKind(observe.KindNamed(key))) {
			e.object = objectIn(value, observe.KindNamed(lower))
		}
	}
}

// setLevel sets the level from a word, from klog's letter, or from the number that pino and bunyan
// write: 30 means info, and 50 means error.
// https://github.com/pinojs/pino/blob/main/docs/api.md#loggerlevel-string-gettersetter
func (e *logEntry) setLevel(value string) {
	if level := logLevel(value); level != "" {
		e.level = level
		return
	}
	if n := lex.Number(value); n >= 60 {
		e.level = "fatal"
	} else if n >= 50 {
		e.level = "error"
	} else if n >= 40 {
		e.level = "warning"
	} else if n >= 10 {
		e.level = "info"
	}
	if len(value) == 1 {
		e.level = letterLevels[value[0]]
	}
}

var letterLevels = map[byte]string{'I': "info", 'D': "info", 'W': "warning", 'E': "error", 'F': "fatal"}

// jsonError records an error that is a JSON object: {"message":"…"}, {"type":…}.
func (e *logEntry) jsonError(value string) {
	jsonFields(value, func(key, v string) {
		switch strings.ToLower(key) {
		case "message", "msg", "error":
			e.err = v
		}
	})
}

// objectIn parses the object in the value of a field: web-1, shop/web-1,
// {"name":"web-1","namespace":"shop"}, ["shop/web-1"], or [{"name":…}]. If the value is a list,
// objectIn returns its first object. If the value has no kind, kind is used.
func objectIn(value, kind string) observe.Object {
	value = strings.TrimLeft(value, "[ ")
	if strings.HasPrefix(value, "{") {
		obj := observe.Object{Kind: kind}
		jsonFields(value, func(key, v string) {
			switch key {
			case "name", "Name":
				obj.Name = v
			case "namespace", "Namespace":
				obj.Namespace = v
			case "kind", "Kind":
				obj.Kind = observe.KindNamed(v)
			}
		})
		return obj.Valid()
	}
	value = strings.Trim(value, `"'`)
	if i := strings.IndexAny(value, `", ]`); i >= 0 {
		value = value[:i]
	}
	if ns, name, ok := strings.Cut(value, "/"); ok {
		if a, b, three := strings.Cut(name, "/"); three {
			return observe.Object{Kind: observe.KindNamed(ns), Namespace: a, Name: b}.Valid()
		}
		if k := observe.KindNamed(ns); kind == "" && observe.KnownKind(k) {
			return observe.Object{Kind: k, Name: name}.Valid()
		}
		return observe.Object{Kind: kind, Namespace: ns, Name: name}.Valid()
	}
	return observe.Object{Kind: kind, Name: value}.Valid()
}

// maxKey is the maximum length in bytes of a quoted key with its quotes, and maxCopied is how many
// quoted keys with spaces a line may have.
const maxKey, maxCopied = 256, 16

// pairs calls f for each key=value pair of s, with unquoted values. It returns false if s does
// not begin with a pair. https://github.com/kubernetes/klog and https://brandur.org/logfmt
func pairs(s string, f func(key, value string)) bool {
	any, copied := false, 0
	for s = strings.TrimLeft(s, " "); s != ""; s = strings.TrimLeft(s, " ,") {
		n, key := 0, ""
		if s[0] == '"' { // klogr
			end := lex.QuoteEnd(s[:min(len(s), maxKey)])
			switch {
			case end < 3 || end == len(s) || s[end] != '=':
			case !strings.ContainsAny(s[1:end-1], `= "`):
				n, key = end, s[1:end-1]
			case copied < maxCopied:
				s = s[1:end-1] + s[end:]
				copied++
			}
		}
		if key == "" {
			for n < len(s) && s[n] != '=' && s[n] != ' ' && s[n] != '"' {
				n++
			}
			if n == 0 || n == len(s) || s[n] != '=' {
				if !any {
					return false
				}
				s = s[max(n, 1):] // a word between two pairs
				continue
			}
			key = s[:n]
		}
		s = s[n+1:]
		end := valueEnd(s)
		f(key, unquoteEscapes(s[:end]))
		any = true
		s = s[end:]
	}
	return any
}

// valueEnd returns the length of the value at the start of s: a quoted string, a JSON
// object or array, or a word.
func valueEnd(s string) int {
	if s == "" {
		return 0
	}
	switch s[0] {
	case '"':
		return closingQuote(s)
	case '{', '[':
		return bracketEnd(s)
	}
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return i
	}
	return len(s)
}

// closingQuote returns the length of the quoted string at the start of s, or len(s) if
// the string was cut off.
func closingQuote(s string) int {
	if n := lex.QuoteEnd(s); n > 0 {
		return n
	}
	return len(s)
}

// bracketEnd returns the length of the object or array at the start of s, or len(s) if it
// was cut off.
func bracketEnd(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			i += closingQuote(s[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// unquoteEscapes unquotes a string in double quotes, and returns any other text unchanged. It
// removes all levels of nested quoting, as in errors that wrap errors.
func unquoteEscapes(s string) string {
	if s == "" || s[0] != '"' {
		return s
	}
	s = strings.TrimSuffix(s[1:], `"`)
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		run := i
		for run < len(s) && s[run] == '\\' {
			run++
		}
		if run == len(s) {
			break
		}
		if s[run] == '"' || s[run] == '\'' { // a quote of any depth
			b.WriteByte(s[run])
			i = run
			continue
		}
		if n := run - i; n > 1 { // a nested escaped backslash
			b.WriteByte('\\')
			i = run - 1
			continue
		}
		i = run
		switch c := s[i]; c {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte(' ')
		case 'r':
		case 'u':
			if r, ok := hexRune(s[i+1:]); ok {
				b.WriteRune(r)
				i += 4
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// hexRune decodes the four hex digits after \u.
func hexRune(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	var r rune
	for i := range 4 {
		c := s[i] | 0x20
		switch {
		case '0' <= s[i] && s[i] <= '9':
			r = r<<4 | rune(s[i]-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		default:
			return 0, false
		}
	}
	return r, utf8.ValidRune(r)
}

// jsonFields calls f for each field of the JSON object at the start of s, with strings
// unquoted. If the object was cut off, it calls f for the fields before the cut. It reports
// whether there were any fields.
func jsonFields(s string, f func(key, value string)) bool {
	any := false
	s = strings.TrimLeft(s, "{ ")
	for s != "" && s[0] == '"' {
		n := closingQuote(s)
		key := strings.Trim(s[:n], `"`)
		s = strings.TrimLeft(s[n:], " ")
		if s == "" || s[0] != ':' {
			return any
		}
		s = strings.TrimLeft(s[1:], " ")
		if s == "" {
			return any
		}
		end := 0
		if s[0] == '"' || s[0] == '{' || s[0] == '[' {
			end = valueEnd(s)
		} else if end = strings.IndexAny(s, ",} "); end < 0 {
			end = len(s)
		}
		f(key, unquoteEscapes(s[:end]))
		any = true
		s = strings.TrimLeft(s[end:], " ,")
	}
	return any
}

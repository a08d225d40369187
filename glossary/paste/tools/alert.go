package tools

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// An alert is a parsed alert message.
type alert struct {
	name     string // KubePodCrashLooping; "" if the alert has only a title
	text     []string
	labels   map[string]string
	resolved bool
}

// alertHead matches the first line of an alert: "[FIRING:1] KubePodCrashLooping …",
// "[Triggered on {pod:web}] …", "[RESOLVED] …".
var alertHead = lazyregexp.New(`^(?:\*{0,2})\[(FIRING|RESOLVED|Alerting|Triggered|Re-Triggered|Recovered|Warn|No Data)(?::\d+)?(?: on [^\]]{0,200})?\]\*{0,2}:? *(.*)$`)

// alertName matches the name of an alert, in camel case.
var alertName = lazyregexp.New(`^\(?([A-Za-z]+[a-z0-9][A-Z][A-Za-z0-9]*|Watchdog|InfoInhibitor)\b`)

// alertHeadings are the headings in the text of an alert.
var alertHeadings = lex.Set("details|labels|annotations|alerts firing|alerts resolved|firing|resolved|value|values|alert")

// alertNotes are keys whose values are not about an object.
var alertNotes = lex.Set("source|runbook|runbook_url|runbook url|graph|dashboard|dashboard_url|silence|metric value|generatorurl|url|panel|value|values")

// alertTexts are keys whose values are the text of an alert.
var alertTexts = lex.Set("description|summary|message|text")

// readAlert reads an alert from Prometheus Alertmanager, Grafana or Datadog, as their default
// templates format it for chats and emails: a head, the description, and labels. The alert
// becomes an event whose reason is the name of the alert. Resolved alerts become resolved
// events. https://github.com/prometheus/alertmanager/blob/main/template/default.tmpl
func readAlert(p *parse.Parser, lines []line.Line, s string) int {
	headed := s[0] == '[' || s[0] == '*'
	if !headed && !namesAlert(s) && (len(lines) < 2 || !namesAlert(lines[1].Text)) {
		return 0
	}
	a := alert{labels: make(map[string]string)}
	var m []string
	if headed {
		m = alertHead.FindStringSubmatch(s)
	}
	n := 0
	switch {
	case m != nil:
		a.resolved = m[1] == "RESOLVED" || m[1] == "Recovered"
		if name := alertName.FindStringSubmatch(m[2]); name != nil {
			a.name = name[1]
		} else if m[2] != "" {
			a.text = append(a.text, m[2])
		}
		n = 1
	case !startsLabels(lines):
		return 0
	}
	n += a.read(lines[n:])
	if m != nil && a.name != "" && len(a.text) == 0 { // all on one line
		if rest := strings.TrimLeft(strings.TrimPrefix(m[2], a.name), " :-"); rest != "" && rest[0] != '(' && strings.Count(rest, " ") >= minWords {
			a.text = append(a.text, rest)
		}
	}
	if name := a.labels["alertname"]; name != "" {
		a.name = name
	}
	if a.name == "" && len(a.text) == 0 {
		return 0
	}
	a.add(p, lines[0].Number)
	return n
}

// minWords is the number of spaces in the shortest description after the name of an alert.
const minWords = 4

// namesAlert reports whether a line may be the label with the name of an alert.
func namesAlert(s string) bool {
	for s != "" && (s[0] == ' ' || s[0] == '*' || s[0] == '-' || s[0] == '_' || s[0] == '`') {
		s = s[1:]
	}
	if s != "" && s[0] >= utf8.RuneSelf {
		s = strings.TrimLeft(s, bullets)
	}
	return strings.HasPrefix(s, "alertname")
}

// bullets are the characters before a label.
const bullets = "•*-· _`"

// startsLabels reports whether the first line begins the labels of an alert without a head.
func startsLabels(lines []line.Line) bool {
	labels, named := 0, false
	for _, l := range lines[:min(len(lines), 6)] {
		key, _, ok := label(l.Text)
		if !ok && l.Text != "" && !alertHeadings[heading(l.Text)] {
			break
		}
		if ok {
			labels++
		}
		named = named || key == "alertname"
	}
	return named && labels > 1
}

// read reads the lines below an alert's head, and returns their number.
func (a *alert) read(lines []line.Line) int {
	end, gap := 0, false
	for n := 0; n < len(lines) && n < 80; n++ {
		t := strings.TrimSpace(lines[n].Text)
		if t == "" {
			gap = true
			continue
		}
		if alertHead.MatchString(t) || line.Command(t) != nil || parse.IsTableHeader(t) {
			break
		}
		key, value, ok := label(t)
		switch {
		case alertHeadings[heading(t)]:
		case ok && key == "alertname" && a.labels[key] != "":
			return end // the next alert
		case ok && alertTexts[key]:
			a.addText(value)
		case ok && (key == "labels" || key == "common labels"):
			a.pairs(value)
		case ok && alertNotes[key], strings.HasPrefix(t, "http"), strings.HasPrefix(t, "@"):
		case ok:
			if a.labels[key] == "" {
				a.labels[key] = value
			}
		case gap || len(a.labels) > 0 || !lex.IsASCII(t) && line.IsProse(t):
			return end
		default:
			a.addText(t)
		}
		end, gap = n+1, false
	}
	return end
}

// addText adds a line of the description.
func (a *alert) addText(s string) {
	if len(a.text) < 4 {
		a.text = append(a.text, s)
	}
}

// pairs reads labels on one line: namespace=shop pod=web-1.
func (a *alert) pairs(s string) {
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '{' || r == '}' }) {
		if key, value, ok := strings.Cut(f, "="); ok && key != "" && len(a.labels) < 40 {
			a.labels[key] = strings.Trim(value, `"`)
		}
	}
}

// heading returns a line in lower case without bullets, emphasis or a colon.
func heading(s string) string { return strings.ToLower(strings.Trim(s, "*_:•-· ")) }

// label parses an alert's label: "- pod = web-1", "• pod: web-1", "*pod:* `web-1`".
func label(s string) (key, value string, ok bool) {
	s = strings.TrimLeft(s, "•*-· _")
	i := strings.IndexAny(s, "=:")
	if i <= 0 || i > 30 || i+1 == len(s) || s[i] == ':' && s[i+1] != ' ' && s[i+1] != '*' {
		return "", "", false
	}
	key = strings.ToLower(strings.Trim(s[:i], " *_`"))
	value = strings.Trim(s[i+1:], " *_`\"")
	if key == "" || value == "" || strings.Contains(key, " ") && !alertNotes[key] && key != "common labels" {
		return "", "", false
	}
	return key, value, true
}

// alertKinds lists the labels that contain the name of an object, each with the object's kind, in
// the order in which they are tried. A label is tried first if the alert's name begins with alerts:
// an alert such as KubeDeploymentReplicasMismatch comes from kube-state-metrics, and its pod label
// names the exporter's own Pod.
var alertKinds = []struct{ label, kind, alerts string }{
	{"deployment", "deployment", "KubeDeployment"}, {"statefulset", "statefulset", "KubeStatefulSet"}, {"daemonset", "daemonset", "KubeDaemonSet"}, {"job_name", "job", "KubeJob"},
	{"persistentvolumeclaim", "persistentvolumeclaim", "KubePersistentVolume"}, {"horizontalpodautoscaler", "horizontalpodautoscaler", "KubeHpa"}, {"node", "node", "KubeNode"}, {"node", "node", "Kubelet"},
	{"pod", "pod", ""}, {"cronjob", "cronjob", ""}, {"node", "node", ""},
}

// object returns the object that an alert is about. It looks for the object in the alert's labels,
// and then in the alert's text.
func (a *alert) object() observe.Object {
	get := func(name string) string {
		if v := a.labels["exported_"+name]; v != "" {
			return v
		}
		return a.labels[name]
	}
	text := strings.Join(a.text, " ")
	obj := observe.Object{Namespace: get("namespace")}
	for _, own := range [2]bool{true, false} {
		for _, k := range alertKinds {
			name := get(k.label)
			if obj.Name != "" || name == "" || own != (k.alerts != "" && strings.HasPrefix(a.name, k.alerts)) {
				continue
			}
			obj.Kind, obj.Name = k.kind, name
			if k.kind == "pod" {
				obj.Container = get("container")
			}
		}
	}
	obj = obj.Valid()
	if obj.Name == "" || obj.Namespace == "" {
		found := objectIn(text)
		if obj.Name == "" && found.Name != "" {
			obj.Kind, obj.Name = found.Kind, found.Name
		}
		if obj.Namespace == "" {
			obj.Namespace = found.Namespace
		}
	}
	return obj.Valid()
}

// objectIn finds an object in a sentence: "Pod shop/web-1 (web) is …", "claimed by data in
// Namespace shop", "Deployment web on namespace shop".
func objectIn(s string) observe.Object {
	var obj observe.Object
	words := strings.Fields(s)
	for i, w := range words[:max(0, len(words)-1)] {
		next := strings.Trim(words[i+1], ".,:;()'\"`")
		switch kind := observe.KindNamed(strings.Trim(w, "(:")); {
		case strings.EqualFold(w, "namespace") && obj.Namespace == "" && observe.IsName(next):
			obj.Namespace = next
		case strings.EqualFold(w, "by") && i > 0 && words[i-1] == "claimed" && obj.Name == "" && observe.IsName(next):
			obj.Kind, obj.Name = "persistentvolumeclaim", next
		case obj.Name != "" || !observe.KnownKind(kind):
		default:
			ns, name, ok := strings.Cut(next, "/")
			if !ok {
				ns, name = "", next
			}
			if observe.IsName(name) && (ok || strings.Contains(name, "-")) && (ns == "" || observe.IsName(ns)) {
				obj.Kind, obj.Name = kind, name
				if ns != "" {
					obj.Namespace = ns
				}
			}
		}
	}
	return obj
}

// add adds the alert as an event. If a label contains the reason for a container's state, it
// adds that state too.
func (a *alert) add(p *parse.Parser, number int32) {
	obj := a.object()
	text := strings.Join(a.text, " ")
	if a.name == "Watchdog" || a.name == "InfoInhibitor" { // these always fire
		addProgress(p, "alertmanager", a.name+": "+text, obj, observe.Healthy, number)
		return
	}
	if a.name == "" {
		o := observe.Observation{Place: observe.Error, Message: text, From: "", Object: obj, Verdict: observe.Unhealthy, Resolved: a.resolved, Line: number}
		p.Add(o)
		return
	}
	o := observe.Observation{Place: observe.Event, Value: "Warning", Reason: a.name, Message: text, From: "alertmanager", Object: obj, Verdict: observe.Unhealthy, Resolved: a.resolved, Line: number}
	if s := a.labels["severity"]; s == "info" || s == "none" {
		o.Value, o.Verdict = "Normal", observe.Unjudged
	}
	p.Add(o)
	if reason := a.labels["reason"]; reason != "" && obj.Kind == "pod" && !strings.Contains(reason, " ") {
		p.Add(observe.Observation{Place: observe.State, Field: "waiting", Reason: reason, Object: obj, Verdict: observe.Unhealthy, Resolved: a.resolved, Line: number})
	}
}

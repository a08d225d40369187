package tools

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/logs"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
	"k8sbot/glossary/paste/tools/verdict"
)

// ReadReport reads lines in which tools without a reader of their own report a status:
// "health: HEALTH_ERR", "Cluster health:  0/3 reachable", "FAIL: TestSync", "[OK] CoreDNS". It
// must be the last reader.
func ReadReport(p *parse.Parser, lines []line.Line) int {
	s := withoutArt(lines[0].Text)
	if s == "" {
		if strings.ContainsAny(lines[0].Text, "¯‾") || strings.TrimSpace(lines[0].Text) == `\__/` { // the bees of cilium status
			return 1
		}
		return 0
	}
	if n := max(helmTest(p, lines, s), clusterSummary(p, lines, s)); n > 0 {
		return n
	}
	if n := max(sectionHead(p, lines, s), tableTitle(p, lines, s), typedCondition(p, lines, s)); n > 0 {
		return n
	}
	if n := skaffold(p, lines, s); n > 0 {
		return n
	}
	if workloadCounts(p, s, lines[0].Number) || isSubtotal(lines, s) {
		return 1
	}
	if n := reportField(p, lines, s); n > 0 {
		return n
	}
	return markedLine(p, lines, s)
}

// withoutArt returns s without the drawing that cilium status prints before its first lines.
func withoutArt(s string) string {
	for s != "" {
		r, n := rune(s[0]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s)
		}
		switch r {
		case ' ', '/', '\\', '_', '¯', '‾':
			s = s[n:]
		default:
			return s
		}
	}
	return s
}

// skaffold reads a line about an object: "- deployment/web: container app is waiting to
// start: …", "- pod/web-1: …", "- deployment/web is ready.", "- shop:deployment/web failed. Error: …".
// https://skaffold.dev/docs/status-check/
func skaffold(p *parse.Parser, lines []line.Line, s string) int {
	rest, ok := strings.CutPrefix(s, "- ")
	if !ok {
		return 0
	}
	name, text, _ := strings.Cut(rest, " ")
	ns, whole, ok := strings.Cut(strings.TrimSuffix(name, ":"), ":")
	if !ok {
		ns, whole = "", ns
	}
	obj := observe.ObjectNamed(whole, "")
	obj.Namespace = ns
	obj = obj.Valid()
	if obj.Name == "" || !observe.KnownKind(obj.Kind) || text == "" {
		return 0
	}
	switch {
	case strings.HasPrefix(text, "is ready"):
		addProgress(p, "skaffold", s, obj, observe.Healthy, lines[0].Number)
	case strings.HasPrefix(text, "waiting for "):
		addProgress(p, "skaffold", text, obj, observe.Waiting, lines[0].Number)
	case strings.HasSuffix(name, ":"), strings.HasPrefix(text, "failed"):
		addError(p, "skaffold", "", text, obj, lines[0].Number)
	default:
		return 0
	}
	return 1
}

// helmTest reads what helm test and helm status print about a test, ending with the test's phase.
// https://helm.sh/docs/helm/helm_test/
func helmTest(p *parse.Parser, lines []line.Line, s string) int {
	name, ok := strings.CutPrefix(s, "TEST SUITE:")
	if !ok {
		return 0
	}
	name = strings.TrimSpace(name)
	for n, l := range lines[1:min(len(lines), 5)] {
		phase, ok := strings.CutPrefix(strings.TrimSpace(l.Text), "Phase:")
		if !ok {
			continue
		}
		phase = strings.TrimSpace(phase)
		obj := observe.Object{Kind: "pod", Name: name, Namespace: p.NamespaceOnly().Namespace}.Valid()
		switch {
		case observe.IsHealthyWord(phase):
			addProgress(p, "helm", s, obj, observe.Healthy, l.Number)
		case name != "None":
			addError(p, "helm", "", "test "+name+": "+phase, obj, l.Number)
		}
		return n + 2
	}
	return 0
}

// Underlines reports whether a line consists of at least four bytes of characters that underline the
// line above.
func Underlines(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) >= 4 && (s[0] >= utf8.RuneSelf || strings.IndexByte("-=~", s[0]) >= 0) && strings.Trim(s, "-=~─━") == ""
}

// sectionHead reads the name of a section, which the next line underlines.
func sectionHead(p *parse.Parser, lines []line.Line, s string) int {
	if len(lines) < 3 || len(s) > 60 {
		return 0
	}
	if rule := strings.TrimSpace(lines[1].Text); len(rule) < len(s) || !Underlines(rule) {
		return 0
	}
	if strings.Contains(s, "  ") || strings.Contains(s, ": ") || line.IsProse(s) || logs.HasFailure(s) {
		return 0
	}
	addProgress(p, reporter(p, s), s, p.NamespaceOnly(), observe.Healthy, lines[0].Number)
	return 2
}

// statusKeys are keys whose values are statuses, even if only one space follows the key.
var statusKeys = lex.Set("health|status|state|phase|result|condition|overall|overall status|overall health|cluster health|cluster status|verdict|outcome")

// reportField reads "key: value" if the value describes a state, together with the more deeply
// indented lines that follow.
func reportField(p *parse.Parser, lines []line.Line, s string) int {
	key, value, ok := strings.Cut(s, ":")
	wide := strings.HasPrefix(value, "  ")
	value = strings.TrimSpace(value)
	if !ok || key == "" || value == "" || len(key) > 45 || strings.Contains(key, "  ") && !strings.HasSuffix(key, "status") || strings.HasPrefix(value, "//") {
		if !ok || !strings.Contains(key, "  ") || !verdict.EndsWithCounts(s) {
			return 0
		}
		key, value = s, s // DaemonSet  cilium  Desired: 5, Unavailable: 5/5
		wide = true
	}
	if !wide && !statusKeys[strings.ToLower(key)] {
		return 0
	}
	v, judged := verdict.Of(key, value)
	if !judged {
		if !wide || logs.HasFailure(value) || !reporting(p, lines) {
			return 0
		}
		v = observe.Healthy
	}
	text := s
	n := 1
	base, inner := strings.Index(lines[0].Text, s), 3
	if key == "Cluster health" { // the nodes are indented less
		inner = 2
	}
	for n < len(lines) && n < 30 {
		t := strings.TrimSpace(lines[n].Text)
		sub, _, isKey := strings.Cut(t, ": ")
		if t == "" || lines[n].Indent() < base+inner || isKey && !strings.Contains(sub, " ") && 'A' <= t[0] && t[0] <= 'Z' && strings.Contains(t, ":  ") {
			break
		}
		if v == observe.Unhealthy && len(text) < logs.MaxText {
			text += "\n" + strings.Join(strings.Fields(t), " ")
		}
		n++
	}
	from := reporter(p, s)
	switch v {
	case observe.Unhealthy:
		addError(p, from, "", strings.Join(strings.Fields(text), " "), reported(p, key, value), lines[0].Number)
	default:
		addProgress(p, from, text, p.NamespaceOnly(), v, lines[0].Number)
	}
	return n
}

// reported returns the object that a field of a report is about: the Pod in "Errors:  cilium
// cilium-8x2kq  …" of cilium status.
func reported(p *parse.Parser, key, value string) observe.Object {
	if f := strings.Fields(value); key == "Errors" && len(f) > 2 && strings.HasPrefix(f[1], f[0]+"-") {
		return observe.Object{Kind: "pod", Namespace: cmp.Or(p.NamespaceOnly().Namespace, "kube-system"), Name: f[1]}
	}
	return observe.Object{}
}

// reporting reports whether the lines belong to a report, judging by the lines before and
// after.
func reporting(p *parse.Parser, lines []line.Line) bool {
	if p.Command != nil && (isReporter(p.Command.Program) || strings.HasPrefix(p.Command.Program, "kubectl ")) {
		return true
	}
	if p.LastIs(func(place observe.Place, from string) bool {
		return (place == observe.Log || place == observe.Error) && isReporter(from)
	}) {
		return true
	}
	for _, l := range lines[1:min(len(lines), 4)] {
		if reporter(p, withoutArt(l.Text)) != "" {
			return true
		}
	}
	return false
}

// reporterWords are the beginnings of the lines by which the reports of programs are recognized, sorted, and
// the programs.
var reporterWords = [...][2]string{
	{"BGP", "calicoctl"}, {"Cilium", "cilium"}, {"Cluster health", "cilium"}, {"ClusterMesh", "cilium"}, {"Controller Status", "cilium"},
	{"Envoy DaemonSet", "cilium"}, {"HEALTH_", "ceph"}, {"Hubble", "cilium"}, {"Hubble Relay", "cilium"}, {"KVStore", "cilium"},
	{"KubeProxyReplacement", "cilium"}, {"Taskruns", "tkn"}, {"cilium-operator", "cilium"}, {"istiod", "istioctl"}, {"linkerd-", "linkerd"},
	{"longhorn", "longhornctl"}, {"submariner", "subctl"}, {"velero", "velero"},
}

// isReporter reports whether a program prints reports.
func isReporter(program string) bool {
	for i := range reporterWords {
		if reporterWords[i][1] == program {
			return true
		}
	}
	return false
}

// reporter returns the program that printed a line of a report, or "" if it is unknown.
func reporter(p *parse.Parser, s string) string {
	if p.Command != nil && p.Command.Program != "kubectl" {
		return p.Command.Program
	}
	for _, w := range reporterWords {
		if strings.HasPrefix(s, w[0]) || w[0] == "HEALTH_" && strings.Contains(s, w[0]) || w[0] == "cilium-operator" && strings.Contains(s, w[0]) {
			return w[1]
		}
	}
	return ""
}

var (
	// failedLine and passedLine match lines that begin with the result of a test or a check.
	failedLine = lazyregexp.New(`^(?:\[? ?(?:FAIL|FAILED|ERROR|KO|x|X|✗|✘)\]:? |-{2,} FAIL|FAIL(?:ED)?\b|(?:HEALTH_ERR|HEALTH_WARN)\b|not ok \d|##\[error\]|::error|ERR!|\(x\) |[Ff]atal\b)`)
	passedLine = lazyregexp.New(`^(?:\[? ?(?:PASS|PASSED|OK|✓|✔|√)\]:? |-{2,} PASS|PASS(?:ED)?\b|HEALTH_OK\b|ok \d|ok  )`)
)

// endsWith reports whether a line ends with a result: one of marks, such as FAIL in "dns [FAIL]" or "dns
// FAIL", or one of words after dots, such as "checking ... ok".
func endsWith(s string, marks, words []string) bool {
	if !resultEnds[s[len(s)-1]] {
		return false
	}
	mark := s
	if n := len(s) - 1; n > 0 && (s[n] == ']' || s[n] == ')') {
		mark = s[:n]
	}
	for _, w := range marks {
		if mark[len(mark)-1] != w[len(w)-1] { // most lines end otherwise
			continue
		}
		if before, ok := strings.CutSuffix(mark, w); ok && before != "" && strings.IndexByte(" [(", before[len(before)-1]) >= 0 {
			return true
		}
	}
	for _, w := range words {
		if s[len(s)-1] != w[len(w)-1] {
			continue
		}
		if before, ok := strings.CutSuffix(s, w); ok && strings.HasSuffix(strings.TrimSuffix(before, " "), "..") {
			return true
		}
	}
	return false
}

// resultEnds contains the last bytes of the lines that may end with a result.
var resultEnds = func() (all [256]bool) {
	for _, list := range [...][]string{failedMarks, failedWords, passedMarks, passedWords, {"]", ")"}} {
		for _, w := range list {
			all[w[len(w)-1]] = true
		}
	}
	return all
}()

// These are the results with which a line may end: see endsWith.
var (
	failedMarks, failedWords = []string{"FAIL", "FAILED", "ERROR"}, []string{"failed", "FAILED", "error", "ERROR", "no"}
	passedMarks, passedWords = []string{"PASS", "PASSED", "OK"}, []string{"ok", "OK", "done", "passed", "yes"}
)

func isFailed(s string) bool {
	return failedLine.MatchString(s) || endsWith(s, failedMarks, failedWords)
}

func isPassed(s string) bool {
	return passedLine.MatchString(s) || endsWith(s, passedMarks, passedWords)
}

// markedLine reads a line that a tool marks as failed or passed, together with the more deeply
// indented lines that follow.
func markedLine(p *parse.Parser, lines []line.Line, s string) int {
	switch {
	case s == "FAIL" && p.LastIs(func(place observe.Place, _ string) bool { return place == observe.Error }):
		return 1 // the line repeats the result of the tests above
	case isFailed(s) && (!line.IsProse(s) || strings.Contains(s, " ... ")):
		n, text := block(s, lines)
		addError(p, reporter(p, s), "", text, observe.Object{}, lines[0].Number)
		return n
	case isPassed(s) && !logs.HasFailure(s) && !line.IsProse(s):
		addProgress(p, reporter(p, s), s, p.NamespaceOnly(), observe.Healthy, lines[0].Number)
		return 1
	}
	return 0
}

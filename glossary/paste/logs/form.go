package logs

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// readKlog reads a klog entry: I, W, E or F with the date, the time, the process ID and
// the source position, then a message, which is quoted if the entry is structured.
// https://github.com/kubernetes/klog/blob/main/klog.go
func (e *logEntry) readKlog(s string) bool {
	if s[0] == '"' { // the header was cut off
		n := closingQuote(s)
		if !strings.HasPrefix(s[n:], " err=") {
			return false
		}
		e.level, e.message = "error", unquoteEscapes(s[:n])
		return pairs(s[n:], e.field)
	}
	level := ""
	rest := s
	if len(s) > 20 && letterLevels[s[0]] != "" && lex.Digits(s[1:]) == 4 && s[5] == ' ' && clock(s[6:]) > 0 {
		level = letterLevels[s[0]]
		rest = strings.TrimLeft(s[6+clock(s[6:]):], " ")
	}
	// The header ends with "1 leaderelection.go:283] ", which is enough if its start was cut
	// off.
	if level == "" && (rest[0] < '0' || rest[0] > '9') {
		return false
	}
	i := strings.Index(rest, "] ")
	if i < 0 || i > 120 {
		return false
	}
	where := strings.TrimLeft(rest[lex.Digits(rest):i], " ")
	file, _, ok := strings.Cut(where, ":")
	if !ok || strings.IndexByte(where, ' ') >= 0 || level == "" && !strings.HasSuffix(file, ".go") {
		return false
	}
	e.level = level
	if e.from == "" {
		e.from = klogFiles[file]
	}
	body := strings.TrimLeft(rest[i+2:], " ")
	if body == "" {
		return true
	}
	if e.readNamed(body) {
		return true
	}
	if body[0] != '"' {
		e.message = body
		return true
	}
	n := closingQuote(body)
	e.message = unquoteEscapes(body[:n])
	pairs(body[n:], e.field)
	if level == "" && e.err != "" {
		e.level = "error"
	}
	return true
}

// readNamed reads what klogr writes after a klog header: the name of the logger, and fields with
// quoted keys, as in cert-manager/controller/challenges "msg"="…" "key"="…".
// https://github.com/kubernetes/klog/tree/main/klogr
func (e *logEntry) readNamed(body string) bool {
	i := strings.Index(body, `"msg"="`)
	if i < 0 || strings.Contains(strings.TrimSpace(body[:i]), " ") {
		return false
	}
	if name := strings.TrimSpace(body[:i]); name != "" {
		e.named(name)
	}
	return pairs(body[i:], e.field)
}

// klogFiles maps a source file to the only component that logs from it.
// https://github.com/kubernetes/kubernetes/tree/v1.36.0/pkg
var klogFiles = func() map[string]string {
	files := make(map[string]string)
	for component, names := range map[string]string{
		"kubelet": "kubelet kubelet_node_status kubelet_pods kubelet_volumes kubelet_network kubelet_getters pod_workers eviction_manager remote_runtime remote_image kuberuntime_manager kuberuntime_sandbox kuberuntime_image " +
			"kuberuntime_container kuberuntime_gc nestedpendingoperations prober pod_container_deletor container_manager_linux image_gc_manager pod_startup_latency_tracker status_manager cri_stats_provider desired_state_of_world_populator csi_plugin cni",
		"kube-proxy":              "proxier proxier_health conntrack",
		"kube-scheduler":          "schedule_one scheduling_queue default_preemption",
		"kube-controller-manager": "controller_utils range_allocator cronjob_controllerv2 daemon_controller endpointslice_controller node_lifecycle_controller resource_quota_controller garbagecollector replica_set deployment_controller namespaced_resources_deleter attach_detach_controller pv_controller",
		"cluster-autoscaler":      "static_autoscaler scale_up orchestrator clusterstate",
		"metrics-server":          "scraper",
		"kube-apiserver":          "dispatcher authentication remote_available_controller available_controller cacher",
	} {
		for _, name := range strings.Fields(names) {
			files[name+".go"] = component
		}
	}
	return files
}()

// readJSON reads a JSON entry, as written by zap, slog, etcd, pino and others.
func (e *logEntry) readJSON(s string) bool {
	if len(s) < 8 || s[0] != '{' || s[1] != '"' && s[1] != ' ' {
		return false
	}
	stamp := ""
	f := *e
	f.related = append([]observe.Object(nil), e.related...)
	isLog, isObject, verbose := false, false, ""
	if !jsonFields(s, func(key, value string) {
		switch key {
		case "v":
			verbose = value
		case "ts", "time", "timestamp", "@timestamp", "stream", "t", "T":
			stamp = value
		case "logger", "caller", "level", "severity", "lvl", "L", "levelname":
			isLog = isLog || value != "" && value[0] != '{'
		case "apiVersion", "metadata":
			isObject = true
		}
		f.field(key, value)
	}) || isObject {
		return false
	}
	if f.message == "" && f.err == "" && (f.level == "" || !isLog || stamp == "") || !isLog && stamp == "" {
		return false
	}
	if f.message == "" && f.err == "" { // go-kit: {"caller":…,"event":"ipAllocated","level":"info","ts":…}
		f.message, f.quiet = s, f.level == "info"
	}
	*e = f
	if e.level == "" && verbose == "" && e.err != "" { // klog in JSON: only lines below error have v
		e.level = "error"
	}
	if e.from == "" {
		e.from = e.callerProgram()
	}
	if e.controller != "" && (e.from == "" || e.from == "controller" || e.from == "controllers" || e.from == "controller-runtime") {
		e.from = e.controller
	}
	return true
}

// callerProgram returns "etcd" if the entry was logged by one of etcd's packages, and ""
// otherwise. https://github.com/etcd-io/etcd/tree/main/server
func (e *logEntry) callerProgram() string {
	dir, _, _ := strings.Cut(e.caller, "/")
	switch dir {
	case "etcdserver", "embed", "wal", "rafthttp", "mvcc", "etcdmain", "membership", "snap", "v3rpc", "flags", "etcdutl":
		return "etcd"
	}
	return ""
}

// readLogfmt reads an entry of key=value pairs.
func (e *logEntry) readLogfmt(s string) bool {
	i := strings.IndexByte(s, '=')
	if i <= 0 || i > 10 || !logfmtStarts[s[:i]] || !strings.Contains(s, "level=") && !strings.Contains(s, "lvl=") && !strings.Contains(s, "msg=") && !strings.Contains(s, "severity=") {
		return false
	}
	f := *e
	f.related = append([]observe.Object(nil), e.related...)
	pairs(s, f.field)
	if f.message == "" && f.err == "" && f.level == "" {
		return false
	}
	if f.from == "" {
		f.from = f.controller
	}
	if f.from == "" && (strings.HasPrefix(f.message, "RunPodSandbox") || strings.HasPrefix(f.message, "StopPodSandbox") || strings.HasPrefix(f.message, "PullImage") || strings.HasPrefix(f.message, "CreateContainer")) {
		f.from = "containerd"
	}
	*e = f
	return true
}

var logfmtStarts = lex.Set("time|ts|t|timestamp|level|lvl|severity|msg|message|caller|logger|component|@timestamp|source|name|error|err")

// notStarted matches systemd's message for a unit that failed to start.
var notStarted = lazyregexp.New(`^Failed\s+to start `)

// readSystemd reads a systemd message about a unit: "kubelet.service: Failed with result
// 'exit-code'.", "Started kubelet.service - kubelet: The Kubernetes Node Agent."
// https://github.com/systemd/systemd/blob/main/src/core/unit.c
func (e *logEntry) readSystemd(s string) bool {
	unit, text, ok := strings.Cut(s, ": ")
	switch {
	case ok && strings.HasSuffix(unit, ".service") && !strings.Contains(unit, " "):
	case (strings.HasPrefix(s, "Start") || strings.HasPrefix(s, "Stop")) && (e.from == "systemd" || strings.Contains(s, ".service ") || strings.Contains(s, ".service.")):
		text = ""
	case notStarted.MatchString(s) && (e.from == "systemd" || strings.Contains(s, ".service")):
		text = "Failed"
	case e.from == "systemd" && (strings.HasSuffix(s, ".service entered failed state.") || strings.HasSuffix(s, ".service failed.")): // before systemd 243
		text = "Failed"
	default:
		return false
	}
	e.from, e.message, e.level = "systemd", s, "info"
	switch {
	case strings.HasPrefix(text, "Failed"), strings.HasPrefix(text, "Start request repeated"), strings.HasPrefix(text, "Main process exited") && !strings.Contains(text, "status=0"),
		strings.HasPrefix(text, "Control process exited"), strings.Contains(text, "killed by the OOM killer"), strings.HasPrefix(text, "Unit entered failed state"):
		e.level = "error"
	case strings.HasPrefix(text, "Scheduled restart job"):
		e.level = "warning"
		if _, times, ok := strings.Cut(text, "counter is at "); ok && lex.Number(strings.TrimRight(times, ". ")) >= observe.ManyRestarts {
			e.level = "error"
		}
	case strings.HasPrefix(text, "Service hold-off time over"), strings.Contains(text, "Watchdog"), strings.Contains(text, "timed out"):
		e.level = "warning"
	default:
		e.quiet = text == ""
	}
	return true
}

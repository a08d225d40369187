package logs

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// importPath matches the part of a Go import path that names the project. Stack traces, and fields
// such as error.file, contain import paths.
var importPath = lazyregexp.New(`(?:github\.com/[\w.-]+|sigs\.k8s\.io|k8s\.io)/([\w.-]+?)(?:/v\d+)?[/.@]`)

// libraries are projects whose packages other programs use. A path in one of them does not
// identify the program.
var libraries = map[string]bool{
	"controller-runtime": true, "client-go": true, "apimachinery": true, "apiserver": true, "klog": true, "zap": true, "logr": true, "zapr": true, "pkg": true, "errors": true, "cobra": true,
	"logrus": true, "grpc": true, "go-grpc-middleware": true, "component-base": true, "utils": true, "api": true, "kubectl": true, "aws-sdk-go": true, "aws-sdk-go-v2": true, "azure-sdk-for-go": true, "go-autorest": true,
	"crossplane-runtime": true, "smithy-go": true, "kube-openapi": true, "cli-runtime": true, "apiextensions-apiserver": true, "retry-go": true, "backoff": true, "mux": true, "runtime": true, "oci-client": true, "yaml": true, "multierr": true, "go-multierror": true, "zerolog": true,
}

// origin sets the program of the entry if the value of a field names the program.
func (e *logEntry) origin(key, value string) {
	if e.from != "" {
		return
	}
	switch key {
	case "grpc.service": // field of Argo CD
		switch {
		case strings.HasPrefix(value, "repository."):
			e.from = "argocd-repo-server"
		case strings.HasPrefix(value, "application."), strings.HasPrefix(value, "cluster."), strings.HasPrefix(value, "session."):
			e.from = "argocd-server"
		}
	case "error.file", "error.function", "file", "func", "source", "stacktrace", "stack", "caller", "errorverbose", "errorcauses":
		for _, m := range importPath.FindAllStringSubmatch(value, 8) {
			if !libraries[m[1]] {
				e.from = m[1]
				return
			}
		}
	}
}

// named sets the program and the kind from a logger's name, such as
// cert-manager/controller/challenges or controllers.HelmRelease.
func (e *logEntry) named(name string) {
	if name == "UnhandledError" { // of k8s.io/apimachinery, in any program
		return
	}
	e.from = name
	first, rest, ok := strings.Cut(name, "/")
	if !ok {
		return
	}
	if kind := observe.KindNamed(rest[strings.LastIndexByte(rest, '/')+1:]); observe.KnownKind(kind) {
		e.from = first
		if e.kind == "" {
			e.kind = kind
		}
	}
}

// recorded matches the message that a component logs when it reports an event.
// https://github.com/kubernetes/client-go/blob/master/tools/record/event.go
var recorded = lazyregexp.New(`^Event\(v1\.ObjectReference\{Kind:"(\w+)", Namespace:"([\w.-]*)", Name:"([\w.-]+)".*\}\): type: '(\w+)' reason: '(\w+)' (.*)$`)

// isEventType reports whether s is the type of an event.
// https://github.com/kubernetes-sigs/controller-runtime/blob/main/pkg/internal/recorder/recorder.go
func isEventType(s string) bool { return s == "Warning" || s == "Normal" }

// addRecorded adds the event that the entry logs. It returns false if the entry does not log an
// event.
func (e *logEntry) addRecorded(p *parse.Parser, number int32) bool {
	o := observe.Observation{Place: observe.Event, Value: e.eventType, Reason: e.reason, Message: e.note, From: e.from, Related: e.related}
	switch m := recorded.FindStringSubmatch(e.message); {
	case m != nil:
		o.Object = observe.Object{Kind: observe.KindNamed(m[1]), Namespace: m[2], Name: m[3]}.Valid()
		o.Value, o.Reason, o.Message = m[4], m[5], m[6]
	case e.message == "Event occurred" && e.reason != "":
		o.Object = e.about("")
	case e.reason != "" && (isEventType(e.message) && e.note != "" || isEventType(e.eventType)): // controller-runtime
		if o.Object = e.about(""); o.Object.Name == "" {
			return false
		}
		if isEventType(e.message) {
			o.Value = e.message
		} else {
			o.Message = e.message
		}
	default:
		return false
	}
	p.AddEvent(o, number)
	return true
}

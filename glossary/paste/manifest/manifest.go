package manifest

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
	"k8sbot/glossary/paste/resource"
)

// Read is the [parse.Reader] for YAML and JSON manifests, as kubectl get -o yaml and -o json print
// them: an object, a list of objects, or a fragment.
// https://kubernetes.io/docs/reference/kubernetes-api/
func Read(p *parse.Parser, lines []line.Line) int {
	s := strings.TrimLeft(lines[0].Text, " ")
	if s == "" {
		return 0
	}
	switch c := s[0]; {
	case c == '{', c == '[' && (len(s) == 1 || s[1] == '{'), c == '"':
		if !isJSON(lines) {
			return 0
		}
		root, n := readJSON(lines)
		before := p.Text.Observations.Len()
		if add(p, root, 0); p.Text.Observations.Len() == before && root != nil && !root.List {
			addAnswer(p, root, lines[0].Number)
		}
		return n
	case 'a' <= c && c <= 'z', c == '-' && len(s) > 1 && s[1] == ' ':
		n := yamlExtent(lines)
		if n == 0 {
			return 0
		}
		var root *resource.Node
		if p.Documents++; p.Documents*documentCost+lines[n-1].Offset+len(lines[n-1].Text) <= MaxParsed {
			root = parseYAML(lines[:n])
		}
		if root == nil {
			root = readYAML(lines[:n])
		}
		add(p, root, 0)
		return n
	}
	return 0
}

// yamlFields are the fields by which Read recognizes a fragment of a manifest. The value is
// true if the field contains fields or a list.
var yamlFields = func() map[string]bool {
	set := make(map[string]bool)
	for _, w := range []string{"apiVersion", "kind", "name", "namespace", "phase", "type", "status", "reason", "message", "lastTransitionTime", "lastProbeTime", "lastHeartbeatTime", "lastUpdateTime",
		"observedGeneration", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion", "uid", "generation", "generateName", "containerID", "image", "imageID", "ready", "started",
		"restartCount", "exitCode", "startedAt", "finishedAt", "hostIP", "podIP", "qosClass", "startTime", "replicas", "readyReplicas", "availableReplicas", "updatedReplicas", "unavailableReplicas", "currentReplicas",
		"numberReady", "desiredNumberScheduled", "currentNumberScheduled", "nodeName", "restartPolicy", "imagePullPolicy", "serviceAccountName", "schedulerName", "clusterIP", "storageClassName", "volumeName", "syncedAt",
		"path", "port", "effect", "key", "operator", "value", "mountPath", "containerPort", "targetPort", "protocol", "initialDelaySeconds", "periodSeconds", "failureThreshold", "timeoutSeconds", "state", "health",
		"failed", "succeeded", "active", "numberAvailable", "numberUnavailable", "updatedNumberScheduled", "auditTimestamp", "totalViolations", "instances", "readyInstances", "currentHealthy", "desiredHealthy", "errors", "warnings"} {
		set[w] = false
	}
	for _, w := range []string{"metadata", "spec", "status", "items", "conditions", "containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses", "state", "lastState", "waiting", "terminated", "running",
		"containers", "initContainers", "volumes", "volumeMounts", "env", "envFrom", "resources", "limits", "requests", "livenessProbe", "readinessProbe", "startupProbe", "httpGet", "tcpSocket", "exec",
		"tolerations", "affinity", "nodeAffinity", "podAntiAffinity", "podAffinity", "nodeSelector", "securityContext", "template", "selector", "matchLabels", "labels", "annotations", "ownerReferences", "managedFields", "finalizers",
		"ports", "rules", "subjects", "roleRef", "backend", "tls", "taints", "loadBalancer", "ingress", "involvedObject", "regarding", "listeners", "parents", "parentRefs", "operationState", "sync", "health",
		"data", "stringData", "topologySpreadConstraints", "imagePullSecrets", "strategy", "rollingUpdate", "volumeClaimTemplates", "jobTemplate", "subsets", "webhooks", "clientConfig", "metrics", "behavior", "violations", "results", "summary", "byPod"} {
		set[w] = true
	}
	return set
}()

// yamlExtent returns the number of lines of the YAML manifest at the start of lines, or 0 if
// there is none. A manifest consists of a known field and at least one more line.
func yamlExtent(lines []line.Line) int {
	base := lines[0].Indent()
	s := lines[0].Text[base:]
	key, value, ok := yamlKey(strings.TrimLeft(strings.TrimPrefix(s, "- "), " "))
	if !ok {
		return 0
	}
	if _, known := yamlFields[key]; !known || value == "" && !yamlFields[key] {
		return 0
	}
	if !yamlContinues(lines, base, value == "") {
		return 0
	}
	whole := key == "apiVersion"
	n := 1
	for i := 1; i < len(lines); i++ {
		l := lines[i]
		t := strings.TrimLeft(l.Text, " ")
		if t == "" {
			continue
		}
		indent := len(l.Text) - len(t)
		if strings.HasPrefix(t, "Warning  ") || strings.HasPrefix(t, "Normal  ") {
			return n // an event
		}
		if indent <= base && t[0] != '#' {
			item := strings.HasPrefix(t, "- ") || t == "-"
			key, value, ok := yamlKey(strings.TrimLeft(strings.TrimPrefix(t, "- "), " "))
			_, known := yamlFields[key]
			switch {
			case whole && ok && !known && !item && indent == 0 && key != "description" && strings.Contains(value, " "):
				return n // error: it failed
			case t == "---", ok && !item && 'A' <= t[0] && t[0] <= 'Z', !ok && !item, ok && !known && (n < i || indent < base), key == "apiVersion" && whole && !item:
				return n
			case item && !ok && n < i:
				return n
			}
			whole = whole || key == "apiVersion"
			base = min(base, indent)
		} else if n < i && indent > base && !strings.HasPrefix(t, "- ") && !strings.Contains(t, ": ") && !strings.HasSuffix(t, ":") && n+3 < i {
			return n // blank lines, then something other than YAML
		}
		n = i + 1
	}
	return n
}

// yamlContinues reports whether the line after the first also belongs to the manifest.
func yamlContinues(lines []line.Line, base int, nested bool) bool {
	for _, l := range lines[1:min(3, len(lines))] {
		t := strings.TrimLeft(l.Text, " ")
		if t == "" {
			continue
		}
		key, _, ok := yamlKey(strings.TrimLeft(strings.TrimPrefix(t, "- "), " "))
		if nested && (len(l.Text)-len(t) > base || strings.HasPrefix(t, "- ")) {
			return ok || strings.HasPrefix(t, "- ") || strings.HasPrefix(t, "#")
		}
		_, known := yamlFields[key]
		return ok && known
	}
	return false
}

// add adds the observations of a manifest: an object, a list of objects, or a fragment.
func add(p *parse.Parser, n *resource.Node, depth int) {
	if depth > 4 || n == nil {
		return
	}
	if items := n.Get("items"); items != nil && (items.List || strings.HasSuffix(n.Str("kind"), "List")) {
		for _, item := range items.Children {
			add(p, item, depth+1)
		}
		return
	}
	if n.List {
		for _, item := range n.Children {
			add(p, item, depth+1)
		}
		return
	}
	switch kind := n.Str("kind"); {
	case kind == "Event" || n.Has("reason") && (n.Has("involvedObject") || n.Has("regarding")):
		addEvent(p, n)
	case kind == "Status" && (n.Has("message") || n.Has("reason") || n.Has("code")):
		addError(p, n)
	case strings.HasSuffix(kind, "Configuration") && !n.Has("status") && !n.Has("metadata"):
		// configuration files of kubeadm, the kubelet and so on
	default:
		resource.Add(p, n)
	}
}

// addAnswer adds the unhealthy status in the JSON of a program that is not an object of Kubernetes, such as
// {"status":"yellow"} from the API of Elasticsearch.
func addAnswer(p *parse.Parser, n *resource.Node, number int32) {
	for _, key := range [...]string{"status", "health", "state"} {
		if v := n.Str(key); !strings.Contains(v, " ") && observe.IsUnhealthyWord(v) {
			p.AddError("", key+": "+v, p.NamespaceOnly(), number)
		}
	}
}

// addEvent adds an Event of v1 or events.k8s.io/v1.
// https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
func addEvent(p *parse.Parser, n *resource.Node) {
	about := n.Get("involvedObject")
	if about == nil {
		about = n.Get("regarding")
	}
	o := observe.Observation{Place: observe.Event, Value: n.Str("type"), Reason: n.Str("reason"), Message: n.First("message", "note"), From: n.Str("reportingComponent"), Count: int32(lex.Number(n.First("count", "deprecatedCount")))}
	if o.From == "" {
		o.From = n.First("reportingController")
	}
	if from := n.Str("source", "component"); from != "" {
		o.From = from
	}
	if c := lex.Number(n.Str("series", "count")); c > 0 {
		o.Count = int32(c)
	}
	if about != nil {
		o.Object = observe.Object{Kind: observe.KindNamed(about.Str("kind")), Name: about.Str("name"), Namespace: about.Str("namespace")}.Valid()
		o.Object.Container, o.Object.Init = parse.ContainerOf(about.Str("fieldPath"))
	}
	if host := n.Str("source", "host"); observe.IsName(host) {
		o.Related = append(o.Related, observe.Object{Kind: "node", Name: host})
	}
	p.AddEvent(o, n.Line)
}

// addError adds a Status, the API server's response to a failed request.
// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
func addError(p *parse.Parser, n *resource.Node) {
	if n.Str("status") == "Success" {
		return
	}
	o := observe.Observation{Place: observe.Error, Reason: n.Str("reason"), Message: n.Str("message"), Value: n.Str("code"), Verdict: observe.Unhealthy, Line: n.Line}
	if name := n.Str("details", "name"); name != "" {
		o.Object = observe.Object{Kind: observe.KindNamed(n.Str("details", "kind")), Name: name}.Valid()
	}
	if p.Command != nil {
		o.From = p.Command.Program
		if o.Object.Name == "" && p.Command.Object.Name != "" {
			o.Object = p.Command.Object
		}
	}
	p.Add(o)
}

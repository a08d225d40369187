package paste

import "strings"

// readManifest reads a manifest in YAML or JSON, as kubectl get -o yaml and -o json print
// it: whole, a list, or any part of it.
// https://kubernetes.io/docs/reference/kubernetes-api/
func readManifest(p *parser, lines []line) int {
	s := strings.TrimLeft(lines[0].text, " ")
	if s == "" {
		return 0
	}
	switch c := s[0]; {
	case c == '{', c == '[' && (len(s) == 1 || s[1] == '{'), c == '"':
		if !isJSON(lines) {
			return 0
		}
		root, n := readJSON(lines)
		p.manifest(root, 0)
		return n
	case 'a' <= c && c <= 'z', c == '-' && len(s) > 1 && s[1] == ' ':
		n := yamlExtent(lines)
		if n == 0 {
			return 0
		}
		root := parseYAML(lines[:n])
		if root == nil {
			root = readYAML(lines[:n])
		}
		p.manifest(root, 0)
		return n
	}
	return 0
}

// yamlFields are the fields of manifests by which a fragment is known. Those with a true
// value hold further fields or a list.
var yamlFields = func() map[string]bool {
	set := make(map[string]bool)
	for _, w := range []string{"apiVersion", "kind", "name", "namespace", "phase", "type", "status", "reason", "message", "lastTransitionTime", "lastProbeTime", "lastHeartbeatTime", "lastUpdateTime",
		"observedGeneration", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion", "uid", "generation", "generateName", "containerID", "image", "imageID", "ready", "started",
		"restartCount", "exitCode", "startedAt", "finishedAt", "hostIP", "podIP", "qosClass", "startTime", "replicas", "readyReplicas", "availableReplicas", "updatedReplicas", "unavailableReplicas", "currentReplicas",
		"numberReady", "desiredNumberScheduled", "currentNumberScheduled", "nodeName", "restartPolicy", "imagePullPolicy", "serviceAccountName", "schedulerName", "clusterIP", "storageClassName", "volumeName", "syncedAt",
		"path", "port", "effect", "key", "operator", "value", "mountPath", "containerPort", "targetPort", "protocol", "initialDelaySeconds", "periodSeconds", "failureThreshold", "timeoutSeconds", "state", "health"} {
		set[w] = false
	}
	for _, w := range []string{"metadata", "spec", "status", "items", "conditions", "containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses", "state", "lastState", "waiting", "terminated", "running",
		"containers", "initContainers", "volumes", "volumeMounts", "env", "envFrom", "resources", "limits", "requests", "livenessProbe", "readinessProbe", "startupProbe", "httpGet", "tcpSocket", "exec",
		"tolerations", "affinity", "nodeAffinity", "podAntiAffinity", "podAffinity", "nodeSelector", "securityContext", "template", "selector", "matchLabels", "labels", "annotations", "ownerReferences", "managedFields", "finalizers",
		"ports", "rules", "subjects", "roleRef", "backend", "tls", "taints", "loadBalancer", "ingress", "involvedObject", "regarding", "listeners", "parents", "parentRefs", "operationState", "sync", "health",
		"data", "stringData", "topologySpreadConstraints", "imagePullSecrets", "strategy", "rollingUpdate", "volumeClaimTemplates", "jobTemplate", "subsets", "webhooks", "clientConfig", "metrics", "behavior"} {
		set[w] = true
	}
	return set
}()

// yamlExtent returns how many lines a manifest in YAML has, and 0 if none begins here: a
// field of manifests, and further lines that go with it.
func yamlExtent(lines []line) int {
	base := lines[0].indent()
	s := lines[0].text[base:]
	key, value, ok := yamlKey(strings.TrimLeft(strings.TrimPrefix(s, "- "), " "))
	if !ok {
		return 0
	}
	if _, known := yamlFields[key]; !known || value == "" && !yamlFields[key] {
		return 0
	}
	if !yamlGoesOn(lines, base, value == "") {
		return 0
	}
	whole := key == "apiVersion"
	n := 1
	for i := 1; i < len(lines); i++ {
		l := lines[i]
		t := strings.TrimLeft(l.text, " ")
		if t == "" {
			continue
		}
		indent := len(l.text) - len(t)
		if indent <= base && t[0] != '#' {
			item := strings.HasPrefix(t, "- ") || t == "-"
			key, _, ok := yamlKey(strings.TrimLeft(strings.TrimPrefix(t, "- "), " "))
			_, known := yamlFields[key]
			switch {
			case t == "---", !ok && !item, ok && !known && (n < i || indent < base), key == "apiVersion" && whole && !item:
				return n
			case item && !ok && n < i:
				return n
			}
			whole = whole || key == "apiVersion"
			base = min(base, indent)
		} else if n < i && indent > base && !strings.HasPrefix(t, "- ") && !strings.Contains(t, ": ") && !strings.HasSuffix(t, ":") && n+3 < i {
			return n // blank lines, and then something that is not YAML
		}
		n = i + 1
	}
	return n
}

// yamlGoesOn reports whether the next line belongs to a manifest too.
func yamlGoesOn(lines []line, base int, nested bool) bool {
	for _, l := range lines[1:min(3, len(lines))] {
		t := strings.TrimLeft(l.text, " ")
		if t == "" {
			continue
		}
		key, _, ok := yamlKey(strings.TrimLeft(strings.TrimPrefix(t, "- "), " "))
		if nested && (len(l.text)-len(t) > base || strings.HasPrefix(t, "- ")) {
			return ok || strings.HasPrefix(t, "- ") || strings.HasPrefix(t, "#")
		}
		_, known := yamlFields[key]
		return ok && known
	}
	return false
}

// manifest adds what a manifest says: an object, a list of objects, or a part of one.
func (p *parser) manifest(n *node, depth int) {
	if depth > 4 || n == nil {
		return
	}
	if items := n.get("items"); items != nil && (items.list || strings.HasSuffix(n.str("kind"), "List")) {
		for _, item := range items.kids {
			p.manifest(item, depth+1)
		}
		return
	}
	if n.list {
		for _, item := range n.kids {
			p.manifest(item, depth+1)
		}
		return
	}
	switch kind := n.str("kind"); {
	case kind == "Event" || n.has("reason") && (n.has("involvedObject") || n.has("regarding")):
		p.manifestEvent(n)
	case kind == "Status" && (n.has("message") || n.has("reason") || n.has("code")):
		p.manifestError(n)
	case strings.HasSuffix(kind, "Configuration") && !n.has("status") && !n.has("metadata"):
		// kubeadm's, the kubelet's and so on
	default:
		p.manifestObject(n)
	}
}

// manifestEvent adds an event: of v1, or of events.k8s.io/v1.
// https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
func (p *parser) manifestEvent(n *node) {
	about := n.get("involvedObject")
	if about == nil {
		about = n.get("regarding")
	}
	o := Observation{Place: Event, Value: n.str("type"), Reason: n.str("reason"), Message: n.first("message", "note"), From: n.str("reportingComponent"), Count: atoi(n.first("count", "deprecatedCount"))}
	if o.From == "" {
		o.From = n.first("reportingController")
	}
	if from := n.str("source", "component"); from != "" {
		o.From = from
	}
	if c := atoi(n.str("series", "count")); c > 0 {
		o.Count = c
	}
	if about != nil {
		o.Object = Object{Kind: kindNamed(about.str("kind")), Name: about.str("name"), Namespace: about.str("namespace")}.valid()
		o.Object.Container, o.Object.Init = containerOf(about.str("fieldPath"))
	}
	if host := n.str("source", "host"); IsName(host) {
		o.Related = append(o.Related, Object{Kind: "node", Name: host})
	}
	p.event(o, n.line)
}

// containerOf reads the path of a field: spec.initContainers{setup}.
func containerOf(path string) (name string, init bool) {
	if m := containerPrefix.FindStringSubmatch(path + ": "); m != nil {
		return m[2], m[1] == "initC"
	}
	return "", false
}

// manifestError adds an answer of the API server that says why a request failed.
// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
func (p *parser) manifestError(n *node) {
	if n.str("status") == "Success" {
		return
	}
	o := Observation{Place: Error, Reason: n.str("reason"), Message: n.str("message"), Value: n.str("code"), Verdict: Trouble, Line: n.line}
	if name := n.str("details", "name"); name != "" {
		o.Object = Object{Kind: kindNamed(n.str("details", "kind")), Name: name}.valid()
	}
	if p.command != nil {
		o.From = p.command.Program
		if o.Object.Name == "" && p.command.Object.Name != "" {
			o.Object = p.command.Object
		}
	}
	p.add(o)
}

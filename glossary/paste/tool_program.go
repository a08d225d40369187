package paste

import "strings"

// programErrors are what the errors of tools begin with that have no "Error:" in front,
// and the tool. A tool "" is that of the command.
var programErrors = []struct{ start, from string }{
	{"curl: (", "curl"},
	{"wget: ", "wget"},
	{"ping: ", "ping"},
	{"nslookup: ", "nslookup"},
	{";; connection timed out", "dig"},
	{";; communications error", "dig"},
	{"** server can't find ", "nslookup"},
	{"An error occurred (", "aws"},
	{"Unable to locate credentials", "aws"},
	{"The config profile (", "aws"},
	{"Error loading SSO Token", "aws"},
	{"Error when retrieving token from sso", "aws"},
	{"ERROR: (gcloud.", "gcloud"},
	{"CRITICAL: ACTION REQUIRED: gke-gcloud-auth-plugin", "gcloud"},
	{"Please run 'az login'", "az"},
	{"ERROR: Please run 'az login'", "az"},
	{"Error response from daemon: ", "docker"},
	{"Cannot connect to the Docker daemon", "docker"},
	{"error during connect: ", "docker"},
	{"permission denied while trying to connect to the Docker daemon", "docker"},
	{"permission denied while trying to connect to the docker API", "docker"},
	{"ERROR: failed to solve: ", "docker"},
	{"ERROR: failed to build: ", "docker"},
	{"failed to solve: ", "docker"},
	{"denied: ", "docker"},
	{"unauthorized: ", "docker"},
	{"toomanyrequests: ", "docker"},
	{"manifest unknown", "docker"},
	{"manifest for ", "docker"},
	{"no basic auth credentials", "docker"},
	{"name unknown: ", "docker"},
	{"pull access denied for ", "docker"},
	{"ERROR: failed to create cluster: ", "kind"},
	{"Error: accumulating resources: ", "kustomize"},
	{"error: accumulating resources: ", "kustomize"},
	{"accumulating resources: ", "kustomize"},
	{"error execution phase ", "kubeadm"},
	{"ComparisonError: ", "argocd"},
	{"SyncError: ", "argocd"},
	{"InvalidSpecError: ", "argocd"},
	{"make: *** [", "make"},
	{"npm ERR! ", "npm"},
	{"npm error ", "npm"},
	{"ssh: ", "ssh"},
	{"The HTTP call equal to 'curl", "kubeadm"},
	{"Found multiple CRI endpoints on the host", "kubeadm"},
	{"this version of kubeadm only supports", "kubeadm"},
	{"your configuration file uses an old API spec", "kubeadm"},
	{"There are pending nodes to be drained", "kubectl"},
	{"Unable to listen on port ", "kubectl"},
	{"Error in configuration: ", "kubectl"},
	{"validate service connection: ", "crictl"},
	{"etcdserver: ", "etcd"},
	{"PLEG is not healthy: ", "kubelet"},
	{"Part of the existing bootstrap client certificate ", "kubelet"},
	{"calico/node is not ready: ", "calico"},
	{"Error registering network: ", "flannel"},
	{`Get "http`, ""},
	{`Post "http`, ""},
	{`Put "http`, ""},
	{"dial tcp ", ""},
	{"dial tcp: ", ""},
}

// programFirst holds the first bytes of these, so that other lines cost nothing.
var programFirst = func() (set [256]bool) {
	for _, e := range programErrors {
		set[e.start[0]] = true
	}
	return set
}()

// readProgram reads the errors of programs around Kubernetes.
func readProgram(p *parser, lines []line, s string) int {
	number := lines[0].number
	if strings.HasPrefix(s, "Error: ") {
		if n := toolFailure(p, lines, s); n > 0 {
			return n
		}
	}
	if strings.Contains(s, "[IST") {
		if n := istio(p, s, number); n > 0 {
			return n
		}
	}
	if strings.Contains(s, "healthy: ") {
		if n := etcdHealth(p, s, number); n > 0 {
			return n
		}
	}
	if strings.Contains(s, ": [debug] ") {
		if n := helmDebug(p, lines, s); n > 0 {
			return n
		}
	}
	if strings.HasPrefix(s, "To see the stack trace of this error execute with --v=5") {
		return 1
	}
	if !programFirst[s[0]] || len(s) > 2 && s[0] == 'm' && s[1] == 'a' && s[2] == 'n' && !strings.Contains(s, " not found") && !strings.Contains(s, "unknown") {
		return 0
	}
	for _, e := range programErrors {
		if !strings.HasPrefix(s, e.start) {
			continue
		}
		reason := ""
		if e.from == "aws" && strings.HasPrefix(s, "An error occurred (") {
			reason, _, _ = strings.Cut(s[len("An error occurred ("):], ")")
		}
		n, text := block(s, lines)
		p.fail(e.from, reason, text, Object{}, number)
		return n
	}
	return 0
}

// helmFailures are the errors of helm that no other tool prints.
var helmFailures = []string{"INSTALLATION FAILED", "UPGRADE FAILED", "ROLLBACK FAILED", "uninstall: ", "UNINSTALL FAILED", "release: not found", "release has no ", "Kubernetes cluster unreachable", "template: ", "execution error at (", "parse error at (", "YAML parse error on ", "values don't meet the specifications",
	"looks like \"", "no cached repo found", "Chart.yaml file is missing", "query: failed to query", "failed to download", "chart \"", "repo ", "no repositories", "failed pre-install", "cannot re-use a name", "rendered manifests contain", "found in Chart.yaml", "non-absolute URLs", "must either provide a name"}

// toolFailure reads an error of helm, and one of terraform, which stands in a box. Errors
// of other tools are left to readError.
func toolFailure(p *parser, lines []line, s string) int {
	if n := terraform(p, lines, s); n > 0 {
		return n
	}
	text := s[len("Error: "):]
	for _, start := range helmFailures {
		if strings.HasPrefix(text, start) {
			n, message := block(s, lines)
			p.fail("helm", "", message, Object{}, lines[0].number)
			return n
		}
	}
	return 0
}

// terraform reads "Error: …" with the lines below that say where in the configuration it
// comes from, and the details below those. The box around it was taken away before.
// https://developer.hashicorp.com/terraform/cli/commands/apply
func terraform(p *parser, lines []line, s string) int {
	where := 0
	for i := 1; i < min(len(lines), 8); i++ {
		t := strings.TrimSpace(lines[i].text)
		if strings.HasPrefix(t, "with ") && strings.HasSuffix(t, ",") || strings.HasPrefix(t, "on ") && strings.Contains(t, " line ") {
			where = i
			break
		}
		if strings.HasPrefix(t, "Error: ") {
			return 0
		}
	}
	if where == 0 {
		return 0
	}
	message := s
	n := 1
	source := false
	for ; n < len(lines) && n < 40; n++ {
		t := strings.TrimSpace(lines[n].text)
		switch {
		case n < where:
			if t != "" {
				message += "\n" + t
			}
		case strings.HasPrefix(t, "with ") && strings.HasSuffix(t, ","), strings.HasPrefix(t, "on ") && strings.Contains(t, " line "):
			source = true
		case source && (t == "" || strings.HasPrefix(t[digits(t):], ":") && digits(t) > 0):
		case t == "" || t == "╵" || t == "╷" || strings.HasPrefix(t, "Error: ") || len(message) > maxText:
			if t == "╵" {
				n++
			}
			p.fail("terraform", "", message, Object{}, lines[0].number)
			return n
		default:
			source = false
			message += "\n" + t
		}
	}
	p.fail("terraform", "", message, Object{}, lines[0].number)
	return n
}

// istio reads a finding of istioctl analyze: "Error [IST0101] (VirtualService shop/web)
// Referenced host not found".
// https://istio.io/latest/docs/reference/config/analysis/
func istio(p *parser, s string, number int) int {
	level, rest, _ := strings.Cut(s, " [")
	code, rest, ok := strings.Cut(rest, "] (")
	where, message, ok2 := strings.Cut(rest, ") ")
	if !ok || !ok2 || len(code) > 10 {
		return 0
	}
	kind, name, _ := strings.Cut(where, " ")
	name, _, _ = strings.Cut(name, " ")
	obj := Object{Kind: kindNamed(kind), Name: name}
	if ns, n, ok := strings.Cut(name, "/"); ok {
		obj.Namespace, obj.Name = ns, n
	}
	obj = obj.valid()
	v := map[string]Verdict{"Error": Trouble, "Warning": Unjudged, "Info": Healthy}
	verdict, ok := v[level]
	if !ok {
		return 0
	}
	p.add(Observation{Place: Error, Reason: code, Message: message, From: "istioctl", Object: obj, Verdict: verdict, Line: number})
	return 1
}

// etcdHealth reads a line of etcdctl endpoint health.
// https://github.com/etcd-io/etcd/blob/main/etcdctl/ctlv3/command/printer_simple.go
func etcdHealth(p *parser, s string, number int) int {
	endpoint, rest, ok := strings.Cut(s, " is ")
	if !ok || strings.Contains(endpoint, " ") || !strings.Contains(endpoint, ":") {
		return 0
	}
	switch {
	case strings.HasPrefix(rest, "healthy: "):
		p.say("etcdctl", s, Object{}, Healthy, number)
	case strings.HasPrefix(rest, "unhealthy: "):
		p.fail("etcdctl", "", s, Object{}, number)
	default:
		return 0
	}
	return 1
}

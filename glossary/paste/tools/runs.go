package tools

import (
	"slices"
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/logs"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// ciMarkers are the beginnings of lines that structure a CI log.
var ciMarkers = [...]string{"##[group]", "##[endgroup]", "##[section]", "##[debug]", "##[command]", "##[warning]Node.js", "::group::", "::endgroup::", "shell: /", "section_start:", "section_end:", "Running with gitlab-runner ", "Using Kubernetes executor with image ", "Using attach strategy to execute scripts", "Preparing environment", "Cleaning up project directory", "Getting source from Git repository", "Executing \"step_script\"", "[Pipeline] "}

// ciFirst is the set of first bytes of ciMarkers.
var ciFirst = func() (set [256]bool) {
	for _, q := range ciMarkers {
		set[q[0]] = true
	}
	return set
}()

// readRun reads log lines of a CI job, including those about the state of a Pod that GitLab
// Runner created for the job: "Waiting for pod ci/runner-1 to be running, status is Pending".
// https://docs.gitlab.com/runner/executors/kubernetes/
func readRun(p *parse.Parser, lines []line.Line, s string) int {
	number := lines[0].Number
	if ciFirst[s[0]] && slices.ContainsFunc(ciMarkers[:], func(q string) bool { return strings.HasPrefix(s, q) }) {
		addProgress(p, "ci", s, observe.Object{}, observe.Healthy, number)
		return 1
	}
	if (s[0] == '+' || s[0] == '-') && strings.Contains(s, " › ") {
		addProgress(p, "stern", s, observe.Object{}, observe.Healthy, number)
		return 1
	}
	if rest, ok := strings.CutPrefix(s, "Waiting for pod "); ok {
		name, _, ok := strings.Cut(rest, " to be running, status is ")
		ns, pod, named := strings.Cut(name, "/")
		if !ok || !named {
			return 0
		}
		p.Object = observe.Object{Kind: "pod", Namespace: ns, Name: pod}.Valid()
		addProgress(p, "gitlab-runner", s, p.Object, observe.Waiting, number)
		return 1
	}
	if strings.HasPrefix(s, "Containers") && strings.Contains(s, `: "containers with unready status: [`) {
		addProgress(p, "gitlab-runner", s, p.Object, observe.Waiting, number)
		return 1
	}
	if strings.HasPrefix(s, "ERROR: Job failed") && p.Object.Kind == "pod" {
		addError(p, "gitlab-runner", "", s, p.Object, number)
		return 1
	}
	if strings.Contains(s, "exit") && jobFailed.MatchString(s) && p.Failed() {
		addProgress(p, "ci", s, observe.Object{}, observe.Healthy, number)
		return 1
	}
	return 0
}

// jobFailed matches the last line of a job, which says only that a command failed.
var jobFailed = lazyregexp.New(`^(?:##\[error\]|::error::)?(?:Error: |ERROR: |error: )?(?:Process completed with exit code \d+|Job failed: (?:command terminated with )?exit (?:code|status) \d+|Bash exited with code '\d+'|The process '\S+' failed with exit code \d+|script returned exit code \d+)\.?$`)

// pushRefused are the beginnings of the messages that docker push prints if the registry
// refuses the push.
var pushRefused = [...]string{"denied: ", "unauthorized: ", "no basic auth credentials", "name unknown: ", "error parsing HTTP ", "received unexpected HTTP status: ", "tag does not exist: ", "An image does not exist locally with the tag: "}

// layer matches the progress of an image layer: "0deb625a1194: Preparing".
var layer = lazyregexp.New(`^[0-9a-f]{12}: (?:Preparing|Waiting|Pushing|Pushed|Layer already exists|Mounted from|Retrying|Pulling|Pull complete|Download complete|Already exists|Verifying|Downloading|Extracting|Skipped)`)

// readPush reads the output of docker push. Its errors do not name the image.
// https://docs.docker.com/reference/cli/docker/image/push/
func readPush(p *parse.Parser, lines []line.Line, s string) int {
	if s[0] != 'T' && (len(s) < 14 || s[12] != ':') {
		return 0
	}
	_, rest, ok := strings.Cut(s, "The push refers to ")
	_, repository, ok2 := strings.Cut(rest, "[")
	repository, _, ok3 := strings.Cut(repository, "]")
	if !ok || !ok2 || !ok3 {
		if len(s) > 13 && s[12] == ':' && layer.MatchString(s) {
			addProgress(p, "docker", s, observe.Object{}, observe.Healthy, lines[0].Number)
			return 1
		}
		return 0
	}
	addProgress(p, "docker", s, observe.Object{}, observe.Healthy, lines[0].Number)
	n := 1
	for ; n < len(lines) && n < 400; n++ {
		t := strings.TrimSpace(lines[n].Text)
		if t == "" || layer.MatchString(t) {
			continue
		}
		for _, r := range pushRefused {
			if strings.HasPrefix(t, r) {
				addError(p, "docker", "", "push to "+repository+": "+t, observe.Object{}, lines[n].Number)
				return n + 1
			}
		}
		break
	}
	return n
}

// placed matches an error with its position in a file: "/etc/coredns/Corefile:7 - Error during
// parsing: …", "main.go:12:3: undefined: x".
var placed = lazyregexp.New(`^(?:\./)?(/?[\w./-]*[\w-]):\d+(?::\d+)?(?: -|:) (.+)$`)

// readPlaced reads an error with its position in a file. The name of the file determines the
// program.
func readPlaced(p *parse.Parser, lines []line.Line, s string) int {
	i := strings.IndexByte(s, ':')
	if i < 1 || i+2 >= len(s) || s[i+1] < '0' || s[i+1] > '9' || strings.IndexByte(s[:i], ' ') >= 0 {
		return 0
	}
	m := placed.FindStringSubmatch(s)
	if m == nil || !logs.HasFailure(m[2]) && !strings.Contains(m[2], "undefined") && !strings.Contains(m[2], "unexpected") {
		return 0
	}
	from := ""
	switch file := m[1][strings.LastIndexByte(m[1], '/')+1:]; {
	case file == "Corefile":
		from = "coredns"
	case strings.HasSuffix(file, ".go"):
		from = "go"
	case file == "Dockerfile":
		from = "docker"
	case !strings.Contains(m[1], ".") && !strings.Contains(m[1], "/"):
		return 0 // an address with a port
	}
	n, text := block(s, lines)
	addError(p, from, "", text, observe.Object{}, lines[0].Number)
	return n
}

// diffLine matches the header of a file in the output of kubectl diff.
var diffLine = lazyregexp.New(`^diff -\S+ (?:-N )?\S*/(?:LIVE|MERGED)-\d+/|^--- \S*/LIVE-\d+/`)

// readDiff reads the output of kubectl diff, which shows what an apply would change. The diff
// says nothing about health.
func readDiff(p *parse.Parser, lines []line.Line, s string) int {
	if !strings.HasPrefix(s, "diff -") && !strings.HasPrefix(s, "--- ") || !diffLine.MatchString(s) {
		return 0
	}
	n := 1
	for n < len(lines) && n < 4000 {
		t := lines[n].Text
		if t == "" || strings.IndexByte("+-@ \\", t[0]) < 0 && !diffLine.MatchString(t) {
			break
		}
		n++
	}
	addProgress(p, "kubectl", s, observe.Object{}, observe.Healthy, lines[0].Number)
	return n
}

// readRights reads the tables of kubectl auth can-i --list and kubectl auth whoami.
func readRights(p *parse.Parser, lines []line.Line, s string) int {
	if strings.HasPrefix(s, "ATTRIBUTE ") && strings.HasSuffix(s, " VALUE") {
		n := 1
		for n < len(lines) && whoami.MatchString(lines[n].Text) {
			n++
		}
		addProgress(p, "kubectl", s, p.NamespaceOnly(), observe.Healthy, lines[0].Number)
		return n
	}
	if !strings.HasPrefix(s, "Resources ") || !strings.Contains(s, "Non-Resource URLs") || !strings.Contains(s, "Verbs") {
		return 0
	}
	n := 1
	for n < len(lines) && strings.Contains(lines[n].Text, "[") {
		n++
	}
	addProgress(p, "kubectl", s, p.NamespaceOnly(), observe.Healthy, lines[0].Number)
	return n
}

// whoami matches a row of kubectl auth whoami.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kubectl/pkg/cmd/auth/whoami.go
var whoami = lazyregexp.New(`^ *(?:Username|UID|Groups|Extra: \S+) +\S`)

// sectionSymbols are the symbols that tkn prints before the name of a section.
var sectionSymbols = lex.Set("🌡|💌|🗂|⚓|📝|📂|⏭|⏱|📦|🦶|🚗|📡|📨|☑|📖|🛂")

// readSection reads the name of a section that tkn describe prints, and the message below it.
// https://github.com/tektoncd/cli/blob/main/pkg/pipelinerun/description/description.go
func readSection(p *parse.Parser, lines []line.Line, s string) int {
	symbol, name, ok := strings.Cut(s, " ")
	if !ok || !sectionSymbols[strings.ReplaceAll(symbol, "\ufe0f", "")] {
		return 0
	}
	name = strings.TrimSpace(strings.ReplaceAll(name, "\ufe0f", ""))
	if name == "" || len(name) > 30 || strings.ToUpper(name[:1]) != name[:1] {
		return 0
	}
	n := 1
	if name != "Message" {
		addProgress(p, "tkn", name, p.Object, observe.Healthy, lines[0].Number)
		return n
	}
	text := ""
	for ; n < len(lines) && n < 20; n++ {
		t := strings.TrimSpace(lines[n].Text)
		if t == "" || t == ")" {
			if text == "" || t == ")" {
				continue
			}
			break
		}
		text += t + " "
	}
	text = strings.TrimSpace(text)
	switch {
	case text == "":
	case failedTasks.MatchString(text) || !strings.HasPrefix(text, "Tasks Completed: ") && logs.HasFailure(text):
		addError(p, "tkn", "", text, p.Object, lines[0].Number)
	default:
		addProgress(p, "tkn", text, p.Object, observe.Healthy, lines[0].Number)
	}
	return n
}

// failedTasks matches the message of a run with failed or canceled tasks.
var failedTasks = lazyregexp.New(`\b(?:Failed|Cancelled): ?[1-9]`)

// cephCheck matches a check in the output of ceph health detail: "[WRN] MON_DISK_LOW: …".
// https://docs.ceph.com/en/latest/rados/operations/health-checks/
var cephCheck = lazyregexp.New(`^\[(WRN|ERR)\] ([A-Z][A-Z0-9_]+): (.+)$`)

// readCheck reads a check that ceph health detail prints, with the lines that follow the check, or one
// that the API server prints for /readyz?verbose.
func readCheck(p *parse.Parser, lines []line.Line, s string) int {
	if check, ok := strings.CutPrefix(s, "[-]"); ok && strings.HasSuffix(check, " failed: reason withheld") {
		addError(p, "kube-apiserver", "", s, observe.Object{}, lines[0].Number)
		return 1
	} else if strings.HasPrefix(s, "[+]") && strings.HasSuffix(s, " ok") {
		addProgress(p, "kube-apiserver", s, observe.Object{}, observe.Healthy, lines[0].Number)
		return 1
	}
	m := cephCheck.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	n := 1
	for n < len(lines) && n < 100 && lines[n].Text != "" && lines[n].Indent() > lines[0].Indent() {
		n++
	}
	level := map[string]string{"WRN": "HEALTH_WARN ", "ERR": "HEALTH_ERR "}[m[1]]
	addError(p, "ceph", "", level+m[3]+" ("+m[2]+")", observe.Object{}, lines[0].Number)
	return n
}

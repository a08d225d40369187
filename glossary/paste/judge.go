package paste

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// waitingFor is how long a value may be one of a kind that passes by itself. Above that age
// of the object it is trouble. Creating a Pod, a volume or a certificate takes seconds to
// a few minutes.
const waitingFor = 5 * time.Minute

//go:embed columns.tsv
var columnsFile string

// A columnRule says which values of a column are good, good for a while, and bad. The
// alternatives of each are divided by a bar:
//
//	word     the value itself, regardless of case
//	-        an empty value
//	n/n n/m  as many as wanted, or fewer
//	<COLUMN  a number below that of another column of the row; =COLUMN the same number
//	>0 >=90  a number above a bound, or from it on; a percentage too
//	*        any value that no other alternative matches
type columnRule struct{ good, waiting, bad []string }

// columnRules are the rules by kind and column, "pod STATUS".
var columnRules = readColumns(columnsFile)

func readColumns(file string) map[string]columnRule {
	rules := make(map[string]columnRule)
	for _, f := range rowsOf(file) {
		rules[f[0]+" "+f[1]] = columnRule{alternatives(f[2]), alternatives(f[3]), alternatives(f[4])}
	}
	return rules
}

func alternatives(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// rowsOf returns the rows of a tab-separated file below its head, each with the
// number of fields of the head.
func rowsOf(file string) [][]string {
	var rows [][]string
	width := 0
	for l := range strings.Lines(file) {
		f := strings.Split(strings.TrimRight(l, "\n"), "\t")
		if width == 0 {
			width = len(f)
			continue
		}
		rows = append(rows, append(f, make([]string, max(0, width-len(f)))...))
	}
	return rows
}

// judge gives each cell of a row its verdict and returns the worst. A row of a kind that
// is not known, without a cell that can be judged, is unjudged.
func judge(o *Observation) Verdict {
	worst, judged := Healthy, knownKind(o.Object.Kind)
	for i := range o.Cells {
		c := &o.Cells[i]
		v, ok := judgeCell(o, c.Column, c.Value)
		if v == Waiting && (o.Age == 0 && o.Cell("AGE") != "0s" || o.Age >= waitingFor) {
			v = Trouble
		}
		if v == Trouble && o.Message == "" && strings.Contains(c.Value, "<unknown>") {
			o.Message = c.Value // cpu: <unknown>/80%
		}
		c.Verdict = v
		judged = judged || ok
		worst = max(worst, v)
	}
	if !judged && worst == Healthy {
		worst = Unjudged
	}
	return worst
}

func judgeCell(o *Observation, column, value string) (v Verdict, judged bool) {
	if o.Object.Kind == "pod" {
		switch column {
		case "READY":
			return judgePodReady(o), true
		case "RESTARTS":
			return judgeRestarts(value), true
		case "STATUS":
			if value == "Completed" && runsForever(o.Object.Name) {
				return Trouble, true
			}
		}
	}
	switch {
	case o.Object.Kind == "job" && column == "COMPLETIONS":
		return judgeCompletions(o, value), true
	case o.Object.Kind == "resourcequota" && (column == "REQUEST" || column == "LIMIT"):
		return judgeQuota(value), true
	}
	if rule, ok := columnRules[o.Object.Kind+" "+column]; ok {
		return rule.judge(o, value), true
	}
	if knownKind(o.Object.Kind) || inertColumns[column] {
		return Healthy, false
	}
	return judgeUnknown(o, column, value)
}

func (r columnRule) judge(o *Observation, value string) Verdict {
	for _, part := range []struct {
		alternatives []string
		verdict      Verdict
	}{{r.bad, Trouble}, {r.waiting, Waiting}, {r.good, Healthy}} {
		for _, a := range part.alternatives {
			if a != "*" && matches(o, a, value) {
				return part.verdict
			}
		}
	}
	switch {
	case slices.Contains(r.bad, "*"):
		return Trouble
	case slices.Contains(r.good, "*"):
		return Healthy
	}
	return Unjudged
}

func matches(o *Observation, alternative, value string) bool {
	switch {
	case alternative == "-":
		return value == ""
	case alternative == "n/n", alternative == "n/m":
		n, m, ok := ratio(value)
		return ok && (n >= m) == (alternative == "n/n")
	case alternative == "n/1":
		return strings.HasSuffix(value, "/1 of 1")
	case alternative[0] == '>':
		least, above := strings.CutPrefix(alternative[1:], "=")
		bound, _ := strconv.Atoi(least)
		n, err := strconv.Atoi(strings.TrimSuffix(value, "%"))
		return err == nil && (n > bound || above && n == bound)
	case alternative == "Init:n/m":
		_, _, ok := ratio(strings.TrimPrefix(value, "Init:"))
		return ok && strings.HasPrefix(value, "Init:")
	case len(alternative) > 1 && (alternative[0] == '<' && alternative[1] != 'n' && alternative[1] != 'p' && alternative[1] != 'u' || alternative[0] == '='):
		n, err := strconv.Atoi(value)
		m, err2 := strconv.Atoi(o.Cell(alternative[1:]))
		return err == nil && err2 == nil && (n < m) == (alternative[0] == '<')
	}
	if alternative == "<unknown>" {
		return strings.Contains(value, alternative)
	}
	return strings.EqualFold(alternative, value)
}

// ratio reads "2/3".
func ratio(s string) (n, m int, ok bool) {
	left, right, ok := strings.Cut(s, "/")
	if !ok {
		return 0, 0, false
	}
	n, err := strconv.Atoi(left)
	m, err2 := strconv.Atoi(right)
	return n, m, err == nil && err2 == nil
}

// judgePodReady judges READY of a Pod: unready containers are trouble only if it runs. If
// it does not, STATUS says why.
func judgePodReady(o *Observation) Verdict {
	n, m, ok := ratio(o.Cell("READY"))
	switch status := o.Cell("STATUS"); {
	case !ok:
		return Unjudged
	case n < m && status == "Running" && (o.Age > 0 || o.Cell("AGE") == "0s") && o.Age <= readyAfter:
		return Waiting
	case n < m && status == "Running":
		return Trouble
	}
	return Healthy
}

// workloadPod matches the names of Pods that a StatefulSet (db-0) or a Deployment
// (web-7d9f8c6b5d-x2v4q) makes: these restart what has ended. Random suffixes have no
// vowels and none of 0, 1 and 3.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go
var workloadPod = regexp.MustCompile(`(?:-\d{1,3}|-([bcdf-hj-np-tv-z2456789]{6,10})-[bcdf-hj-np-tv-z2456789]{5})$`)

// runsForever reports whether a Pod belongs to a workload whose containers must not end.
func runsForever(pod string) bool {
	m := workloadPod.FindStringSubmatch(pod)
	return m != nil && (m[1] == "" || strings.IndexFunc(m[1], func(r rune) bool { return r >= 'a' }) >= 0) // a CronJob's has the time
}

// readyAfter is how long a Pod may run before its containers are ready. Probes and
// programs mostly need seconds to a minute.
const readyAfter = 2 * time.Minute

// manyRestarts is the number from which restarts are worth a word, and lateRestart the
// time within which the last one is.
const (
	manyRestarts = 5
	lateRestart  = time.Hour
)

var restarts = regexp.MustCompile(`^(\d+)(?: \((\S+) ago\))?$`)

func judgeRestarts(value string) Verdict {
	m := restarts.FindStringSubmatch(value)
	if m == nil {
		return Healthy
	}
	n, _ := strconv.Atoi(m[1])
	last := ParseAge(m[2])
	if n > 0 && last > 0 && last < lateRestart || n >= manyRestarts && last == 0 {
		return Trouble
	}
	return Healthy
}

// judgeCompletions judges COMPLETIONS of a Job: 1/1, 0/3, 0/1 of 3. What has not completed
// is trouble if it takes long and nothing says that it still runs.
func judgeCompletions(o *Observation, value string) Verdict {
	want := strings.TrimPrefix(value[strings.LastIndexByte(value, ' ')+1:], "of ")
	n, m, ok := ratio(strings.Fields(value + " x")[0])
	if strings.Contains(value, " of ") {
		m, _ = strconv.Atoi(want)
	}
	switch {
	case !ok || n >= m:
		return Healthy
	case o.Cell("STATUS") == "Suspended":
		return Healthy
	}
	return Waiting
}

// judgeQuota judges a cell of a ResourceQuota: "pods: 10/10, requests.cpu: 1500m/4". A
// quota that is used up is trouble: nothing more can be created.
func judgeQuota(value string) Verdict {
	for part := range strings.SplitSeq(value, ", ") {
		used, hard, isRatio := strings.Cut(part[strings.LastIndexByte(part, ' ')+1:], "/")
		n, ok1 := quantity(used)
		m, ok2 := quantity(hard)
		if isRatio && ok1 && ok2 && n >= m && n > 0 {
			return Trouble
		}
	}
	return Healthy
}

// units are the suffixes of quantities, longest first.
// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
var units = []struct {
	suffix string
	factor float64
}{{"Ki", 1 << 10}, {"Mi", 1 << 20}, {"Gi", 1 << 30}, {"Ti", 1 << 40}, {"Pi", 1 << 50}, {"Ei", 1 << 60}, {"m", 1e-3}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {"T", 1e12}, {"P", 1e15}, {"E", 1e18}, {"", 1}}

// quantity reads a quantity such as 1500m or 8Gi.
func quantity(s string) (float64, bool) {
	for _, u := range units {
		if number, ok := strings.CutSuffix(s, u.suffix); ok {
			n, err := strconv.ParseFloat(number, 64)
			return n * u.factor, err == nil
		}
	}
	return 0, false
}

func isNumber(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// inertColumns say nothing about health, in tables of any kind.
var inertColumns = setOf("NAME", "NAMESPACE", "AGE", "LABELS", "CLASS", "TYPE", "IMAGE", "IMAGES", "VERSION", "NODE", "CREATED AT", "URL", "KIND", "HOST", "HOSTS", "CONTROLLER", "SELECTOR")

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

var (
	// badWord and waitWord match a status that some controller prints, as the API
	// conventions have them: one word in camel case. Their last part says what it is.
	badWord  = regexp.MustCompile(`(?i)^(?:.*(?:error|failed|failure|backoff|notready|unavailable|invalid|notfound|missing|denied|refused|timeout|timedout|degraded|unhealthy|unknown|mismatch|conflict|exceeded|expired|blocked|rejected|stalled|outofsync|lost|crashed|faulted|inconsistent|unreachable|down|red|yellow|dead|critical|offline|aborted|evicted|killed|disconnected|not ready|stuck))$`)
	waitWord = regexp.MustCompile(`(?i)^(?:pending.*|progressing|provisioning|.*creating|.*updating|terminating|deleting|initializing|in-?progress|reconciling|waiting.*|processing|upgrading|scheduling|starting|stopping|queued|unknown|.*pending|setting.*|bootstrapping|scaling.*|deploying|installing)$`)
	goodWord = regexp.MustCompile(`(?i)^(?:true|ready|running|bound|active|complete|completed|succeeded|success|successful|available|healthy|synced|established|accepted|approved|valid|deployed|up|online|normal|ok|connected|enabled|reconciled|provisioned|attached|green|cluster in healthy state|finished|done|allocated|created|in ?sync|resolved|secretsynced|.*succeeded|.*ready|updated|started|live|alive|optimal|fulfilled|passed|stable)$`)

	// goodIfTrue and goodIfFalse match the columns and condition types that hold True,
	// False or Unknown.
	goodIfTrue  = regexp.MustCompile(`(?i)ready|available|sync|health|programmed|accepted|established|reconcil|resolved|valid|succe|approved|connected|initialized|scheduled|attached|bound|installed|provisioned|complete|running|deployed|configured|applied|active|online|running|live|progressing|upgradeable|issued|admitted|registered|launched`)
	goodIfFalse = regexp.MustCompile(`(?i)degraded|fail|error|stalled|denied|unavailable|unreachable|pressure|unhealthy|not ?ready|missing|conflict|invalid|dropped|crash|oom|terminat|expired|corrupt|readonly|deadlock|frequent.*restart|unknown|problem|limited|disrupt|lost|exceeded|outdated|drift|suspend|paused|blocked|stale|evict`)
	statusLike  = regexp.MustCompile(`STATUS|STATE|PHASE|HEALTH|CONDITION|READY|ROBUSTNESS|RESULT`)
)

// judgeUnknown judges the cell of a kind that is not known, by the words that controllers
// commonly print.
func judgeUnknown(o *Observation, column, value string) (v Verdict, judged bool) {
	switch strings.ToLower(value) {
	case "true", "false", "unknown":
		positive := goodIfTrue.MatchString(column) && !goodIfFalse.MatchString(column)
		negative := goodIfFalse.MatchString(column)
		switch {
		case strings.EqualFold(value, "unknown") && (positive || negative):
			return Waiting, true
		case positive == strings.EqualFold(value, "true") && positive != negative:
			return Healthy, true
		case positive, negative && strings.EqualFold(value, "true"):
			return Trouble, true
		case negative:
			return Healthy, true
		}
		return Healthy, false
	}
	if n, m, ok := ratio(value); ok && (statusLike.MatchString(column) || goodIfTrue.MatchString(column)) {
		if n < m {
			return Trouble, true
		}
		return Healthy, true
	}
	if isNumber(value) {
		for _, whole := range []string{"DESIRED", "REPLICAS", "INSTANCES", "TOTAL"} {
			if n := o.Cell(whole); column == "READY" && isNumber(n) {
				if atoi(value) < atoi(n) {
					return Trouble, true
				}
				return Healthy, true
			}
		}
		return Healthy, false
	}
	if !statusLike.MatchString(column) {
		if strings.EqualFold(column, "MESSAGE") || !strings.Contains(value, " ") && badWord.MatchString(value) && len(value) > 5 && value[0] < 'a' {
			if badWord.MatchString(value) {
				return Trouble, true
			}
		}
		return Healthy, false
	}
	switch {
	case goodWord.MatchString(value):
		return Healthy, true
	case waitWord.MatchString(value):
		return Waiting, true
	case badWord.MatchString(value):
		return Trouble, true
	case value == "" || value == "<none>" || value == "-":
		return Healthy, false
	}
	return Unjudged, true
}

// negativeConditions are the condition types of Kubernetes whose good status is False.
// Others are good if True, unless their name says otherwise.
var negativeConditions = setOf("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable", "OutOfDisk", "ReplicaFailure",
	"ScalingLimited", "DisruptionTarget", "Failed", "FailureTarget", "Suspended", "NamespaceDeletionDiscoveryFailure", "NamespaceDeletionContentFailure",
	"NamespaceDeletionGroupVersionParsingFailure", "NamespaceContentRemaining", "NamespaceFinalizersRemaining", "Resizing",
	"FileSystemResizePending", "ControllerResizeError", "NodeResizeError", "ModifyVolumeError", "ModifyingVolume", "PodResizePending", "PodResizeInProgress",
	"Stalled", "Degraded", "Conflicted", "OverlappingFilteringRules", "Terminating", "KernelDeadlock", "ReadonlyFilesystem", "CorruptDockerOverlay2",
	"FrequentKubeletRestart", "FrequentDockerRestart", "FrequentContainerdRestart", "Fallback", "Paused", "ContainerRuntimeUnhealthy",
	"KubeletUnhealthy", "NonStructuralSchema", "KubernetesAPIApprovalPolicyConformant", "PartiallyInvalid", "Denied", "InvalidRequest", "Reconciling",
	"ComparisonError", "InvalidSpecError", "SyncError", "OrphanedResourceWarning", "RepeatedResourceWarning", "SharedResourceWarning", "ExcludedResourceWarning", "DeletionError", "UnknownError", "Restore", "TooManySnapshots", "WaitForBackingImage", "Drifted", "Consolidatable", "Issuing", "Deprecated")

// judgeCondition judges the status of a condition. Unknown is trouble for conditions of
// Kubernetes that the good value is known of.
func judgeCondition(kind, conditionType, status, reason string) Verdict {
	negative := negativeConditions[conditionType]
	known := negative || positiveConditions[conditionType]
	if !known && goodIfFalse.MatchString(conditionType) {
		negative, known = true, true
	} else if !known && goodIfTrue.MatchString(conditionType) {
		known = true
	}
	switch strings.ToLower(status) {
	case "true", "false":
		good := strings.EqualFold(status, "true") != negative
		switch {
		case conditionType == "Consolidatable" || conditionType == "Issuing" || conditionType == "Reconciling" || conditionType == "KubernetesAPIApprovalPolicyConformant" || conditionType == "Restore":
			return Healthy
		case !known && !good:
			return Unjudged
		case good || conditionType == "ScalingLimited" && reason == "TooFewReplicas" || reason == "PodCompleted":
			return Healthy
		case conditionType == "Resizing" || conditionType == "FileSystemResizePending" || conditionType == "Terminating":
			return Waiting
		}
		return Trouble
	case "unknown":
		if conditionType == "Active" || reason == "" && !known {
			return Unjudged
		}
		return Trouble
	}
	return Unjudged
}

// positiveConditions are the condition types whose good status is True.
var positiveConditions = setOf("Ready", "ContainersReady", "Initialized", "PodScheduled", "PodReadyToStartContainers", "Available", "Progressing", "Complete", "SuccessCriteriaMet",
	"AbleToScale", "ScalingActive", "Established", "NamesAccepted", "Approved", "Accepted", "Programmed", "ResolvedRefs", "Healthy", "Synced", "DisruptionAllowed", "AllReplicasReady", "PodsHealthy")

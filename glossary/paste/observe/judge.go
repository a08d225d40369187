package observe

import (
	"strconv"
	"strings"
	"time"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
)

// waitingFor is the age of an object above which a transient value is unhealthy. Creating a
// Pod, a volume or a certificate takes seconds to a few minutes.
const waitingFor = 5 * time.Minute

// inProgressFor is like waitingFor, for progress that a controller reports, such as an update
// of all nodes.
const inProgressFor = time.Hour

// Judge sets the verdict of each cell of a row and returns the worst one. A row of an unknown
// kind is Unjudged if no cell can be judged.
func Judge(o *Observation) Verdict {
	worst, judged := Healthy, KnownKind(o.Object.Kind)
	inert := o.Cell("AGE") != ""
	idle := isIdle(o)
	for i := range o.Cells {
		c := &o.Cells[i]
		v, ok := judgeCell(o, c.Column, c.Value, idle)
		if v == Waiting && (o.Age == 0 && o.Cell("AGE") != "0s" && !passes.MatchString(c.Column) || o.Age >= waitingFor && !passes.MatchString(c.Column) || o.Age >= inProgressFor) {
			v = Unhealthy
		}
		if v == Unhealthy && o.Message == "" && strings.Contains(c.Value, "<unknown>") {
			o.Message = c.Value // cpu: <unknown>/80%
		}
		c.Verdict = v
		judged = judged || ok
		inert = inert && inertColumns[c.Column]
		worst = max(worst, v)
	}
	if !judged && !inert && worst == Healthy {
		worst = Unjudged
	}
	return worst
}

// judgeCell returns the verdict on a cell. idle is the result of isIdle for the row.
func judgeCell(o *Observation, column, value string, idle bool) (v Verdict, judged bool) {
	if o.Object.Kind == "pod" {
		switch column {
		case "READY":
			return judgePodReady(o), true
		case "RESTARTS":
			return judgeRestarts(value), true
		case "STATUS":
			if value == "Completed" && runsForever(o.Object.Name) {
				return Unhealthy, true
			}
		}
	}
	if idle && strings.EqualFold(value, "false") && idleColumns[column] {
		return Healthy, true
	}
	switch {
	case o.Object.Kind == "job" && column == "COMPLETIONS":
		return judgeCompletions(o, value), true
	case o.Object.Kind == "resourcequota" && (column == "REQUEST" || column == "LIMIT"):
		return judgeQuota(value), true
	}
	value = withoutAge(value)
	if rule, ok := columnRules()[o.Object.Kind][column]; ok {
		if v := rule.judge(o, value); v != Unjudged || KnownKind(o.Object.Kind) {
			return v, true
		}
	}
	if IsField(column) {
		return JudgeField(column, value)
	}
	if inertColumns[column] || isCore(o.Object.Kind) && fitsKind(o) {
		return Healthy, false
	}
	v, judged = judgeUnknown(o, column, value)
	if v != Unhealthy && columnRules()[o.Object.Kind] != nil {
		return Healthy, judged && v == Healthy // the rules of the kind suffice
	}
	return v, judged
}

// withoutAge returns a value without the time for which it has held: SYNCED for "SYNCED (2m)".
func withoutAge(value string) string {
	if before, age, ok := strings.Cut(value, " ("); ok && IsAge(strings.TrimSuffix(age, ")")) {
		return before
	}
	return value
}

// idleColumns are the columns that are False for an object that is turned off, and idleWords are
// the statuses of such an object.
var (
	idleColumns = lex.Set("READY|HEALTHY|AVAILABLE|ACTIVE|RUNNING|ONLINE")
	idleWords   = lex.Set("stopped|inactive|suspended|paused|disabled|hibernated|archived|halted|detached|scaledtozero|shutdown")
)

// maxIdleWord is the maximum length of the words in idleWords in bytes.
const maxIdleWord = 16

// isIdle reports whether the object of a row has been turned off, such as a stopped virtual
// machine or an inactive revision.
func isIdle(o *Observation) bool {
	for i := range o.Cells {
		switch c := &o.Cells[i]; c.Column {
		case "STATUS", "STATE", "PHASE":
			var memory [maxIdleWord]byte
			if len(c.Value) <= maxIdleWord && idleWords[string(lex.AppendLower(memory[:0], c.Value))] && c.Value == o.Cell(c.Column) {
				return true
			}
		}
	}
	return false
}

// judgePodReady judges the READY cell of a Pod. Unready containers are unhealthy only if the Pod is
// Running; otherwise STATUS says what is wrong.
func judgePodReady(o *Observation) Verdict {
	n, m, ok := ratio(o.Cell("READY"))
	switch status := o.Cell("STATUS"); {
	case !ok:
		return Unjudged
	case n < m && status == "Running" && (o.Age > 0 || o.Cell("AGE") == "0s") && o.Age <= readyAfter:
		return Waiting
	case n < m && status == "Running":
		return Unhealthy
	}
	return Healthy
}

// workloadPod matches the names of Pods that belong to a StatefulSet (db-0) or a Deployment
// (web-7d9f8c6b5d-x2v4q). Such Pods restart containers that exit. Random suffixes have no
// vowels and no 0, 1 or 3.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go
var workloadPod = lazyregexp.New(`(?:-\d{1,3}|-([bcdf-hj-np-tv-z2456789]{6,10})-[bcdf-hj-np-tv-z2456789]{5})$`)

// runsForever reports whether a Pod belongs to a workload whose containers must not exit.
func runsForever(pod string) bool {
	m := workloadPod.FindStringSubmatch(pod)
	return m != nil && (m[1] == "" || strings.IndexFunc(m[1], func(r rune) bool { return r >= 'a' }) >= 0) // digits only: the time in a CronJob's Pod
}

// readyAfter is how long a running Pod may take to become ready. Most programs and probes
// need seconds to a minute.
const readyAfter = 2 * time.Minute

// ManyRestarts is the number of restarts at which a container is unhealthy if the time of its last
// restart is unknown. A restart less than lateRestart ago is always unhealthy.
const (
	ManyRestarts = 5
	lateRestart  = time.Hour
)

// judgeRestarts judges a RESTARTS cell, such as 12 (3m ago).
func judgeRestarts(value string) Verdict {
	count, ago, _ := strings.Cut(value, " (")
	if !lex.IsNumber(count) {
		return Healthy
	}
	n := lex.Number(count)
	last := ParseAge(strings.TrimSuffix(ago, " ago)"))
	if n > 0 && last > 0 && last < lateRestart || n >= ManyRestarts && last == 0 {
		return Unhealthy
	}
	return Healthy
}

// judgeCompletions judges the COMPLETIONS cell of a Job, such as 1/1, 0/3 or 0/1 of 3. An
// incomplete Job is Waiting, unless it is suspended.
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

// judgeQuota judges a cell of a ResourceQuota: "pods: 10/10, requests.cpu: 1500m/4". An
// exhausted quota is unhealthy, since nothing more can be created.
func judgeQuota(value string) Verdict {
	for part := range strings.SplitSeq(value, ", ") {
		used, hard, isRatio := strings.Cut(part[strings.LastIndexByte(part, ' ')+1:], "/")
		n, ok1 := quantity(used)
		m, ok2 := quantity(hard)
		if isRatio && ok1 && ok2 && n >= m && n > 0 {
			return Unhealthy
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

// quantity parses a quantity such as 1500m or 8Gi.
func quantity(s string) (float64, bool) {
	for _, u := range units {
		if number, ok := strings.CutSuffix(s, u.suffix); ok {
			n, err := strconv.ParseFloat(number, 64)
			return n * u.factor, err == nil
		}
	}
	return 0, false
}

// inertColumns are columns that say nothing about health in any table.
var inertColumns = lex.Set("NAME|NAMESPACE|AGE|LABELS|CLASS|TYPE|IMAGE|IMAGES|VERSION|NODE|CREATED AT|URL|KIND|HOST|HOSTS|CONTROLLER|SELECTOR")

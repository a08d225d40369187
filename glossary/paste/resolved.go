package paste

import (
	"container/heap"
	"slices"
	"strings"
	"time"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// recoveries are the reasons of events with the reasons of the earlier events that they resolve. The earlier
// events must be about the same object.
var recoveries = [...]struct {
	reason  string
	earlier []string
}{
	{"Scheduled", []string{"FailedScheduling", "NotTriggerScaleUp"}},
	{"Pulled", []string{"Failed", "BackOff", "ErrImagePull"}},
	{"Started", []string{"FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox", "FailedScheduling", "NetworkNotReady"}},
	{"SuccessfulAttachVolume", []string{"FailedAttachVolume"}},
	{"SuccessfulMountVolume", []string{"FailedMount"}},
	{"ProvisioningSucceeded", []string{"ProvisioningFailed"}},
	{"NodeReady", []string{"NodeNotReady"}},
	{"NodeHasNoDiskPressure", []string{"NodeHasDiskPressure"}},
	{"SuccessfulCreate", []string{"FailedCreate"}},
	{"EnsuredLoadBalancer", []string{"SyncLoadBalancerFailed"}},
	{"SuccessfulRescale", []string{"FailedGetResourceMetric", "FailedComputeMetricsReplicas"}},
	{"SuccessfullyReconciled", []string{"FailedBuildModel", "FailedDeployModel"}},
}

// customRecoveries are the reasons of events that resolve all earlier warnings about a custom resource: of Flux,
// External Secrets Operator, Sealed Secrets, Crossplane and cert-manager.
var customRecoveries = lex.Set("ReconciliationSucceeded|InstallSucceeded|UpgradeSucceeded|ReconcileSuccess|Unsealed|CertIssued|OrderValid")

// anyOfCustom stands for the reasons of all warnings about a custom resource.
const anyOfCustom = "*"

var anyOfCustoms = []string{anyOfCustom}

// resolves returns the reasons of the earlier events that an event resolves.
func resolves(o *observe.Observation) []string {
	if customRecoveries[o.Reason] || o.Reason == "Updated" && strings.HasSuffix(o.Object.Kind, "externalsecret") {
		return anyOfCustoms
	}
	for i := range recoveries {
		if recoveries[i].reason == o.Reason {
			return recoveries[i].earlier
		}
	}
	return nil
}

// resolvable contains the reasons that recoveries resolve.
var resolvable = func() map[string]bool {
	set := make(map[string]bool)
	for _, r := range recoveries {
		for _, reason := range r.earlier {
			set[reason] = true
		}
	}
	return set
}()

// An eventOf identifies the events with one reason about one object.
type eventOf struct {
	object observe.Object
	reason string
}

// A byAge is a heap of events, the oldest first. Events of unknown age come before all others.
type byAge []*observe.Observation

func (h byAge) Len() int { return len(h) }
func (h byAge) Less(i, j int) bool {
	return h[i].Age == 0 && h[j].Age != 0 || h[j].Age != 0 && h[i].Age > h[j].Age
}
func (h byAge) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *byAge) Push(e any)   { *h = append(*h, e.(*observe.Observation)) }
func (h *byAge) Pop() any {
	last := len(*h) - 1
	e := (*h)[last]
	*h = (*h)[:last]
	return e
}

// markResolved sets Resolved for events that a later observation resolves: an event followed by
// the recovery of its object, or NodeNotReady if the node's row says Ready.
func markResolved(p *parse.Parser) {
	recovers := false
	for _, o := range p.Text.Observations.All() {
		recovers = recovers || o.Place == observe.Event && resolves(o) != nil
	}
	ready := make(map[string]bool) // nodes that are now Ready
	earlier := make(map[eventOf]*byAge)
	logs := newLogRecovery(&p.Text.Observations)
	for i, o := range p.Text.Observations.All() {
		switch {
		case o.Place == observe.Event:
			for _, reason := range resolves(o) {
				events := earlier[eventOf{o.Object.Whole(), reason}]
				for events != nil && len(*events) > 0 && ((*events)[0].Age == 0 || o.Age == 0 || (*events)[0].Age >= o.Age) {
					heap.Pop(events).(*observe.Observation).Resolved = true
				}
			}
			key := eventOf{o.Object.Whole(), o.Reason}
			if o.Verdict == observe.Unhealthy && !resolvable[o.Reason] && o.Object.Name != "" && observe.IsCustom(o.Object.Kind) {
				key.reason = anyOfCustom
			}
			if !recovers || !resolvable[key.reason] && key.reason != anyOfCustom {
				continue
			}
			if earlier[key] == nil {
				earlier[key] = new(byAge)
			}
			heap.Push(earlier[key], o)
		case o.Place == observe.Row && o.Object.Kind == "node" && strings.HasPrefix(o.Cell("STATUS"), "Ready"):
			ready[o.Object.Name], ready[""] = true, true
		case o.Place == observe.Log:
			logs.resolve(i, o)
		}
	}
	markUnits(&p.Text.Observations)
	markStates(&p.Text.Observations)
	for _, e := range p.Text.Observations.All() {
		if e.Place == observe.Event && e.Reason == "NodeNotReady" && ready[e.Object.Name] {
			e.Resolved = true
		}
	}
}

// maxLater is the maximum number of observations between a failure and its recovery.
const maxLater = 500

// logRecoveries maps a log line to the earlier lines that it resolves. The last word of the
// later line names the subject of both lines.
var logRecoveries = []struct {
	success  string
	failures []string
}{
	{"successfully acquired lease ", []string{"error retrieving resource lock", "failed to renew lease", "Failed to update lock", "failed to acquire lease", "Failed to update lease", "error initially creating leader election record"}},
	{"Successfully registered node", []string{"Unable to register node with API server", "Error getting node", "Error getting the current node from lister"}},
}

// A logRecovery marks the log lines that later lines resolve. Its slices have an element for each
// of logRecoveries.
type logRecovery struct {
	all    *observe.List
	read   []int   // the number of lines that were searched for failures
	failed [][]int // the indexes of the failures that may be resolved
}

func newLogRecovery(all *observe.List) *logRecovery {
	return &logRecovery{all, make([]int, len(logRecoveries)), make([][]int, len(logRecoveries))}
}

// resolve marks the earlier lines that the observation with index i resolves. It searches each line only once, since a
// program may recover as often as it fails.
func (l *logRecovery) resolve(i int, o *observe.Observation) {
	for k, r := range logRecoveries {
		_, about, ok := strings.Cut(o.Message, r.success)
		if !ok {
			continue
		}
		about = strings.Trim(about, `"' .`)
		first := max(0, i-maxLater)
		for j := max(first, l.read[k]); j < i; j++ {
			if slices.ContainsFunc(r.failures, func(f string) bool { return strings.Contains(l.all.At(j).Message, f) }) {
				l.failed[k] = append(l.failed[k], j)
			}
		}
		l.read[k] = i
		l.failed[k] = slices.DeleteFunc(l.failed[k], func(j int) bool {
			e := l.all.At(j)
			if j >= first && strings.Contains(e.Message, about) {
				e.Resolved = true
			}
			return j < first || e.Resolved
		})
	}
}

// markUnits keeps only one of systemd's lines about a failed unit. If the unit itself logged
// the reason, markUnits keeps none of them, because systemd only reports the consequence.
func markUnits(all *observe.List) {
	told := make(map[string]bool)
	for _, o := range all.All() {
		if o.Place == observe.Log && o.Verdict == observe.Unhealthy && o.From != "systemd" {
			told[o.From] = true
		}
	}
	unit := ""
	for _, o := range all.All() {
		if o.From != "systemd" || o.Place != observe.Log || o.Verdict != observe.Unhealthy {
			continue
		}
		if name, _, ok := strings.Cut(o.Message, ".service: "); ok {
			unit = name
		}
		if told[unit] {
			o.Verdict = observe.Waiting
		}
		told[unit] = true
	}
}

// stateEvents are the reasons of the events that the row of an object may show to be over, by kind: a claim
// is bound, a Pod is ready, a PodDisruptionBudget has Pods.
var stateEvents = map[string]map[string]bool{
	"persistentvolumeclaim": lex.Set(waitForFirstConsumer + "|WaitForPodScheduled|ExternalProvisioning|Provisioning|ProvisioningFailed|FailedBinding"),
	"pod":                   lex.Set("FailedScheduling|FailedMount|FailedAttachVolume|FailedCreatePodSandBox|NetworkNotReady|Unhealthy"),
	"poddisruptionbudget":   lex.Set("NoPods"),
}

const waitForFirstConsumer = "WaitForFirstConsumer"

// isOver reports whether the row of an object shows that what its events in stateEvents report is over.
func isOver(row *observe.Observation) bool {
	switch row.Object.Kind {
	case "pod":
		restarts, _, _ := strings.Cut(row.Cell("RESTARTS"), " ")
		return row.Verdict == observe.Healthy && row.Cell("STATUS") == "Running" && row.Cell("READY") != "" && restarts == "0"
	case "poddisruptionbudget":
		total := row.Cell("TOTAL")
		return total != "" && total != "0"
	}
	return row.Cell("STATUS") == "Bound"
}

// lateProbe is the age of a failed probe from which the probe has succeeded since, if its Pod is ready.
const lateProbe = 5 * time.Minute

// maxStateEvents is the maximum number of events about objects of one name that markStates examines.
const maxStateEvents = 100

// markStates sets Resolved for the events in stateEvents that the row of their object shows to be over. A
// claim that is pending because it waits for its first Pod gets that reason.
func markStates(all *observe.List) {
	rows := false
	for i := range all.Len() {
		o := all.At(i)
		rows = rows || o.Place == observe.Row && stateEvents[o.Object.Kind] != nil
	}
	events := make(map[string][]*observe.Observation)
	for i := range all.Len() {
		if o := all.At(i); rows && o.Place == observe.Event && stateEvents[o.Object.Kind][o.Reason] && len(events[o.Object.Name]) < maxStateEvents {
			events[o.Object.Name] = append(events[o.Object.Name], o)
		}
	}
	if len(events) == 0 {
		return
	}
	for i := range all.Len() {
		o := all.At(i)
		if o.Place != observe.Row || stateEvents[o.Object.Kind] == nil {
			continue
		}
		over := isOver(o)
		for _, e := range events[o.Object.Name] {
			switch {
			case e.Object.Whole() != o.Object.Whole():
			case over:
				e.Resolved = e.Resolved || e.Reason != "Unhealthy" || e.Age >= lateProbe
			case e.Reason == waitForFirstConsumer && o.Verdict == observe.Unhealthy && o.Cell("STATUS") == "Pending" && o.Cell("REASON") == "":
				o.Cells = append(o.Cells[:len(o.Cells):len(o.Cells)], observe.Cell{Column: "REASON", Value: e.Reason, Verdict: observe.Unhealthy})
			}
		}
	}
}

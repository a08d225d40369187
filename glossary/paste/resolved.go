package paste

import (
	"strings"

	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// recoveries maps the reason of an event to the reasons of the earlier events that it resolves. The
// earlier events must be about the same object.
var recoveries = map[string][]string{
	"Scheduled":              {"FailedScheduling", "NotTriggerScaleUp"},
	"Pulled":                 {"Failed", "BackOff", "ErrImagePull"},
	"Started":                {"FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox", "FailedScheduling", "NetworkNotReady"},
	"SuccessfulAttachVolume": {"FailedAttachVolume"},
	"SuccessfulMountVolume":  {"FailedMount"},
	"ProvisioningSucceeded":  {"ProvisioningFailed"},
	"NodeReady":              {"NodeNotReady"},
	"NodeHasNoDiskPressure":  {"NodeHasDiskPressure"},
	"SuccessfulCreate":       {"FailedCreate"},
	"EnsuredLoadBalancer":    {"SyncLoadBalancerFailed"},
	"SuccessfulRescale":      {"FailedGetResourceMetric", "FailedComputeMetricsReplicas"},
}

// An eventOf identifies the events with one reason about one object.
type eventOf struct {
	object observe.Object
	reason string
}

// markResolved sets Resolved for events that a later observation resolves: an event followed by
// the recovery of its object, or NodeNotReady if the node's row says Ready.
func markResolved(p *parse.Parser) {
	ready := make(map[string]bool) // nodes that are now Ready
	earlier := make(map[eventOf][]int)
	for i, o := range p.Text.Observations {
		switch {
		case o.Place == observe.Event:
			for _, reason := range recoveries[o.Reason] {
				key := eventOf{o.Object.Whole(), reason}
				var still []int
				for _, j := range earlier[key] {
					if e := &p.Text.Observations[j]; e.Age == 0 || o.Age == 0 || e.Age >= o.Age {
						e.Resolved = true
					} else {
						still = append(still, j)
					}
				}
				earlier[key] = still
			}
			key := eventOf{o.Object.Whole(), o.Reason}
			earlier[key] = append(earlier[key], i)
		case o.Place == observe.Row && o.Object.Kind == "node" && strings.HasPrefix(o.Cell("STATUS"), "Ready"):
			ready[o.Object.Name], ready[""] = true, true
		case o.Place == observe.Log:
			markLogResolved(p.Text.Observations[max(0, i-maxLater):i], o)
		}
	}
	markUnits(p.Text.Observations)
	for i := range p.Text.Observations {
		if e := &p.Text.Observations[i]; e.Place == observe.Event && e.Reason == "NodeNotReady" && ready[e.Object.Name] {
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

// markLogResolved marks the earlier log lines that a later line resolves.
func markLogResolved(earlier []observe.Observation, o observe.Observation) {
	for _, r := range logRecoveries {
		_, about, ok := strings.Cut(o.Message, r.success)
		if !ok {
			continue
		}
		about = strings.Trim(about, `"' .`)
		for i := range earlier {
			e := &earlier[i]
			for _, f := range r.failures {
				if strings.Contains(e.Message, f) && strings.Contains(e.Message, about) {
					e.Resolved = true
				}
			}
		}
	}
}

// markUnits keeps only one of systemd's lines about a failed unit. If the unit itself logged
// the reason, markUnits keeps none of them, because systemd only reports the consequence.
func markUnits(all []observe.Observation) {
	told := make(map[string]bool)
	for _, o := range all {
		if o.Place == observe.Log && o.Verdict == observe.Unhealthy && o.From != "systemd" {
			told[o.From] = true
		}
	}
	unit := ""
	for i := range all {
		o := &all[i]
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

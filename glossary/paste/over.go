package paste

import (
	"strings"

	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// recoveries maps the reason of an event to the reasons of earlier events of the same
// object that it resolves.
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

// An eventOf is the object of an event and the event's reason.
type eventOf struct {
	object observe.Object
	reason string
}

// markOver sets Over for events that a later observation resolves: an event followed by
// the recovery of its object, or NodeNotReady if the node's row says Ready.
func markOver(p *parse.Parser) {
	ready := make(map[string]bool) // nodes that are Ready now
	earlier := make(map[eventOf][]int)
	for i, o := range p.Text.Observations {
		switch {
		case o.Place == observe.Event:
			for _, reason := range recoveries[o.Reason] {
				key := eventOf{o.Object.Whole(), reason}
				var still []int
				for _, j := range earlier[key] {
					if e := &p.Text.Observations[j]; e.Age == 0 || o.Age == 0 || e.Age >= o.Age {
						e.Over = true
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
		}
	}
	for i := range p.Text.Observations {
		if e := &p.Text.Observations[i]; e.Place == observe.Event && e.Reason == "NodeNotReady" && ready[e.Object.Name] {
			e.Over = true
		}
	}
}

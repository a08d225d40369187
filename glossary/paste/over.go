package paste

// recoveries tell which later reason of an event ends an earlier trouble of the same
// object.
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

// markOver marks what a later observation of the same object shows to be over: an event
// before the recovery of its object, a Node's NotReady before its row with Ready.
func (p *parser) markOver() {
	for i, o := range p.text.Observations {
		if o.Place != Event {
			if o.Place == Row && o.Object.Kind == "node" && o.Verdict != Trouble {
				for j := range p.text.Observations {
					e := &p.text.Observations[j]
					if e.Place == Event && e.Reason == "NodeNotReady" && (e.Object == o.Object || e.Object.Name == "") {
						e.Over = true
					}
				}
			}
			continue
		}
		for _, earlier := range recoveries[o.Reason] {
			for j := range p.text.Observations[:i] {
				e := &p.text.Observations[j]
				if e.Place == Event && e.Reason == earlier && e.Object.Whole() == o.Object.Whole() && (e.Age == 0 || o.Age == 0 || e.Age >= o.Age) {
					e.Over = true
				}
			}
		}
	}
}

package overlay

import (
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// TestListed checks which texts list terms.
func TestListed(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	v := View{Glossary: g, Index: search.New(g)}
	for text, want := range map[string]string{
		"ImagePullBackOff CrashLoopBackOff":      "imagepullbackoff crashloopbackoff",
		"OOMKilled と Evicted":                    "oomkilled evicted",
		"evicted oomkilled":                      "evicted oomkilled",
		"Pending CrashLoopBackOff Error":         "pending crashloopbackoff error",
		"NotReady,SchedulingDisabled":            "notready schedulingdisabled",
		"OOMKilled -> CrashLoopBackOff":          "oomkilled crashloopbackoff",
		"CrashLoopBackOff after OOMKilled":       "crashloopbackoff oomkilled",
		"ImagePullBackOffとCrashLoopBackOffが出ている": "imagepullbackoff crashloopbackoff",
		"what are taints and tolerations":        "taint toleration",
		"liveness readiness":                     "liveness-probe readiness-probe",
		"Pod, Service and Node":                  "pod service node",
		"pvc pv":                                 "persistent-volume-claim persistent-volume",
		"PodとNodeって何":                            "pod node",
		"CrashLoopBackOff Error":                 "crashloopbackoff error",
		"crashloopbackoff error":                 "",
		"pod pending":                            "",
		"pvc Pending":                            "",
		"unknown error":                          "",
		"svc/api":                                "",
		"sts/mysql":                              "",
		"deploy/web":                             "",
		"requests and limits":                    "",
		"CI/CD":                                  "",
		"Init:OOMKilled":                         "",
		"Serverless Devs":                        "",
		"MCP Gateway Registry":                   "",
		"spark job failed":                       "",
		"pod, unicorn":                           "",
		"CrashLoopBackOff":                       "",
		"why is my pod Running but not Ready":    "",
		"my pod is in CrashLoopBackOff after a new release": "",
	} {
		var got []string
		for _, term := range v.Listed(text, v.Search(text, 3)) {
			got = append(got, term.ID)
		}
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("Listed(%q) = %v, want %s", text, got, want)
		}
	}
}

package answer

import (
	"testing"

	"k8sbot/glossary"
)

// TestCode checks what is marked as code.
func TestCode(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := newWriter(g, glossary.English)
	for text, want := range map[string]string{
		"Read Reason and Exit Code in Last State.":        "Read `Reason` and `Exit Code` in `Last State`.",
		"Reason enough. Events happen.":                   "Reason enough. Events happen.",
		"Last StateのReasonを見ます。":                          "`Last State`の`Reason`を見ます。",
		"Check spec.replicas, spec.containers[*].image.":  "Check `spec.replicas`, `spec.containers[*].image`.",
		"An OOMKilled Pod; a ConfigMap isn't a reason.":   "An `OOMKilled` Pod; a ConfigMap isn't a reason.",
		"Set imagePullPolicy, or use eBPF and gRPC.":      "Set `imagePullPolicy`, or use eBPF and gRPC.",
		"Without --previous, the STATUS of `web` is old.": "Without `--previous`, the `STATUS` of `web` is old.",
		"See https://kubernetes.io/docs/nodeSelector/x.":  "See https://kubernetes.io/docs/nodeSelector/x.",
		"Pending › ContainerCreating › `OOMKilled`":       "Pending › ContainerCreating › `OOMKilled`",
		"CPU, API, DNS and Kubernetes -- in that order":   "CPU, API, DNS and Kubernetes -- in that order",
		"If it's Pending, Failed or Evicted, wait.":       "If it's `Pending`, `Failed` or `Evicted`, wait.",
		"Evicted Pods stay. Running again? Pending, too.": "Evicted Pods stay. Running again? Pending, too.",
		"The node isn't Ready: NotFound, InternalError.":  "The node isn't `Ready`: `NotFound`, `InternalError`.",
		"See Workflow Failed, Attach Error and Error 5.":  "See Workflow Failed, Attach Error and `Error` 5.",
		"Compare Started with Finished.":                  "Compare `Started` with `Finished`.",
		"Reason and Message say why. State your case.":    "`Reason` and `Message` say why. State your case.",
		"Read Reason and the container's State.":          "Read `Reason` and the container's `State`.",
		"See Failure Reason and State Metrics.":           "See Failure Reason and State Metrics.",
	} {
		if got := w.code(text); got != want {
			t.Errorf("code(%q) = %q, want %q", text, got, want)
		}
		if got := w.code(want); got != want {
			t.Errorf("code(%q) = %q, want it unchanged", want, got)
		}
	}
}

// TestCodeInJapanese checks that a status is code even at the beginning of a Japanese sentence.
func TestCodeInJapanese(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := newWriter(g, glossary.Japanese)
	for text, want := range map[string]string{
		"Pendingのままなら、Evictedではありません。": "`Pending`のままなら、`Evicted`ではありません。",
		"Attach Errorを見ます。":            "Attach Errorを見ます。",
	} {
		if got := w.code(text); got != want {
			t.Errorf("code(%q) = %q, want %q", text, got, want)
		}
	}
}

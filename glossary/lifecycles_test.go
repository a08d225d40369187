package glossary

import "testing"

// TestStrip checks the forms of a strip: a stage, a stage that alternates, a state off the path,
// and such a state that ends the lifecycle.
func TestStrip(t *testing.T) {
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		id   string
		lang Lang
		want string
	}{
		{"containercreating", English, "Pending › `ContainerCreating` ◀ here › Running"},
		{"crashloopbackoff", English, "Pending › ContainerCreating › Running ⇄ `CrashLoopBackOff` ◀ here"},
		{"crashloopbackoff", Japanese, "Pending › ContainerCreating › Running ⇄ `CrashLoopBackOff` ◀ 今ここ"},
		{"terminating", English, "Running › `Terminating` ◀ here › deleted"},
		{"terminating", Japanese, "Running › `Terminating` ◀ 今ここ › 削除済み"},
		{"createcontainererror", English, "Pending › ContainerCreating › `CreateContainerError` ◀ here › Running"},
		{"imagepullbackoff", English, "ContainerCreating › ErrImagePull ⇄ `ImagePullBackOff` ◀ here"},
		{"oomkilled", English, "Running › `OOMKilled` ◀ here › CrashLoopBackOff"},
		{"nottriggerscaleup", English, "FailedScheduling › `NotTriggerScaleUp` ◀ here"},
		{"pvc-pending", English, "`Pending` ◀ here › ExternalProvisioning › Bound"},
	} {
		term, _ := g.Term(tt.id)
		if got, ok := g.Strip(term, tt.lang); !ok || got != tt.want {
			t.Errorf("Strip(%s, %s) = %q, %v, want %q", tt.id, tt.lang, got, ok, tt.want)
		}
	}
	pod, _ := g.Term("pod")
	for _, term := range []*Term{pod, nil, {ID: "crashloopbackoff"}} {
		if got, ok := g.Strip(term, English); ok {
			t.Errorf("Strip(%v) = %q, want none", term, got)
		}
	}
}

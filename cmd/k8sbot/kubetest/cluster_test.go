package kubetest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/cli-runtime/pkg/printers"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
	"sigs.k8s.io/yaml"

	"k8sbot/cmd/k8sbot/cluster"
	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/search"
)

// options contains combinations of options that change the output.
var options = map[string]cluster.Options{
	"sqlite": {Image: "k8sbot:1", Replicas: 1, Secret: "k8sbot"},
	"postgres": {Image: "registry.example.com:5000/team/k8sbot@sha256:" + strings.Repeat("a", 64), Replicas: 3, Secret: "k8sbot",
		DatabaseSecret: "k8sbot-db"},
	"ingress": {Image: "k8sbot:1", Replicas: 1, Secret: "k8sbot", HTTPMode: true, URL: "https://k8sbot.example.com/", IngressClass: "nginx", ServiceMonitor: true},
	"gateway": {Image: "k8sbot:1", Replicas: 2, Secret: "k8sbot", DatabaseSecret: "k8sbot-db", HTTPMode: true, URL: "https://k8sbot.example.com", Gateway: "infra/public"},
	"monitor": {Image: "k8sbot:1", Replicas: 1, Secret: "k8sbot", ServiceMonitor: true},
	"inside":  {Image: "k8sbot:1", Replicas: 1, Secret: "k8sbot", Page: true},
	"page":    {Image: "k8sbot:1", Replicas: 1, Secret: "k8sbot", Page: true, MCP: true, URL: "https://k8sbot.example.com"},
}

// objects are the decoded objects of a manifest, by kind.
type objects map[string]runtime.Object

// decode decodes a manifest as strictly as kubectl apply --validate=strict.
func decode(t *testing.T, manifest string) objects {
	t.Helper()
	kinds := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{scheme.AddToScheme, gatewayv1.Install, monitoringv1.AddToScheme} {
		if err := add(kinds); err != nil {
			t.Fatal(err)
		}
	}
	strict := serializer.NewCodecFactory(kinds, serializer.EnableStrict).UniversalDeserializer()
	decoded := make(objects)
	for _, document := range strings.Split(manifest, "\n---\n")[1:] {
		var kind metav1.TypeMeta
		if err := yaml.Unmarshal([]byte(document), &kind); err != nil {
			t.Fatalf("%v in:\n%s", err, document)
		}
		object, _, err := strict.Decode([]byte(document), nil, nil)
		if err != nil {
			t.Fatalf("%v in:\n%s", err, document)
		}
		decoded[kind.Kind] = object
	}
	return decoded
}

// TestManifest decodes the output of k8sbot manifest kubernetes with the API types, and checks
// that its objects fit together.
func TestManifest(t *testing.T) {
	want := map[string][]string{
		"sqlite":   {"Deployment", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget"},
		"postgres": {"Deployment", "NetworkPolicy", "PodDisruptionBudget"},
		"ingress":  {"Deployment", "Ingress", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget", "Service", "ServiceMonitor"},
		"gateway":  {"Deployment", "HTTPRoute", "NetworkPolicy", "PodDisruptionBudget", "Service"},
		"inside":   {"Deployment", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget", "Service"},
		"page":     {"Deployment", "Ingress", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget", "Service"},
		"monitor":  {"Deployment", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget", "Service", "ServiceMonitor"},
	}
	for name, o := range options {
		t.Run(name, func(t *testing.T) {
			manifest, err := cluster.Manifest(o)
			if err != nil {
				t.Fatal(err)
			}
			got := decode(t, manifest)
			var kinds []string
			for kind := range got {
				kinds = append(kinds, kind)
			}
			slices.Sort(kinds)
			if diff := cmp.Diff(want[name], kinds); diff != "" {
				t.Errorf("kinds (-want +got):\n%s", diff)
			}
			deployment := got["Deployment"].(*appsv1.Deployment)
			pod := deployment.Spec.Template
			if int(*deployment.Spec.Replicas) != o.Replicas {
				t.Errorf("got %d replicas, want %d", *deployment.Spec.Replicas, o.Replicas)
			}
			checkRestricted(t, pod)
			checkReferences(t, got, pod)
			if strings.Contains(manifest, "kind: Secret") {
				t.Error("the manifest has a Secret, want only references")
			}
		})
	}
}

// violations returns why the Pod Security level restricted forbids a Pod, or "".
func violations(t *testing.T, pod corev1.PodTemplateSpec) string {
	t.Helper()
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	level := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	result := policy.AggregateCheckResults(evaluator.EvaluatePod(level, &pod.ObjectMeta, &pod.Spec))
	return result.ForbiddenDetail()
}

func checkRestricted(t *testing.T, pod corev1.PodTemplateSpec) {
	t.Helper()
	if why := violations(t, pod); why != "" {
		t.Errorf("the level restricted forbids the Pod: %s", why)
	}
	rooted := *pod.DeepCopy()
	rooted.Spec.SecurityContext.RunAsNonRoot = nil
	if violations(t, rooted) == "" {
		t.Error("the level restricted allows a Pod that may run as root: the check does not work")
	}
}

// checkReferences checks that the objects named by selectors, ports and claims exist.
func checkReferences(t *testing.T, got objects, pod corev1.PodTemplateSpec) {
	t.Helper()
	selects := func(kind string, s *metav1.LabelSelector) {
		selector, err := metav1.LabelSelectorAsSelector(s)
		if err != nil || selector.Empty() || !selector.Matches(labels.Set(pod.Labels)) {
			t.Errorf("%s: the selector %v, %v does not select the Pods", kind, selector, err)
		}
	}
	ports := map[string]bool{}
	for _, p := range pod.Spec.Containers[0].Ports {
		ports[p.Name] = true
	}
	port := func(kind string, p intstr.IntOrString) {
		if p.Type != intstr.String || !ports[p.StrVal] {
			t.Errorf("%s: the Pods have no port %v", kind, &p)
		}
	}
	selects("Deployment", got["Deployment"].(*appsv1.Deployment).Spec.Selector)
	selects("PodDisruptionBudget", got["PodDisruptionBudget"].(*policyv1.PodDisruptionBudget).Spec.Selector)
	network := got["NetworkPolicy"].(*networkingv1.NetworkPolicy)
	selects("NetworkPolicy", network.Spec.PodSelector.DeepCopy())
	for _, rule := range network.Spec.Ingress {
		for _, p := range rule.Ports {
			port("NetworkPolicy", *p.Port)
		}
	}
	for _, probe := range []*corev1.Probe{pod.Spec.Containers[0].StartupProbe, pod.Spec.Containers[0].LivenessProbe, pod.Spec.Containers[0].ReadinessProbe} {
		port("Deployment", probe.HTTPGet.Port)
	}
	if service, ok := got["Service"].(*corev1.Service); ok {
		selects("Service", &metav1.LabelSelector{MatchLabels: service.Spec.Selector})
		served := map[string]bool{}
		for _, p := range service.Spec.Ports {
			port("Service", p.TargetPort)
			served[p.Name] = true
		}
		if ingress, ok := got["Ingress"].(*networkingv1.Ingress); ok {
			for _, path := range ingress.Spec.Rules[0].HTTP.Paths {
				if !served[path.Backend.Service.Port.Name] {
					t.Errorf("Ingress: the Service has no port %q", path.Backend.Service.Port.Name)
				}
			}
		}
		if route, ok := got["HTTPRoute"].(*gatewayv1.HTTPRoute); ok {
			backend := route.Spec.Rules[0].BackendRefs[0]
			if string(backend.Name) != service.Name || !slices.ContainsFunc(service.Spec.Ports, func(p corev1.ServicePort) bool { return p.Port == int32(*backend.Port) }) {
				t.Errorf("HTTPRoute: the Service has no port %d, or is not named %q", *backend.Port, backend.Name)
			}
		}
		if monitor, ok := got["ServiceMonitor"].(*monitoringv1.ServiceMonitor); ok {
			selector, err := metav1.LabelSelectorAsSelector(&monitor.Spec.Selector)
			if err != nil || selector.Empty() || !selector.Matches(labels.Set(service.Labels)) || !served[monitor.Spec.Endpoints[0].Port] {
				t.Errorf("ServiceMonitor: it does not select a port of the Service: %v, %q", selector, monitor.Spec.Endpoints[0].Port)
			}
		}
	}
	for _, v := range pod.Spec.Volumes {
		claim, ok := got["PersistentVolumeClaim"].(*corev1.PersistentVolumeClaim)
		if !ok || v.PersistentVolumeClaim.ClaimName != claim.Name {
			t.Errorf("Deployment: no claim for the volume %q", v.Name)
		}
	}
}

// TestHealthy prints the objects of a running bot with kubectl's printers, and checks that the
// bot calls the output healthy.
func TestHealthy(t *testing.T) {
	manifest, err := cluster.Manifest(options["sqlite"])
	if err != nil {
		t.Fatal(err)
	}
	deployment := decode(t, manifest)["Deployment"].(*appsv1.Deployment)
	started := metav1.NewTime(time.Now().Add(-time.Hour))
	n := *deployment.Spec.Replicas
	deployment.CreationTimestamp, deployment.Generation = started, 1
	deployment.Status = appsv1.DeploymentStatus{
		ObservedGeneration: 1, Replicas: n, ReadyReplicas: n, UpdatedReplicas: n, AvailableReplicas: n,
		Conditions: []appsv1.DeploymentCondition{
			{Type: appsv1.DeploymentAvailable, Status: corev1.ConditionTrue, Reason: "MinimumReplicasAvailable", Message: "Deployment has minimum availability."},
			{Type: appsv1.DeploymentProgressing, Status: corev1.ConditionTrue, Reason: "NewReplicaSetAvailable", Message: `ReplicaSet "k8sbot-5d8f" has successfully progressed.`},
		},
	}
	pod := &corev1.Pod{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}, ObjectMeta: deployment.Spec.Template.ObjectMeta, Spec: deployment.Spec.Template.Spec,
		Status: corev1.PodStatus{
			Phase: corev1.PodRunning, StartTime: &started,
			ContainerStatuses: []corev1.ContainerStatus{{
				Name: "k8sbot", Image: "k8sbot:1", Ready: true, Started: new(bool), State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: started}},
			}},
		},
	}
	*pod.Status.ContainerStatuses[0].Started = true
	for _, c := range []corev1.PodConditionType{corev1.PodScheduled, corev1.PodInitialized, corev1.ContainersReady, corev1.PodReady} {
		pod.Status.Conditions = append(pod.Status.Conditions, corev1.PodCondition{Type: c, Status: corev1.ConditionTrue, LastTransitionTime: started})
	}
	pod.Name, pod.Namespace, pod.UID = "k8sbot-5d8f-x7k2p", "k8sbot", types.UID("1")
	tables := []*metav1.Table{
		table(schema.GroupKind{Group: "apps", Kind: "Deployment"}, "Name,Ready,Up-to-date,Available,Age", "k8sbot", fmt.Sprintf("%d/%[1]d", n), n, n, "60m"),
		table(schema.GroupKind{Kind: "Pod"}, "Name,Ready,Status,Restarts,Age", pod.Name, "1/1", string(pod.Status.Phase), 0, "60m"),
	}
	outputs := map[string]string{"table": ""}
	for _, table := range tables {
		outputs["table"] += print(t, printers.NewTablePrinter(printers.PrintOptions{WithKind: true}), table) + "\n"
	}
	outputs["deployment as YAML"] = print(t, &printers.YAMLPrinter{}, deployment)
	outputs["pod as YAML"] = print(t, &printers.YAMLPrinter{}, pod)
	outputs["pod as JSON"] = print(t, &printers.JSONPrinter{}, pod)

	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	reader := diagnose.New(g, search.New(g))
	for name, output := range outputs {
		if d := reader.Diagnose(t.Context(), output); !d.IsHealthy() || d.Healthy == 0 || len(d.Unread) > 0 {
			t.Errorf("%s: got %+v, want healthy and all read; output:\n%s", name, d, output)
		}
	}
	if d := reader.Diagnose(t.Context(), strings.Replace(outputs["table"], "Running", "CrashLoopBackOff", 1)); d.IsHealthy() {
		t.Error("a Pod in CrashLoopBackOff is called healthy")
	}
}

// table returns the table that the API server returns for a list of one object.
func table(kind schema.GroupKind, columns string, cells ...any) *metav1.Table {
	object := &metav1.PartialObjectMetadata{TypeMeta: metav1.TypeMeta{APIVersion: kind.Group + "/v1", Kind: kind.Kind}}
	t := &metav1.Table{Rows: []metav1.TableRow{{Cells: cells, Object: runtime.RawExtension{Object: object}}}}
	for _, column := range strings.Split(columns, ",") {
		t.ColumnDefinitions = append(t.ColumnDefinitions, metav1.TableColumnDefinition{Name: column, Type: "string"})
	}
	return t
}

func print(t *testing.T, printer printers.ResourcePrinter, object runtime.Object) string {
	t.Helper()
	var out bytes.Buffer
	if err := printer.PrintObj(object, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

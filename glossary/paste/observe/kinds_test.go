package observe

import "testing"

// TestKindIn checks which kinds keep their API group: those that have the name of another kind.
func TestKindIn(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"Bucket", "source.toolkit.fluxcd.io/v1", "bucket"},
		{"Bucket", "s3.aws.upbound.io/v1beta1", "bucket.s3.aws.upbound.io"},
		{"Bucket", "s3.aws.m.upbound.io/v1beta1", "bucket.s3.aws.m.upbound.io"},
		{"Bucket", "s3.services.k8s.aws/v1alpha1", "bucket.s3.services.k8s.aws"},
		{"Certificate", "acm.aws.crossplane.io/v1beta1", "certificate.acm.aws.crossplane.io"},
		{"Certificate", "cert-manager.io/v1", "certificate"},
		{"Service", "serving.knative.dev/v1", "service.serving.knative.dev"},
		{"Object", "kubernetes.crossplane.io/v1alpha2", "object"},
		{"Ingress", "networking.k8s.io/v1", "ingress"},
		{"Pod", "v1", "pod"},
	} {
		if got := KindIn(c[0], c[1]); got != c[2] {
			t.Errorf("KindIn(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

package glossary

import (
	"slices"
	"strings"

	"k8sbot/glossary/lazyregexp"
)

// usagePhrases maps objects and components that usages describe in ordinary words to their Japanese
// names.
var usagePhrases = map[string]string{
	// objects
	"API error":                       "APIのエラー",
	"Pod template":                    "Podテンプレート",
	"all objects":                     "すべてのオブジェクト",
	"client":                          "クライアント",
	"condition":                       "Condition",
	"container":                       "コンテナ",
	"container image":                 "コンテナイメージ",
	"container log":                   "コンテナのログ",
	"controller":                      "コントローラー",
	"etcd log":                        "etcdのログ",
	"managed resource":                "管理対象のリソース",
	"most objects":                    "ほとんどのオブジェクト",
	"node":                            "ノード",
	"objects with an owner reference": "所有者参照を持つオブジェクト",
	"probe":                           "プローブ",
	"program":                         "プログラム",
	// components
	"CNI plugin":                   "CNIプラグイン",
	"CSI provisioner":              "CSIのプロビジョナー",
	"CSI resizer":                  "CSIのリサイザー",
	"Gateway controller":           "Gatewayコントローラー",
	"Ingress controller":           "Ingressコントローラー",
	"VPA recommender":              "VPAのRecommender",
	"cloud provider":               "クラウドプロバイダー",
	"container registry":           "コンテナレジストリ",
	"container runtime":            "コンテナランタイム",
	"kernel":                       "カーネル",
	"node controller":              "ノードコントローラー",
	"the program in the container": "コンテナ内のプログラム",
}

// usageNames are the objects and components whose names are the same in both languages. Kinds of
// resources, in UpperCamelCase, and columns in the output of commands are not listed, since they
// also have only one name.
var usageNames = strings.Split("AWS,AWS CLI,AWS Load Balancer Controller,Argo CD,Argo Rollouts,Argo Workflows,Azure CLI,"+
	"Ceph,CloudNativePG,Cluster API,Cluster Autoscaler,CoreDNS,Crossplane,Docker,ECK,EKS,Envoy,External Secrets Operator,Flux,GitLab Runner,Helm,"+
	"Ingress NGINX Controller,KEDA,Karpenter,KubeVirt,Kubernetes,Kustomize,Kyverno,Longhorn,MetalLB,OpenShift,Sealed Secrets,Spark Operator,"+
	"Strimzi,Tekton,Terraform,Velero,calico-node,cert-manager,client-go,cloud-controller-manager,containerd,cri-dockerd,curl,etcd,"+
	"etcdctl,external-provisioner,external-snapshotter,flannel,gcloud,istio-proxy,kind,kube-apiserver,kube-controller-manager,"+
	"kube-proxy,kube-scheduler,kubeadm,kubectl,kubectl apply,kubectl rollout restart,kubectl taint,kubelet,metadata,minikube,"+
	"status,systemd,taint,type", ",")

var (
	kindName     = lazyregexp.New(`^[A-Z][a-z]+(?:[A-Z][A-Za-z]*)*$|^[A-Z]+[a-z]+[A-Za-z]*$`)
	outputColumn = lazyregexp.New(`^(?:kubectl get|helm list|velero get|velero logs|ceph status)\b[a-z. ]*(?: [A-Z-]+)*$`)
	usageWord    = lazyregexp.New(`[^,()]+`)
)

// Object returns the name in l of the object that has the usage.
func (u Usage) Object(l Lang) string { return inUsage(u.Of, l) }

// Setter returns the name in l of the component that sets a status.
func (u Usage) Setter(l Lang) string { return inUsage(u.SetBy, l) }

func inUsage(text string, l Lang) string {
	if l != Japanese {
		return text
	}
	text = usageWord.ReplaceAllStringFunc(text, func(part string) string {
		word := strings.TrimSpace(part)
		if ja, ok := usagePhrases[word]; ok {
			return ja
		}
		return word
	})
	return strings.ReplaceAll(text, ",", "、")
}

// UnknownUsageWords returns those names in text that are not known as names of objects or
// components: they are in neither usageNames nor usagePhrases, and are neither kinds nor columns.
func UnknownUsageWords(text string) []string {
	var unknown []string
	for _, part := range usageWord.FindAllString(text, -1) {
		word := strings.TrimSpace(part)
		if word == "" || usagePhrases[word] != "" || slices.Contains(usageNames, word) || kindName.MatchString(word) || outputColumn.MatchString(word) {
			continue
		}
		unknown = append(unknown, word)
	}
	return unknown
}

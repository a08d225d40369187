package describe

import (
	"strings"

	"k8sbot/glossary/paste/lex"
)

// describeKey splits "Key:  value". It returns false if the line does not have that form. wide
// is true if two or more spaces separate key and value.
func describeKey(s string) (key, value string, wide, ok bool) {
	i := strings.IndexByte(s, ':')
	if i < 2 || i > 60 {
		return "", "", false, false
	}
	if i+1 < len(s) && s[i+1] != ' ' {
		return "", "", false, false
	}
	key = s[:i]
	if strings.Contains(key, "  ") {
		return "", "", false, false
	}
	return key, strings.TrimSpace(s[i+1:]), strings.HasPrefix(s[i+1:], "  "), true
}

// A strength is how strongly a key suggests that a line belongs to a description.
type strength int

// The strengths. A weak key is a common word; a strong key occurs only in descriptions.
const (
	weak strength = iota
	plain
	strong
)

// describeKeys are the top-level keys of kubectl describe and the keys of containers. A
// paste can begin at any of them.
// https://github.com/kubernetes/kubectl/blob/v0.34.1/pkg/describe/describe.go
var describeKeys = func() map[string]strength {
	keys := make(map[string]strength)
	for s, words := range map[strength][]string{
		weak: {"Name", "Status", "Reason", "Message", "Type", "Kind", "Value", "Description", "Rules", "Subjects", "Role", "Source", "Roles", "Subject", "Schedule", "Resources", "Reference", "Behavior", "Port", "Ports", "Image",
			"Duration", "Spec", "Metadata", "Address", "Addresses", "Controller", "Parameters", "Claim", "Scopes", "Drivers", "Capacity", "Signer", "Ready", "State", "Command", "Args", "Environment", "Volumes", "Pods", "Node", "Started", "Finished", "Signal", "Group", "Health", "Phase", "Priority", "Errors", "Warnings", "Namespaces", "Timeout", "Pipeline Ref", "Task Ref"},
		plain: {"Namespace", "Labels", "Annotations", "Conditions", "Containers", "Events", "API Version", "Start Time", "IP", "IPs", "Service Account", "Selector", "Replicas", "Volume", "StorageClass", "Finalizers", "Access Modes", "VolumeMode",
			"Endpoints", "Completions", "Suspend", "TLS", "Metrics", "Allocatable", "Limits", "Requests", "Liveness", "Readiness", "Startup", "Mounts", "Validation errors", "Failure Reason", "Host Port", "Host Ports", "Image ID", "Provisioner", "Lease", "Active Deadline Seconds"},
		strong: {"Node-Selectors", "Node-Selector", "Tolerations", "QoS Class", "Controlled By", "Init Containers", "Ephemeral Containers", "Readiness Gates", "Priority Class Name", "Runtime Class Name", "SeccompProfile", "LocalhostProfile", "NominatedNodeName", "Termination Grace Period", "TerminationGracePeriodSeconds",
			"State", "Last State", "Exit Code", "Restart Count", "Container ID", "Security Groups", "Topology Spread Constraints",
			"Taints", "Unschedulable", "System Info", "PodCIDR", "PodCIDRs", "ProviderID", "ExternalID", "Non-terminated Pods", "Allocated resources", "CreationTimestamp",
			"StrategyType", "MinReadySeconds", "RollingUpdateStrategy", "OldReplicaSets", "NewReplicaSet", "Pod Template", "Pods Status", "Pods Statuses", "Update Strategy", "Volume Claims",
			"Desired Number of Nodes Scheduled", "Current Number of Nodes Scheduled", "Number of Nodes Scheduled with Up-to-date Pods", "Number of Nodes Scheduled with Available Pods", "Number of Nodes Misscheduled",
			"Parallelism", "Completion Mode", "Completed Indexes", "Completed At", "Backoff Limit", "TTL Seconds After Finished", "Concurrency Policy", "Last Schedule Time", "Active Jobs", "Successful Job History Limit", "Failed Job History Limit", "Starting Deadline Seconds",
			"IP Family Policy", "IP Families", "LoadBalancer Ingress", "Desired LoadBalancer IP", "External IPs", "External Name", "TargetPort", "NodePort", "Session Affinity", "External Traffic Policy", "Internal Traffic Policy", "HealthCheck NodePort", "LoadBalancer Source Ranges", "Traffic Distribution",
			"Ingress Class", "Default backend", "Subsets", "AddressType", "Used By", "Mounted By", "DataSource", "Reclaim Policy", "Node Affinity", "IsDefaultClass", "AllowVolumeExpansion", "MountOptions", "ReclaimPolicy", "VolumeBindingMode", "AllowedTopologies", "VolumeAttributesClass",
			"Min replicas", "Max replicas", "Deployment pods", "StatefulSet pods", "ReplicaSet pods", "Current CPU utilization", "Target CPU utilization", "Min available", "Max unavailable", "Allowed disruptions",
			"Created on", "Requesting User", "Requested Duration", "Subject Alternative Names", "Image pull secrets", "Mountable secrets", "Tokens", "PolicyRule", "Subjects", "PreemptionPolicy", "GlobalDefault", "Resource Quotas", "No resource quota.", "No LimitRange resource."},
	} {
		for _, w := range words {
			keys[w] = max(keys[w], s)
		}
	}
	return keys
}()

// kindOfKey maps a top-level key to the only kind that has it.
var kindOfKey = map[string]string{
	"QoS Class": "pod", "Init Containers": "pod", "Ephemeral Containers": "pod", "Containers": "pod", "Readiness Gates": "pod", "NominatedNodeName": "pod", "Last State": "pod", "Restart Count": "pod", "Container ID": "pod",
	"Taints": "node", "Unschedulable": "node", "System Info": "node", "PodCIDR": "node", "PodCIDRs": "node", "Non-terminated Pods": "node", "Allocated resources": "node", "Allocatable": "node", "Lease": "node",
	"StrategyType": "deployment", "RollingUpdateStrategy": "deployment", "OldReplicaSets": "deployment", "NewReplicaSet": "deployment",
	"Volume Claims": "statefulset", "Desired Number of Nodes Scheduled": "daemonset", "Current Number of Nodes Scheduled": "daemonset", "Number of Nodes Misscheduled": "daemonset",
	"Pods Statuses": "job", "Parallelism": "job", "Completion Mode": "job", "Backoff Limit": "job",
	"Concurrency Policy": "cronjob", "Last Schedule Time": "cronjob", "Successful Job History Limit": "cronjob", "Starting Deadline Seconds": "cronjob",
	"LoadBalancer Ingress": "service", "TargetPort": "service", "NodePort": "service", "Session Affinity": "service", "External Traffic Policy": "service", "Internal Traffic Policy": "service", "IP Families": "service", "IP Family Policy": "service",
	"Ingress Class": "ingress", "Default backend": "ingress", "Subsets": "endpoints", "AddressType": "endpointslice",
	"Used By": "persistentvolumeclaim", "Mounted By": "persistentvolumeclaim", "Volume": "persistentvolumeclaim", "Reclaim Policy": "persistentvolume", "Claim": "persistentvolume", "Node Affinity": "persistentvolume",
	"IsDefaultClass": "storageclass", "VolumeBindingMode": "storageclass", "AllowVolumeExpansion": "storageclass",
	"Min replicas": "horizontalpodautoscaler", "Max replicas": "horizontalpodautoscaler", "Deployment pods": "horizontalpodautoscaler", "Metrics": "horizontalpodautoscaler",
	"Min available": "poddisruptionbudget", "Max unavailable": "poddisruptionbudget", "Allowed disruptions": "poddisruptionbudget",
	"Pipeline Ref": "pipelinerun", "Task Ref": "taskrun",
	"Velero-Native Snapshot PVs": "backup", "Backup Format Version": "backup", "Existing Resource Policy": "restore",
	"Requesting User": "certificatesigningrequest", "Mountable secrets": "serviceaccount", "PolicyRule": "role", "Subjects": "rolebinding", "Created on": "networkpolicy", "GlobalDefault": "priorityclass",
}

// within contains keys at which no description begins, because other tools print them too.
var within = lex.Set("Errors|Warnings|Namespaces|Timeout")

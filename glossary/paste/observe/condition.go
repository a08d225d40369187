package observe

import (
	"strings"

	"k8sbot/glossary/paste/lex"
)

// negativeConditions are the condition types whose good status is False.
var negativeConditions = lex.Set("MemoryPressure|DiskPressure|PIDPressure|NetworkUnavailable|OutOfDisk|ReplicaFailure|ScalingLimited|DisruptionTarget|Failed|FailureTarget|" +
	"Suspended|NamespaceDeletionDiscoveryFailure|NamespaceDeletionContentFailure|NamespaceDeletionGroupVersionParsingFailure|" +
	"NamespaceContentRemaining|NamespaceFinalizersRemaining|Resizing|FileSystemResizePending|ControllerResizeError|NodeResizeError|" +
	"ModifyVolumeError|ModifyingVolume|PodResizePending|PodResizeInProgress|Stalled|Degraded|Conflicted|OverlappingFilteringRules|Terminating|" +
	"KernelDeadlock|ReadonlyFilesystem|CorruptDockerOverlay2|FrequentKubeletRestart|FrequentDockerRestart|FrequentContainerdRestart|Fallback|" +
	"Paused|ContainerRuntimeUnhealthy|KubeletUnhealthy|NonStructuralSchema|KubernetesAPIApprovalPolicyConformant|PartiallyInvalid|Denied|" +
	"InvalidRequest|Reconciling|ComparisonError|InvalidSpecError|SyncError|OrphanedResourceWarning|RepeatedResourceWarning|SharedResourceWarning|" +
	"ExcludedResourceWarning|DeletionError|UnknownError|Restore|TooManySnapshots|WaitForBackingImage|Drifted|Consolidatable|Issuing|Deprecated|" +
	"NoPodsMatched|ConfigUnsupported|ConfigDeprecated")

// positiveConditions are the condition types whose good status is True. Types that are in
// neither set are judged by their names.
var positiveConditions = lex.Set("Ready|ContainersReady|Initialized|PodScheduled|PodReadyToStartContainers|Available|Progressing|Complete|SuccessCriteriaMet|AbleToScale|" +
	"ScalingActive|Established|NamesAccepted|Approved|Accepted|Programmed|ResolvedRefs|Healthy|Synced|DisruptionAllowed|AllReplicasReady|" +
	"PodsHealthy|RecommendationProvided|Released")

// IsCondition reports whether a word is a condition type that Kubernetes or a well-known controller
// uses.
func IsCondition(word string) bool { return negativeConditions[word] || positiveConditions[word] }

// JudgeCondition returns the verdict on a condition. The status Unknown is unhealthy if the
// condition has a reason, or if its good status is known.
func JudgeCondition(kind, conditionType, status, reason string) Verdict {
	negative := negativeConditions[conditionType]
	known := negative || positiveConditions[conditionType]
	if !known && goodIfFalse.MatchString(conditionType) {
		negative, known = !denies(conditionType), true
	} else if !known && goodIfTrue.MatchString(conditionType) {
		known = true
	}
	switch strings.ToLower(status) {
	case "true", "false":
		good := strings.EqualFold(status, "true") != negative
		switch {
		case reason == "AsExpected", conditionType == "Progressing" && kind != "" && kind != "deployment" && kind != "replicaset" && reason != "ProgressDeadlineExceeded":
			return Healthy // operators use it to report progress
		case conditionType == "Consolidatable" || conditionType == "PodRunning" || conditionType == "Issuing" || conditionType == "Reconciling" || conditionType == "KubernetesAPIApprovalPolicyConformant" || conditionType == "Restore":
			return Healthy
		case !known && (!good || IsUnhealthyWord(reason)):
			return Unjudged
		case good || conditionType == "ScalingLimited" && reason == "TooFewReplicas" || reason == "PodCompleted":
			return Healthy
		case conditionType == "Resizing" || conditionType == "FileSystemResizePending" || conditionType == "Terminating":
			return Waiting
		}
		return Unhealthy
	case "unknown":
		if conditionType == "Active" || reason == "" && !known {
			return Unjudged
		}
		return Unhealthy
	}
	return Unjudged
}

// denies reports whether a condition type begins with No: NoWarnings.
func denies(conditionType string) bool {
	return len(conditionType) > 2 && conditionType[:2] == "No" && 'A' <= conditionType[2] && conditionType[2] <= 'Z'
}

// MayBeOfNode reports whether an observation without an object may be about a node: the condition Ready
// of other kinds has other reasons.
func MayBeOfNode(o *Observation) bool {
	return o.Place != Condition || o.Field != "Ready" || o.Reason == "" || strings.HasPrefix(o.Reason, "Kubelet") || strings.HasPrefix(o.Reason, "NodeStatus")
}

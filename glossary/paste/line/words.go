package line

import "k8sbot/glossary/paste/lex"

// verbs are subcommands of the programs. A line without a prompt is a command only if it contains
// one of them.
var verbs = lex.Set("get|describe|logs|log|apply|create|delete|exec|run|events|top|rollout|scale|edit|patch|replace|label|annotate|drain|cordon|uncordon|taint|" +
	"auth|explain|port-forward|cp|debug|wait|attach|proxy|config|cluster-info|api-resources|api-versions|version|expose|set|diff|certificate|" +
	"kustomize|autoscale|install|upgrade|uninstall|list|ls|status|history|rollback|template|lint|repo|dependency|dep|pull|push|show|test|init|" +
	"join|reset|certs|app|reconcile|ps|pods|inspect|build|endpoint|member|observe|alarm|bootstrap|check|adm|new-app")

// flagsWithValue are the flags of kubectl and helm that take the next word as their value.
var flagsWithValue = lex.Set("-n|--namespace|-o|--output|-l|--selector|-c|--container|-f|--filename|--context|--kubeconfig|--field-selector|--sort-by|--tail|--since|--as|" +
	"-s|--server|--cluster|--user|--timeout|--for|-u|--unit|--version|--set|--values|-k|-p|--image|--replicas|--type|-L|--template|--to-revision|" +
	"--token|--kube-context")

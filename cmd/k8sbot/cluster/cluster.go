// Package cluster writes the manifests that run the bot in a Kubernetes cluster: a Deployment
// and the objects it needs, as YAML to apply. The Pods meet the Pod Security level restricted
// (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted), which
// cmd/k8sbot/kubetest checks with Kubernetes' own code.
package cluster

import (
	"fmt"
	"strings"
)

// Manifest returns the objects to apply, with comments. Its errors refer to the flags of the
// command "k8sbot manifest kubernetes".
func Manifest(o Options) (string, error) {
	if err := o.check(); err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(o.heading())
	for _, object := range []string{o.deployment(), o.volumeClaim(), o.service(), o.route(), disruptionBudget, o.networkPolicy(), o.serviceMonitor()} {
		if object != "" {
			b.WriteString("---\n" + object)
		}
	}
	return b.String(), nil
}

func (o Options) heading() string {
	h := fmt.Sprintf(`# First create the Secret %s from a file with one setting per line, such as
#   SLACK_BOT_TOKEN=xoxb-…
# The command: kubectl create secret generic %[1]s --from-env-file=k8sbot.env
# After changing the Secret: kubectl rollout restart deployment/k8sbot
`, o.Secret)
	if o.MCP {
		h += "# The Secret also needs MCP_TOKEN, from openssl rand -hex 32.\n"
	}
	if o.DatabaseSecret != "" {
		h += fmt.Sprintf("# Also create the Secret %s with the key DATABASE_URL (postgres://…).\n", o.DatabaseSecret)
	}
	return h
}

// The Pods' ports.
const (
	httpPort    = 8080
	metricsPort = 9090
)

// memoryLimit is the memory limit of the container, in MiB. Above nine tenths of the limit, Go's
// garbage collector runs more often, so that a burst of requests does not exceed the limit.
const memoryLimit = 192

// deployment returns the Deployment. The bot needs about 45 MiB of memory, 50 MiB at startup, and
// hardly any CPU (measured with 1,551 terms).
func (o Options) deployment() string {
	strategy := `    type: Recreate # two Pods must not share the SQLite file
`
	volume := `          volumeMounts:
            - {name: state, mountPath: /var/lib/k8sbot}
      volumes:
        - name: state
          persistentVolumeClaim: {claimName: k8sbot}
`
	database, spread := "", ""
	if o.DatabaseSecret != "" {
		strategy = `    type: RollingUpdate
    rollingUpdate: {maxUnavailable: 0, maxSurge: 1}
`
		volume = ""
		database = fmt.Sprintf(`            - name: DATABASE_URL
              valueFrom: {secretKeyRef: {name: %s, key: DATABASE_URL}}
`, o.DatabaseSecret)
		spread = `      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app.kubernetes.io/name: k8sbot}}
`
	}
	lifecycle := ""
	if len(o.paths()) > 0 {
		lifecycle = `          lifecycle: # wait until the load balancer stops sending requests
            preStop: {sleep: {seconds: 5}}
`
	}
	return fmt.Sprintf(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: k8sbot
  labels: {app.kubernetes.io/name: k8sbot}
spec:
  replicas: %d
  strategy:
%s  selector: {matchLabels: {app.kubernetes.io/name: k8sbot}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: k8sbot}
    spec:
      automountServiceAccountToken: false # the bot does not use the Kubernetes API
      enableServiceLinks: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 65532
        runAsGroup: 65532
        fsGroup: 65532
        seccompProfile: {type: RuntimeDefault}
%s      containers:
        - name: k8sbot
          image: %s
          args: [serve]
          envFrom:
            - secretRef: {name: %s}
          env:
            - {name: HTTP_ADDR, value: ":%d"}
            - {name: METRICS_ADDR, value: ":%d"}
            - {name: LOG_FORMAT, value: json}
            - {name: GOMEMLIMIT, value: %dMiB} # a bit less than the limit below
%s          ports:
            - {name: http, containerPort: %[6]d}
            - {name: metrics, containerPort: %[7]d}
          startupProbe:
            httpGet: {path: /healthz, port: http}
            periodSeconds: 2
            failureThreshold: 30
          livenessProbe:
            httpGet: {path: /healthz, port: http}
          readinessProbe:
            httpGet: {path: /readyz, port: http}
          resources:
            requests: {cpu: 20m, memory: 80Mi}
            limits: {memory: %[10]dMi}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
%[11]s%[12]s`, o.Replicas, strategy, spread, o.Image, o.Secret, httpPort, metricsPort, memoryLimit*9/10, database+o.env(), memoryLimit, lifecycle, volume)
}

// volumeClaim returns the PersistentVolumeClaim for the SQLite file, or "" if there is a
// database server.
func (o Options) volumeClaim() string {
	if o.DatabaseSecret != "" {
		return ""
	}
	return `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: k8sbot
  labels: {app.kubernetes.io/name: k8sbot}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
`
}

// service returns the Service, or "" if nothing connects to the bot.
func (o Options) service() string {
	var ports []string
	if len(o.paths()) > 0 {
		ports = append(ports, "    - {name: http, port: 80, targetPort: http}\n")
	}
	if o.ServiceMonitor {
		ports = append(ports, "    - {name: metrics, port: 9090, targetPort: metrics}\n")
	}
	if len(ports) == 0 {
		return ""
	}
	return `apiVersion: v1
kind: Service
metadata:
  name: k8sbot
  labels: {app.kubernetes.io/name: k8sbot}
spec:
  selector: {app.kubernetes.io/name: k8sbot}
  ports:
` + strings.Join(ports, "")
}

// route returns the Ingress or the HTTPRoute for the bot's URL, or "" if the bot has no URL.
func (o Options) route() string {
	host := strings.TrimPrefix(strings.TrimRight(o.URL, "/"), "https://")
	switch {
	case o.URL == "":
		return ""
	case o.Gateway != "":
		var matches strings.Builder
		for _, p := range o.paths() {
			fmt.Fprintf(&matches, "        - path: {type: %s, value: %s}\n", strings.Replace(p.kind, "Prefix", "PathPrefix", 1), p.path)
		}
		namespace, gateway, _ := strings.Cut(o.Gateway, "/")
		return fmt.Sprintf(`apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: k8sbot
  labels: {app.kubernetes.io/name: k8sbot}
spec:
  parentRefs:
    - {name: %s, namespace: %s}
  hostnames: [%s]
  rules:
    - matches:
%s      backendRefs:
        - {name: k8sbot, port: 80}
`, gateway, namespace, host, matches.String())
	}
	var paths strings.Builder
	for _, p := range o.paths() {
		fmt.Fprintf(&paths, `          - path: %s
            pathType: %s
            backend: {service: {name: k8sbot, port: {name: http}}}
`, p.path, p.kind)
	}
	class := ""
	if o.IngressClass != "" {
		class = fmt.Sprintf("  ingressClassName: %s\n", o.IngressClass)
	}
	return fmt.Sprintf(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: k8sbot
  labels: {app.kubernetes.io/name: k8sbot}
spec:
%s  tls: # the Secret k8sbot-tls has the certificate
    - {hosts: [%s], secretName: k8sbot-tls}
  rules:
    - host: %[2]s
      http:
        paths:
%s`, class, host, paths.String())
}

// disruptionBudget keeps drains from stopping all replicas at once. It does not block the drain
// of a node that runs the only replica.
const disruptionBudget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: k8sbot
  labels: {app.kubernetes.io/name: k8sbot}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app.kubernetes.io/name: k8sbot}}
`

// networkPolicy returns the NetworkPolicy. It allows all public addresses, because a
// NetworkPolicy cannot contain the host names of the platforms.
func (o Options) networkPolicy() string {
	ingress := `    - from: # Prometheus
        - namespaceSelector: {}
      ports:
        - {port: metrics}
`
	if len(o.paths()) > 0 {
		ingress = `    - ports: # the platforms, browsers and agents
        - {port: http}
` + ingress
	}
	database := ""
	if o.DatabaseSecret != "" {
		database = `    - ports: # PostgreSQL: change the port if DATABASE_URL uses another one
        - {port: 5432}
`
	}
	return fmt.Sprintf(`apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: k8sbot
  labels: {app.kubernetes.io/name: k8sbot}
spec:
  podSelector: {matchLabels: {app.kubernetes.io/name: k8sbot}}
  policyTypes: [Ingress, Egress]
  ingress:
%s  egress:
    - ports: # DNS
        - {port: 53, protocol: UDP}
        - {port: 53, protocol: TCP}
    - to: # Slack and Discord
        - ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16]}
        - ipBlock: {cidr: "::/0", except: ["fc00::/7", "fe80::/10"]}
      ports:
        - {port: 443}
%s`, ingress, database)
}

// serviceMonitor returns the ServiceMonitor, or "" if it is not enabled
// (https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor).
func (o Options) serviceMonitor() string {
	if !o.ServiceMonitor {
		return ""
	}
	return `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: k8sbot
  labels: {app.kubernetes.io/name: k8sbot}
spec:
  selector: {matchLabels: {app.kubernetes.io/name: k8sbot}}
  endpoints:
    - {port: metrics}
`
}

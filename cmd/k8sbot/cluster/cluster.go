// Package cluster writes the manifests that run the bot in a Kubernetes cluster: a Deployment
// and the objects it needs, as YAML to apply. The Pods meet the Pod Security level restricted
// (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted), which
// cmd/k8sbot/kubetest checks with Kubernetes' own code.
package cluster

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// Options are the options of [Manifest].
type Options struct {
	Image    string // an image that the nodes can pull
	Replicas int    // 1 or more; more than one needs a database server
	// Secret is the name of the Secret with the settings, such as SLACK_BOT_TOKEN.
	Secret string
	// DatabaseSecret is the name of the Secret with DATABASE_URL. If it is "", the bot
	// keeps a SQLite file on a volume.
	DatabaseSecret string
	// URL is the public https URL of the bot in HTTP mode. If it is "", the bot connects to
	// the platforms, and they do not connect to it.
	URL string
	// IngressClass is the class of the Ingress for URL; "" for the cluster's default.
	IngressClass string
	// Gateway is the Gateway, as NAMESPACE/NAME, of an HTTPRoute for URL. If it is "", there
	// is an Ingress instead of an HTTPRoute.
	Gateway string
	// ServiceMonitor adds a ServiceMonitor for the Prometheus operator.
	ServiceMonitor bool
}

var (
	// image matches references to images, without checking all rules
	// (https://pkg.go.dev/github.com/distribution/reference).
	image = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/@-]*$`)
	// name matches names of objects
	// (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names).
	name = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`)
	// host matches hosts that an Ingress accepts.
	host = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)
)

// check returns an error that names the invalid flags of the command.
func (o Options) check() error {
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if !image.MatchString(o.Image) {
		fail("invalid --image %q: use a name such as registry.example.com/k8sbot:1.0", o.Image)
	}
	for _, flag := range []struct{ name, value string }{
		{"secret", o.Secret}, {"database-secret", o.DatabaseSecret}, {"ingress-class", o.IngressClass},
	} {
		if flag.value != "" && !name.MatchString(flag.value) {
			fail("invalid --%s %q: use the name of an object, in lower case", flag.name, flag.value)
		}
	}
	switch {
	case o.Replicas < 1:
		fail("invalid --replicas %d: use 1 or more", o.Replicas)
	case o.Replicas > 1 && o.DatabaseSecret == "":
		fail("--replicas %d needs --database-secret: several replicas need a PostgreSQL server, since SQLite is for one", o.Replicas)
	}
	if namespace, gateway, ok := strings.Cut(o.Gateway, "/"); o.Gateway != "" && (!ok || !name.MatchString(namespace) || !name.MatchString(gateway)) {
		fail("invalid --gateway %q: use NAMESPACE/NAME", o.Gateway)
	}
	if o.URL == "" && (o.Gateway != "" || o.IngressClass != "") {
		fail("--gateway and --ingress-class need --url, the public URL of the bot")
	}
	if o.Gateway != "" && o.IngressClass != "" {
		fail("--gateway and --ingress-class cannot be used together")
	}
	if u, err := url.Parse(o.URL); o.URL != "" && (err != nil || u.Scheme != "https" || !host.MatchString(u.Host) || strings.Trim(u.Path, "/") != "") {
		fail("invalid --url %q: use https:// and the bot's own host, without a port or path", o.URL)
	}
	return errors.Join(errs...)
}

// Manifest returns the objects to apply, with comments. Its errors are about the flags of
// k8sbot manifest kubernetes.
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
	h := fmt.Sprintf(`# First create the Secret %s from a file with the settings, such as
#   SLACK_BOT_TOKEN=xoxb-…
# one per line: kubectl create secret generic %[1]s --from-env-file=k8sbot.env
`, o.Secret)
	if o.DatabaseSecret != "" {
		h += fmt.Sprintf("# and the Secret %s with the key DATABASE_URL (postgres://…).\n", o.DatabaseSecret)
	}
	return h
}

// Ports of the Pods.
const (
	httpPort    = 8080
	metricsPort = 9090
)

// memoryLimit is the memory limit of the container, in MiB. The collector of Go frees memory more
// eagerly from nine tenths of it on, so that a burst of requests does not exceed the limit.
const memoryLimit = 192

// deployment returns the Deployment. The bot needs about 60 MiB of memory, 80 MiB at the
// start, and hardly any CPU (measured with 1,055 terms).
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
	if o.URL != "" {
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
%[11]s%[12]s`, o.Replicas, strategy, spread, o.Image, o.Secret, httpPort, metricsPort, memoryLimit*9/10, database, memoryLimit, lifecycle, volume)
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
	if o.URL != "" {
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

// route returns the Ingress or the HTTPRoute for the platforms' requests, or "" if the bot
// does not use HTTP mode.
func (o Options) route() string {
	host := strings.TrimPrefix(strings.TrimRight(o.URL, "/"), "https://")
	switch {
	case o.URL == "":
		return ""
	case o.Gateway != "":
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
        - path: {type: PathPrefix, value: /slack/}
        - path: {type: PathPrefix, value: /discord/}
      backendRefs:
        - {name: k8sbot, port: 80}
`, gateway, namespace, host)
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
          - path: /slack/
            pathType: Prefix
            backend: {service: {name: k8sbot, port: {name: http}}}
          - path: /discord/
            pathType: Prefix
            backend: {service: {name: k8sbot, port: {name: http}}}
`, class, host)
}

// disruptionBudget keeps drains from stopping all replicas at once. If there is only one
// replica, it does not block draining its node.
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
	if o.URL != "" {
		ingress = `    - ports: # the platforms, through the Ingress or Gateway
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

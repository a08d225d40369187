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
	// HTTPMode is set if the platforms connect to the bot, at URL. If it is not set, the bot
	// connects to the platforms.
	HTTPMode bool
	// Page and MCP enable the page with all terms and the endpoint for agents. They can be
	// reached through the Service, and at URL if the bot has one.
	Page, MCP bool
	// URL is the public https URL of the bot; "" if it has none.
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
	// image matches image references, without checking all rules
	// (https://pkg.go.dev/github.com/distribution/reference).
	image = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/@-]*$`)
	// name matches object names
	// (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names).
	name = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`)
	// host matches hosts that an Ingress accepts.
	host = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)
)

// check returns an error that names the invalid flags, or nil if all are valid.
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
			fail("invalid --%s %q: use an object name (lower-case letters, digits, hyphens and dots)", flag.name, flag.value)
		}
	}
	switch {
	case o.Replicas < 1:
		fail("invalid --replicas %d: use 1 or more", o.Replicas)
	case o.Replicas > 1 && o.DatabaseSecret == "":
		fail("--replicas %d needs --database-secret: several replicas need a PostgreSQL server, since SQLite supports only one replica", o.Replicas)
	}
	if namespace, gateway, ok := strings.Cut(o.Gateway, "/"); o.Gateway != "" && (!ok || !name.MatchString(namespace) || !name.MatchString(gateway)) {
		fail("invalid --gateway %q: use NAMESPACE/NAME", o.Gateway)
	}
	if o.URL == "" && (o.Gateway != "" || o.IngressClass != "") {
		fail("--gateway and --ingress-class need --url, the public URL of the bot")
	}
	switch {
	case o.HTTPMode && o.URL == "":
		fail("--mode http needs --url, the public URL of the bot")
	case o.URL != "" && len(o.paths()) == 0:
		fail("--url needs --mode http, --page or --mcp: otherwise nothing connects to the bot")
	}
	if o.Gateway != "" && o.IngressClass != "" {
		fail("--gateway and --ingress-class cannot be used together")
	}
	if u, err := url.Parse(o.URL); o.URL != "" && (err != nil || u.Scheme != "https" || !host.MatchString(u.Host) || strings.Trim(u.Path, "/") != "") {
		fail("invalid --url %q: use https:// and the bot's own host, without a port or path", o.URL)
	}
	return errors.Join(errs...)
}

// A path is a URL path at which the bot accepts requests.
type path struct{ path, kind string }

// paths returns the paths that something outside the Pod connects to.
func (o Options) paths() []path {
	var paths []path
	if o.HTTPMode {
		paths = append(paths, path{"/slack/", "Prefix"}, path{"/discord/", "Prefix"})
	}
	if o.Page {
		paths = append(paths, path{"/", "Exact"})
	}
	if o.MCP {
		paths = append(paths, path{"/mcp", "Exact"})
	}
	return paths
}

// env returns the environment variables for the endpoints, as YAML.
func (o Options) env() string {
	var env string
	if o.Page {
		env += "            - {name: PAGE, value: \"true\"}\n"
	}
	if o.Page && o.URL != "" {
		env += fmt.Sprintf("            - {name: PUBLIC_URL, value: %q}\n", o.URL)
	}
	if o.MCP {
		env += "            - {name: MCP_HTTP, value: \"true\"}\n"
	}
	return env
}

package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strings"

	"k8sbot/bot/daily"
	"k8sbot/bot/mcp"
	"k8sbot/bot/platform"
	"k8sbot/cmd/k8sbot/discordapp"
	"k8sbot/cmd/k8sbot/envvar"
	"k8sbot/cmd/k8sbot/slackapp"
	"k8sbot/glossary"
)

// A config contains the settings from environment variables. Each variable can be given as
// NAME_FILE instead: the path of a file with the value, for example a secret that Kubernetes or
// Docker mounts.
type config struct {
	glossaryDir string           // GLOSSARY_DIR
	lang        glossary.Lang    // DEFAULT_LANG
	langSet     bool             // whether DEFAULT_LANG was given
	httpAddr    string           // HTTP_ADDR
	httpAddrSet bool             // whether HTTP_ADDR was given
	logLevel    slog.Level       // LOG_LEVEL
	logJSON     bool             // LOG_FORMAT
	metricsAddr string           // METRICS_ADDR
	databaseURL platform.Secret  // DATABASE_URL
	adminsOnly  bool             // DAILY_ADMINS_ONLY
	prefer      daily.Preference // DAILY_PREFER
	mcpHTTP     bool             // MCP_HTTP
	mcpToken    platform.Secret  // MCP_TOKEN
	page        bool             // PAGE
	publicURL   string           // PUBLIC_URL, without a trailing slash
	upstream    string           // UPSTREAM_URL, without a trailing slash
	slack       slackapp.Config
	discord     discordapp.Config
}

// hasPlatform reports whether at least one platform is set up.
func (cfg *config) hasPlatform() bool { return cfg.slack.Enabled() || cfg.discord.Enabled() }

const defaultHTTPAddr = "127.0.0.1:8080"

// metricsListener returns the address at which /metrics is served, or "" if it is not served. The
// address is METRICS_ADDR or, if METRICS_ADDR is not set and HTTP_ADDR is a loopback address,
// HTTP_ADDR.
func (cfg *config) metricsListener() string {
	if cfg.metricsAddr != "" {
		return cfg.metricsAddr
	}
	host, _, err := net.SplitHostPort(cfg.httpAddr)
	if ip := net.ParseIP(host); err == nil && (host == "localhost" || ip != nil && ip.IsLoopback()) {
		return cfg.httpAddr
	}
	return ""
}

// readConfig reads all settings. Its error, a usageError, reports all mistakes together.
func readConfig(env *environment) (*config, error) {
	r := &envvar.Reader{Lookup: env.lookup, ReadFile: env.readFile}
	cfg := &config{
		glossaryDir: r.Text("GLOSSARY_DIR"),
		lang:        glossary.Japanese,
		httpAddr:    defaultHTTPAddr,
		metricsAddr: r.Text("METRICS_ADDR"),
		databaseURL: platform.Secret(r.Text("DATABASE_URL")),
		mcpToken:    platform.Secret(r.Text("MCP_TOKEN")),
		slack:       slackapp.Read(r),
		discord:     discordapp.Read(r),
	}
	if cfg.metricsAddr != "" {
		_, _, err := net.SplitHostPort(cfg.metricsAddr)
		r.Check("METRICS_ADDR", err)
	}
	if v := r.Text("DEFAULT_LANG"); v != "" {
		l, err := glossary.ParseLang(v)
		r.Check("DEFAULT_LANG", err)
		cfg.lang, cfg.langSet = l, true
	}
	switch v := daily.Preference(r.Text("DAILY_PREFER")); v {
	case "", daily.Once, daily.Sure:
		cfg.prefer = v
	default:
		r.Check("DAILY_PREFER", fmt.Errorf("invalid value %q: use \"once\" or \"sure\"", v))
	}
	cfg.adminsOnly = r.Bool("DAILY_ADMINS_ONLY")
	if cfg.mcpHTTP = r.Bool("MCP_HTTP"); cfg.mcpHTTP {
		r.Check("MCP_TOKEN", mcp.CheckToken(cfg.mcpToken))
	}
	cfg.page = r.Bool("PAGE")
	for name, address := range map[string]struct {
		to      *string
		example string
	}{"PUBLIC_URL": {&cfg.publicURL, "https://k8sbot.example.com"}, "UPSTREAM_URL": {&cfg.upstream, "https://github.com/OWNER/NAME"}} {
		v := r.Text(name)
		if u, err := url.Parse(v); v != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "") {
			r.Check(name, fmt.Errorf("invalid page address %q: write %s", v, address.example))
		}
		*address.to = strings.TrimRight(v, "/")
	}
	if v := r.Text("HTTP_ADDR"); v != "" {
		_, _, err := net.SplitHostPort(v)
		r.Check("HTTP_ADDR", err)
		cfg.httpAddr, cfg.httpAddrSet = v, true
	}
	if v := r.Text("LOG_LEVEL"); v != "" {
		if err := cfg.logLevel.UnmarshalText([]byte(v)); err != nil {
			r.Check("LOG_LEVEL", fmt.Errorf("invalid level %q: use debug, info, warn or error", v))
		}
	}
	switch v := r.Text("LOG_FORMAT"); v {
	case "", "text":
	case "json":
		cfg.logJSON = true
	default:
		r.Check("LOG_FORMAT", fmt.Errorf("invalid format %q: use text or json", v))
	}
	if err := r.Err(); err != nil {
		return nil, usageError{err}
	}
	return cfg, nil
}

// inTerminal returns the settings for a person at a terminal with the given locale. If the locale
// names neither English nor Japanese, the default language is English, because the person may not
// know Japanese. The locales C and POSIX name no language at all. DEFAULT_LANG takes precedence
// over the locale.
func (cfg *config) inTerminal(locale string) *config {
	c := *cfg
	if _, ok := glossary.LangOfLocale(locale); !ok && locale != "" && !c.langSet {
		c.lang = glossary.English
	}
	return &c
}

// logger returns a logger that writes to w, with the level and the format from the settings.
func (cfg *config) logger(w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: cfg.logLevel}
	if cfg.logJSON {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

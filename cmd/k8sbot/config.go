package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"strings"

	"k8sbot/bot/daily"
	"k8sbot/bot/discord"
	"k8sbot/bot/discord/publickey"
	"k8sbot/bot/discord/route"
	"k8sbot/bot/mcp"
	"k8sbot/bot/platform"
	"k8sbot/bot/slack"
	"k8sbot/bot/slack/manifest"
	"k8sbot/cmd/k8sbot/envvar"
	"k8sbot/glossary"
)

// A config has the settings from environment variables. Each variable can be given as
// NAME_FILE instead: the path of a file that contains the value, such as a secret mounted
// by Kubernetes or Docker.
type config struct {
	glossaryDir string           // GLOSSARY_DIR
	lang        glossary.Lang    // DEFAULT_LANG
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
	publicURL   string           // PUBLIC_URL, without a slash at its end
	slack       slackConfig
	discord     discordConfig
}

// hasPlatform reports whether at least one platform is set up.
func (cfg *config) hasPlatform() bool { return cfg.slack.enabled() || cfg.discord.enabled() }

// A slackConfig has the settings of the Slack app.
type slackConfig struct {
	botToken      platform.Secret // SLACK_BOT_TOKEN
	appToken      platform.Secret // SLACK_APP_TOKEN, for Socket Mode
	signingSecret platform.Secret // SLACK_SIGNING_SECRET, for HTTP mode
	apiURL        string          // SLACK_API_URL
	mode          string          // SLACK_MODE: socket or http, if both are set up
}

// enabled reports whether any of the app's secrets is set.
func (s slackConfig) enabled() bool {
	return s.botToken != "" || s.appToken != "" || s.signingSecret != ""
}

// check returns an error if a setting is missing.
func (s slackConfig) check() error {
	switch {
	case !s.enabled():
		return nil
	case s.botToken == "":
		return errors.New("SLACK_BOT_TOKEN is missing, but another Slack secret is set: copy it from the app's Install App page")
	case s.mode == manifest.SocketMode && s.appToken == "":
		return errors.New("SLACK_APP_TOKEN is missing: set it for Socket Mode, or set SLACK_SIGNING_SECRET for HTTP mode")
	case s.mode == manifest.HTTPMode && s.signingSecret == "":
		return errors.New("SLACK_SIGNING_SECRET is missing: set it for HTTP mode, or set SLACK_APP_TOKEN for Socket Mode")
	}
	return s.checkPrefixes()
}

// The prefixes of Slack's tokens (https://docs.slack.dev/authentication/tokens).
const (
	botPrefix = "xoxb-"
	appPrefix = "xapp-"
)

// checkPrefixes returns an error if secrets are swapped. It does not quote them.
func (s slackConfig) checkPrefixes() error {
	var errs []error
	if !strings.HasPrefix(s.botToken.Reveal(), botPrefix) {
		errs = append(errs, fmt.Errorf("SLACK_BOT_TOKEN does not begin with %s: copy the Bot User OAuth Token from the app's Install App page", botPrefix))
	}
	if s.appToken != "" && !strings.HasPrefix(s.appToken.Reveal(), appPrefix) {
		errs = append(errs, fmt.Errorf("SLACK_APP_TOKEN does not begin with %s: copy an app-level token from the app's Basic Information page", appPrefix))
	}
	if secret := s.signingSecret.Reveal(); strings.HasPrefix(secret, botPrefix) || strings.HasPrefix(secret, appPrefix) {
		errs = append(errs, errors.New("SLACK_SIGNING_SECRET is a token: copy the signing secret from the app's Basic Information page"))
	}
	return errors.Join(errs...)
}

// A discordConfig has the settings of the Discord application.
type discordConfig struct {
	botToken      platform.Secret // DISCORD_BOT_TOKEN, for the gateway
	applicationID string          // DISCORD_APPLICATION_ID
	publicKey     string          // DISCORD_PUBLIC_KEY, for interactions over HTTP
	apiURL        string          // DISCORD_API_URL
	shards        int             // DISCORD_SHARDS; 0 for the number that Discord recommends
}

// enabled reports whether the application has a token or a public key.
func (d discordConfig) enabled() bool { return d.botToken != "" || d.publicKey != "" }

// check returns an error if a setting is missing or wrong.
func (d discordConfig) check() error {
	var missing, key error
	if !d.enabled() && d.applicationID != "" {
		missing = errors.New("DISCORD_BOT_TOKEN is missing, but DISCORD_APPLICATION_ID is set: copy the token from the application's Bot page")
	}
	if d.publicKey != "" {
		_, key = publickey.Parse(d.publicKey)
	}
	var id error
	if d.applicationID != "" {
		id = route.CheckID(d.applicationID)
	}
	_, address := platform.BaseURL("DISCORD_API_URL", d.apiURL, discord.DefaultAPIURL)
	return errors.Join(missing, id, key, address)
}

const defaultHTTPAddr = "127.0.0.1:8080"

// metricsListener returns the address that serves /metrics, or "" for none: METRICS_ADDR, or else
// HTTP_ADDR if it is a loopback address.
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
		slack: slackConfig{
			botToken:      platform.Secret(r.Text("SLACK_BOT_TOKEN")),
			appToken:      platform.Secret(r.Text("SLACK_APP_TOKEN")),
			signingSecret: platform.Secret(r.Text("SLACK_SIGNING_SECRET")),
			apiURL:        r.Text("SLACK_API_URL"),
			mode:          r.Text("SLACK_MODE"),
		},
		discord: discordConfig{
			botToken:      platform.Secret(r.Text("DISCORD_BOT_TOKEN")),
			applicationID: r.Text("DISCORD_APPLICATION_ID"),
			publicKey:     r.Text("DISCORD_PUBLIC_KEY"),
			apiURL:        r.Text("DISCORD_API_URL"),
		},
	}
	if v := r.Text("DISCORD_SHARDS"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			r.Check("DISCORD_SHARDS", fmt.Errorf("invalid shard count %q: use 1 or more, or leave it unset for the number that Discord recommends", v))
		}
		cfg.discord.shards = n
	}
	switch cfg.slack.mode {
	case manifest.SocketMode, manifest.HTTPMode:
	case "":
		cfg.slack.mode = manifest.SocketMode
		if cfg.slack.appToken == "" && cfg.slack.signingSecret != "" {
			cfg.slack.mode = manifest.HTTPMode
		}
	default:
		r.Check("SLACK_MODE", fmt.Errorf("invalid mode %q: use %s or %s", cfg.slack.mode, manifest.SocketMode, manifest.HTTPMode))
	}
	r.Add(cfg.slack.check())
	_, err := platform.BaseURL("SLACK_API_URL", cfg.slack.apiURL, slack.DefaultAPIURL)
	r.Add(err)
	r.Add(cfg.discord.check())
	if cfg.metricsAddr != "" {
		_, _, err := net.SplitHostPort(cfg.metricsAddr)
		r.Check("METRICS_ADDR", err)
	}
	if v := r.Text("DEFAULT_LANG"); v != "" {
		l, err := glossary.ParseLang(v)
		r.Check("DEFAULT_LANG", err)
		cfg.lang = l
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
	if v := r.Text("PUBLIC_URL"); v != "" {
		u, err := url.Parse(v)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			r.Check("PUBLIC_URL", fmt.Errorf("invalid address %q of the page: write https://k8sbot.example.com", v))
		}
		cfg.publicURL = strings.TrimRight(v, "/")
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

// logger returns a logger to w with the level and the format of the settings.
func (cfg *config) logger(w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: cfg.logLevel}
	if cfg.logJSON {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

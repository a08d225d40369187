// Package slackapp sets up the Slack app: in one workspace with a configured token, or in many
// workspaces with tokens that Slack grants when people install the app.
package slackapp

import (
	"errors"
	"fmt"
	"strings"

	"k8sbot/bot/platform"
	"k8sbot/bot/seal"
	"k8sbot/bot/slack"
	"k8sbot/bot/slack/manifest"
	"k8sbot/bot/slack/oauth"
	"k8sbot/cmd/k8sbot/envvar"
)

// A Config contains the settings of the Slack app.
type Config struct {
	BotToken      platform.Secret // SLACK_BOT_TOKEN, for an app in one workspace
	AppToken      platform.Secret // SLACK_APP_TOKEN, for Socket Mode
	SigningSecret platform.Secret // SLACK_SIGNING_SECRET, for HTTP mode
	APIURL        string          // SLACK_API_URL
	Mode          string          // SLACK_MODE: socket or http, if both are set up

	// Settings for many workspaces.
	ClientID     string                 // SLACK_CLIENT_ID
	ClientSecret platform.Secret        // SLACK_CLIENT_SECRET
	RedirectURL  string                 // SLACK_REDIRECT_URL
	SealKeys     platform.Secret        // SEAL_KEYS
	ring         *seal.Ring             // parsed SealKeys; nil if there are none
	readKeys     func() (string, error) // reads SEAL_KEYS_FILE again; nil if it is not set
}

// Read reads the settings from r, which collects mistakes.
func Read(r *envvar.Reader) Config {
	c := Config{
		BotToken:      platform.Secret(r.Text("SLACK_BOT_TOKEN")),
		AppToken:      platform.Secret(r.Text("SLACK_APP_TOKEN")),
		SigningSecret: platform.Secret(r.Text("SLACK_SIGNING_SECRET")),
		APIURL:        r.Text("SLACK_API_URL"),
		Mode:          r.Text("SLACK_MODE"),
		ClientID:      r.Text("SLACK_CLIENT_ID"),
		ClientSecret:  platform.Secret(r.Text("SLACK_CLIENT_SECRET")),
		RedirectURL:   r.Text("SLACK_REDIRECT_URL"),
		SealKeys:      platform.Secret(r.Text("SEAL_KEYS")),
	}
	switch c.Mode {
	case manifest.SocketMode, manifest.HTTPMode:
	case "":
		c.Mode = manifest.SocketMode
		if c.Many() || c.AppToken == "" && c.SigningSecret != "" {
			c.Mode = manifest.HTTPMode
		}
	default:
		r.Check("SLACK_MODE", fmt.Errorf("invalid mode %q: use %s or %s", c.Mode, manifest.SocketMode, manifest.HTTPMode))
	}
	if c.SealKeys != "" {
		ring, err := seal.Parse(c.SealKeys.Reveal())
		r.Check("SEAL_KEYS", err)
		c.ring = ring
	}
	if file, _ := r.Lookup("SEAL_KEYS_FILE"); file != "" {
		c.readKeys = func() (string, error) { data, err := r.ReadFile(file); return string(data), err }
	}
	if c.Many() {
		r.Add(c.checkMany())
	} else {
		r.Add(c.checkOne())
	}
	_, err := platform.BaseURL("SLACK_API_URL", c.APIURL, slack.DefaultAPIURL)
	r.Add(err)
	return c
}

// Enabled reports whether any of the app's credentials is set.
func (c Config) Enabled() bool {
	return c.BotToken != "" || c.AppToken != "" || c.SigningSecret != "" || c.Many()
}

// Many reports whether the app is for many workspaces.
func (c Config) Many() bool { return c.ClientID != "" || c.ClientSecret != "" }

// Ring returns the keys in SEAL_KEYS. If there are none, the error says what to do.
func (c Config) Ring() (*seal.Ring, error) {
	if c.ring == nil {
		return nil, errors.New("SEAL_KEYS is missing: set it to the output of openssl rand -base64 32, and keep a copy, since every workspace must install the app again if the key is lost")
	}
	return c.ring, nil
}

// checkOne returns an error if a setting for one workspace is missing.
func (c Config) checkOne() error {
	switch {
	case !c.Enabled():
		return nil
	case c.BotToken == "":
		return errors.New("SLACK_BOT_TOKEN is missing, but another Slack secret is set: copy the token from the app's Install App page")
	case c.Mode == manifest.SocketMode && c.AppToken == "":
		return errors.New("SLACK_APP_TOKEN is missing: set it for Socket Mode, or set SLACK_SIGNING_SECRET for HTTP mode")
	case c.Mode == manifest.HTTPMode && c.SigningSecret == "":
		return errors.New("SLACK_SIGNING_SECRET is missing: set it for HTTP mode, or set SLACK_APP_TOKEN for Socket Mode")
	}
	return c.checkPrefixes()
}

// checkMany returns an error if a setting for many workspaces is missing, or a setting for one
// workspace is set.
func (c Config) checkMany() error {
	var errs []error
	const basic = "copy it from the app's Basic Information page"
	for _, s := range []struct{ name, value, advice string }{
		{"SLACK_CLIENT_ID", c.ClientID, basic},
		{"SLACK_CLIENT_SECRET", c.ClientSecret.Reveal(), basic},
		{"SLACK_SIGNING_SECRET", c.SigningSecret.Reveal(), basic + "; an app for many workspaces needs HTTP mode"},
	} {
		if s.value == "" {
			errs = append(errs, fmt.Errorf("%s is missing, but the app is for many workspaces: %s", s.name, s.advice))
		}
	}
	if err := oauth.CheckRedirectURL(c.RedirectURL); err != nil {
		errs = append(errs, fmt.Errorf("SLACK_REDIRECT_URL: %w", err))
	}
	if c.SealKeys == "" {
		_, err := c.Ring()
		errs = append(errs, err)
	}
	for name, value := range map[string]platform.Secret{"SLACK_BOT_TOKEN": c.BotToken, "SLACK_APP_TOKEN": c.AppToken} {
		if value != "" {
			errs = append(errs, fmt.Errorf("%s is for one workspace, but SLACK_CLIENT_ID is for many: unset one", name))
		}
	}
	if c.Mode == manifest.SocketMode {
		errs = append(errs, errors.New("SLACK_MODE=socket is for one workspace, but SLACK_CLIENT_ID is for many: unset one"))
	}
	return errors.Join(append(errs, c.checkSigningSecret())...)
}

// Prefixes of Slack's tokens (https://docs.slack.dev/authentication/tokens).
const (
	botPrefix = "xoxb-"
	appPrefix = "xapp-"
)

// checkPrefixes returns an error if tokens or secrets are mixed up. The error does not quote
// them.
func (c Config) checkPrefixes() error {
	var errs []error
	if !strings.HasPrefix(c.BotToken.Reveal(), botPrefix) {
		errs = append(errs, fmt.Errorf("SLACK_BOT_TOKEN does not begin with %s: copy the Bot User OAuth Token from the app's Install App page", botPrefix))
	}
	if c.AppToken != "" && !strings.HasPrefix(c.AppToken.Reveal(), appPrefix) {
		errs = append(errs, fmt.Errorf("SLACK_APP_TOKEN does not begin with %s: copy an app-level token from the app's Basic Information page", appPrefix))
	}
	return errors.Join(append(errs, c.checkSigningSecret())...)
}

func (c Config) checkSigningSecret() error {
	if secret := c.SigningSecret.Reveal(); strings.HasPrefix(secret, botPrefix) || strings.HasPrefix(secret, appPrefix) {
		return errors.New("SLACK_SIGNING_SECRET is a token: copy the signing secret from the app's Basic Information page")
	}
	return nil
}

// Package discordapp reads the settings of the Discord application.
package discordapp

import (
	"errors"
	"fmt"
	"strconv"

	"k8sbot/bot/discord"
	"k8sbot/bot/discord/publickey"
	"k8sbot/bot/discord/route"
	"k8sbot/bot/platform"
	"k8sbot/cmd/k8sbot/envvar"
)

// A Config contains the settings of the Discord application.
type Config struct {
	BotToken      platform.Secret // DISCORD_BOT_TOKEN, for the gateway
	ApplicationID string          // DISCORD_APPLICATION_ID
	PublicKey     string          // DISCORD_PUBLIC_KEY, for interactions over HTTP
	APIURL        string          // DISCORD_API_URL
	Shards        int             // DISCORD_SHARDS; 0 for the number that Discord recommends
}

// Read reads the settings from r, which collects mistakes.
func Read(r *envvar.Reader) Config {
	c := Config{
		BotToken:      platform.Secret(r.Text("DISCORD_BOT_TOKEN")),
		ApplicationID: r.Text("DISCORD_APPLICATION_ID"),
		PublicKey:     r.Text("DISCORD_PUBLIC_KEY"),
		APIURL:        r.Text("DISCORD_API_URL"),
	}
	if v := r.Text("DISCORD_SHARDS"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			r.Check("DISCORD_SHARDS", fmt.Errorf("invalid shard count %q: use 1 or more, or leave it unset for the number that Discord recommends", v))
		}
		c.Shards = n
	}
	r.Add(c.check())
	return c
}

// Enabled reports whether the application has a token or a public key.
func (c Config) Enabled() bool { return c.BotToken != "" || c.PublicKey != "" }

// check returns an error if a setting is missing or wrong.
func (c Config) check() error {
	var missing, key error
	if !c.Enabled() && c.ApplicationID != "" {
		missing = errors.New("DISCORD_BOT_TOKEN is missing, but DISCORD_APPLICATION_ID is set: copy the token from the application's Bot page")
	}
	if c.PublicKey != "" {
		_, key = publickey.Parse(c.PublicKey)
	}
	var id error
	if c.ApplicationID != "" {
		id = route.CheckID(c.ApplicationID)
	}
	_, address := platform.BaseURL("DISCORD_API_URL", c.APIURL, discord.DefaultAPIURL)
	return errors.Join(missing, id, key, address)
}

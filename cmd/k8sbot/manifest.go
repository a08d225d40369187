package main

import (
	"io"

	"github.com/spf13/cobra"

	discordapp "k8sbot/bot/discord/manifest"
	"k8sbot/bot/slack/manifest"
	"k8sbot/cmd/k8sbot/about"
	"k8sbot/cmd/k8sbot/cluster"
	"k8sbot/cmd/k8sbot/option"
)

func newManifest(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "manifest", Short: "Print the manifest or settings for Slack, Discord or Kubernetes",
		Args: cobra.ArbitraryArgs, RunE: runGroup,
	}
	c.AddCommand(newManifestSlack(env), newManifestDiscord(env), newManifestKubernetes(env))
	return c
}

// urlFlag defines the flag for the bot's public URL.
func urlFlag(c *cobra.Command) *string {
	return c.Flags().String("url", "", "the bot's public https `URL`, for --mode http")
}

// whyFlag defines the flag that explains the bot to an administrator.
func whyFlag(c *cobra.Command) *bool {
	return c.Flags().Bool("why", false, "explain to an administrator what the bot may do and why, what it stores, and when it posts")
}

func newManifestSlack(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "slack", Short: "Print the manifest for the Slack app", Args: noArgs,
		Long: "Print the manifest to paste when you create the Slack app at https://api.slack.com/apps.",
	}
	mode := option.Enum(c, "mode", manifest.SocketMode, "how Slack reaches the bot", manifest.SocketMode, manifest.HTTPMode)
	address := urlFlag(c)
	many := c.Flags().Bool("many", false, "for an app that many workspaces install; needs --mode http")
	why := whyFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		if *why {
			return printManifest(env, manifest.Why()+"\n"+about.AdminText()+"\n", nil)
		}
		text, err := manifest.New(*mode, *address, *many)
		return printManifest(env, string(text)+"\n", err)
	}
	return c
}

func newManifestDiscord(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "discord", Short: "Print the settings for the Discord application", Args: noArgs,
		Long: "Print the settings for https://discord.com/developers/applications, and the install links.",
	}
	mode := option.Enum(c, "mode", discordapp.GatewayMode, "how Discord reaches the bot", discordapp.GatewayMode, discordapp.HTTPMode)
	address := urlFlag(c)
	application := c.Flags().String("id", "", "`ID` of the application, for its install links")
	why := whyFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		if *why {
			return printManifest(env, about.Discord(discordapp.Permissions, int(discordapp.Intents))+"\n"+about.AdminText()+"\n", nil)
		}
		text, err := discordapp.Text(*mode, *application, *address)
		return printManifest(env, text, err)
	}
	return c
}

func newManifestKubernetes(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "kubernetes", Short: "Print the objects that run the bot in a cluster", Args: noArgs,
		Long: "Print a Deployment that meets the restricted Pod Security level, and the objects that\nit needs. The first lines of the output say how to create the Secrets that it refers to.",
		Example: "  k8sbot manifest kubernetes --image registry.example.com/k8sbot:1.0 | kubectl apply -f -\n" +
			"  k8sbot manifest kubernetes --replicas 3 --database-secret k8sbot-db --mode http --url https://k8sbot.example.com",
	}
	o := cluster.Options{}
	f := c.Flags()
	f.StringVar(&o.Image, "image", "k8sbot:"+programVersion(), "`IMAGE` that the nodes can pull")
	f.IntVar(&o.Replicas, "replicas", 1, "run `N` Pods; more than one needs --database-secret")
	f.StringVar(&o.Secret, "secret", "k8sbot", "`NAME` of the Secret with the settings")
	f.StringVar(&o.DatabaseSecret, "database-secret", "", "`NAME` of the Secret with DATABASE_URL, for PostgreSQL instead of SQLite on a volume")
	mode := option.Enum(c, "mode", manifest.SocketMode, "whether the bot connects to the platforms, or they connect to --url", manifest.SocketMode, manifest.HTTPMode)
	f.BoolVar(&o.Page, "page", false, "show the page with all terms")
	f.BoolVar(&o.MCP, "mcp", false, "answer agents at /mcp; the Secret needs MCP_TOKEN")
	f.StringVar(&o.URL, "url", "", "public https `URL` of the bot, for --mode http, --page and --mcp")
	f.StringVar(&o.IngressClass, "ingress-class", "", "`CLASS` of the Ingress")
	f.StringVar(&o.Gateway, "gateway", "", "`NAMESPACE/NAME` of the Gateway for an HTTPRoute, instead of an Ingress")
	f.BoolVar(&o.ServiceMonitor, "service-monitor", false, "add a ServiceMonitor for the Prometheus Operator")
	c.RunE = func(*cobra.Command, []string) error {
		o.HTTPMode = *mode == manifest.HTTPMode
		text, err := cluster.Manifest(o)
		return printManifest(env, text, err)
	}
	return c
}

// printManifest prints a manifest. If err is not nil, it returns err as a usageError.
func printManifest(env *environment, text string, err error) error {
	if err != nil {
		return usageError{err}
	}
	_, err = io.WriteString(env.stdout, text)
	return err
}

package mcp

import (
	"log/slog"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/glossary"
)

// Options configure a Server. All fields but Token and Slackbot are required.
type Options struct {
	Bot      *bot.Bot
	Glossary *glossary.Glossary
	Metrics  *platform.Metrics
	Log      *slog.Logger
	Lang     glossary.Lang // the language of answers if the request does not determine the language
	Version  string        // the version of this program
	// Token is what clients must send as a bearer token. It is required only for the handler;
	// see [CheckToken].
	Token platform.Secret
	// Slackbot allows Slackbot to call the tools over HTTP. If it is nil, requests from
	// Slackbot are refused.
	Slackbot *Slackbot
}

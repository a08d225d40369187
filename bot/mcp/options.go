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
	Lang     glossary.Lang // of answers, if neither a request nor its text says which
	Version  string        // of this program
	// Token is what clients send as a bearer token. Only the handler needs it; see
	// [CheckToken].
	Token platform.Secret
	// Slackbot lets Slackbot call the tools over HTTP; nil if it may not.
	Slackbot *Slackbot
}

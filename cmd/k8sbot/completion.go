package main

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/glossary"
)

// maxCompletions is the maximum number of terms that a shell offers.
const maxCompletions = 25

// completeTerms returns the names of terms that complete a query, with descriptions. typed is the
// word that is being typed, and earlier lists the words before it. Shells replace only typed, so a
// name of several words is offered only if it begins with the earlier words.
func completeTerms(ctx context.Context, env *environment, earlier []string, typed string) []cobra.Completion {
	cfg, err := readConfig(env)
	if err != nil {
		return nil
	}
	b, _, err := newBot(env, cfg.inTerminal(env.locale()), slog.New(slog.NewTextHandler(io.Discard, nil)), "", false, nil)
	if err != nil {
		return nil
	}
	earlier = earlier[slices.Index(earlier, "vs")+1:] // the second term of a comparison
	query := strings.Join(append(slices.Clip(earlier), typed), " ")
	lang, _ := glossary.LangOfLocale(env.locale())
	var completions []cobra.Completion
	for _, term := range b.Complete(ctx, bot.Request{
		Platform: console.Platform, Surface: bot.Terminal, User: console.User, Text: query, Locales: []string{string(lang)},
	}, maxCompletions) {
		words := strings.Fields(term.Name)
		if len(words) <= len(earlier) || !equalFold(words[:len(earlier)], earlier) {
			continue
		}
		word := strings.Join(words[len(earlier):], " ")
		if len(word) < len(typed) || !strings.EqualFold(word[:len(typed)], typed) {
			continue
		}
		// Shells distinguish upper and lower case, but the search does not.
		if typed != "" && typed == strings.ToLower(typed) {
			word = strings.ToLower(word)
		}
		if strings.HasPrefix(word, typed) {
			completions = append(completions, cobra.CompletionWithDesc(word, term.Label))
		}
	}
	return completions
}

// equalFold reports whether two lists have the same words, ignoring case.
func equalFold(a, b []string) bool {
	return strings.EqualFold(strings.Join(a, " "), strings.Join(b, " "))
}

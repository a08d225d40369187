package editor

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"k8sbot/bot/redact"
	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

const (
	// maxGaps is the maximum number of gaps of each kind that are shown.
	maxGaps = 10
	// gapsSince is how far back the list of gaps goes.
	gapsSince = 90 * 24 * time.Hour
	// maxWord is the maximum length of a question that is counted, in characters (runes).
	maxWord = 64
)

// Missed counts a question that found nothing. It does not store who asked, and ignores texts
// that are long or may contain secrets or personal data.
func (e *Editor) Missed(ctx context.Context, t team.Tenant, text string, l glossary.Lang) error {
	word := fold.Key(text)
	if !t.HasTerms() || word == "" || len([]rune(word)) > maxWord || redact.IsSensitive(text) {
		return nil
	}
	return e.store.CountGap(ctx, t, team.Gap{Kind: team.Missing, Word: strings.Join(strings.Fields(strings.ToLower(text)), " "), Lang: l, Last: e.now()})
}

// Forgot counts how often people have forgotten a term. It does not store who they are.
func (e *Editor) Forgot(ctx context.Context, t team.Tenant, term string, l glossary.Lang) error {
	if !t.HasTerms() {
		return nil
	}
	return e.store.CountGap(ctx, t, team.Gap{Kind: team.Forgotten, Word: term, Lang: l, Last: e.now()})
}

// unclear counts a person's report that a term is wrong or unclear.
func (c *exchange) unclear(ctx context.Context, a reply.Action, _ map[string][]string) (reply.Reply, error) {
	t, ok := c.View.Term(a.Arg(0))
	if !ok {
		return reply.Reply{}, errStale
	}
	if err := c.store.CountGap(ctx, c.Tenant, team.Gap{Kind: team.Unclear, Word: t.ID, Lang: c.Lang, Last: c.now()}); err != nil {
		return reply.Reply{}, err
	}
	return c.say(c.texts.Noted, reply.NewButton(c.texts.Suggest, reply.TeamEdit, t.ID)), nil
}

// gaps shows reviewers the gaps, with a menu for defining the missing terms.
func (c *exchange) gaps(ctx context.Context, _ reply.Action, _ map[string][]string) (reply.Reply, error) {
	if _, err := c.checkReviewer(ctx); err != nil {
		return reply.Reply{}, err
	}
	all, err := c.store.Gaps(ctx, c.Tenant, c.now().Add(-gapsSince), maxGaps)
	if err != nil {
		return reply.Reply{}, err
	}
	lists := map[team.GapKind]*reply.List{
		team.Missing: {Heading: c.texts.AskedNotFound}, team.Unclear: {Heading: c.texts.Unclear}, team.Forgotten: {Heading: c.texts.OftenForgotten},
	}
	r := reply.Reply{Ephemeral: true, Menu: reply.Menu{Label: c.texts.DefineIt}}
	var report []string
	for _, g := range all {
		name := reply.Quote(g.Word)
		switch t, known := c.View.Term(g.Word); {
		case g.Kind == team.Missing && c.View.Covers(g.Word):
			continue // it was defined in the meantime
		case g.Kind == team.Missing:
			if arg, ok := reply.EncodeText(g.Word); ok {
				r.Menu.Options = append(r.Menu.Options, reply.NewButton(name, reply.TeamAdd, arg))
			}
		case !known:
			continue // the term was deleted
		default:
			name = t.DisplayName(c.Lang)
		}
		if !team.IsID(g.Word) {
			report = append(report, fmt.Sprintf("- %s: %s (%s) ×%d", g.Kind, name, g.Lang, g.Count))
		}
		if l := lists[g.Kind]; l != nil {
			l.Items = append(l.Items, fmt.Sprintf("%s (%s) ×%d", name, g.Lang, g.Count))
		}
	}
	for _, kind := range []team.GapKind{team.Missing, team.Unclear, team.Forgotten} {
		if len(lists[kind].Items) > 0 {
			r.Blocks = append(r.Blocks, *lists[kind])
		}
	}
	if len(r.Blocks) == 0 {
		return c.say(c.texts.NoGaps), nil
	}
	if len(r.Menu.Options) == 0 {
		r.Menu = reply.Menu{}
	}
	if address := c.issue(report); address != "" {
		r.Blocks = append(r.Blocks, reply.Paragraph{Link: reply.Link{Label: c.texts.ReportUpstream, URL: address}})
	}
	r.Blocks = append(r.Blocks, reply.Note{Text: c.texts.GapsNote})
	return r, nil
}

// maxIssue is the maximum length of a prefilled issue's body, in bytes. Browsers and GitHub
// accept URLs of about 8,000 characters, and URL encoding may triple a byte.
const maxIssue = 1500

// issue returns the URL that opens a new issue in the project, prefilled with a report. It returns
// "" if there is nothing to report or if no project accepts reports.
func (c *exchange) issue(report []string) string {
	if c.upstream == "" || len(report) == 0 {
		return ""
	}
	body := strings.Join(report, "\n")
	for len(body) > maxIssue {
		report = report[:len(report)-1]
		body = strings.Join(report, "\n")
	}
	return strings.TrimSuffix(c.upstream, "/") + "/issues/new?" + url.Values{"title": {wording.TeamIn(glossary.English).IssueTitle}, "body": {body}}.Encode()
}

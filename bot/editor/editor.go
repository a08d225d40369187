// Package editor conducts the conversation about a team's terms: it opens the forms, asks the
// reviewers for decisions, and answers button clicks. Package team decides what is allowed, and
// this package writes the messages.
//
// [Editor.Form] returns the form to open. [Editor.Press] answers submitted forms, commands and
// clicks on all other buttons. A click is answered from the button's ID and the store alone, so a
// proposal can be decided after a restart and on another replica.
package editor

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/bot/team/overlay"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// A Poster sends messages in a tenant.
type Poster interface {
	// Post posts a message in a channel and returns its reference, for Edit.
	Post(ctx context.Context, t team.Tenant, channel string, r reply.Reply) (ref string, err error)
	// Edit replaces a message.
	Edit(ctx context.Context, t team.Tenant, ref string, r reply.Reply) error
	// Tell sends a direct message to a user.
	Tell(ctx context.Context, t team.Tenant, user string, r reply.Reply) error
}

// An Editor lets people propose, review and look after a team's terms. It is safe for concurrent
// use.
type Editor struct {
	store   team.Store
	terms   *overlay.Cache
	poster  Poster
	log     *slog.Logger
	now     func() time.Time
	entered *lru.Cache[string, entered]

	upstream string
}

// An entered is a submitted form that contains mistakes, with the values entered.
type entered struct {
	who  team.Member
	form reply.Form
}

// maxEntered is the maximum number of forms with mistakes that are kept, so that their authors
// can correct them.
const maxEntered = 1000

// Options configure an Editor. Store, Terms and Poster are required.
type Options struct {
	Store  team.Store
	Terms  *overlay.Cache
	Poster Poster
	// Upstream is the URL of the project that accepts reports, such as
	// https://github.com/OWNER/NAME. It is "" if there is no such project.
	Upstream string
	Log      *slog.Logger     // the default is [slog.Default]
	Now      func() time.Time // the default is [time.Now]
}

// New returns an editor.
func New(o Options) *Editor {
	e := &Editor{store: o.Store, terms: o.Terms, poster: o.Poster, log: o.Log, now: o.Now, upstream: o.Upstream}
	e.entered, _ = lru.New[string, entered](maxEntered) // fails only for a size below 1
	if e.log == nil {
		e.log = slog.Default()
	}
	if e.now == nil {
		e.now = time.Now
	}
	return e
}

// A Person is the person who typed the command or clicked the button.
type Person struct {
	team.Member
	Name string // the display name; "" if unknown
	Lang glossary.Lang
	// Directory looks up the tenant's people. It is nil on platforms without forms.
	Directory team.Directory
	// View contains the terms that the person sees.
	View overlay.View
}

// An exchange is one request while it is being answered.
type exchange struct {
	*Editor
	Person
	texts *wording.Team // the texts in Lang
}

func (e *Editor) exchange(p Person) *exchange { return &exchange{e, p, wording.TeamIn(p.Lang)} }

// The errors for which finish has specific replies.
var (
	errStale       = errors.New("the button no longer works")
	errNotReviewer = errors.New("not a reviewer")
	errNotAdmin    = errors.New("not an administrator")
)

// finish completes a reply. If err is not nil, it returns a reply that explains the error. finish
// also logs errors that are not the person's mistake.
func (c *exchange) finish(r reply.Reply, err error) reply.Reply {
	said := ""
	switch {
	case err == nil:
	case errors.Is(err, errStale):
		said = wording.In(c.Lang).Stale
	case errors.Is(err, errNotReviewer):
		said = c.texts.NotReviewer
	case errors.Is(err, errNotAdmin):
		said = c.texts.NotAdmin
	case errors.Is(err, team.ErrOwnProposal):
		said = c.texts.OwnProposal
	case errors.Is(err, team.ErrChanged):
		said = c.texts.OtherText
	case errors.Is(err, team.ErrFull):
		said = c.texts.Full(team.MaxTerms)
	case errors.Is(err, team.ErrTooManyProposals):
		said = c.texts.TooMany(team.MaxPending)
	default:
		c.log.Error("cannot change team terms", "platform", c.Platform, "error", err)
		said = wording.In(c.Lang).ChangeFailed
	}
	if err != nil {
		r = c.say(said)
	}
	r.Kind = reply.KindTeam
	if r.Lang == "" {
		r.Lang = c.Lang
	}
	return r
}

// say returns an ephemeral reply with one paragraph.
func (c *exchange) say(text string, buttons ...reply.Button) reply.Reply {
	return reply.Reply{Blocks: []reply.Block{reply.Paragraph{Text: text}}, Buttons: buttons, Ephemeral: true}
}

// reload makes a change to the tenant's terms visible on this replica immediately. The other
// replicas notice that the version has changed.
func (c *exchange) reload(ctx context.Context) {
	if _, err := c.terms.Reload(ctx, c.Tenant); err != nil {
		c.log.Warn("cannot read team terms", "platform", c.Platform, "error", err)
	}
}

// Forget removes a person's ID from everything that is stored about a team's terms, but keeps the
// texts. For a person without a tenant, it does so in all tenants of the platform.
func (e *Editor) Forget(ctx context.Context, m team.Member) error { return e.store.Forget(ctx, m) }

// newID returns a unique ID for a proposal.
func newID() string { return rand.Text()[:16] }

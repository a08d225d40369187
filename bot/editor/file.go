package editor

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"path"
	"strconv"
	"strings"
	"time"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
)

const (
	// maxRows is the maximum number of rows of each kind that a reply lists.
	maxRows = 10
	// maxConflict is the maximum length of a conflict's description in a reply, in characters.
	maxConflict = 300
	// importTimeout is how long reading and changing 5,000 terms may take. It is longer than the
	// deadline of a request, so adapters acknowledge the request first, and reply later.
	importTimeout = 15 * time.Second
)

// IsTerms reports whether a file is a CSV file with terms: its header has a name and a summary.
func IsTerms(name, text string) bool {
	if strings.ToLower(path.Ext(name)) != ".csv" {
		return false
	}
	header, _, _ := strings.Cut(strings.TrimPrefix(text, "\ufeff"), "\n")
	in := csv.NewReader(strings.NewReader(strings.NewReplacer(";", ",", "\t", ",").Replace(header)))
	columns, err := in.Read()
	has := func(prefix string) bool {
		for _, c := range columns {
			if c = strings.ToLower(strings.TrimSpace(c)); c == prefix+"_en" || c == prefix+"_ja" {
				return true
			}
		}
		return false
	}
	return err == nil && has("name") && has("summary")
}

// File shows a reviewer what a CSV file with terms would change, with a button that makes the
// changes.
func (e *Editor) File(ctx context.Context, p Person, text string) reply.Reply {
	c := e.exchange(p)
	switch {
	case !c.HasTerms():
		return c.finish(c.say(c.texts.NoTenant), nil)
	case c.Directory == nil: // a message, on a platform where only commands say who may review
		return c.finish(c.say(c.texts.ImportMenu), nil)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), importTimeout)
	defer cancel()
	if _, err := c.checkReviewer(ctx); err != nil {
		return c.finish(reply.Reply{}, err)
	}
	r, changes, err := c.plan(ctx, text)
	if err != nil || len(changes) == 0 {
		return c.finish(r, err)
	}
	id := newID()
	if err := e.store.PutFile(ctx, c.Tenant, id, text, c.now()); err != nil {
		return c.finish(reply.Reply{}, err)
	}
	return c.finish(c.offerImport(r, id, changes), nil)
}

// offerImport adds an Import button to the reply that shows what a file would change.
func (c *exchange) offerImport(r reply.Reply, id string, changes []team.Revision) reply.Reply {
	b := reply.NewButton(c.texts.Import, reply.TeamImport, id, digest(changes))
	b.Primary = true
	r.Blocks, r.Buttons = append(r.Blocks, reply.Note{Text: c.texts.ImportNext}), []reply.Button{b}
	return r
}

// digest returns a hash of the revisions that a file would change.
func digest(changes []team.Revision) string {
	h := fnv.New64a()
	for _, r := range changes {
		fmt.Fprintf(h, "%s %d\n", r.Term, r.Number) // never fails
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// plan returns what a file would change, as a reply and as revisions. It returns no revisions if a
// row is in conflict.
func (c *exchange) plan(ctx context.Context, text string) (reply.Reply, []team.Revision, error) {
	now, err := c.store.Terms(ctx, c.Tenant)
	if err != nil {
		return reply.Reply{}, nil, err
	}
	plan, changes, err := team.Import(strings.NewReader(text), now, team.Numbers(ctx, c.store, c.Tenant), c.now())
	switch {
	case plan == nil: // the file cannot be read
		return c.say(c.texts.Problem(err.Error()) + "\n" + c.texts.NoCells), nil, nil
	case err != nil:
		return reply.Reply{}, nil, err
	}
	r := c.say(c.texts.ImportPlan(len(plan.New), len(plan.Changed), plan.Same, len(plan.Conflicts)))
	names := make(map[string]string)
	for i := range changes {
		changes[i].Approver = c.User
		e := team.Entry{Term: changes[i].Term, Category: changes[i].Category, Data: changes[i].Data}
		if t, ok := termOf(e); ok {
			names[e.Path()] = reply.Quote(t.DisplayName(c.Lang))
		}
	}
	list := func(heading string, lines []string) {
		l := reply.List{Heading: heading}
		for _, line := range lines[:min(len(lines), maxRows)] {
			file, columns, _ := strings.Cut(line, ": ")
			if heading == c.texts.Conflicts {
				text := []rune(c.texts.Problem(strings.Join(strings.Fields(line), " ")))
				l.Items = append(l.Items, string(text[:min(len(text), maxConflict)]))
			} else if name := cmp.Or(names[file], file); columns == "" {
				l.Items = append(l.Items, name)
			} else {
				l.Items = append(l.Items, name+" ("+columns+")")
			}
		}
		if more := len(lines) - maxRows; more > 0 {
			l.Items = append(l.Items, c.texts.More(more))
		}
		if len(l.Items) > 0 {
			r.Blocks = append(r.Blocks, l)
		}
	}
	if list(c.texts.Conflicts, plan.Conflicts); len(plan.Conflicts) > 0 {
		r.Blocks = append(r.Blocks, reply.Note{Text: c.texts.NoCells})
		return r, nil, nil
	}
	list(c.texts.Added, plan.New)
	list(c.texts.Changed, plan.Changed)
	return r, changes, nil
}

// importFile imports the whole file, or nothing if the file would no longer make the changes that
// were shown.
func (c *exchange) importFile(ctx context.Context, a reply.Action, _ map[string][]string) (reply.Reply, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), importTimeout)
	defer cancel()
	if _, err := c.checkReviewer(ctx); err != nil {
		return reply.Reply{}, err
	}
	text, ok, err := c.store.File(ctx, c.Tenant, a.Arg(0))
	switch {
	case err != nil:
		return reply.Reply{}, err
	case !ok:
		return reply.Reply{}, errStale
	}
	r, changes, err := c.plan(ctx, text)
	if err != nil || len(changes) == 0 {
		return r, err
	}
	if digest(changes) != a.Arg(1) {
		r = c.offerImport(r, a.Arg(0), changes)
		r.Blocks = append([]reply.Block{reply.Paragraph{Bold: c.texts.ImportChanged}}, r.Blocks...)
		return r, nil
	}
	if err := c.store.Commit(ctx, c.Tenant, changes); err != nil {
		return reply.Reply{}, err
	}
	c.reload(ctx)
	r = c.say(c.texts.Imported(len(changes)))
	r.ReplaceOriginal = true
	return r, nil
}

package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/paste"
	"k8sbot/glossary/search"
)

const (
	// maxTroubles is how many troubles of a paste are explained; further ones are only
	// named.
	maxTroubles = 5
	// maxObjects is how many objects are named with a trouble.
	maxObjects = 5
	// maxNamed is how many terms are named without an explanation.
	maxNamed = 8
	// maxPasteSteps is how many commands all troubles of a paste have together.
	maxPasteSteps = 4
	// scanTimeout is how long a paste is read. It leaves time for the reply.
	scanTimeout = 1500 * time.Millisecond
)

// pasteReply says what is wrong in a paste, the worst first, and reports false if the
// paste has nothing that the bot understands.
func (c *exchange) pasteReply(ctx context.Context, text string) (Reply, bool) {
	ctx, cancel := context.WithTimeout(ctx, scanTimeout)
	defer cancel()
	d := c.diagnose.Diagnose(ctx, text)
	if d.Read < len(text) && ctx.Err() != nil {
		c.part.scanned, c.part.timedOut = d.Read, true
	}
	r := Reply{Kind: KindExplain, Diagnosis: &d}
	if len(d.Troubles) == 0 {
		return c.calmReply(r, &d)
	}
	r.Blocks = append(r.Blocks, Paragraph{Text: c.headline(&d)})
	var rest []string
	steps := 0
	for i := range d.Troubles {
		t := &d.Troubles[i]
		for _, f := range append([]diagnose.Finding{t.Finding}, t.Symptoms...) {
			if f.Term != nil {
				r.Matches = append(r.Matches, Match{Match: search.Match{Term: f.Term, Score: 1, How: search.Scanned}, Objects: f.Objects})
			}
		}
		if i >= maxTroubles {
			rest = append(rest, c.troubleName(&t.Finding))
			continue
		}
		e := c.trouble(t)
		keep := 1
		if len(d.Troubles) == 1 {
			keep = 2
		}
		keep = min(keep, max(1, maxPasteSteps-steps))
		e.Commands = e.Commands[:min(len(e.Commands), keep)]
		steps += len(e.Commands)
		r.Blocks = append(r.Blocks, e)
		if t.Term != nil {
			r.Buttons = append(r.Buttons, button(t.Term.DisplayName(c.lang), actTerm, t.Term.ID))
		}
	}
	if len(rest) > 0 {
		r.Blocks = append(r.Blocks, Note{c.msg.alsoFound + c.names(rest)})
	}
	r.Blocks = append(r.Blocks, c.leftOver(&d)...)
	return r, true
}

// calmReply is the reply to a paste in which nothing is known to be wrong.
func (c *exchange) calmReply(r Reply, d *diagnose.Diagnosis) (Reply, bool) {
	switch {
	case len(d.Unread) > 0 && d.Output:
		r.Blocks = append(r.Blocks, Paragraph{Text: c.msg.cannotTell(len(d.Unread), firstUnread(d))})
	case len(d.Over) > 0:
		r.Blocks = append(r.Blocks, c.leftOver(d)...)
	case d.IsHealthy() && !c.part.exists():
		r.Blocks = append(r.Blocks, Paragraph{Text: c.msg.looksHealthy(d.Healthy)})
		if waiting := c.normal(d, glossary.Transient); len(waiting) > 0 {
			r.Blocks = append(r.Blocks, Note{c.msg.stillWaiting(c.names(waiting))})
		}
	case d.Output && d.Healthy > 0:
		r.Blocks = append(r.Blocks, Paragraph{Text: c.msg.partHealthy})
	case len(d.Normal) > 0:
	default:
		return Reply{}, false
	}
	for i, f := range d.Normal {
		if f.Term == nil {
			continue
		}
		r.Matches = append(r.Matches, Match{Match: search.Match{Term: f.Term, Score: 1, How: search.Scanned}, Objects: f.Objects})
		if i < maxTroubles && !d.IsHealthy() && len(d.Unread) == 0 {
			e := c.entry(f.Term)
			e.Severity = f.Severity
			e.Text = f.Sentence(c.lang)
			e.Objects = c.objects(f.Objects)
			r.Blocks = append(r.Blocks, e)
			r.Buttons = append(r.Buttons, button(f.Term.DisplayName(c.lang), actTerm, f.Term.ID))
		}
	}
	return r, true
}

// normal returns the names of the normal findings of a severity.
func (c *exchange) normal(d *diagnose.Diagnosis, s glossary.Severity) []string {
	var names []string
	for _, f := range d.Normal {
		if f.Severity == s && f.Term != nil {
			names = append(names, f.Term.DisplayName(c.lang))
		}
	}
	return names
}

// leftOver returns notes on what is over and on the lines that were not read.
func (c *exchange) leftOver(d *diagnose.Diagnosis) []Block {
	var blocks []Block
	if len(d.Over) > 0 {
		var names []string
		for _, f := range d.Over {
			if f.Term != nil {
				names = append(names, f.Term.DisplayName(c.lang))
			}
		}
		if len(names) > 0 {
			blocks = append(blocks, Note{c.msg.isOver(c.names(names))})
		}
	}
	if n := len(d.Unread); n > 0 && len(d.Troubles) > 0 {
		blocks = append(blocks, Note{c.msg.unreadLines(n, firstUnread(d))})
	}
	return blocks
}

// firstUnread returns the first line that was not read.
func firstUnread(d *diagnose.Diagnosis) string {
	o := d.Unread[0]
	s := o.Message
	if s == "" {
		for _, cell := range o.Cells {
			s += cell.Value + " "
		}
	}
	if s == "" {
		s = strings.TrimSpace(o.Field + " " + o.Value + " " + o.Reason)
	}
	return cutText(strings.TrimSpace(s), 120)
}

func cutText(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// headline says how much is wrong: "2 failures, 1 warning · 6 Pods in shop".
func (c *exchange) headline(d *diagnose.Diagnosis) string {
	failures, warnings := 0, 0
	objects := make(map[paste.Object]bool)
	kinds, namespaces := make(map[string]bool), make(map[string]bool)
	for _, t := range d.Troubles {
		if t.Severity == glossary.Failure {
			failures++
		} else {
			warnings++
		}
		for _, o := range t.Objects {
			objects[o.Whole()] = true
			kinds[o.Kind] = true
			namespaces[o.Namespace] = true
		}
	}
	parts := []string{c.msg.troubleCount(failures, warnings)}
	if len(objects) > 0 {
		kind, namespace := "", ""
		if len(kinds) == 1 {
			for k := range kinds {
				kind = c.kindName(k)
			}
		}
		if len(namespaces) == 1 {
			for n := range namespaces {
				namespace = n
			}
		}
		parts = append(parts, c.msg.objectCount(len(objects), kind, namespace))
	}
	return strings.Join(parts, " · ")
}

// kindName returns the name of a kind as Kubernetes spells it.
func (c *exchange) kindName(kind string) string {
	if t := c.diagnose.Kind(kind); t != nil {
		return t.Name.EN
	}
	return kind
}

// troubleName returns the name of a finding: that of its term, else what the paste calls
// it.
func (c *exchange) troubleName(f *diagnose.Finding) string {
	if f.Term != nil {
		return f.Term.DisplayName(c.lang)
	}
	return cmp.Or(f.Name, c.msg.unknownError)
}

// trouble explains one trouble, with the commands to run next.
func (c *exchange) trouble(t *diagnose.Trouble) Entry {
	e := Entry{Name: c.troubleName(&t.Finding), Severity: t.Severity, Objects: c.objects(t.Objects), Fact: t.Fact}
	switch {
	case t.Name != "":
		e.Text = c.msg.notAsItShould
	case t.Term == nil:
		e.Text = c.msg.noEntry(t.From)
	default:
		e.Text = t.Sentence(c.lang)
	}
	var others []string
	for i := range t.Symptoms {
		if s := &t.Symptoms[i]; s.Term != t.Term {
			others = append(others, c.troubleName(s))
		}
	}
	if others = slices.Compact(others); len(others) > 0 {
		e.Text = glossary.JoinSentences(c.lang, e.Text, c.msg.togetherWith(c.names(others)))
	}
	for _, cmd := range t.Commands {
		e.Commands = append(e.Commands, Step{Run: cmd.Run, Note: cmd.Note.In(c.lang)})
	}
	return e
}

// objects names objects. If there are too many, it says how many it left out.
func (c *exchange) objects(all []paste.Object) []string {
	var names []string
	for i, o := range all {
		if i == maxObjects {
			return append(names, c.msg.moreObjects(len(all)-maxObjects))
		}
		names = append(names, o.String())
	}
	return names
}

// names joins names. If there are too many, it says how many it left out.
func (c *exchange) names(names []string) string {
	if n := len(names) - maxNamed; n > 0 {
		names = append(slices.Clone(names[:maxNamed]), c.msg.moreObjects(n))
	}
	return strings.Join(names, c.msg.comma)
}

// count returns a number with its noun: "1 failure", "2 failures".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

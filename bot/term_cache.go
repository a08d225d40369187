package bot

import (
	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// An answerKey identifies an answer about one term.
type answerKey struct {
	term string
	lang glossary.Lang
	form answer.TermForm
}

// termReply returns the answer about one term, in its short or long form. The answers about
// built-in terms are cached, since people often ask about the same terms.
func (c *exchange) termReply(m reply.Match, long bool) reply.Reply {
	share := c.isPrivate()
	r := c.builtReply(m, answer.TermForm{Long: long, Share: share, Thread: share && c.Thread != "", Remember: c.remembers() && !m.Term.Draft})
	return c.offerSuggestion(r, m.Term)
}

// builtReply returns the answer about one term in the given form. It caches the answer if the
// term is built-in.
func (c *exchange) builtReply(m reply.Match, form answer.TermForm) reply.Reply {
	if !c.view.IsShared(m.Term) { // another tenant may have a term with this ID
		form.Share = form.Share && !m.Term.Draft
		r := answer.Term(c.glossary, c.lang, m.Term, form)
		r.Matches, r.CacheKey = []reply.Match{m}, ""
		return r
	}
	key := answerKey{m.Term.ID, c.lang, form}
	built, ok := c.explanations.Load(key)
	if !ok {
		built, _ = c.explanations.LoadOrStore(key, answer.WithPage(answer.Term(c.glossary, c.lang, m.Term, key.form), c.lang, m.Term, c.pageURL))
	}
	r := built.(reply.Reply)
	r.Matches = []reply.Match{m}
	return r
}

package glossary

import (
	"slices"
	"strings"
)

// Extend returns a copy of a term with the additions of an extension.
func (t *Term) Extend(e *Extension) *Term {
	out := *t
	out.Aliases = slices.Concat(t.Aliases, e.Aliases)
	out.Seen = slices.Concat(t.Seen, e.Seen)
	old := t.Paraphrases.Text()
	out.Paraphrases = LongText{Inline: Text{EN: joinLines(old.EN, e.Paraphrases.EN), JA: joinLines(old.JA, e.Paraphrases.JA)}}
	if !e.Note.IsZero() || e.Runbook != "" || len(e.Checks) > 0 {
		out.Team = append(slices.Clip(t.Team), Addition{Note: e.Note, Runbook: e.Runbook, Checks: e.Checks})
	}
	return &out
}

func joinLines(a, b string) string {
	return strings.TrimSpace(strings.TrimSpace(a) + "\n" + strings.TrimSpace(b))
}

// owned returns a copy of a team's term, completed with the fields that a team may leave out: the
// name in both languages, the kind, and the tier.
func owned(t *Term) *Term {
	out := *t
	out.Own = true
	if out.Name.EN == "" {
		out.Name = Text{EN: t.Name.JA}
	}
	if len(out.Usages) == 0 {
		out.Usages = []Usage{{Kind: kindOf(t.Category)}}
	}
	if out.Tier == 0 {
		out.Tier = 2
	}
	return &out
}

// kindOf returns the default kind of a term in a category.
func kindOf(c Category) UsageKind {
	if c == "tools" {
		return Tool
	}
	return Concept
}

// IsIn reports whether the texts of a term are available in l. A team may have written them only in
// the other language. In that case, [Text.In] returns them in that language.
func (t *Term) IsIn(l Lang) bool {
	texts := append([]Text{t.Summary, t.Meaning.Inline, t.WatchOut}, t.Causes...)
	for _, c := range slices.Concat(t.Checks, t.Try) {
		texts = append(texts, Text{EN: c.EN, JA: c.JA})
	}
	for _, a := range t.Do {
		texts = append(texts, Text{EN: a.EN, JA: a.JA})
	}
	return !slices.ContainsFunc(texts, func(text Text) bool { return !text.IsZero() && !text.Has(l) })
}

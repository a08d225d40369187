package longtest

import (
	"slices"
	"testing"

	"k8sbot/glossary"
)

// step is the distance between two terms that Sample returns for no other reason, in the order of
// IDs. It is prime, so that it does not follow a pattern of the IDs.
const step = 13

// Sample returns the terms for a test that goes through all terms and does the same with each. If
// long tests are enabled, these are all terms. Otherwise they are some, in the same order: every
// 13th, the first with each property, such as a category or a severity, and those with the largest
// parts, such as the longest meaning. Sample logs how many it returns.
func Sample(tb testing.TB, all []*glossary.Term) []*glossary.Term {
	tb.Helper()
	if Enabled() {
		return all
	}
	chosen := sample(all)
	tb.Logf("SKIPPED-LONG: testing %d of %d terms: set %s=1", len(chosen), len(all), Variable)
	return chosen
}

func sample(all []*glossary.Term) []*glossary.Term {
	chosen := make(map[*glossary.Term]bool)
	properties := make(map[string]bool)
	largest := make(map[string]*glossary.Term)
	sizes := make(map[string]int)
	for i, t := range all {
		chosen[t] = i%step == 0
		for _, p := range propertiesOf(t) {
			if !properties[p] {
				properties[p], chosen[t] = true, true
			}
		}
		for part, size := range sizesOf(t) {
			if size > sizes[part] {
				sizes[part], largest[part] = size, t
			}
		}
	}
	for _, t := range largest {
		chosen[t] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(t *glossary.Term) bool { return !chosen[t] })
}

// propertiesOf returns what a term has in common with others that are shown in the same way. A
// field that most terms lack is a property, too.
func propertiesOf(t *glossary.Term) []string {
	properties := []string{"category " + string(t.Category), "severity " + string(t.Severity), "tier " + string(rune('0'+t.Tier))}
	for _, u := range t.Usages {
		properties = append(properties, "kind "+string(u.Kind), "severity "+string(t.Severity)+" of kind "+string(u.Kind))
	}
	for property, has := range map[string]bool{
		"task": t.IsTask(), "own": t.Own, "draft": t.Draft, "not asked": !t.IsAsked(), "team": len(t.Team) > 0, "several kinds": len(t.Usages) > 1,
		"name in Japanese": t.Name.JA != "", "reading": t.Reading != "", "furigana": t.Furigana != "", "stands for": t.StandsFor != "",
		"shares": len(t.Shares) > 0, "variants": len(t.Variants) > 0, "resource": t.Resource != nil, "cluster-scoped": t.Resource != nil && !t.Resource.Namespaced,
		"normal for": !t.NormalFor.IsZero(), "overdue after": t.OverdueAfter > 0, "versions": t.Versions != nil, "watch out": !t.WatchOut.IsZero(),
		"docs in Japanese": t.Docs.JA != "", "no docs": t.Docs.IsZero(), "no paraphrases": t.Paraphrases.IsZero(), "no seen": len(t.Seen) == 0,
	} {
		if has {
			properties = append(properties, property)
		}
	}
	return properties
}

// sizesOf returns the sizes of the parts of a term that a message may have to cut: texts in bytes,
// and lists in items and in bytes.
func sizesOf(t *glossary.Term) map[string]int {
	sizes := map[string]int{
		"aliases": len(t.Aliases), "kinds": len(t.Usages), "variants": len(t.Variants), "causes": len(t.Causes), "checks": len(t.Checks), "try": len(t.Try),
		"do": len(t.Do), "confused with": len(t.ConfusedWith), "related": len(t.Related), "seen": len(t.Seen), "ID": len(t.ID), "reading": len(t.Reading),
		"stands for": len(t.StandsFor),
	}
	text := func(part string, text glossary.Text) {
		for _, l := range glossary.Langs {
			n := len(text.In(l))
			sizes[part+" in "+string(l)] += n
			sizes["all in "+string(l)] += n
		}
	}
	commands := func(part string, list []glossary.Command) {
		for _, c := range list {
			sizes[part+" in bytes"] += len(c.Run)
			sizes["longest command"] = max(sizes["longest command"], len(c.Run))
			text("headings of "+part, c.Heading)
			text("notes of "+part, glossary.Text{EN: c.EN, JA: c.JA})
		}
	}
	text("name", t.Name)
	text("summary", t.Summary)
	text("meaning", t.Meaning.Text())
	text("normal for", t.NormalFor)
	text("watch out", t.WatchOut)
	text("docs", t.Docs)
	for _, c := range t.Causes {
		text("causes", c)
	}
	commands("checks", t.Checks)
	commands("try", t.Try)
	for _, a := range t.Do {
		commands("do", []glossary.Command{{Run: a.Run, EN: a.EN, JA: a.JA}})
	}
	for _, c := range t.ConfusedWith {
		text("differences", glossary.Text{EN: c.EN, JA: c.JA})
	}
	return sizes
}

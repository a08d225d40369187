package wording

import (
	"strings"

	"k8sbot/glossary"
)

// relatedBy says how one term is related to another. A and B stand for their names.
var relatedBy = map[glossary.Relation]glossary.Text{
	glossary.CauseOf:  {EN: "A can cause B.", JA: "AはBの原因になります。"},
	glossary.Owns:     {EN: "A manages B.", JA: "AはBを管理します。"},
	glossary.PartOf:   {EN: "A is part of B.", JA: "AはBの一部です。"},
	glossary.Selects:  {EN: "A selects B.", JA: "AはBを選択します。"},
	glossary.Uses:     {EN: "A uses B.", JA: "AはBを使います。"},
	glossary.Replaces: {EN: "A replaces B.", JA: "AはBを置き換えます。"},
}

// RelatedBy returns the sentence in l that says how a is related to b. It returns "" if the
// relation says nothing about a difference. name returns the name of a term in l.
func RelatedBy(l glossary.Lang, a *glossary.Term, r glossary.Relation, b *glossary.Term, name func(*glossary.Term) string) string {
	text, ok := relatedBy[r]
	if !ok {
		text, a, b = relatedBy[r.Inverse()], b, a
	}
	return strings.NewReplacer("A", withArticle(l, "A", a, name(a)), "B", withArticle(l, "a", b, name(b))).Replace(text.In(l))
}

// withArticle returns the name of t, which is in l. In English, it puts the given article before the
// name of a kind of object, and adds an n to the article if the name begins with a vowel.
func withArticle(l glossary.Lang, article string, t *glossary.Term, name string) string {
	if l != glossary.English || t.Resource == nil {
		return name
	}
	if strings.ContainsRune("AEIO", rune(name[0])) {
		article += "n"
	}
	return article + " " + name
}

// bySeverity says how severe one status is and, after a bar, how severe several are.
var bySeverity = map[glossary.Severity]glossary.Text{
	glossary.Failure:   {EN: "is a failure|are failures", JA: "障害"},
	glossary.Warning:   {EN: "is a warning|are warnings", JA: "注意"},
	glossary.Transient: {EN: "is normal for a while|are normal for a while", JA: "しばらくは正常"},
	glossary.Normal:    {EN: "is normal|are normal", JA: "正常"},
}

// WhatTheyAre returns the sentence in l that says how severe each term is, if all terms are statuses
// in one category, or to which category each term belongs. name returns the name of a term in l.
func WhatTheyAre(l glossary.Lang, terms []*glossary.Term, name func(*glossary.Term) string) string {
	parts := grouped(l, terms, name, func(t *glossary.Term) string {
		title := t.Category.Title(l)
		return glossary.Text{EN: "belongs to “" + title + "”|belong to “" + title + "”", JA: "「" + title + "」の用語"}.In(l)
	})
	if len(parts) == 1 && terms[0].IsStatus() {
		parts = grouped(l, terms, name, func(t *glossary.Term) string { return bySeverity[t.Severity].In(l) })
	}
	switch {
	case l == glossary.Japanese && len(parts) > 1:
		return strings.Join(parts, "、") + "です。"
	case l == glossary.Japanese:
		return parts[0] + "ですが、意味が違います。"
	case len(parts) > 1:
		return strings.Join(parts, "; ") + "."
	}
	return parts[0] + ", but they don't mean the same thing."
}

// grouped returns a clause in l for each group of terms for which property returns the same text.
// In English, that text contains the predicate for one term and, after a bar, the predicate for
// several terms.
func grouped(l glossary.Lang, terms []*glossary.Term, name, property func(*glossary.Term) string) []string {
	var clauses []string
	for i, t := range terms {
		text := property(t)
		var names []string
		isFirst := true
		for j, other := range terms {
			if property(other) == text {
				names = append(names, name(other))
				isFirst = isFirst && j >= i
			}
		}
		if !isFirst {
			continue
		}
		one, several, _ := strings.Cut(text, "|")
		switch {
		case l == glossary.Japanese:
			clauses = append(clauses, strings.Join(names, "と")+"は"+one)
		case len(names) == 1:
			clauses = append(clauses, names[0]+" "+one)
		default:
			clauses = append(clauses, and(names)+" "+several)
		}
	}
	return clauses
}

// and joins two or more parts of an English sentence: "A, B and C".
func and(parts []string) string {
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

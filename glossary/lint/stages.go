package lint

import (
	"k8sbot/glossary"
	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/lint/gates"
)

// ruleStages reports a term's wrong statements about the stages of its feature gate. It also
// reports statements about alpha and beta without a release, because these stages change between
// releases.
func ruleStages(_ *linter, s *subject) {
	var gate gates.Gate
	if v := s.term.Versions; v != nil && v.Gate != "" {
		var ok bool
		if gate, ok = gates.Get(v.Gate); !ok {
			s.reportAt("versions.gate", "Kubernetes has no feature gate %q: correct it, or add it to gates.tsv in lint/gates", v.Gate)
		}
	}
	for _, field := range []struct {
		name string
		text glossary.Text
	}{{"summary", s.term.Summary}, {"meaning", s.term.Meaning.Text()}} {
		for _, lang := range glossary.Langs {
			for _, sentence := range sentencesOnly(field.text, lang) {
				at := field.name + "." + string(lang)
				for _, wrong := range gate.Compare(sentence) {
					s.reportAt(at, "%s", wrong)
				}
				if found := stageClaim.FindString(sentence); found != "" && !release.MatchString(sentence) {
					s.reportAt(at, "%q does not name a release: add one, such as v1.36", found)
				}
			}
		}
	}
}

var (
	// stageClaim matches a statement that something is alpha or beta, but not the words alone.
	stageClaim = lazyregexp.New(`\b(?:is|are|was|were|remains?|still) (?:an? |still |both )?(?:alpha|beta)\b|\((?:alpha|beta)\b|(?:アルファ版|ベータ版)(?:です|で、|の機能)`)
	release    = lazyregexp.New(`\d+\.\d+`)
)

// ruleAliasSeverity reports an alias about a failure if the term is about something good, and
// an alias about a success if the term is a failure. The summary of the term would not fit the
// alias.
func ruleAliasSeverity(_ *linter, s *subject) {
	t := s.term
	for _, n := range t.AllNames() {
		switch {
		case n.IsName():
		case t.Severity == glossary.Normal && badNews.MatchString(n.Text):
			s.reportAt(n.Field, "%q says that something is wrong, but the term is %s: move it to the term for the failure", n.Text, t.Severity)
		case t.Severity == glossary.Failure && goodNews.MatchString(n.Text) && !negated.MatchString(n.Text) && !badNews.MatchString(n.Text):
			s.reportAt(n.Field, "%q says that something succeeded, but the term is a %s: move it to the term for the success", n.Text, t.Severity)
		}
	}
}

var (
	badNews  = lazyregexp.New(`(?i)\b(?:fail(?:ed|s|ure)?|error|denied|refused|unhealthy|timed out|cannot|could not|unable|exceeded|not (?:ready|found|available))\b|失敗|エラー|異常|拒否`)
	goodNews = lazyregexp.New(`(?i)\b(?:success(?:ful(?:ly)?)?|succeeded|healthy|is ready|completed)\b|成功|正常`)
	negated  = lazyregexp.New(`(?i)\b(?:no|not|never|without)\b|な[いし]|ません`)
)

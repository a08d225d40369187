package lint

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/lazyregexp"
)

func ruleUsages(l *linter, s *subject) {
	if len(s.term.Usages) == 0 && !s.team {
		s.reportAt("layers", "is missing: say what kind of term it is, such as \"- kind: concept\"")
	}
	for i, usage := range s.term.Usages {
		at := fmt.Sprintf("layers[%d]", i)
		if l.base == nil {
			for _, f := range []struct{ field, text string }{{".of", usage.Of}, {".set_by", usage.SetBy}} {
				for _, word := range glossary.UnknownUsageWords(f.text) {
					s.reportAt(at+f.field, "unknown name %q: correct it, or add it to usage.go, with its Japanese name unless it is a proper name", word)
				}
			}
		}
		if usage.Kind == "" {
			s.reportAt(at, "has no kind: use one of %s", strings.Join(glossary.UsageKind("").Values(), ", "))
		}
		if slices.Contains(glossary.StatusKinds, usage.Kind) || usage.Kind == glossary.Column {
			if usage.Of == "" {
				s.reportAt(at, "has no \"of\": name the object that has the %s", usage.Kind)
			}
			if usage.SetBy == "" {
				s.reportAt(at, "has no \"set_by\": name the component that sets the %s", usage.Kind)
			}
		}
	}
}

var groupPattern = lazyregexp.New(`^[a-z0-9]+([.-][a-z0-9]+)*$`)

func ruleResource(_ *linter, s *subject) {
	t := s.term
	switch {
	case t.HasUsage(glossary.ResourceKind) && t.Resource == nil:
		s.reportAt("resource", "is missing: copy plural, short_names, group and namespaced from kubectl api-resources")
	case !t.HasUsage(glossary.ResourceKind) && t.Resource != nil:
		s.reportAt("resource", "is only for the kind %q: add that kind to layers, or delete this field", glossary.ResourceKind)
	}
	r := t.Resource
	if r == nil {
		return
	}
	if !groupPattern.MatchString(r.Plural) {
		s.reportAt("resource.plural", "invalid plural %q: write it in lower case, as kubectl api-resources prints it", r.Plural)
	}
	if r.Group != "" && !groupPattern.MatchString(r.Group) {
		s.reportAt("resource.group", "invalid API group %q: write it without the version", r.Group)
	}
	if !s.file.Has("resource.namespaced") {
		s.reportAt("resource.namespaced", "is missing: write true or false")
	}
}

var versionPattern = lazyregexp.New(`^v1\.\d+$`)

func ruleVersions(_ *linter, s *subject) {
	v := s.term.Versions
	if v == nil {
		return
	}
	for _, f := range []struct{ field, text string }{
		{"versions.introduced", v.Introduced}, {"versions.deprecated", v.Deprecated}, {"versions.removed", v.Removed},
	} {
		if f.text != "" && !versionPattern.MatchString(f.text) {
			s.reportAt(f.field, "invalid Kubernetes release %q: write it as v1.30", f.text)
		}
	}
}

func ruleTier(_ *linter, s *subject) {
	if s.team && !s.file.Has("tier") {
		return
	}
	if s.term.Tier < 1 || s.term.Tier > 3 {
		s.reportAt("tier", "is missing or out of range: write 1 if everyone needs the term, 2 if people often need it, 3 if they rarely do")
	}
}

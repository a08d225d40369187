package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"k8sbot/glossary"
)

func ruleUsages(_ *linter, s *subject) {
	if len(s.term.Usages) == 0 {
		s.reportAt("layers", "is missing: tell what kind of word it is, as \"- kind: concept\"")
	}
	for i, usage := range s.term.Usages {
		at := fmt.Sprintf("layers[%d]", i)
		if usage.Kind == "" {
			s.reportAt(at, "has no kind: use one of %s", strings.Join(glossary.UsageKind("").Values(), ", "))
		}
		if slices.Contains(glossary.StatusKinds, usage.Kind) || usage.Kind == glossary.Column {
			if usage.Of == "" {
				s.reportAt(at, "has no \"of\": name the object that carries the %s", usage.Kind)
			}
			if usage.SetBy == "" {
				s.reportAt(at, "has no \"set_by\": name the component that writes the %s", usage.Kind)
			}
		}
	}
}

var groupPattern = regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)

func ruleResource(_ *linter, s *subject) {
	t := s.term
	switch {
	case t.HasUsage(glossary.ResourceKind) && t.Resource == nil:
		s.reportAt("resource", "is missing: write plural, short_names, group and namespaced as kubectl api-resources has them")
	case !t.HasUsage(glossary.ResourceKind) && t.Resource != nil:
		s.reportAt("resource", "belongs to the layer %q only: add that layer, or delete it", glossary.ResourceKind)
	}
	r := t.Resource
	if r == nil {
		return
	}
	if !groupPattern.MatchString(r.Plural) {
		s.reportAt("resource.plural", "%q is no plural as kubectl api-resources has it: use lower-case letters", r.Plural)
	}
	if r.Group != "" && !groupPattern.MatchString(r.Group) {
		s.reportAt("resource.group", "%q is no API group: write it without the version", r.Group)
	}
	if !s.file.Has("resource.namespaced") {
		s.reportAt("resource.namespaced", "is missing: write true or false")
	}
}

var versionPattern = regexp.MustCompile(`^v1\.\d+$`)

func ruleVersions(_ *linter, s *subject) {
	v := s.term.Versions
	if v == nil {
		return
	}
	for _, f := range []struct{ field, text string }{
		{"versions.introduced", v.Introduced}, {"versions.deprecated", v.Deprecated}, {"versions.removed", v.Removed},
	} {
		if f.text != "" && !versionPattern.MatchString(f.text) {
			s.reportAt(f.field, "%q is no release of Kubernetes: write it as v1.30", f.text)
		}
	}
}

func ruleTier(_ *linter, s *subject) {
	if s.term.Tier < 1 || s.term.Tier > 3 {
		s.reportAt("tier", "write 1 when everyone needs the term, 2 often, 3 rarely")
	}
}

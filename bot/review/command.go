package review

import (
	"slices"
	"strings"

	"k8sbot/glossary"
)

// A commandReader determines which resources a kubectl command reads. It maps each name of a
// resource, including the short names, to the resource's plural name.
type commandReader map[string]string

func newCommandReader(g *glossary.Glossary) commandReader {
	r := make(commandReader)
	for _, t := range g.All() {
		if t.Resource == nil {
			continue
		}
		r[strings.ToLower(t.Name.EN)] = t.Resource.Plural
		for _, name := range t.Resource.ShortNames {
			r[name] = t.Resource.Plural
		}
	}
	return r
}

// objects returns what a command inspects: the resources that it shows, or its verb if it shows
// none. Two commands that read the same resources may both be right answers. The result is nil
// for events, because they can be about anything.
func (r commandReader) objects(c glossary.Command) []string {
	words := strings.Fields(c.Run)
	if slices.ContainsFunc(words, func(w string) bool { return w == "POD" || strings.HasSuffix(w, "/POD") }) {
		return []string{"pods"}
	}
	if flag := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "-") }); flag >= 0 {
		words = words[:flag]
	}
	if len(words) < 2 || words[0] != "kubectl" || words[1] == "events" {
		return nil
	}
	verb := words[1]
	switch {
	case verb == "logs":
		return []string{"pods"}
	case verb != "get" && verb != "describe" && verb != "top" && verb != "explain":
		return []string{verb}
	case len(words) < 3:
		return nil
	}
	var objects []string
	for resource := range strings.SplitSeq(words[2], ",") {
		resource, _, _ = strings.Cut(resource, "/")
		resource, _, _ = strings.Cut(strings.ToLower(resource), ".")
		if plural, ok := r[resource]; ok {
			resource = plural
		}
		if resource == "events" {
			return nil
		}
		objects = append(objects, resource)
	}
	return objects
}

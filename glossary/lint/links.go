package lint

import (
	_ "embed"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"k8sbot/glossary"
)

//go:embed docpaths/en.txt
var docPathsEN string

//go:embed docpaths/ja.txt
var docPathsJA string

// docPaths are the pages of kubernetes.io, of its version v1.36.
var docPaths = sync.OnceValue(func() map[string]bool {
	paths := make(map[string]bool)
	for _, p := range strings.Fields(docPathsEN + "\n" + docPathsJA) {
		paths[p] = true
	}
	return paths
})

//go:embed sites.txt
var sitesText string

// sites are the pages of components that are projects of their own. Their terms may link
// there.
var sites = sync.OnceValue(func() []string { return strings.Fields(sitesText) })

func ruleDocs(l *linter, s *subject) {
	d := s.term.Docs
	if d.EN == "" {
		s.reportAt("docs.en", "is missing: link the page on kubernetes.io, or of the component's own project")
	}
	for _, lang := range glossary.Langs {
		link := d.In(lang)
		if link == "" {
			continue
		}
		if err := l.checkLink(link, lang); err != nil {
			s.reportAt("docs."+string(lang), "%v", err)
		}
	}
	if u, err := url.Parse(d.EN); err == nil && d.JA == "" && u.Host == "kubernetes.io" && docPaths()["/ja"+u.Path] {
		s.reportAt("docs.ja", "is missing: the Japanese page https://kubernetes.io/ja%s exists", u.Path)
	}
}

func (l *linter) checkLink(link string, lang glossary.Lang) error {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return fmt.Errorf("%q is no https link", link)
	}
	if u.Host != "kubernetes.io" {
		ours := slices.ContainsFunc(sites(), func(site string) bool { return strings.HasPrefix(link, site) })
		if l.base == nil && !ours {
			return fmt.Errorf("%q is neither on kubernetes.io nor the site of a component's own project: link one of these, or add the project to lint/sites.txt", link)
		}
		return nil
	}
	if isJA := strings.HasPrefix(u.Path, "/ja/"); isJA != (lang == glossary.Japanese) {
		return fmt.Errorf("%q is a page in the other language", link)
	}
	switch {
	case docPaths()[u.Path]:
		return nil
	case docPaths()[u.Path+"/"]:
		return fmt.Errorf("%q lacks the slash at the end of its path", link)
	default:
		return fmt.Errorf("there is no page %q on kubernetes.io (v1.36): see lint/docpaths/%s.txt", u.Path, lang)
	}
}

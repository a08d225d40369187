package lint

import (
	_ "embed"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/zipped"
)

//go:generate zopfli --i15 docpaths/en.txt docpaths/ja.txt sites.txt

//go:embed docpaths/en.txt.gz
var docPathsEN string

//go:embed docpaths/ja.txt.gz
var docPathsJA string

// docPaths contains the paths of all kubernetes.io pages for v1.36.
var docPaths = sync.OnceValue(func() map[string]bool {
	paths := make(map[string]bool)
	for _, p := range strings.Fields(zipped.Text(docPathsEN) + "\n" + zipped.Text(docPathsJA)) {
		paths[p] = true
	}
	return paths
})

// sitesText is sites.txt, compressed.
//
//go:embed sites.txt.gz
var sitesText string

// sites contains the URL prefixes of other projects' sites. Terms may link to these sites.
var sites = sync.OnceValue(func() []string { return strings.Fields(zipped.Text(sitesText)) })

func ruleDocs(l *linter, s *subject) {
	d := s.term.Docs
	if d.EN == "" && !s.team {
		s.reportAt("docs.en", "is missing: link to a page on kubernetes.io, or on the site of the component's own project")
	}
	for _, lang := range glossary.Langs {
		link := d.Only(lang)
		if link == "" {
			continue
		}
		if err := l.checkLink(link, lang); err != nil {
			s.reportAt("docs."+string(lang), "%v", err)
		}
	}
	if u, err := url.Parse(d.EN); err == nil && d.JA == "" && u.Host == "kubernetes.io" && docPaths()["/ja"+u.Path] {
		s.reportAt("docs.ja", "is missing: link to the Japanese page, https://kubernetes.io/ja%s", u.Path)
	}
}

// maxLink is the maximum number of characters in a link. Discord accepts 512 in a button
// (https://docs.discord.com/developers/components/reference#button).
const maxLink = 300

// notInLink reports whether a URL must not contain the character r (RFC 3986, section 2). A URL may
// contain the non-ASCII characters that browsers show in their address bar.
func notInLink(r rune) bool {
	return strings.ContainsRune("\"<>\\^`{|}", r) || !unicode.IsGraphic(r) || unicode.IsSpace(r)
}

// checkLink returns an error if a term may not contain the link in a field for lang.
func (l *linter) checkLink(link string, lang glossary.Lang) error {
	if n := utf8.RuneCountInString(link); n > maxLink {
		return fmt.Errorf("has %d characters, but the limit is %d: link to a shorter address", n, maxLink)
	}
	noAddress := fmt.Errorf("%q is not the address of a page: write one that starts with https:// or http://, without a user name", link)
	if l.base != nil && !strings.Contains(link, "://") {
		return noAddress
	}
	if i := strings.IndexFunc(link, notInLink); i >= 0 {
		r, _ := utf8.DecodeRuneInString(link[i:])
		return fmt.Errorf("%q contains %q: write it as %s", link, r, url.PathEscape(string(r)))
	}
	u, err := url.Parse(link)
	if l.base != nil && err == nil && u.Scheme == "http" && u.Host != "" && u.Host != "kubernetes.io" && u.User == nil {
		return nil // a page in an intranet
	}
	if l.base != nil && (err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil) {
		return noAddress
	}
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return fmt.Errorf("%q is not an https URL: write one that starts with https://", link)
	}
	if u.Host != "kubernetes.io" {
		ours := slices.ContainsFunc(sites(), func(site string) bool { return strings.HasPrefix(link, site) })
		if l.base == nil && !ours {
			return fmt.Errorf("%q is neither on kubernetes.io nor on the site of a component's own project: link to one of these, or add the project to lint/sites.txt", link)
		}
		return nil
	}
	if isJA := strings.HasPrefix(u.Path, "/ja/"); isJA != (lang == glossary.Japanese) {
		return fmt.Errorf("%q is a page in the other language: move the link to the other field", link)
	}
	switch {
	case docPaths()[u.Path]:
		return nil
	case docPaths()[u.Path+"/"]:
		return fmt.Errorf("%q has no slash at the end of its path: add it", link)
	default:
		return fmt.Errorf("kubernetes.io has no page %q (v1.36): choose one from lint/docpaths/%s.txt", u.Path, lang)
	}
}

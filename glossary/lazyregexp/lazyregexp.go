// Package lazyregexp compiles regular expressions in package variables on first use. Compiling
// all of them at startup took a fifth of the time until the first answer, although a run uses
// only a few. The Go commands use the same approach
// (https://github.com/golang/go/blob/master/src/internal/lazyregexp/lazyre.go).
package lazyregexp

import (
	"os"
	"regexp"
	"strings"
	"sync"
)

// A Regexp is a regular expression that is compiled when it is first used. Its methods are like
// those of [regexp.Regexp]. It is safe for concurrent use.
type Regexp struct {
	compiled func() *regexp.Regexp
}

// inTest is true in test binaries.
var inTest = len(os.Args) > 0 && strings.HasSuffix(strings.TrimSuffix(os.Args[0], ".exe"), ".test")

// New returns a regular expression. If expr is invalid, the first use panics; in tests, New panics.
func New(expr string) Regexp {
	r := Regexp{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
	if inTest {
		r.compiled()
	}
	return r
}

func (r Regexp) MatchString(s string) bool { return r.compiled().MatchString(s) }

func (r Regexp) FindString(s string) string { return r.compiled().FindString(s) }

func (r Regexp) FindStringIndex(s string) []int { return r.compiled().FindStringIndex(s) }

func (r Regexp) FindStringSubmatch(s string) []string { return r.compiled().FindStringSubmatch(s) }

func (r Regexp) FindStringSubmatchIndex(s string) []int {
	return r.compiled().FindStringSubmatchIndex(s)
}

func (r Regexp) FindAllString(s string, n int) []string { return r.compiled().FindAllString(s, n) }

func (r Regexp) FindAllStringIndex(s string, n int) [][]int {
	return r.compiled().FindAllStringIndex(s, n)
}

func (r Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return r.compiled().FindAllStringSubmatch(s, n)
}

func (r Regexp) ReplaceAllString(src, repl string) string {
	return r.compiled().ReplaceAllString(src, repl)
}

func (r Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return r.compiled().ReplaceAllStringFunc(src, repl)
}

func (r Regexp) Split(s string, n int) []string { return r.compiled().Split(s, n) }

func (r Regexp) ExpandString(dst []byte, template, src string, match []int) []byte {
	return r.compiled().ExpandString(dst, template, src, match)
}

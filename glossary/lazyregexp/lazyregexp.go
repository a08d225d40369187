// Package lazyregexp wraps package regexp for expressions in package variables that are matched
// against every line of the input.
//
// It compiles an expression on first use: compiling all expressions at startup took a fifth of the
// time until the first answer, although a run uses only a few of them. The Go commands do the same
// (https://github.com/golang/go/blob/master/src/internal/lazyregexp/lazyre.go). It also does not
// run an expression on a string that lacks the text that every match contains. Most lines lack that
// text.
package lazyregexp

import (
	"os"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"sync/atomic"
)

// A Regexp is a regular expression that is compiled when it is first used. Its methods are like
// those of [regexp.Regexp]. It is safe for concurrent use.
type Regexp struct{ *lazy }

type lazy struct {
	expr string
	once sync.Once
	done atomic.Pointer[compiled]
}

// compiled returns the compiled expression.
func (l *lazy) compiled() *compiled {
	if c := l.done.Load(); c != nil { // inlined, since most calls end here
		return c
	}
	return l.compile()
}

func (l *lazy) compile() *compiled {
	l.once.Do(func() { l.done.Store(&compiled{regexp.MustCompile(l.expr), newPrefilter(l.expr)}) })
	return l.done.Load()
}

type compiled struct {
	*regexp.Regexp
	*prefilter
}

// inTest is true in test binaries.
var inTest = len(os.Args) > 0 && strings.HasSuffix(strings.TrimSuffix(os.Args[0], ".exe"), ".test")

// New returns a regular expression. If expr is invalid, the first use panics; in tests, New panics.
func New(expr string) Regexp {
	if inTest {
		if _, err := syntax.Parse(expr, syntax.Perl); err != nil {
			panic("lazyregexp: " + err.Error())
		}
	}
	return Regexp{&lazy{expr: expr}}
}

// matching returns the compiled expression, or nil if it cannot match s.
func (r Regexp) matching(s string) *regexp.Regexp {
	c := r.compiled()
	if c.rejects(s) {
		return nil
	}
	return c.Regexp
}

func (r Regexp) MatchString(s string) bool {
	c := r.compiled()
	may, sure := c.check(s)
	return sure || may && c.Regexp.MatchString(s)
}

func (r Regexp) FindString(s string) string {
	if re := r.matching(s); re != nil {
		return re.FindString(s)
	}
	return ""
}

func (r Regexp) FindStringIndex(s string) []int {
	if re := r.matching(s); re != nil {
		return re.FindStringIndex(s)
	}
	return nil
}

func (r Regexp) FindStringSubmatch(s string) []string {
	if re := r.matching(s); re != nil {
		return re.FindStringSubmatch(s)
	}
	return nil
}

func (r Regexp) FindStringSubmatchIndex(s string) []int {
	if re := r.matching(s); re != nil {
		return re.FindStringSubmatchIndex(s)
	}
	return nil
}

func (r Regexp) FindAllString(s string, n int) []string {
	if re := r.matching(s); re != nil {
		return re.FindAllString(s, n)
	}
	return nil
}

func (r Regexp) FindAllStringIndex(s string, n int) [][]int {
	if re := r.matching(s); re != nil {
		return re.FindAllStringIndex(s, n)
	}
	return nil
}

func (r Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	if re := r.matching(s); re != nil {
		return re.FindAllStringSubmatch(s, n)
	}
	return nil
}

func (r Regexp) ReplaceAllString(src, repl string) string {
	if re := r.matching(src); re != nil {
		return re.ReplaceAllString(src, repl)
	}
	return src
}

func (r Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	if re := r.matching(src); re != nil {
		return re.ReplaceAllStringFunc(src, repl)
	}
	return src
}

func (r Regexp) Split(s string, n int) []string {
	if n != 0 && r.matching(s) == nil {
		return []string{s}
	}
	return r.compiled().Split(s, n)
}

func (r Regexp) ExpandString(dst []byte, template, src string, match []int) []byte {
	return r.compiled().ExpandString(dst, template, src, match)
}

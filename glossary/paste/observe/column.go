package observe

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"k8sbot/glossary/paste/lex"
)

//go:embed columns.tsv
var columnsFile string

// A columnRule says which values of a column are good, good for a while, and bad. The
// alternatives of each are divided by a bar:
//
//	word     the value itself, regardless of case
//	-        an empty value
//	n/n n/m  as many as wanted, or fewer
//	<COLUMN  a number below that of another column of the row; =COLUMN the same number
//	>0 >=90  a number above a bound, or from it on; a percentage too
//	*        any value that no other alternative matches
type columnRule struct{ good, waiting, bad []string }

// columnRules are the rules by kind and column, "pod STATUS".
var columnRules = readColumns(columnsFile)

// ruledKinds are the kinds that have rules: their other columns say nothing about health.
var ruledKinds = func() map[string]bool {
	kinds := make(map[string]bool)
	for _, f := range lex.Rows(columnsFile) {
		kinds[f[0]] = true
	}
	return kinds
}()

func readColumns(file string) map[string]columnRule {
	rules := make(map[string]columnRule)
	for _, f := range lex.Rows(file) {
		rules[f[0]+" "+f[1]] = columnRule{alternatives(f[2]), alternatives(f[3]), alternatives(f[4])}
	}
	return rules
}

func alternatives(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func (r columnRule) judge(o *Observation, value string) Verdict {
	for _, part := range []struct {
		alternatives []string
		verdict      Verdict
	}{{r.bad, Trouble}, {r.waiting, Waiting}, {r.good, Healthy}} {
		for _, a := range part.alternatives {
			if a != "*" && matches(o, a, value) {
				return part.verdict
			}
		}
	}
	switch {
	case slices.Contains(r.bad, "*"):
		return Trouble
	case slices.Contains(r.good, "*"):
		return Healthy
	}
	return Unjudged
}

func matches(o *Observation, alternative, value string) bool {
	switch {
	case alternative == "-":
		return value == ""
	case alternative == "n/n", alternative == "n/m":
		n, m, ok := ratio(value)
		return ok && (n >= m) == (alternative == "n/n")
	case alternative == "n/1":
		return strings.HasSuffix(value, "/1 of 1")
	case alternative[0] == '>':
		least, above := strings.CutPrefix(alternative[1:], "=")
		bound, _ := strconv.Atoi(least)
		n, err := strconv.Atoi(strings.TrimSuffix(value, "%"))
		return err == nil && (n > bound || above && n == bound)
	case alternative == "Init:n/m":
		_, _, ok := ratio(strings.TrimPrefix(value, "Init:"))
		return ok && strings.HasPrefix(value, "Init:")
	case len(alternative) > 1 && (alternative[0] == '<' && alternative[1] != 'n' && alternative[1] != 'p' && alternative[1] != 'u' || alternative[0] == '='):
		n, err := strconv.Atoi(value)
		m, err2 := strconv.Atoi(o.Cell(alternative[1:]))
		return err == nil && err2 == nil && (n < m) == (alternative[0] == '<')
	}
	if alternative == "<unknown>" {
		return strings.Contains(value, alternative)
	}
	return strings.EqualFold(alternative, value)
}

// ratio reads "2/3".
func ratio(s string) (n, m int, ok bool) {
	left, right, ok := strings.Cut(s, "/")
	if !ok {
		return 0, 0, false
	}
	n, err := strconv.Atoi(left)
	m, err2 := strconv.Atoi(right)
	return n, m, err == nil && err2 == nil
}

package observe

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/zipped"
)

// columnsFile is columns.tsv, compressed.
//
//go:generate gzip -9nkf columns.tsv
//go:embed columns.tsv.gz
var columnsFile string

// A columnRule says which values of a column are good, good for a while, or bad. Each of the
// three is a list of alternatives, which are separated by "|" in columns.tsv:
//
//	word     the value itself, regardless of case
//	-        an empty value
//	n/n n/m  a full ratio such as 3/3, or a partial ratio such as 1/3
//	<COLUMN  a number below that of another column of the row; =COLUMN for an equal number
//	>0 >=90  a number or percentage above 0, or of at least 90
//	*        any value that no other alternative matches
type columnRule struct{ good, waiting, bad []string }

// columnRules returns the rules, keyed by kind and column. They are read on first use.
var columnRules = sync.OnceValue(func() map[string]map[string]columnRule { return readColumns(zipped.Text(columnsFile)) })

func readColumns(file string) map[string]map[string]columnRule {
	rules := make(map[string]map[string]columnRule)
	for _, f := range lex.Rows(file) {
		if rules[f[0]] == nil {
			rules[f[0]] = make(map[string]columnRule)
		}
		rules[f[0]][f[1]] = columnRule{alternatives(f[2]), alternatives(f[3]), alternatives(f[4])}
	}
	return rules
}

// HasColumn reports whether the table of a kind has a column, or an object of the kind has a field
// that is judged like a column. For example, the REASON of a Pod occurs only in its manifest. If
// the columns of the kind are unknown, any known column counts.
func HasColumn(kind, column string) bool {
	if _, ok := columnRules()[kind][column]; ok && IsKind(kind) {
		return true
	}
	columns := ColumnsOf(kind)
	return slices.Contains(columns, column) || columns == nil && KnownKind(kind) && IsColumn(column)
}

// IsKind reports whether the reader knows a kind by its names or by rules for its columns. kind
// is in lower case and singular.
func IsKind(kind string) bool { return KnownKind(kind) || columnRules()[kind] != nil }

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
	}{{r.bad, Unhealthy}, {r.waiting, Waiting}, {r.good, Healthy}} {
		for _, a := range part.alternatives {
			if a != "*" && matches(o, a, value) {
				return part.verdict
			}
		}
	}
	switch {
	case slices.Contains(r.bad, "*"):
		return Unhealthy
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

// ratio parses "2/3".
func ratio(s string) (n, m int, ok bool) {
	left, right, ok := strings.Cut(s, "/")
	if !ok {
		return 0, 0, false
	}
	n, err := strconv.Atoi(left)
	m, err2 := strconv.Atoi(right)
	return n, m, err == nil && err2 == nil
}

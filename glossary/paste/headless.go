package paste

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	ratio    = regexp.MustCompile(`^(\d+)/(\d+)$`)
	count    = regexp.MustCompile(`^\d+$`)
	duration = regexp.MustCompile(`^(?:\d+[smhdy])+$`)
	ready    = regexp.MustCompile(`^(?:Ready|NotReady|Unknown)(?:,\w+)*$`)
	version  = regexp.MustCompile(`^v\d+\.\d+`)
)

// headlessRows reads the rows of tables of Pods and of nodes, which are known even
// without the head of the table, and where a chat has put them all on one line or
// broken them over several. It returns the text without the lines that it read, at
// their length. It stops reading if ctx ends.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go
func headlessRows(ctx context.Context, out *statements, text string) string {
	namespaced := strings.Contains(text, "NAMESPACE") // whether its tables have that column
	tokens := fieldsAt(text)
	left := []byte(text)
	done := 0    // the end of the last row
	blanked := 0 // left is blank from the first row up to here, or was read there
	for i := 1; i < len(tokens); i++ {
		if i%checkEvery == 0 && ctx.Err() != nil {
			break
		}
		var s Statement
		var n int // the tokens behind this one that belong to the row
		if m := ratio.FindStringSubmatch(tokens[i].text); m != nil {
			s, n = podRow(m, tokens[i+1:])
		} else if ready.MatchString(tokens[i].text) {
			s, n = nodeRow(tokens[i].text, tokens[i+1:])
		}
		if n == 0 {
			continue
		}
		from := i - 1
		s.Object.Name = tokens[from].text
		if namespaced && s.Object.Kind == "pod" && i > 1 && tokens[i-2].start >= done {
			from--
			s.Object.Namespace = tokens[from].text
		}
		s.Object = s.Object.valid()
		s.At = tokens[i].start
		out.emit(s)
		podNumbers(out, s, tokens[i:i+n+1])
		done = tokens[i+n].end
		if done > blanked {
			// The rest of the line holds addresses and names.
			end := len(text)
			if j := strings.IndexByte(text[done:], '\n'); j >= 0 {
				end = done + j
			}
			for j := max(blanked, tokens[from].start); j < end; j++ {
				if left[j] != '\n' {
					left[j] = ' '
				}
			}
			blanked = end
		}
		i += n
	}
	return string(left)
}

// podRow reads what follows READY in the row of a Pod, and returns how many tokens
// it takes, 0 where it is no such row.
func podRow(readiness []string, tokens []token) (Statement, int) {
	if len(tokens) < 3 || !statusWord.MatchString(tokens[0].text) || !count.MatchString(tokens[1].text) {
		return Statement{}, 0
	}
	n := 2
	if strings.HasPrefix(tokens[n].text, "(") && len(tokens) > n+2 && tokens[n+1].text == "ago)" {
		n += 2
	}
	if !duration.MatchString(tokens[n].text) {
		return Statement{}, 0
	}
	return Statement{
		Text: tokens[0].text, Whole: true, Object: Object{Kind: "pod"}, Age: parseAge(tokens[n].text),
	}, n + 1
}

// nodeRow reads what follows STATUS in the row of a node.
func nodeRow(status string, tokens []token) (Statement, int) {
	if len(tokens) < 3 || !duration.MatchString(tokens[1].text) || !version.MatchString(tokens[2].text) {
		return Statement{}, 0
	}
	return Statement{Text: status, Whole: true, Object: Object{Kind: "node"}, Age: parseAge(tokens[1].text)}, 3
}

// manyRestarts is the number from which restarts are worth a word, and
// lateRestart the time within which the last one is.
const (
	manyRestarts = 5
	lateRestart  = time.Hour
)

// podNumbers says what the numbers of a Pod's row tell where its status does not: that
// it runs and is not ready, or that its containers have ended again and again.
// row begins at READY.
func podNumbers(out *statements, s Statement, row []token) {
	if s.Object.Kind != "pod" || s.Text != "Running" {
		return
	}
	m := ratio.FindStringSubmatch(row[0].text)
	if m[1] != m[2] {
		s.Text = notReadyRow
		out.emit(s)
	}
	restarts, _ := strconv.Atoi(row[2].text)
	last := time.Duration(0)
	if strings.HasPrefix(row[3].text, "(") {
		last = parseAge(row[3].text[1:])
	}
	if restarts > 0 && last > 0 && last < lateRestart || restarts >= manyRestarts && last == 0 {
		s.Text = restartsRow
		out.emit(s)
	}
}

// A token is a run of a text without blanks.
type token struct {
	text       string
	start, end int
}

func fieldsAt(text string) []token {
	tokens := make([]token, 0, len(text)/6) // most have five characters or more
	for i := 0; i < len(text); {
		if isSpace(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && !isSpace(text[i]) {
			i++
		}
		tokens = append(tokens, token{text[start:i], start, i})
	}
	return tokens
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

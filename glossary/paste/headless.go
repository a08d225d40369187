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

// headlessRows reads rows of Pods and nodes. It recognizes them without a table header,
// and if a chat has joined them into one line or split them over several. It returns the
// text with the lines that it read replaced by spaces. It stops reading if ctx ends.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go
func headlessRows(ctx context.Context, out *statements, text string) string {
	namespaced := strings.Contains(text, "NAMESPACE") // whether tables have that column
	tokens := fieldsAt(text)
	left := []byte(text)
	done := 0    // the end of the last row
	blanked := 0 // end of the part of left that was read
	for i := 1; i < len(tokens); i++ {
		if i%checkEvery == 0 && ctx.Err() != nil {
			break
		}
		var s Statement
		var n int // the number of following tokens that belong to the row
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
			// The rest of the line has addresses and names.
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

// podRow reads what follows READY in the row of a Pod, and returns its number of tokens,
// or 0 if it is not such a row.
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

// Restarts are reported if there are manyRestarts, or if the last one was within
// recentRestart.
const (
	manyRestarts  = 5
	recentRestart = time.Hour
)

// podNumbers reports what the numbers in a Pod's row show but its status does not: that
// it runs but is not ready, or that its containers keep restarting. row begins at READY.
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
	if restarts > 0 && last > 0 && last < recentRestart || restarts >= manyRestarts && last == 0 {
		s.Text = restartsRow
		out.emit(s)
	}
}

// A token is a part of a text without white space.
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

package tools

import (
	"encoding/json"
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

var (
	// ansibleFailed matches the result of a task that failed on a host.
	ansibleFailed = lazyregexp.New(`^(?:fatal|failed): \[[^\]]*\](?:: | \(item=.*?\) )?(?:=> |: )?(?:FAILED!|UNREACHABLE!)? ?=> ?(\{.*)$`)
	// ansibleRecap matches the line about a host in the summary of a play.
	ansibleRecap = lazyregexp.New(`^\S+ +: ok=\d+ +changed=\d+ +unreachable=(\d+) +failed=(\d+)`)
	// ansibleDone matches headers and the results of tasks that succeeded.
	ansibleDone = lazyregexp.New(`^(?:TASK|PLAY|RUNNING HANDLER) \[.*\] \*+$|^PLAY RECAP \*+$|^(?:ok|changed|skipping|included): \[[^\]]*\]|^\.\.\.ignoring$`)
)

// readFailed reads the result of a task that failed.
// https://docs.ansible.com/ansible/latest/collections/ansible/builtin/default_callback.html
func readFailed(p *parse.Parser, lines []line.Line, s string) int {
	m := ansibleFailed.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	addError(p, "ansible", "", ansibleMessage(m[1]), ansibleObject(m[1]), lines[0].Number)
	return 1
}

// readRecap reads a line of the summary.
func readRecap(p *parse.Parser, lines []line.Line, s string) int {
	if i := strings.IndexByte(s, '='); i < 0 || !strings.HasSuffix(s[:i], ": ok") {
		return 0
	}
	m := ansibleRecap.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	if lex.Number(m[1])+lex.Number(m[2]) > 0 && !p.Failed() {
		addError(p, "ansible", "", s, observe.Object{}, lines[0].Number)
	} else {
		addProgress(p, "ansible", s, observe.Object{}, observe.Healthy, lines[0].Number)
	}
	return 1
}

// readDone reads a header, or the result of a task that succeeded.
func readDone(p *parse.Parser, lines []line.Line, s string) int {
	if !ansibleDone.MatchString(s) {
		return 0
	}
	addProgress(p, "ansible", s, observe.Object{}, observe.Healthy, lines[0].Number)
	return 1
}

// ansibleObject returns the object that the command of a failed task names.
func ansibleObject(result string) observe.Object {
	var r struct{ Cmd string }
	if json.Unmarshal([]byte(result), &r) == nil {
		if c := line.Command(r.Cmd); c != nil {
			return c.Object
		}
	}
	return observe.Object{}
}

// escapedQuote matches a quote inside a string that has been quoted one or more times.
var escapedQuote = lazyregexp.New(`\\+"`)

// ansibleMessage returns the message in the result of a failed task, or the result itself if there
// is no message. If the message of a Kubernetes module contains a Status from the API server,
// ansibleMessage replaces the Status with its message.
func ansibleMessage(result string) string {
	var r struct{ Msg, Stderr string }
	if json.Unmarshal([]byte(result), &r) != nil || r.Msg == "" {
		return result
	}
	message := r.Msg
	if r.Stderr != "" && (message == "non-zero return code" || strings.HasPrefix(message, "Command failed")) {
		message = r.Stderr
	}
	if _, status, ok := strings.Cut(message, `"message":"`); ok && strings.Contains(message, `"kind":"Status"`) {
		status = escapedQuote.ReplaceAllString(status, "\x00")
		if inner, _, ok := strings.Cut(status, `"`); ok {
			before, _, _ := strings.Cut(message, "b'{")
			return before + strings.ReplaceAll(inner, "\x00", `"`)
		}
	}
	return message
}

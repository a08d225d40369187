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

// readAnsible reads a line that ansible prints.
// https://docs.ansible.com/ansible/latest/collections/ansible/builtin/default_callback.html
func readAnsible(p *parse.Parser, lines []line.Line, s string) int {
	if !strings.ContainsAny(s, "[*=.") {
		return 0
	}
	number := lines[0].Number
	if m := ansibleFailed.FindStringSubmatch(s); m != nil {
		addError(p, "ansible", "", ansibleMessage(m[1]), observe.Object{}, number)
		return 1
	}
	if m := ansibleRecap.FindStringSubmatch(s); m != nil {
		if lex.Number(m[1])+lex.Number(m[2]) > 0 && !p.Failed() {
			addError(p, "ansible", "", s, observe.Object{}, number)
		} else {
			addProgress(p, "ansible", s, observe.Object{}, observe.Healthy, number)
		}
		return 1
	}
	if ansibleDone.MatchString(s) {
		addProgress(p, "ansible", s, observe.Object{}, observe.Healthy, number)
		return 1
	}
	return 0
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

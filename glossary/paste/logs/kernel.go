package logs

import (
	"strings"

	"k8sbot/glossary/paste/lex"
)

// kernelStarts are the beginnings of kernel messages that report a failure.
// https://github.com/torvalds/linux/blob/master/mm/oom_kill.c
var kernelStarts = []string{"Memory cgroup out of memory", "Out of memory: ", "oom-kill:", "nf_conntrack: table full", "nf_conntrack: nf_conntrack: table full", "watchdog: BUG", "BUG: ", "cgroup: fork rejected", "NVRM: Xid", "Kernel panic", "EXT4-fs error", "XFS (", "blk_update_request: I/O error", "Buffer I/O error", "INFO: task ", "INFO: rcu_"}

// kernelParts are substrings of kernel messages that report a failure.
var kernelParts = []string{"invoked oom-killer", "segfault at ", "Remounting filesystem read-only", "soft lockup", "hard LOCKUP", "I/O error", "general protection fault", "table full, dropping packet", "blocked for more than", "Killed process"}

// readKernel reads a kernel message: "[12345.678] msg" or "[Mon Mar 2 10:00:00 2026] msg" from
// dmesg, "kernel: msg" from a journal, or a message without a prefix that can only come from the
// kernel.
func (e *logEntry) readKernel(s string) bool {
	kernel := e.from == "kernel"
	if s[0] == '[' && !kernel {
		end := strings.IndexByte(s, ']')
		if end < 0 || end > 30 {
			return false
		}
		inside := strings.TrimLeft(s[1:end], " ")
		n := lex.Digits(inside)
		if !(n > 0 && n < len(inside) && inside[n] == '.' && n+1+lex.Digits(inside[n+1:]) == len(inside)) && !(len(inside) > 20 && weekdays[inside[:3]] && dateWord(inside[4:7]) == 3) {
			return false
		}
		kernel, s = true, strings.TrimLeft(s[end+1:], " ")
	} else if kernel && s[0] == '[' {
		if end := strings.IndexByte(s, ']'); end > 0 && end < 30 {
			s = strings.TrimLeft(s[end+1:], " ")
		}
	}
	if after, ok := strings.CutPrefix(s, "kernel: "); ok {
		kernel, s = true, after
	}
	bad := false
	if kernel || 'A' <= s[0] && s[0] <= 'Z' || s[0] == 'o' || s[0] == 'n' || s[0] == 'w' || s[0] == 'c' || s[0] == 'b' {
		for _, start := range kernelStarts {
			bad = bad || s != "" && s[0] == start[0] && strings.HasPrefix(s, start) && (kernel || start != "BUG: " && start != "XFS (" && start != "INFO: task ")
		}
	}
	if kernel {
		for _, part := range kernelParts {
			bad = bad || strings.Contains(s, part)
		}
	} else if !bad {
		bad = kernelAlone(s)
	}
	switch {
	case bad:
		e.level = "error"
	case strings.HasPrefix(s, "oom_reaper: "):
		e.level = "warning"
	case !kernel:
		return false
	default:
		e.level, e.vague = "info", true
	}
	e.from, e.message = "kernel", s
	return true
}

var weekdays = lex.Set("Mon|Tue|Wed|Thu|Fri|Sat|Sun")

// kernelAlone reports whether a line without a prefix is certainly a kernel message: "java
// invoked oom-killer: gfp_mask=…".
func kernelAlone(s string) bool {
	switch {
	case strings.IndexByte(s, '=') > 0 && strings.Contains(s, "invoked oom-killer: "):
		return strings.Contains(s, "gfp_mask=")
	case strings.IndexByte(s, ']') > 0 && strings.Contains(s, "]: segfault at "):
		return strings.Contains(s, " ip ")
	}
	return strings.HasPrefix(s, "EXT") && strings.Contains(s, "Remounting filesystem read-only")
}

// readAccess reads a line of an HTTP access log: 10.0.0.1 - - [02/Mar/2026:…] "GET / HTTP/1.1" 502
// 552. A status of 500 or above is a warning; client errors are not.
// https://httpd.apache.org/docs/current/logs.html#common
func (e *logEntry) readAccess(s string) bool {
	_, request, ok := strings.Cut(s, `] "`)
	if !ok {
		return false
	}
	request, rest, ok := strings.Cut(request, ` HTTP/`)
	_, status, ok2 := strings.Cut(rest, `" `)
	if !ok || !ok2 || strings.Contains(request, `"`) || lex.Digits(status) != 3 {
		return false
	}
	e.level, e.message, e.quiet = "info", s, true
	if status[0] == '5' {
		e.level = "warning"
	}
	return true
}

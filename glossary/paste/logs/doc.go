// Package logs reads the log lines of any program, such as Kubernetes components, controllers,
// proxies and the kernel, and the output of crashes. [Read] lists the formats.
//
//	time.go    timestamps
//	entry.go   an entry, its level, and the object that it is about
//	fields.go  key=value and JSON fields
//	prefix.go  the prefixes of an entry: Pod, time, host and program
//	form.go    klog, JSON, logfmt and systemd
//	kernel.go  kernel messages, and access logs
//	text.go    a level and free text, and errors of container runtimes
//	trace.go   stack traces, and multi-line entries
//	read.go    the reader
package logs

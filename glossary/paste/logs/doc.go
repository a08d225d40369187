// Package logs reads logs of any program: those of Kubernetes, its controllers, the kernel
// and proxies, and what programs print when they crash. [Read] lists the forms.
//
//	time.go    the times that loggers write
//	entry.go   an entry, its level, and the object that it is about
//	fields.go  fields of key=value and JSON
//	prefix.go  what stands before an entry: its Pod, time, host and program
//	form.go    klog, JSON, logfmt and systemd
//	kernel.go  the kernel, and access logs of proxies
//	text.go    a level and a text, and the messages of container runtimes
//	trace.go   stack traces, and entries over several lines
//	read.go    the reader
package logs

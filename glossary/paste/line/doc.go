// Package line splits pasted text into lines and strips the quote marks, colors and borders that
// chats and terminals add. It also distinguishes typed commands and prose from output.
//
//	encoding.go  UTF-16 and invalid UTF-8
//	clean.go     splitting into lines and stripping
//	traits.go    the kinds of bytes in a line
//	prose.go     lines that a person wrote
//	command.go   typed commands, which determine the kind, namespace and name of the output below
package line

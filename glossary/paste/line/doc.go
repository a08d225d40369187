// Package line turns a pasted text into lines: without the quote marks, colors and borders
// that chats and terminals put around them. It tells typed commands and the words of
// people from output.
//
//	encoding.go  UTF-16 and bytes that are not UTF-8
//	clean.go     lines without what is not part of the output
//	prose.go     whether a person wrote a line
//	command.go   typed commands, which say the kind, namespace and name of what follows
package line

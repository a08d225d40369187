package discord

import (
	"log/slog"
	"net/http"

	"k8sbot/bot/platform/textfile"
)

// fileHosts are the hosts of files that people attach
// (https://docs.discord.com/developers/reference#signed-attachment-cdn-urls).
var fileHosts = []string{"cdn.discordapp.com", "media.discordapp.net"}

// newFileReader returns a reader for files attached to messages. Their URLs are signed, so no
// token is sent. transport is nil except in tests.
func newFileReader(log *slog.Logger, transport http.RoundTripper) *textfile.Reader {
	return textfile.NewReader(textfile.Options{Hosts: fileHosts, Log: log, Transport: transport})
}

// files returns the files attached to a message and to the messages that it forwards.
func (m chatMessage) files() []textfile.File {
	files := filesOf(m.Attachments)
	for _, f := range m.Forwarded {
		files = append(files, f.Message.files()...)
	}
	return files
}

// filesOf converts attached files to the reader's type.
func filesOf(attached []attachedFile) []textfile.File {
	var files []textfile.File
	for _, f := range attached {
		files = append(files, textfile.File{Name: f.Filename, Type: f.ContentType, URL: f.URL})
	}
	return files
}

// uploaded returns the files uploaded in a modal.
func (i interaction) uploaded() []textfile.File {
	var files []attachedFile
	for _, id := range i.Data.Components.Uploaded() {
		if f, ok := i.Data.Resolved.Attachments[id]; ok {
			files = append(files, f)
		}
	}
	return filesOf(files)
}

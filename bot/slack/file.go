package slack

import (
	"cmp"
	"log/slog"
	"net/http"

	"k8sbot/bot/platform/textfile"
	"k8sbot/bot/slack/manifest"
)

// fileHosts are the hosts of files that people share in Slack. Files shared by an app such as
// Google Drive are on other hosts
// (https://docs.slack.dev/reference/objects/file-object#authentication).
var fileHosts = []string{"files.slack.com"}

// newFileReader returns a reader for files attached to messages. If the app lacks
// [manifest.FilesScope], Slack responds with its sign-in page
// (https://docs.slack.dev/reference/scopes/files.read). transport is nil except in tests.
func newFileReader(log *slog.Logger, transport http.RoundTripper) *textfile.Reader {
	return textfile.NewReader(textfile.Options{Hosts: fileHosts, Scope: manifest.FilesScope, Log: log, Transport: transport})
}

// A file is a file or a snippet attached to a message
// (https://docs.slack.dev/reference/objects/file-object).
type file struct {
	Name               string `json:"name"`
	Title              string `json:"title"`
	Mimetype           string `json:"mimetype"`
	URLPrivate         string `json:"url_private"`
	URLPrivateDownload string `json:"url_private_download"`
	// Preview is the beginning of a text file. It is empty in a channel that is shared with another
	// company: there, an event contains only the file's ID
	// (https://docs.slack.dev/apis/slack-connect/#check_file_info).
	Preview   string `json:"preview"`
	LinesMore int    `json:"lines_more"` // number of lines after the preview
	Truncated bool   `json:"preview_is_truncated"`
}

// filesOf converts Slack files to the reader's type.
func filesOf(shared []file) []textfile.File {
	var files []textfile.File
	for _, f := range shared {
		files = append(files, textfile.File{
			Name: cmp.Or(f.Name, f.Title), Type: f.Mimetype, URL: cmp.Or(f.URLPrivateDownload, f.URLPrivate),
			Preview: f.Preview, WholePreview: f.LinesMore == 0 && !f.Truncated,
		})
	}
	return files
}

// Package upload encodes messages with files for Discord's API.
package upload

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strings"

	"k8sbot/bot/discord/chart"
	"k8sbot/bot/reply"
)

// A Body is the body of an API call that sends files
// (https://docs.discord.com/developers/reference#uploading-files).
type Body struct {
	ContentType string
	Data        []byte
}

// A File is a file in a message.
type File struct {
	Name, Type string // Type is a media type
	Alt        string // describes a picture; "" for other files
	Data       []byte
}

// Files returns a reply's files, followed by a picture of the reply's first chart, if there is one.
func Files(r reply.Reply) []File {
	var files []File
	for _, f := range r.Files {
		files = append(files, File{Name: f.Name, Type: "text/plain; charset=utf-8", Data: []byte(f.Text)})
	}
	for _, b := range r.Blocks {
		if p, ok := b.(reply.Paragraph); ok && len(p.Chart) > 1 {
			return append(files, File{Name: "chart.png", Type: "image/png", Alt: percentages(p.Chart), Data: chart.Bars(p.Chart)})
		}
	}
	return files
}

// percentages formats shares for screen readers. The text is the same in all languages.
func percentages(shares []float64) string {
	texts := make([]string, len(shares))
	for i, s := range shares {
		texts[i] = fmt.Sprintf("%.0f %%", 100*s)
	}
	return strings.Join(texts, ", ")
}

// An Attachment describes a file in a message. It identifies the file by its index
// (https://docs.discord.com/developers/resources/message#attachment-object).
type Attachment struct {
	ID          int    `json:"id"`
	Description string `json:"description,omitempty"` // for screen readers
}

// Describe returns an Attachment for each file, for use in a message.
func Describe(files []File) []Attachment {
	described := make([]Attachment, len(files))
	for n, f := range files {
		described[n] = Attachment{n, f.Alt}
	}
	return described
}

// Attach combines a message in JSON with files. If there are no files, the body is the message
// alone.
func Attach(message []byte, files []File) (Body, error) {
	if len(files) == 0 {
		return Body{"application/json", message}, nil
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part := func(disposition, contentType string, data []byte) error {
		p, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {disposition}, "Content-Type": {contentType}})
		if err == nil {
			_, err = p.Write(data)
		}
		return err
	}
	if err := part(`form-data; name="payload_json"`, "application/json", message); err != nil {
		return Body{}, err
	}
	for n, f := range files {
		if err := part(fmt.Sprintf(`form-data; name="files[%d]"; filename=%q`, n, f.Name), f.Type, f.Data); err != nil {
			return Body{}, err
		}
	}
	err := w.Close()
	return Body{w.FormDataContentType(), body.Bytes()}, err
}

// Package upload encodes messages with files for Discord's API.
package upload

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"

	"k8sbot/bot/reply"
)

// A Body is the body of a call that has files
// (https://docs.discord.com/developers/reference#uploading-files).
type Body struct {
	ContentType string
	Data        []byte
}

// Attach returns a message, which is JSON, with files.
func Attach(message []byte, files []reply.File) (Body, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part := func(disposition, contentType, text string) error {
		p, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {disposition}, "Content-Type": {contentType}})
		if err == nil {
			_, err = p.Write([]byte(text))
		}
		return err
	}
	if err := part(`form-data; name="payload_json"`, "application/json", string(message)); err != nil {
		return Body{}, err
	}
	for n, f := range files {
		if err := part(fmt.Sprintf(`form-data; name="files[%d]"; filename=%q`, n, f.Name), "text/plain; charset=utf-8", f.Text); err != nil {
			return Body{}, err
		}
	}
	err := w.Close()
	return Body{w.FormDataContentType(), body.Bytes()}, err
}

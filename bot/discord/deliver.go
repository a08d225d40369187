package discord

import (
	"context"
	"strconv"
	"strings"

	"k8sbot/bot/discord/errcode"
	"k8sbot/bot/discord/plain"
	"k8sbot/bot/discord/upload"
	"k8sbot/bot/platform"
)

// deliver calls an endpoint with a message, or with the response to an interaction. If Discord
// refuses it in the given channel, it tries plainer forms up to last. body is as in [api.call]; a
// message with files has no other form.
func (a *Adapter) deliver(ctx context.Context, channel, method, endpoint string, body any, last platform.Form) (response []byte, err error) {
	data, contentType, err := encodeBody(body)
	if err != nil {
		return nil, err
	}
	if contentType != "application/json" {
		return a.api.call(ctx, method, endpoint, upload.Body{ContentType: contentType, Data: data})
	}
	err = a.forms.Send(draftOf(channel, data, last), formError, func(form platform.Form) (err error) {
		response, err = a.api.call(ctx, method, endpoint, []byte(plain.Message(data, form)))
		return err
	})
	return response, err
}

// inForm returns the response to an interaction that arrived over HTTP. Discord does not say whether
// it accepts the response, so the form is the first that it has not refused in the channel before.
func (a *Adapter) inForm(channel string, answer []byte) []byte {
	return plain.Message(answer, a.forms.First(draftOf(channel, answer, plain.Text)))
}

func draftOf(channel string, data []byte, last platform.Form) platform.Draft {
	return platform.Draft{Place: channel, Features: func(f platform.Form) []string { return plain.Features(data, f) }, Last: last}
}

// formError is Discord's [platform.FormError]. A text that is too long says nothing about other
// messages.
func formError(err error) (code string, lasting bool) {
	e := asAPIError(err)
	if e == nil || !errcode.Form[e.code] {
		return "", false
	}
	tooLong := strings.Contains(e.details, "LENGTH") || strings.Contains(e.details, "SIZE")
	return strconv.Itoa(e.code), e.code != errcode.InvalidForm || !tooLong
}

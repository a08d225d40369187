package plain

import (
	"encoding/json"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/webapi"
)

// A Sender sends messages and views in plainer forms as long as Slack refuses them, and remembers
// what it refused. In all methods, place is the tenant, or the tenant and the kind of view.
type Sender struct{ platform.Forms }

// Message calls send with a message and then with plainer forms of it up to last.
func (s *Sender) Message(place string, m blockkit.Message, last platform.Form, send func(blockkit.Message) error) error {
	types := func(form platform.Form) []string { return Types(Message(m, form).Blocks) }
	return s.Send(platform.Draft{Place: place, Features: types, Last: last}, webapi.FormError, func(form platform.Form) error {
		return send(Message(m, form))
	})
}

// View calls show with a modal or a Home tab and then with plainer forms of it.
func (s *Sender) View(place string, v slack.ModalViewRequest, show func(slack.ModalViewRequest) error) error {
	types := func(form platform.Form) []string { return Types(View(v, form).Blocks.BlockSet) }
	return s.Send(platform.Draft{Place: place, Features: types, Last: lastOf(v)}, webapi.FormError, func(form platform.Form) error {
		return show(View(v, form))
	})
}

// Acknowledged returns the form of an encoded message for an acknowledgement. Slack does not say
// whether it accepts an acknowledgement, so the form is the first that it has not refused elsewhere.
// If there is no message, it returns nil.
func (s *Sender) Acknowledged(place string, data []byte) []byte {
	if data == nil {
		return nil
	}
	types := func(form platform.Form) []string { return Types(Message(Decode(data), form).Blocks) }
	form := s.First(platform.Draft{Place: place, Features: types, Last: Text})
	if form == Rendered {
		return data
	}
	plainer, err := json.Marshal(Message(Decode(data), form))
	if err != nil {
		return data
	}
	return plainer
}

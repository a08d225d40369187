package form

// Submitted is what a person entered in a modal, by row.
type Submitted []Row

// A Row is a row of a submitted modal: a label with one component, or an action row
// (https://docs.discord.com/developers/components/reference#label-label-interaction-response-structure).
type Row struct {
	Component  input   `json:"component"`
	Components []input `json:"components"`
}

type input struct {
	CustomID string   `json:"custom_id"`
	Value    string   `json:"value"`
	Values   []string `json:"values"` // IDs of files, or what was chosen in a select menu
}

// input returns the input with the given custom ID. It returns an empty input if there is no such
// input.
func (s Submitted) input(id string) input {
	for _, row := range s {
		for _, in := range append(row.Components, row.Component) {
			if in.CustomID == id {
				return in
			}
		}
	}
	return input{}
}

// Pasted returns the text entered in [Paste].
func (s Submitted) Pasted() string { return s.input(textInputID).Value }

// Uploaded returns the IDs of the files uploaded in [Paste].
func (s Submitted) Uploaded() []string { return s.input(fileInputID).Values }

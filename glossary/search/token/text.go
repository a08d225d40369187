package token

// A Text is a text that is split into tokens and searched for everyday expressions when that is first
// needed, and only once. It is not safe for concurrent use.
type Text struct {
	Source              string
	tokens              []string
	expansions          []Expansion
	isSplit, isExpanded bool
}

// Tokens returns the tokens of the text, see [Of]. The caller must not change them.
func (t *Text) Tokens() []string {
	if !t.isSplit {
		t.isSplit, t.tokens = true, Of(t.Source)
	}
	return t.tokens
}

// Expansions returns the everyday expressions in the text, see [Expand]. The caller must not change them.
func (t *Text) Expansions() []Expansion {
	if !t.isExpanded {
		t.isExpanded, t.expansions = true, Expand(t.Source)
	}
	return t.expansions
}

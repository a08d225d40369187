package glossary

// An Extension is a team's file that adds to a built-in term instead of replacing it.
type Extension struct {
	// Extends is the ID of the term.
	Extends string `yaml:"extends"`
	// Note is what the team adds to the answer, one sentence per line. It may be available in
	// only one language.
	Note Text `yaml:"note"`
	// Runbook is the page to read in the team's own documents.
	Runbook string `yaml:"runbook"`
	// Aliases, Paraphrases, Checks and Seen are added to the same fields of the term.
	Aliases     []string  `yaml:"aliases"`
	Paraphrases Text      `yaml:"paraphrases"`
	Checks      []Command `yaml:"checks"`
	Seen        []Seen    `yaml:"seen"`
}

// An Addition is what one of a team's files adds to the answer about a term.
type Addition struct {
	Note    Text      `json:"note,omitzero"`
	Runbook string    `json:"runbook,omitempty"`
	Checks  []Command `json:"checks,omitempty"`
}

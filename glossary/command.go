package glossary

// A Command is a read-only kubectl command, with notes on what to look for in its output.
type Command struct {
	// Run is the command. POD, NS, NODE, NAME, CONTAINER, PVC, PV, SECRET, CONFIGMAP,
	// SERVICE, IMAGE, SA, KIND, VERB and RESOURCE are placeholders for the reader to
	// fill in.
	Run string `yaml:"run" json:"run"`
	// Heading is what the command shows the reader, as an imperative without a period: "See why
	// it ended last time". Omit it if the goal in goals.yaml fits.
	Heading Text `yaml:"goal" json:"goal,omitzero"`
	// EN and JA are notes on what to look for in the output.
	EN string `yaml:"en" json:"en"`
	JA string `yaml:"ja" json:"ja"`
}

// Note returns the note in l about what to look for in the output.
func (c Command) Note(l Lang) string { return Text{EN: c.EN, JA: c.JA}.In(l) }

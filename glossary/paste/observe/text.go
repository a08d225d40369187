package observe

// A Text is a paste that has been read.
type Text struct {
	Observations List
	Commands     []Command
	// Prose contains the lines of prose around the output. They show which language the person
	// uses, and contain the person's question.
	Prose string
	// Lines is the number of lines. Read is the number of bytes that were read. Read is less than
	// the length of the text only if the context was done early.
	Lines, Read int
	// Omitted is the number of lines in the middle that were not read because the text has too many.
	Omitted int
	// Output is true if a reader accepted any line.
	Output bool
}

package bot

// A File is a file attached to the message of a request. The adapter reads it but does not store
// it.
type File struct {
	Name string // the name that the person gave it
	// Text is the part of the file that was read, as UTF-8; "" if Problem says why there is none.
	Text    string
	Problem FileProblem
	// Scope is the permission that the app lacks if Problem is [FileNeedsScope].
	Scope string
}

// A FileProblem is the reason why a file was not read in full; "" if it was.
type FileProblem string

// The problems of files.
const (
	FileTooLarge   FileProblem = "too_large"   // Text is its beginning, or ""
	FileNotText    FileProblem = "not_text"    // an image, for example
	FileSlow       FileProblem = "slow"        // the download took too long
	FileForeign    FileProblem = "foreign"     // it is on a host that the platform does not own
	FileNeedsScope FileProblem = "needs_scope" // Text is the platform's preview, or ""
	FileFailed     FileProblem = "failed"      // anything else
)

package bot

import "k8sbot/bot/excerpt"

// A File is a file attached to a request's message. A FileProblem is the reason why a file was not
// read in full.
type (
	File        = excerpt.File
	FileProblem = excerpt.FileProblem
)

// The values of FileProblem; see [excerpt.FileProblem].
const (
	FileTooLarge   = excerpt.FileTooLarge
	FileNotText    = excerpt.FileNotText
	FileSlow       = excerpt.FileSlow
	FileForeign    = excerpt.FileForeign
	FileNeedsScope = excerpt.FileNeedsScope
	FileFailed     = excerpt.FileFailed
)

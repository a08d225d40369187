package excerpt

import (
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
)

// A File is a file attached to a request's message. The adapter reads the file but does not store
// it.
type File struct {
	Name string // the file's name
	// Text is the part of the file that was read, as UTF-8. It is "" if nothing was read; Problem
	// says why.
	Text    string
	Problem FileProblem
	// Scope is the permission that the app lacks if Problem is [FileNeedsScope].
	Scope string
}

// A FileProblem is the reason why a file was not read in full. It is "" if the file was read in
// full.
type FileProblem string

// The values of FileProblem.
const (
	FileTooLarge   FileProblem = "too_large"   // Text is the beginning of the file, or ""
	FileNotText    FileProblem = "not_text"    // an image, for example
	FileSlow       FileProblem = "slow"        // the download took too long
	FileForeign    FileProblem = "foreign"     // the file is on a host that the platform does not own
	FileNeedsScope FileProblem = "needs_scope" // Text is the platform's preview, or ""
	FileFailed     FileProblem = "failed"      // any other problem
)

// AddFileNotes returns the reply with a line for each file that was not read in full. It ignores
// files that are not text, such as screenshots, unless alone is set, which means that the request
// consists only of files.
func AddFileNotes(r reply.Reply, files []File, alone bool, texts *wording.Texts) reply.Reply {
	var notes []string
	for _, f := range files {
		if f.Problem == "" || f.Problem == FileNotText && !alone {
			continue
		}
		notes = append(notes, f.note(texts))
	}
	if len(notes) > 0 {
		// They come first: platforms cut the end of a long message.
		first := reply.Paragraph{Text: strings.Join(notes, "\n")}
		r.Blocks, r.CacheKey = slices.Concat([]reply.Block{first}, r.Blocks), ""
	}
	return r
}

// note says why a file was not read in full.
func (f File) note(texts *wording.Texts) string {
	name := reply.Quote(f.Name)
	switch f.Problem {
	case FileTooLarge:
		return texts.FileTooLarge(name)
	case FileNotText:
		return texts.FileNotText(name)
	case FileSlow:
		return texts.FileSlow(name)
	case FileForeign:
		return texts.FileForeign(name)
	case FileNeedsScope:
		if f.Text != "" {
			return texts.FilePreview(name, f.Scope)
		}
		return texts.FileNeedsScope(name, f.Scope)
	}
	return texts.FileFailed(name)
}

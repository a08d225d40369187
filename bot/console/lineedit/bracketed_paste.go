package lineedit

import (
	"bytes"
	"strings"
)

// Bracketed paste: the terminal marks the beginning and the end of a paste
// (https://invisible-island.net/xterm/xterm-paste64.html).
const (
	pasteModeOn  = "\x1b[?2004h"
	pasteModeOff = "\x1b[?2004l"
	pasteStart   = "\x1b[200~"
	pasteEnd     = "\x1b[201~"
)

// pasteEnds reports whether the unread bytes begin with the marker at the end of a paste. partial
// is true if there are too few unread bytes to decide.
func pasteEnds(unread []byte) (ends, partial bool) {
	return bytes.HasPrefix(unread, []byte(pasteEnd)), strings.HasPrefix(pasteEnd, string(unread))
}

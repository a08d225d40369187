package line

import "unicode/utf8"

// Traits are the kinds of bytes that a line contains. A format that always has a byte of some kind
// cannot begin at a line without that trait.
type Traits uint16

// The traits.
const (
	Blank   Traits = 1 << iota // a space or a control character
	Digit                      // 0 to 9
	Lower                      // a to z
	Upper                      // A to Z
	Colon                      // :
	Bracket                    // [ ] { }
	Quote                      // "
	Prompt                     // $ # % >
	Sign                       // any other ASCII character
	Wide                       // not ASCII
)

// traitOf contains the trait of each byte.
var traitOf = func() (all [256]Traits) {
	for i := range all {
		switch c := byte(i); {
		case c <= ' ' || c == 0x7f:
			all[i] = Blank
		case '0' <= c && c <= '9':
			all[i] = Digit
		case 'a' <= c && c <= 'z':
			all[i] = Lower
		case 'A' <= c && c <= 'Z':
			all[i] = Upper
		case c == ':':
			all[i] = Colon
		case c == '[' || c == ']' || c == '{' || c == '}':
			all[i] = Bracket
		case c == '"':
			all[i] = Quote
		case c == '$' || c == '#' || c == '%' || c == '>':
			all[i] = Prompt
		case c < utf8.RuneSelf:
			all[i] = Sign
		default:
			all[i] = Wide
		}
	}
	return all
}()

// TraitsOf returns the traits of a line.
func TraitsOf(s string) (t Traits) {
	for i := range len(s) {
		t |= traitOf[s[i]]
	}
	return t
}

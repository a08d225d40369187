// Package redact detects secrets and personal data in the texts that people type, so that such
// texts are not stored.
package redact

import (
	"slices"
	"strings"

	"k8sbot/glossary/lazyregexp"
)

// sensitive matches texts that must not be stored: e-mail and network addresses, URLs, mentions,
// long numbers and tokens. A false alarm is harmless: it only means that a question is not
// counted.
var sensitive = []lazyregexp.Regexp{
	lazyregexp.New(`[^\s@]+@[^\s@]+\.\w`),                                                // e-mail
	lazyregexp.New(`<[@#!]|@\w{2,}`),                                                     // a mention
	lazyregexp.New(`(?i)\b[a-z][a-z0-9+.-]*://`),                                         // a URL
	lazyregexp.New(`\b\d{1,3}(?:\.\d{1,3}){3}\b`),                                        // IPv4
	lazyregexp.New(`(?i)\b(?:[0-9a-f]{0,4}:){3,}[0-9a-f]{0,4}\b`),                        // IPv6, MAC
	lazyregexp.New(`\d(?:[ -]?\d){5,}`),                                                  // a phone, card or account number
	lazyregexp.New(`(?i)\b(?:xox[a-z]|gh[a-z]|sk|pk|akia|asia|eyj|glpat)[-_0-9a-z]{6,}`), // tokens with a prefix
	lazyregexp.New(`(?i)(?:password|passwd|secret|token|api[ _-]?key|パスワード|暗証番号|トークン)\s*(?:[:=は]|is\b)\s*\S`),
	lazyregexp.New(`(?i)[0-9a-f]{16,}`),                                  // a digest or a key
	lazyregexp.New(`(?i)\b(?:[a-z]+\d|\d+[a-z])[a-z0-9]*\d[a-z0-9]{6,}`), // alternating letters and digits
}

// encoded matches text that may be base64, if it contains digits.
var encoded = lazyregexp.New(`[A-Za-z0-9+/_]{24,}`)

// IsSensitive reports whether text may contain a secret or personal data.
func IsSensitive(text string) bool {
	for _, form := range sensitive {
		if form.MatchString(text) {
			return true
		}
	}
	return slices.ContainsFunc(encoded.FindAllString(text, -1), func(word string) bool { return strings.ContainsAny(word, "0123456789") })
}

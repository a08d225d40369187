package fold

import (
	_ "embed"
	"strings"
	"sync"

	"k8sbot/glossary/zipped"
)

// zopfli writes the format of gzip, but a sixth less (https://github.com/google/zopfli).
//
//go:generate zopfli --i15 english.txt

//go:embed english.txt.gz
var englishZipped string

// english returns common English words in lower case, sorted, one per line. They are
// the words of the Debian package wamerican-small 2020.12.07-2, without names and possessives. The
// package contains a list from the Spell Checker Oriented Word Lists
// (http://wordlist.aspell.net), Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists is
// granted without fee, provided that this notice appears in all copies. They are provided
// "as is" without express or implied warranty.
var english = sync.OnceValue(func() string { return zipped.Text(englishZipped) })

// IsEnglish reports whether a word is a common English word or a regular form of one. word must
// be in lower case. After the first call, it takes about a microsecond and allocates no memory.
func IsEnglish(word string) bool {
	english := english()
	low, high := 0, len(english)
	for low < high {
		// Find the line that contains the middle.
		middle := low + (high-low)/2
		start := strings.LastIndexByte(english[:middle], '\n') + 1
		end := middle + strings.IndexByte(english[middle:], '\n')
		switch line := english[start:end]; {
		case line == word:
			return true
		case line < word:
			low = end + 1
		default:
			high = start
		}
	}
	return false
}

package slip

import (
	"fmt"
	"strconv"
	"strings"

	"k8sbot/glossary/lazyregexp"
)

// cures maps errors of the YAML library to advice for the author. Find handles most mistakes
// that affect only one line.
var cures = map[string]string{
	"mapping values are not allowed in this context": "align this field with the fields around it, or quote the text if it contains ': '",
	"did not find expected key":                      "align this field with the fields around it, and quote text that contains quotes",
	"did not find expected '-' indicator":            "begin each entry of the list with \"- \", and align the entries",
	"could not find expected ':'":                    "write a field as \"name: value\", and indent the other lines of its value deeper than the name",
	"found unexpected end of stream":                 "close each quote and bracket",
	"found character that cannot start any token":    "quote the text, and indent with spaces",
}

var (
	yamlLine = lazyregexp.New(`^yaml: (?:line (\d+): )?(.*)`)
	// The YAML library counts lines from 0 in these parser errors, and from 1 in scanner
	// errors.
	parserErrors = lazyregexp.New(`^did not find expected (<|node content|'-' indicator|key$|',' or )`)
)

// Explain returns the line and the message of an error from the YAML library. If cures has an entry
// for the message, Explain appends it.
func Explain(err error) (line int, message string) {
	m := yamlLine.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return 1, err.Error()
	}
	line, _ = strconv.Atoi(m[1])
	if parserErrors.MatchString(m[2]) {
		line++
	}
	message = m[2]
	if cure := cures[message]; cure != "" {
		message = fmt.Sprintf("%s: %s", message, cure)
	}
	return max(line, 1), message
}

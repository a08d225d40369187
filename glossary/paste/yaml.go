package paste

import (
	"regexp"
	"strconv"
	"strings"
)

// A yamlObject is what is known of the object in YAML or JSON that the current line is
// in.
type yamlObject struct {
	object     Object
	inMetadata bool
	condition  string     // the type of the condition
	status     string     // of the condition
	reason     *Statement // of the condition, as far as it is known
}

var yamlLine = regexp.MustCompile(`^(\s*(?:- )?)"?([A-Za-z]\w*)"?:(?:\s+"?(.*?)"?,?)?$`)

// read reads a line of YAML or JSON, and returns false if the line is neither.
func (y *yamlObject) read(out *statements, line string) bool {
	if isJSON(line) {
		for _, field := range splitJSON(line) {
			y.field(out, field)
		}
		return true
	}
	return y.field(out, line)
}

// field reads a line of YAML, or one field of a line of JSON, and returns false if it is
// neither.
func (y *yamlObject) field(out *statements, line string) bool {
	if strings.Trim(line, " {-") == "" {
		y.begin(out)
		return true
	}
	found := yamlLine.FindStringSubmatch(line)
	if found == nil {
		return strings.Trim(line, " {}[],") == ""
	}
	if strings.Contains(found[1], "-") {
		y.begin(out)
	}
	key, value := found[2], found[3]
	switch key {
	case "kind":
		y.object = Object{Kind: strings.ToLower(value)}
	case "metadata":
		y.inMetadata = true
	case "spec", "ownerReferences", "labels", "annotations":
		y.inMetadata = false
	case "status":
		y.inMetadata = false
		y.status = value
	case "name", "namespace":
		if y.inMetadata && isObjectName(value) {
			if key == "name" {
				y.object.Name = value
			} else {
				y.object.Namespace = value
			}
		}
	case "reason":
		y.flush(out)
		y.reason = &Statement{Text: value, Whole: true, At: out.offset, Object: y.object.valid()}
	case "phase":
		out.emit(Statement{Text: value, Whole: true, Object: y.object.valid()})
	case "message":
		out.emit(Statement{Text: value, Object: y.object.valid()})
	case "exitCode":
		out.emit(Statement{Text: "exit code " + value, Whole: true, Object: y.object.valid()})
	case "type":
		y.condition = value
	case "apiVersion", "uid", "resourceVersion", "image", "imageID", "containerID", "nodeName", "hostIP", "podIP":
	default:
		// A sentence with a colon is not YAML.
		return found[1] != "" || value == "" || strings.HasPrefix(strings.TrimSpace(line), `"`)
	}
	return true
}

// begin is called at the start of each item, when the previous one is complete.
func (y *yamlObject) begin(out *statements) {
	status, err := strconv.ParseBool(strings.ToLower(y.status))
	if y.condition != "" && (err == nil || y.status == "Unknown") {
		stmt := Statement{Text: y.condition, Whole: true, Object: y.object.valid(), Status: &status}
		if y.reason != nil {
			y.reason.Condition, y.reason.Status = y.condition, &status
			stmt.Reason = y.reason.Text
		}
		out.emit(stmt)
	}
	y.flush(out)
	y.condition, y.status = "", ""
}

func (y *yamlObject) flush(out *statements) {
	if y.reason != nil {
		out.emit(*y.reason)
	}
	y.reason = nil
}

// splitJSON splits a line of JSON into one line per field, and "-" for the start of an
// object.
func splitJSON(line string) []string {
	var lines []string
	start, quoted := 0, false
	cut := func(end int) {
		if field := strings.TrimSpace(line[start:end]); field != "" {
			lines = append(lines, strings.Replace(field, `":`, `": `, 1))
		}
		start = end + 1
	}
	for i := range len(line) {
		switch c := line[i]; {
		case c == '\\' && quoted:
		case c == '"' && (i == 0 || line[i-1] != '\\'):
			quoted = !quoted
		case quoted:
		case c == '{':
			cut(i)
			lines = append(lines, "-")
		case c == '}', c == ',', c == '[', c == ']':
			cut(i)
		}
	}
	cut(len(line))
	return lines
}

// isJSON reports whether a line has several JSON fields.
func isJSON(line string) bool {
	if line = strings.TrimSpace(line); line == "" || !strings.ContainsRune("{[\"", rune(line[0])) {
		return false
	}
	return strings.Count(line, `":`) > 1 || strings.Contains(line, `":`) && strings.ContainsAny(line, "{}")
}

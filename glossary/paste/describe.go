package paste

import (
	"strconv"
	"strings"

	"k8sbot/glossary/fold"
)

// A describeBlock is the part of the output of kubectl describe that a line is in.
type describeBlock struct {
	object  Object
	section string
	begin   int // number of statements when the description began
}

// read reads a line of a description, and returns false if the line is not one.
func (d *describeBlock) read(out *statements, line string) bool {
	if name := describedName(line); name != "" {
		*d = describeBlock{object: Object{Name: name}, begin: len(out.all)}
		return true
	}
	key, value, isField := strings.Cut(line, ":")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	indented := line[0] == ' ' || line[0] == '\t'
	if !indented {
		if !isField || d.object == (Object{}) && d.section == "" && key != "Conditions" && key != "Events" && key != "State" {
			return false
		}
		d.section, d.object.Container = key, ""
		if kind, ok := describedKinds[key]; ok && d.object.Kind == "" {
			d.object.Kind = kind
			earlier := out.all[d.begin:] // before the kind was known
			for i := range earlier {
				if o := &earlier[i].Object; o.Kind == "" && o.Name == d.object.Name && o.Namespace == d.object.Namespace {
					o.Kind = kind
				}
			}
		}
		switch key {
		case "Namespace":
			if isObjectName(value) {
				d.object.Namespace = value
			}
		case "Status", "Reason":
			word, _, _ := strings.Cut(value, " ")
			out.emit(Statement{Text: word, Whole: true, Object: d.object})
		case "Message", "Taints":
			out.emit(Statement{Text: value, Object: d.object})
		}
		return true
	}
	switch {
	case d.section == "Conditions":
		condition(out, d.object, strings.Fields(line))
	case d.section == "Taints":
		out.emit(Statement{Text: line, Object: d.object})
	case key == "Reason":
		out.emit(Statement{Text: value, Whole: true, Object: d.object})
	case key == "Exit Code" && isField:
		out.emit(Statement{Text: "exit code " + value, Whole: true, Object: d.object})
	case key == "Message":
		out.emit(Statement{Text: value, Object: d.object})
	case d.object.Name == "" && d.section == "":
		return false
	case strings.HasSuffix(d.section, "Containers") && value == "" && isField && strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "   "):
		if isObjectName(key) {
			d.object.Container = key
		}
	}
	return true
}

// describedKinds maps a field that only one kind has in kubectl describe to that kind.
var describedKinds = map[string]string{
	"Roles": "node", "Containers": "pod", "StrategyType": "deployment", "Endpoints": "service",
	"Completions": "job", "Used By": "persistentvolumeclaim", "Reclaim Policy": "persistentvolume",
}

// condition reads a row of conditions: the type, the status and, in the longer form,
// times, a reason and a message.
func condition(out *statements, object Object, fields []string) {
	if len(fields) < 2 {
		return
	}
	status, err := strconv.ParseBool(fields[1])
	if err != nil && fields[1] != "Unknown" {
		return
	}
	stmt := Statement{Text: fields[0], Whole: true, Object: object, Status: &status}
	for _, f := range fields[2:] {
		if strings.ContainsFunc(f[1:], fold.IsUpper) && statusWord.MatchString(f) {
			stmt.Reason = f
			out.emit(Statement{Text: f, Whole: true, Object: object, Condition: fields[0], Status: &status})
			break
		}
	}
	out.emit(stmt)
}

// describedName returns the name in the first line of a description, such as
// "Name:         web-1", or "" for any other line.
func describedName(line string) string {
	rest, ok := strings.CutPrefix(line, "Name:")
	if name := strings.TrimSpace(rest); ok && rest != name && isObjectName(name) {
		return name
	}
	return ""
}

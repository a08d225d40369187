package glossary

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// An Object is something in a cluster that a pasted text speaks of. Fields are
// empty where the text does not tell.
type Object struct {
	Kind      string // in lower case and singular, as kubectl writes it: pod
	Name      string
	Namespace string
	Container string
}

// String returns the object as kubectl writes it: pod/web-1.
func (o Object) String() string {
	if o.Kind == "" {
		return o.Name
	}
	return o.Kind + "/" + o.Name
}

// same reports whether two are the same object, whichever container of it is
// meant.
func (o Object) same(other Object) bool {
	o.Container, other.Container = "", ""
	return o == other
}

// maxOutputLine is the length in bytes of the longest line that kubectl prints
// for people; what is longer is no table.
const maxOutputLine = 2000

// What lines of kubectl's output look like, but for the heads of tables.
var (
	eventLine  = regexp.MustCompile(`^\S*\s*(Normal|Warning)[ \t]{2,}\S+[ \t]`)
	statusLine = regexp.MustCompile(`\b\d+/\d+[ \t]+[A-Z][A-Za-z:]+[ \t]+\d+`)
	logLine    = regexp.MustCompile(`^[IWEF]\d{4} \d\d:\d\d:\d\d`) // https://github.com/kubernetes/klog
	invalid    = regexp.MustCompile(`^The \S+ ".*" is invalid:`)
)

// LooksLikeOutput reports whether a text is plainly something that kubectl
// printed: a table, a description, events, an error or a component's log.
func LooksLikeOutput(text string) bool {
	for line := range strings.Lines(text) {
		if len(line) <= maxOutputLine && isOutputLine(line) {
			return true
		}
	}
	return false
}

func isOutputLine(line string) bool {
	switch {
	case header(line) != nil, describedName(line) != "":
		return true
	case strings.HasPrefix(line, "Error from server"), strings.HasPrefix(line, "error: "):
		return true
	case strings.HasPrefix(line, "The "):
		return invalid.MatchString(line)
	case strings.Contains(line, "/") && statusLine.MatchString(line):
		return true
	case strings.Contains(line, "Normal") || strings.Contains(line, "Warning"):
		return eventLine.MatchString(line)
	}
	return len(line) > 5 && '0' <= line[1] && line[1] <= '9' && logLine.MatchString(line)
}

// describedName returns the name in the first line of a description, as
// "Name:         web-1", and "" for any other line.
func describedName(line string) string {
	rest, ok := strings.CutPrefix(line, "Name:")
	if name := strings.TrimSpace(rest); ok && rest != name && isObjectName(name) {
		return name
	}
	return ""
}

// objectSpans tells which object each part of a text speaks of.
type objectSpans []objectSpan

// An objectSpan begins at a byte of the text and reaches to the next one.
type objectSpan struct {
	start  int
	object Object
	known  bool
}

func (s objectSpans) at(offset int) (Object, bool) {
	i := sort.Search(len(s), func(i int) bool { return s[i].start > offset }) - 1
	if i < 0 {
		return Object{}, false
	}
	return s[i].object, s[i].known
}

// readObjects reads the tables and the descriptions in a text, line by line.
func readObjects(text string) objectSpans {
	var spans objectSpans
	var columns []string // of the table that the line is in
	var described Object // by the description that the line is in
	inContainers, offset := false, 0
	for line := range strings.Lines(text) {
		span := objectSpan{start: offset}
		offset += len(line)
		line = strings.TrimRight(line, " \t\r\n")
		key, value, isField := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch h := header(line); {
		case h != nil:
			columns = h
		case line == "":
			columns = nil
		case columns != nil:
			span.object, span.known = objectOfRow(columns, cells(line))
		case describedName(line) != "":
			described, inContainers = Object{Kind: describedKind(text[offset:]), Name: value}, false
		case isField && key == "Namespace" && described.Name != "" && isObjectName(value):
			described.Namespace = value
		case isField && !strings.HasPrefix(line, " "):
			inContainers = key == "Containers" || key == "Init Containers"
			described.Container = ""
		case inContainers && isField && value == "" && strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "   "):
			if name := strings.TrimSpace(key); isObjectName(name) {
				described.Container = name
			}
		}
		if columns == nil && described.Name != "" {
			span.object, span.known = described, true
		}
		spans = append(spans, span)
	}
	return spans
}

// header returns the columns of a line that is the head of a kubectl table,
// else nil: words in capitals, NAME or OBJECT among them.
func header(line string) []string {
	if len(line) > maxOutputLine || line == "" || !isUpper(rune(line[0])) {
		return nil
	}
	for i := range len(line) {
		if c := line[i]; c >= utf8.RuneSelf || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			return nil
		}
	}
	columns := cells(line)
	if len(columns) < 2 || !slices.Contains(columns, "NAME") && !slices.Contains(columns, "OBJECT") {
		return nil
	}
	return columns
}

// cells splits a line of a table: at tabs and at two blanks or more, or, where
// somebody's editor has squeezed them, at each.
func cells(line string) []string {
	line = strings.TrimSpace(line)
	var cells []string
	for line != "" {
		end := len(line)
		if i := strings.Index(line, "  "); i >= 0 {
			end = i
		}
		if i := strings.IndexByte(line, '\t'); i >= 0 && i < end {
			end = i
		}
		cells = append(cells, line[:end])
		line = strings.TrimLeft(line[end:], " \t")
	}
	if len(cells) == 1 {
		return strings.Fields(cells[0])
	}
	return cells
}

// kindByColumns tells the kind of a table's rows by columns that no other
// table of kubectl has together.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go
var kindByColumns = []struct {
	kind    string
	columns []string
}{
	{"pod", []string{"READY", "STATUS", "RESTARTS"}},
	{"node", []string{"STATUS", "ROLES", "VERSION"}},
	{"deployment", []string{"READY", "UP-TO-DATE", "AVAILABLE"}},
	{"replicaset", []string{"DESIRED", "CURRENT", "READY"}},
	{"service", []string{"TYPE", "CLUSTER-IP"}},
	{"job", []string{"STATUS", "COMPLETIONS"}},
	{"persistentvolumeclaim", []string{"STATUS", "VOLUME", "CAPACITY"}},
	{"persistentvolume", []string{"CAPACITY", "RECLAIM POLICY", "STATUS"}},
}

func objectOfRow(columns, row []string) (Object, bool) {
	var o Object
	value := func(name string) string {
		for i, c := range columns {
			if c == name && i < len(row) {
				return row[i]
			}
		}
		return ""
	}
	name := value("NAME")
	if event := value("OBJECT"); event != "" {
		name = event
	}
	o.Namespace = value("NAMESPACE")
	if kind, rest, ok := strings.Cut(name, "/"); ok {
		kind, _, _ = strings.Cut(kind, ".")
		o.Kind, name = strings.ToLower(kind), rest
	} else {
		for _, k := range kindByColumns {
			if containsAll(columns, k.columns) {
				o.Kind = k.kind
				break
			}
		}
	}
	o.Name = name
	if !isObjectName(o.Name) || o.Namespace != "" && !isObjectName(o.Namespace) {
		return Object{}, false
	}
	return o, true
}

func containsAll(have, want []string) bool {
	return !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) })
}

// describedKind tells what kubectl describe describes, by the fields that
// follow the name.
func describedKind(text string) string {
	for line := range strings.Lines(text) {
		if describedName(line) != "" {
			break
		}
		field, _, _ := strings.Cut(line, ":")
		switch field {
		case "Roles":
			return "node"
		case "Containers":
			return "pod"
		case "StrategyType":
			return "deployment"
		case "Replicas":
			return "replicaset"
		case "Endpoints":
			return "service"
		}
	}
	return ""
}

// isObjectName reports whether s is of the form of names in Kubernetes, wide
// enough for every kind: letters and digits, with hyphens and dots within.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
func isObjectName(s string) bool {
	if s == "" || len(s) > 253 || !isLowerAlnum(s[0]) || !isLowerAlnum(s[len(s)-1]) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isLowerAlnum(c) && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

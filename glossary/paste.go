package glossary

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// This file reads what kubectl prints: tables, descriptions, YAML and JSON, and
// single lines of events, errors and logs. It turns them into statements, which
// say something of an object, and leaves out what only names it. What the words
// mean, and which are bad, is in the terms and not here.

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

// A statement is a part of a paste that says something of an object.
type statement struct {
	text   string
	whole  bool // the text is a word as kubectl prints it, not a sentence with one
	event  bool // the text is the reason of an event
	at     int  // in the paste, in bytes
	object Object
	age    time.Duration // of the object; 0 where the text does not tell
	// holds is set where the text is the type of a condition, and tells its
	// status; where condition names the type, the text is the reason of it.
	holds     *bool
	condition string
	// reason is that of a condition, where the text is its type.
	reason string
}

// follows reports whether the statement only says that an object is not as it
// should be, and not why.
func (s statement) follows() bool {
	return s.text == notReadyRow || s.holds != nil && !*s.holds && s.condition == ""
}

// maxOutputLine is the length in bytes of the longest line that kubectl prints
// for people; what is longer is no table.
const maxOutputLine = 2000

// What lines of kubectl's output look like, but for the heads of tables.
var (
	eventLine  = regexp.MustCompile(`^\S*\s*(Normal|Warning)[ \t]{2,}\S+[ \t]`)
	statusLine = regexp.MustCompile(`\b\d+/\d+[ \t]+[A-Z][A-Za-z:]+[ \t]+\d+`)
	logLine    = regexp.MustCompile(`(?:^|: )[IWEF]\d{4} \d\d:\d\d:\d\d`) // https://github.com/kubernetes/klog
	jsonField  = regexp.MustCompile(`"(?:reason|phase|exitCode)":\s*["\d]`)
	invalid    = regexp.MustCompile(`^The \S+ ".*" is invalid:`)
	unplaced   = regexp.MustCompile(`\b\d+/\d+ nodes are available:`)
	conditions = regexp.MustCompile(`^\s*Type\s+Status\b`)
	fieldLine  = regexp.MustCompile(`^\s*(?:- )?"?(reason|phase|exitCode|restartCount)"?:\s*("?[A-Z][A-Za-z]+"?|\d+),?\s*$`)
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
	case strings.HasPrefix(line, "Error from server"), strings.HasPrefix(line, "error: "), strings.HasPrefix(line, "Unable to connect to the server"):
		return true
	case strings.HasPrefix(line, "The ") && invalid.MatchString(line):
		return true
	case strings.Contains(line, "/") && (statusLine.MatchString(line) || unplaced.MatchString(line)):
		return true
	case (strings.Contains(line, "Normal") || strings.Contains(line, "Warning")) && eventLine.MatchString(line):
		return true
	case strings.Contains(line, ":") && fieldLine.MatchString(line), strings.Contains(line, "Status") && conditions.MatchString(line):
		return true
	}
	return strings.Contains(line, ":") && (logLine.MatchString(line) || jsonField.MatchString(line))
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

// A pasteReader turns a paste into statements.
type pasteReader struct {
	said []statement
	// namespaced is set where the tables of the text have the column NAMESPACE.
	namespaced bool
	columns    []string // of the table that the line is in
	starts     []int    // where they begin
	described  described
	manifest   manifest
	offset     int // of the line in the text
}

// readPaste returns what a text says, in its order.
func readPaste(text string) []statement {
	r := &pasteReader{namespaced: strings.Contains(text, "NAMESPACE")}
	for line := range strings.Lines(r.rows(text)) {
		r.line(strings.TrimRight(line, " \t\r\n"))
		r.offset += len(line)
	}
	r.manifest.begin(r)
	slices.SortStableFunc(r.said, func(a, b statement) int { return a.at - b.at })
	return r.said
}

func (r *pasteReader) say(s statement) {
	if s.at == 0 {
		s.at = r.offset
	}
	if s.text = strings.TrimSpace(s.text); s.text != "" {
		r.said = append(r.said, s)
	}
}

var (
	ratio    = regexp.MustCompile(`^(\d+)/(\d+)$`)
	count    = regexp.MustCompile(`^\d+$`)
	duration = regexp.MustCompile(`^(?:\d+[smhdy])+$`)
	status   = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*(?:[:,/-][A-Za-z0-9]+)*$`)
	ready    = regexp.MustCompile(`^(?:Ready|NotReady|Unknown)(?:,\w+)*$`)
	version  = regexp.MustCompile(`^v\d+\.\d+`)
)

// rows reads the rows of tables of Pods and of nodes, which are known even
// without the head of the table, and where a chat has put them all on one line or
// broken them over several. It returns the text without the lines that it read, at
// their length.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go
func (r *pasteReader) rows(text string) string {
	pieces := fieldsAt(text)
	left := []byte(text)
	done := 0
	for i := 1; i < len(pieces); i++ {
		var s statement
		var n int // the pieces behind this one that belong to the row
		if m := ratio.FindStringSubmatch(pieces[i].text); m != nil {
			s, n = podRow(m, pieces[i+1:])
		} else if ready.MatchString(pieces[i].text) {
			s, n = nodeRow(pieces[i].text, pieces[i+1:])
		}
		if n == 0 {
			continue
		}
		from := i - 1
		s.object.Name = pieces[from].text
		if r.namespaced && s.object.Kind == "pod" && i > 1 && pieces[i-2].start >= done {
			from--
			s.object.Namespace = pieces[from].text
		}
		s.object = s.object.valid()
		s.at = pieces[i].start
		r.say(s)
		r.more(s, pieces[i:i+n+1])
		// The rest of the line holds addresses and names.
		done = pieces[i+n].end
		if j := strings.IndexByte(text[done:], '\n'); j >= 0 {
			done += j
		} else {
			done = len(text)
		}
		for j := pieces[from].start; j < done; j++ {
			if left[j] != '\n' {
				left[j] = ' '
			}
		}
		done = pieces[i+n].end
		i += n
	}
	return string(left)
}

// podRow reads what follows READY in the row of a Pod, and returns how many pieces
// it takes, 0 where it is no such row.
func podRow(readiness []string, pieces []piece) (statement, int) {
	if len(pieces) < 3 || !status.MatchString(pieces[0].text) || !count.MatchString(pieces[1].text) {
		return statement{}, 0
	}
	n := 2
	if strings.HasPrefix(pieces[n].text, "(") && len(pieces) > n+2 && pieces[n+1].text == "ago)" {
		n += 2
	}
	if !duration.MatchString(pieces[n].text) {
		return statement{}, 0
	}
	return statement{
		text: pieces[0].text, whole: true, object: Object{Kind: "pod"}, age: parseAge(pieces[n].text),
	}, n + 1
}

// nodeRow reads what follows STATUS in the row of a node.
func nodeRow(status string, pieces []piece) (statement, int) {
	if len(pieces) < 3 || !duration.MatchString(pieces[1].text) || !version.MatchString(pieces[2].text) {
		return statement{}, 0
	}
	return statement{text: status, whole: true, object: Object{Kind: "node"}, age: parseAge(pieces[1].text)}, 3
}

// manyRestarts is the number from which restarts are worth a word, and
// lateRestart the time within which the last one is.
const (
	manyRestarts = 5
	lateRestart  = time.Hour
)

// The words under which terms tell of what a row says in numbers.
const (
	notReadyRow = "READY 0/1"
	restartsRow = "RESTARTS"
)

// more says what the numbers of a Pod's row tell where its status does not: that
// it runs and is not ready, or that its containers have ended again and again.
// row begins at READY.
func (r *pasteReader) more(s statement, row []piece) {
	if s.object.Kind != "pod" || s.text != "Running" {
		return
	}
	m := ratio.FindStringSubmatch(row[0].text)
	if m[1] != m[2] {
		s.text = notReadyRow
		r.say(s)
	}
	restarts, _ := strconv.Atoi(row[2].text)
	last := time.Duration(0)
	if strings.HasPrefix(row[3].text, "(") {
		last = parseAge(row[3].text[1:])
	}
	if restarts > 0 && last > 0 && last < lateRestart || restarts >= manyRestarts && last == 0 {
		s.text = restartsRow
		r.say(s)
	}
}

// valid returns the object, or none where its names are not of the form that
// Kubernetes allows: commands are made of them.
func (o Object) valid() Object {
	if !isObjectName(o.Name) || o.Namespace != "" && !isObjectName(o.Namespace) {
		return Object{}
	}
	return o
}

// A piece is a run of a text without blanks.
type piece struct {
	text       string
	start, end int
}

func fieldsAt(text string) []piece {
	var pieces []piece
	for i := 0; i < len(text); {
		if isSpace(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && !isSpace(text[i]) {
			i++
		}
		pieces = append(pieces, piece{text[start:i], start, i})
	}
	return pieces
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// parseAge reads an age as kubectl prints it: 40m, 5d3h, 2y10d.
func parseAge(s string) time.Duration {
	var age time.Duration
	n := 0
	for i := range len(s) {
		switch c := s[i]; c {
		case 's':
			age += time.Duration(n) * time.Second
		case 'm':
			age += time.Duration(n) * time.Minute
		case 'h':
			age += time.Duration(n) * time.Hour
		case 'd':
			age += time.Duration(n) * 24 * time.Hour
		case 'y':
			age += time.Duration(n) * 365 * 24 * time.Hour
		default:
			if c < '0' || c > '9' || n > 1e6 {
				return age
			}
			n = 10*n + int(c-'0')
			continue
		}
		n = 0
	}
	return age
}

// serverError is how kubectl prints what the API server refuses, with its reason.
var serverError = regexp.MustCompile(`^Error from server \((\w+)\): (.*)`)

// line reads one line.
func (r *pasteReader) line(line string) {
	switch h := header(line); {
	case h != nil:
		r.columns, r.starts = h, starts(line, h)
		return
	case line == "":
		r.columns = nil
		return
	case r.columns != nil:
		r.row(r.cells(line))
		return
	}
	switch m := serverError.FindStringSubmatch(line); {
	case m != nil:
		r.say(statement{text: m[1], whole: true})
		r.say(statement{text: m[2]})
	case eventLine.MatchString(line):
		r.event(r.described.object, cells(line))
	case r.described.read(r, line), r.manifest.read(r, line):
	default:
		r.say(statement{text: line, object: objectIn(line)})
	}
}

// What the columns of tables hold: a word, a sentence, or n/m. All others only name
// things, as NAME and IMAGES do, or count them.
var (
	wordColumns     = []string{"STATUS", "REASON", "PHASE", "CONDITION"}
	sentenceColumns = []string{"MESSAGE"}
	unknownColumns  = map[string]string{"TARGETS": "<unknown>", "EXTERNAL-IP": "<pending>"}
)

// row reads a row of the table that the line is in.
func (r *pasteReader) row(cells []string) {
	object := objectOfRow(r.columns, cells)
	said := statement{object: object, age: parseAge(cell(r.columns, cells, "AGE"))}
	for i, c := range r.columns {
		if i >= len(cells) {
			break
		}
		s := said
		s.text = cells[i]
		switch value, hasUnknown := unknownColumns[c]; {
		case slices.Contains(wordColumns, c):
			s.whole = true
			s.event = c == "REASON" && slices.Contains(r.columns, "MESSAGE")
			r.say(s)
		case slices.Contains(sentenceColumns, c):
			r.say(s)
		case hasUnknown && strings.Contains(s.text, value):
			s.text, s.whole = c+" "+value, true
			r.say(s)
		case c == "READY" && object.Kind != "pod":
			if m := ratio.FindStringSubmatch(s.text); m != nil && m[1] != m[2] {
				s.text, s.whole = notReadyRow, true
				r.say(s)
			}
		}
	}
}

// starts returns where each column of a head begins.
func starts(line string, columns []string) []int {
	at := make([]int, len(columns))
	from := 0
	for i, c := range columns {
		at[i] = from + strings.Index(line[from:], c)
		from = at[i] + len(c)
	}
	return at
}

// cells splits a row of the table that the line is in: below the columns of its
// head, since some may be empty, and where it does not stand so, at its blanks.
func (r *pasteReader) cells(line string) []string {
	for _, at := range r.starts {
		if at < len(line) && at > 0 && line[at-1] != ' ' {
			return cells(line)
		}
	}
	row := make([]string, len(r.starts))
	for i, at := range r.starts {
		end := len(line)
		if i+1 < len(r.starts) {
			end = min(end, r.starts[i+1])
		}
		if at < end {
			row[i] = strings.TrimSpace(line[at:end])
		}
	}
	if n := len(strings.Fields(line)); n > 1 && row[1] == "" && len(row) == n {
		return cells(line) // a squeezed row under a wide head
	}
	return row
}

func cell(columns, cells []string, name string) string {
	if i := slices.Index(columns, name); i >= 0 && i < len(cells) {
		return cells[i]
	}
	return ""
}

// event reads a line of events: what stands behind Normal or Warning is the reason,
// then come an object or an age, a component, and the message.
func (r *pasteReader) event(about Object, cells []string) {
	i := slices.IndexFunc(cells, func(c string) bool { return c == "Normal" || c == "Warning" })
	if i < 0 || i+1 >= len(cells) {
		return
	}
	for _, c := range cells[i+2:] {
		if strings.Contains(c, "/") && !strings.Contains(c, " ") {
			if o := objectNamed(c, ""); o.Kind != "" {
				about = o
			}
		}
	}
	r.say(statement{text: cells[i+1], whole: true, event: true, object: about})
	if message := cells[len(cells)-1]; len(cells) > i+2 {
		r.say(statement{text: message, object: about})
	}
}

// described is the part of the output of kubectl describe that a line is in.
type described struct {
	object  Object
	section string
}

// read reads a line of a description, and reports false where it is none.
func (d *described) read(r *pasteReader, line string) bool {
	if name := describedName(line); name != "" {
		*d = described{object: Object{Name: name}}
		return true
	}
	key, value, isField := strings.Cut(line, ":")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	indented := line[0] == ' ' || line[0] == '\t'
	if !indented {
		if !isField || *d == (described{}) && key != "Conditions" && key != "Events" && key != "State" {
			return false
		}
		d.section, d.object.Container = key, ""
		if kind, ok := describedKinds[key]; ok && d.object.Kind == "" {
			d.object.Kind = kind
			for i := range r.said { // said before the kind was known
				if o := &r.said[i].object; o.Kind == "" && o.Name == d.object.Name && o.Namespace == d.object.Namespace {
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
			r.say(statement{text: word, whole: true, object: d.object})
		case "Message", "Taints":
			r.say(statement{text: value, object: d.object})
		}
		return true
	}
	switch {
	case d.section == "Conditions":
		condition(r, d.object, strings.Fields(line))
	case d.section == "Taints":
		r.say(statement{text: line, object: d.object})
	case key == "Reason":
		r.say(statement{text: value, whole: true, object: d.object})
	case key == "Exit Code" && isField:
		r.say(statement{text: "exit code " + value, whole: true, object: d.object})
	case key == "Message":
		r.say(statement{text: value, object: d.object})
	case d.object.Name == "" && d.section == "":
		return false
	case strings.HasSuffix(d.section, "Containers") && value == "" && isField && strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "   "):
		if isObjectName(key) {
			d.object.Container = key
		}
	}
	return true
}

// describedKinds tell what kubectl describe describes, by a field that only this
// kind has.
var describedKinds = map[string]string{
	"Roles": "node", "Containers": "pod", "StrategyType": "deployment", "Endpoints": "service",
	"Completions": "job", "Used By": "persistentvolumeclaim", "Reclaim Policy": "persistentvolume",
}

// condition reads a row of conditions: the type, whether it holds, and in the
// longer form times, a reason and a message.
func condition(r *pasteReader, object Object, fields []string) {
	if len(fields) < 2 {
		return
	}
	holds, err := strconv.ParseBool(fields[1])
	if err != nil && fields[1] != "Unknown" {
		return
	}
	said := statement{text: fields[0], whole: true, object: object, holds: &holds}
	for _, f := range fields[2:] {
		if strings.ContainsFunc(f[1:], fold.IsUpper) && status.MatchString(f) {
			said.reason = f
			r.say(statement{text: f, whole: true, object: object, condition: fields[0], holds: &holds})
			break
		}
	}
	r.say(said)
}

// A manifest is the part of an object in YAML or JSON that a line is in.
type manifest struct {
	object     Object
	inMetadata bool
	condition  string // the type of the condition
	holds      string
	reason     *statement // of the condition, as far as it is known
}

var manifestLine = regexp.MustCompile(`^(\s*(?:- )?)"?([A-Za-z]\w*)"?:(?:\s+"?(.*?)"?,?)?$`)

// read reads a line of YAML or JSON, and reports false where it is none.
func (m *manifest) read(r *pasteReader, line string) bool {
	if isJSON(line) {
		for _, field := range splitJSON(line) {
			m.read(r, field)
		}
		return true
	}
	if strings.Trim(line, " {-") == "" {
		m.begin(r)
		return true
	}
	found := manifestLine.FindStringSubmatch(line)
	if found == nil {
		return strings.Trim(line, " {}[],") == ""
	}
	if strings.Contains(found[1], "-") {
		m.begin(r)
	}
	key, value := found[2], found[3]
	switch key {
	case "kind":
		m.object = Object{Kind: strings.ToLower(value)}
	case "metadata":
		m.inMetadata = true
	case "spec", "ownerReferences", "labels", "annotations":
		m.inMetadata = false
	case "status":
		m.inMetadata = false
		m.holds = value
	case "name", "namespace":
		if m.inMetadata && isObjectName(value) {
			if key == "name" {
				m.object.Name = value
			} else {
				m.object.Namespace = value
			}
		}
	case "reason":
		m.flush(r)
		m.reason = &statement{text: value, whole: true, at: r.offset, object: m.object.valid()}
	case "phase":
		r.say(statement{text: value, whole: true, object: m.object.valid()})
	case "message":
		r.say(statement{text: value, object: m.object.valid()})
	case "exitCode":
		r.say(statement{text: "exit code " + value, whole: true, object: m.object.valid()})
	case "type":
		m.condition = value
	case "apiVersion", "uid", "resourceVersion", "image", "imageID", "containerID", "nodeName", "hostIP", "podIP":
	default:
		// A sentence with a colon is no manifest.
		return found[1] != "" || value == "" || strings.HasPrefix(strings.TrimSpace(line), `"`)
	}
	return true
}

// begin is called where a new item begins: what was said of the last one is whole.
func (m *manifest) begin(r *pasteReader) {
	holds, err := strconv.ParseBool(strings.ToLower(m.holds))
	if m.condition != "" && (err == nil || m.holds == "Unknown") {
		said := statement{text: m.condition, whole: true, object: m.object.valid(), holds: &holds}
		if m.reason != nil {
			m.reason.condition, m.reason.holds = m.condition, &holds
			said.reason = m.reason.text
		}
		r.say(said)
	}
	m.flush(r)
	m.condition, m.holds = "", ""
}

func (m *manifest) flush(r *pasteReader) {
	if m.reason != nil {
		r.say(*m.reason)
	}
	m.reason = nil
}

// splitJSON breaks a line of JSON with several fields into one line a field, and
// "-" where an object begins.
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

// isJSON reports whether a line has several fields of JSON.
func isJSON(line string) bool {
	if line = strings.TrimSpace(line); line == "" || !strings.ContainsRune("{[\"", rune(line[0])) {
		return false
	}
	return strings.Count(line, `":`) > 1 || strings.Contains(line, `":`) && strings.ContainsAny(line, "{}")
}

var podInLog = regexp.MustCompile(`\bpods?[ =]"?([a-z0-9-]+/)?([a-z0-9][a-z0-9.-]*)"?`)

// objectIn returns the Pod that a sentence of a component speaks of.
func objectIn(line string) Object {
	m := podInLog.FindStringSubmatch(line)
	if m == nil || !strings.ContainsAny(m[2], "-0123456789") {
		return Object{}
	}
	return Object{Kind: "pod", Namespace: strings.TrimSuffix(m[1], "/"), Name: m[2]}.valid()
}

// header returns the columns of a line that is the head of a kubectl table,
// else nil: words in capitals, NAME or OBJECT among them.
func header(line string) []string {
	if len(line) > maxOutputLine || line == "" || !fold.IsUpper(rune(line[0])) {
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

func objectOfRow(columns, row []string) Object {
	name := cell(columns, row, "NAME")
	if event := cell(columns, row, "OBJECT"); event != "" {
		name = event
	}
	kind := ""
	for _, k := range kindByColumns {
		if containsAll(columns, k.columns) {
			kind = k.kind
			break
		}
	}
	o := objectNamed(name, kind)
	o.Namespace = cell(columns, row, "NAMESPACE")
	return o.valid()
}

// objectNamed reads a name as kubectl prints it: pod/web-1, deployment.apps/web, or
// a name of a kind that the table tells.
func objectNamed(name, kind string) Object {
	if prefix, rest, ok := strings.Cut(name, "/"); ok {
		prefix, _, _ = strings.Cut(prefix, ".")
		return Object{Kind: strings.ToLower(prefix), Name: rest}.valid()
	}
	if kind == "" {
		return Object{Name: name}.valid()
	}
	return Object{Kind: kind, Name: name}.valid()
}

func containsAll(have, want []string) bool {
	return !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) })
}

// isObjectName reports whether s is of the form of names in Kubernetes, wide
// enough for every kind: letters and digits, with hyphens and dots within.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
func isObjectName(s string) bool {
	if s == "" || len(s) > 253 || !fold.IsLowerAlnum(s[0]) || !fold.IsLowerAlnum(s[len(s)-1]) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !fold.IsLowerAlnum(c) && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

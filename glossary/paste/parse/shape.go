package parse

import (
	"slices"
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// A rowShape is a pattern for the cells after the name in a row of a kind. Each letter of
// cells matches one cell:
//
//	r  1/1               c  a number, with "(3m ago)"   g  an age
//	s  a status of Pods  S  a status of nodes           v  a version
//	t  a Service's type  a  an address or <none>        p  ports
//	b  a claim's phase   q  a quantity                  m  access modes
//	w  any word          j  a Job's status              l  a reclaim policy
//	f  Kind/name         %  an autoscaling target       P  a phase of Pods
type rowShape struct {
	kind    string
	cells   string
	columns []string
	sure    bool // no other table and no sentence matches
}

func shape(kind, cells, columns string, sure bool) rowShape {
	return rowShape{kind, cells, append([]string{"NAME"}, strings.Split(columns, ",")...), sure}
}

// mayContinue reports whether a row of this shape may begin at the end of a line and continue in the next one.
func (s *rowShape) mayContinue() bool { return s.sure && strings.IndexByte("rSt", s.cells[0]) >= 0 }

// rowShapes are tried in this order, the longest shape of a kind first. A shape that is not sure is
// tried only if the kind is known from the command or a prefix, or if the shape is in aloneShapes.
var rowShapes = []rowShape{
	shape("pod", "rscg", "READY,STATUS,RESTARTS,AGE", true),
	shape("node", "Swgv", "STATUS,ROLES,AGE,VERSION", true),
	shape("node", "Sgv", "STATUS,AGE,VERSION", true),
	shape("deployment", "rccg", "READY,UP-TO-DATE,AVAILABLE,AGE", true),
	shape("daemonset", "cccccwg", "DESIRED,CURRENT,READY,UP-TO-DATE,AVAILABLE,NODE SELECTOR,AGE", true),
	shape("deployment", "ccccg", "DESIRED,CURRENT,UP-TO-DATE,AVAILABLE,AGE", true),
	shape("job", "jrgg", "STATUS,COMPLETIONS,DURATION,AGE", true),
	shape("job", "jrg", "STATUS,COMPLETIONS,AGE", true),
	shape("job", "rgg", "COMPLETIONS,DURATION,AGE", true),
	shape("service", "taapg", "TYPE,CLUSTER-IP,EXTERNAL-IP,PORT(S),AGE", true),
	shape("service", "aapg", "CLUSTER-IP,EXTERNAL-IP,PORT(S),AGE", true),
	shape("persistentvolumeclaim", "bwqmwwg", "STATUS,VOLUME,CAPACITY,ACCESS MODES,STORAGECLASS,VOLUMEATTRIBUTESCLASS,AGE", true),
	shape("persistentvolumeclaim", "bwqmwg", "STATUS,VOLUME,CAPACITY,ACCESS MODES,STORAGECLASS,AGE", true),
	shape("persistentvolumeclaim", "bwqmg", "STATUS,VOLUME,CAPACITY,ACCESS MODES,AGE", true),
	shape("persistentvolume", "qmlbwwwg", "CAPACITY,ACCESS MODES,RECLAIM POLICY,STATUS,CLAIM,STORAGECLASS,VOLUMEATTRIBUTESCLASS,AGE", true),
	shape("persistentvolume", "qmlbwwg", "CAPACITY,ACCESS MODES,RECLAIM POLICY,STATUS,CLAIM,STORAGECLASS,AGE", true),
	shape("persistentvolume", "qmlbwg", "CAPACITY,ACCESS MODES,RECLAIM POLICY,STATUS,STORAGECLASS,AGE", true),
	shape("horizontalpodautoscaler", "f%cccg", "REFERENCE,TARGETS,MINPODS,MAXPODS,REPLICAS,AGE", true),
	shape("horizontalpodautoscaler", "f%%cccg", "REFERENCE,TARGETS,MINPODS,MAXPODS,REPLICAS,AGE", true),
	shape("persistentvolumeclaim", "bwwg", "STATUS,STORAGECLASS,VOLUMEATTRIBUTESCLASS,AGE", false),
	shape("persistentvolumeclaim", "bwg", "STATUS,STORAGECLASS,AGE", false),
	shape("persistentvolumeclaim", "bg", "STATUS,AGE", false),
	shape("pod", "Ps", "STATUS,REASON", false), // of -o jsonpath and custom-columns
	shape("pod", "P", "STATUS", false),
	shape("statefulset", "rg", "READY,AGE", false),
	shape("replicaset", "cccg", "DESIRED,CURRENT,READY,AGE", false),
	shape("namespace", "Ng", "STATUS,AGE", false),
}

// aloneShapes are shapes that are not sure but are accepted if the row fills its line and the
// kind is unknown.
var aloneShapes = lex.Set("persistentvolumeclaim bwg|persistentvolumeclaim bwwg|replicaset cccg")

// A foundRow is a row found in a line.
type foundRow struct {
	kind           string
	columns, cells []string
}

// A rowScan searches the words of a line for rows.
type rowScan struct {
	fields []string
	room   []foundRow // for the rows that are found
	kind   string     // from the command; "" if unknown
	wide   bool       // two or more spaces separate the cells
	left   []string   // words outside of the rows that are found
	before int        // the number of words before the first of these rows
}

// digitShapes are the shapes whose first cell may begin with a digit, and upperShapes are those whose
// first cell may begin with a capital or "<".
var digitShapes, upperShapes = shapesOf("rcaq"), shapesOf("SjtabfPN")

// shapesOf returns the shapes whose first cell has one of the letters.
func shapesOf(letters string) (all []*rowShape) {
	for i := range rowShapes {
		if strings.IndexByte(letters, rowShapes[i].cells[0]) >= 0 {
			all = append(all, &rowShapes[i])
		}
	}
	return all
}

// rowAt matches a row whose name is word i. It returns the number of words in the row, or 0 if
// there is no row. more is set if the line ends in the middle of a possible row.
func (s *rowScan) rowAt(i int) (r foundRow, n int, more bool) {
	f := s.fields
	name := f[i]
	kind := s.kind
	if i+1 == len(f) || f[i+1][0] != '<' && (f[i+1][0] < '0' || f[i+1][0] > '9') && (f[i+1][0] < 'A' || f[i+1][0] > 'Z') {
		return r, 0, false // no cell after a name begins like this
	}
	if prefix, rest, ok := strings.Cut(name, "/"); ok {
		kind = observe.KindNamed(prefix)
		if !observe.IsName(rest) || !observe.IsName(kind) || i > 1 {
			return r, 0, false
		}
	} else if !observe.IsName(name) || observe.IsAge(name) || ratioWord(name) {
		return r, 0, false
	}
	form, fits := byte(0), false // the first cell of the last shapes, and whether the word after the name matches it
	shapes := upperShapes
	if f[i+1][0] <= '9' {
		shapes = digitShapes
	}
	for _, sh := range shapes {
		if sh.cells[0] != form {
			form = sh.cells[0]
			fits = matchCell(form, f[i+1])
		}
		if !fits || len(sh.cells) > len(f)-i-1 && (more || !sh.mayContinue()) {
			continue
		}
		if !sh.sure && sh.kind != kind && !(i == 0 && len(f) == len(sh.cells)+1 && kind == "" && aloneShapes[sh.kind+" "+sh.cells] && nameLike(name)) {
			continue
		}
		if sh.cells[0] == 'P' && (i != 0 || len(f) != len(sh.cells)+1) {
			continue // too short to be found inside of a line
		}
		if kind != "" && sh.kind != kind && (observe.KnownKind(kind) && strings.Contains(name, "/") || !sh.sure) {
			continue
		}
		m := matchCells(sh.cells, f[i+1:])
		switch {
		case m == len(sh.cells):
			r = foundRow{sh.kind, sh.columns, slices.Clip(f[i : i+1+m])}
			if at := strings.Index(sh.cells, "%%"); at >= 0 { // cpu: 10%/50%
				r.cells = slices.Clone(r.cells)
				r.cells[at+1] += " " + r.cells[at+2]
				r.cells = slices.Delete(r.cells, at+2, at+3)
			}
			return r, m + 1, false
		case m == len(f)-i-1 && m > 0 && sh.mayContinue():
			more = true // all words up to the end of the line match
		}
	}
	return r, 0, more
}

// byColumns matches a row of a known kind at the start of the line. It compares the number of
// cells up to the age. It returns the number of words in the row, or 0 if there is none.
func (s *rowScan) byColumns(kind string) (r foundRow, n int) {
	columns := observe.ColumnsOf(kind)
	f, taken := s.fields, 0
	if kind == "cronjob" && len(f) > 6 && !strings.HasPrefix(f[1], "@") { // */5 * * * *
		f, taken = slices.Concat(f[:1], []string{strings.Join(f[1:6], " ")}, f[6:]), 4
	}
	end := slices.Index(columns, "AGE")
	if end < 1 {
		return r, 0
	}
	columns = columns[:end+1]
	if kind == "cronjob" && len(f) > end-1 && observe.IsAge(f[end-1]) { // before TIMEZONE was added
		columns, end = slices.Delete(slices.Clone(columns), 2, 3), end-1
	}
	if len(f) > end && observe.IsAge(f[end]) {
		return foundRow{kind, columns, f[:end+1]}, end + 1 + taken
	}
	if last := len(f) - 1; last > 0 && last < end && observe.IsAge(f[last]) && (strings.Contains(f[0], "/") || s.wide) {
		t := &table{columns: columns}
		cells := t.place(f)
		if kind == "ingress" && lex.Digits(f[last-1]) == len(f[last-1]) { // ADDRESS is empty
			cells[end-2], cells[end-1] = "", f[last-1]
		}
		return foundRow{kind, columns, cells}, last + 1 + taken
	}
	return r, 0
}

// matchCells returns the number of leading words that match the cells of a shape.
func matchCells(cells string, f []string) int {
	n := 0
	for n < len(cells) && n < len(f) && matchCell(cells[n], f[n]) {
		n++
	}
	return n
}

func matchCell(form byte, w string) bool {
	switch form {
	case 'r':
		return ratioWord(w)
	case 'c':
		n := lex.Digits(w)
		return n > 0 && (n == len(w) || w[n] == ' ')
	case 'g':
		return observe.IsAge(w) || w == "<unknown>" || w == "<invalid>"
	case 's':
		return isPodStatus(w)
	case 'S':
		first, _, _ := strings.Cut(w, ",")
		return first == "Ready" || first == "NotReady" || first == "Unknown"
	case 'v':
		return len(w) > 3 && w[0] == 'v' && '0' <= w[1] && w[1] <= '9' && strings.Contains(w, ".")
	case 't':
		return w == "ClusterIP" || w == "NodePort" || w == "LoadBalancer" || w == "ExternalName"
	case 'a':
		return address(w) || w == "<pending>" || w == "None" || strings.Contains(w, ".")
	case 'p':
		return strings.Contains(w, "/TCP") || strings.Contains(w, "/UDP") || strings.Contains(w, "/SCTP") || w == "<none>"
	case 'b':
		return w == "Bound" || w == "Pending" || w == "Lost" || w == "Terminating" || w == "Available" || w == "Released" || w == "Failed"
	case 'q':
		n := lex.Digits(w)
		return n > 0 && n < len(w) && strings.IndexByte("KMGTPEkm", w[n]) >= 0 && len(w) <= n+2 || w == "0"
	case 'm':
		return strings.HasPrefix(w, "RWO") || strings.HasPrefix(w, "ROX") || strings.HasPrefix(w, "RWX")
	case 'l':
		return w == "Retain" || w == "Delete" || w == "Recycle"
	case 'j':
		return w == "Running" || w == "Complete" || w == "Failed" || w == "Suspended" || w == "Terminating" || w == "SuccessCriteriaMet" || w == "FailureTarget"
	case 'f':
		kind, name, ok := strings.Cut(w, "/")
		return ok && observe.IsName(name) && kind != "" && kind[0] >= 'A' && kind[0] <= 'Z'
	case '%':
		return strings.Contains(w, "/") || strings.HasSuffix(w, ":")
	case 'N':
		return w == "Active" || w == "Terminating"
	case 'P':
		return w == "Pending" || w == "Running" || w == "Succeeded" || w == "Failed" || w == "Unknown"
	case 'w':
		return !observe.IsAge(w) || !ratioWord(w)
	}
	return false
}

// isPodStatus reports whether a word can be the STATUS of a Pod.
func isPodStatus(w string) bool {
	for _, before := range [...]string{"Init:", "ExitCode:", "Signal:"} {
		if after, ok := strings.CutPrefix(w, before); ok {
			return after != ""
		}
	}
	if w == "" || w[0] < 'A' || w[0] > 'Z' || len(w) < 4 {
		return false
	}
	for i := range len(w) {
		if c := w[i]; (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

func ratioWord(w string) bool {
	n := lex.Digits(w)
	return n > 0 && n < len(w) && w[n] == '/' && n+1 < len(w) && n+1+lex.Digits(w[n+1:]) == len(w)
}

// address reports whether a word is an IP address or <none>.
func address(w string) bool {
	if w == "<none>" {
		return true
	}
	return lex.Digits(w) > 0 && strings.Count(w, ".") >= 3 && strings.Trim(w, "0123456789.,:") == "" || strings.Count(w, ":") >= 2 && strings.Trim(w, "0123456789abcdef:,.") == ""
}

// nameLike reports whether a word is more likely the name of an object than a word of a
// sentence: it contains a hyphen and a digit, or begins with a kind prefix.
func nameLike(w string) bool {
	if kind, name, ok := strings.Cut(w, "/"); ok {
		return observe.KnownKind(observe.KindNamed(kind)) && observe.IsName(name)
	}
	return observe.IsName(w) && strings.Contains(w, "-")
}

// BeginsCells reports whether a line begins with the cell that comes after a name: 1/1,
// NotReady, ClusterIP.
func BeginsCells(s string) bool {
	w, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return ratioWord(w) || matchCell('S', w) || matchCell('t', w)
}

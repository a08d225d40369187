package glossary

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/paste"
)

// A Finding is a term that occurs in a text.
type Finding struct {
	Term *Term
	// Severity is how bad it is there: that of the term, but for a status that has
	// lasted for too long, and for a condition that should hold and does not.
	Severity Severity
	// Objects are those that the text says it of, in the order of the text and
	// each once; empty where the text does not tell.
	Objects []paste.Object
}

// Scan returns every known word in a text that somebody pasted: what kubectl
// printed, or a message. The serious ones come first, those of one severity in
// the order of the text.
//
// In the output of kubectl only what a cluster says of objects counts, where it
// is written as Kubernetes writes it: Error does, the word error in a log does
// not, and names of objects, images and columns do not.
func (g *Glossary) Scan(text string) []Finding {
	s := scan{at: make(map[*Term]int)}
	if paste.LooksLikeOutput(text) {
		said := paste.Read(text)
		// What only follows from the rest comes last: it may be no news.
		slices.SortStableFunc(said, func(a, b paste.Statement) int {
			switch {
			case a.IsSymptom() == b.IsSymptom():
				return 0
			case a.IsSymptom():
				return 1
			}
			return -1
		})
		for _, st := range said {
			g.index.understand(st, s.add)
		}
	} else {
		text = cutAt(text, maxProse)
		for _, f := range g.index.scanner.scan(text, false) {
			if isVague(text, f) {
				continue
			}
			s.add(f.term, f.term.Severity, paste.Statement{})
		}
	}
	slices.SortStableFunc(s.findings, func(a, b Finding) int {
		return cmp.Compare(a.Severity.Rank(), b.Severity.Rank())
	})
	return s.findings
}

// vague are words that every log has, and that say nothing of Kubernetes there: in
// small letters, in capitals, and in front of a message.
var vague = fold.WordSet("error errors failed fail fails failure")

func isVague(text string, f found) bool {
	written := text[f.start:f.end]
	return vague[written] || vague[strings.ToLower(written)] &&
		(written == strings.ToUpper(written) || strings.HasPrefix(text[f.end:], ":"))
}

// maxProse is the number of bytes of a message that are read, where it is no output
// of kubectl. Nobody asks for the words of a longer one, and a few milliseconds are
// enough for it.
const maxProse = 8 << 10

// cutAt returns the first n bytes of s at most, in whole characters.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// A scan gathers findings.
type scan struct {
	findings []Finding
	at       map[*Term]int
}

func (s *scan) add(t *Term, severity Severity, said paste.Statement) {
	o := said.Object
	if said.IsSymptom() && s.failed(o) {
		return
	}
	i, ok := s.at[t]
	if !ok {
		i = len(s.findings)
		s.at[t] = i
		s.findings = append(s.findings, Finding{Term: t, Severity: severity})
	}
	f := &s.findings[i]
	if severity.Rank() < f.Severity.Rank() {
		f.Severity, f.Objects = severity, nil // the others are not what is bad
	}
	if severity == f.Severity && o != (paste.Object{}) && !slices.ContainsFunc(f.Objects, o.Same) {
		f.Objects = append(f.Objects, o)
	}
}

// failed reports whether something worse was found of an object than that it is
// not ready.
func (s *scan) failed(o paste.Object) bool {
	return o != (paste.Object{}) && slices.ContainsFunc(s.findings, func(f Finding) bool {
		return f.Severity == Failure && slices.ContainsFunc(f.Objects, o.Same)
	})
}

// understand finds the terms of a statement.
func (x *index) understand(s paste.Statement, add func(*Term, Severity, paste.Statement)) {
	if s.Condition != "" {
		known, fine := false, false
		for _, m := range x.equal(s.Condition) {
			if m.Term.IsStatus() {
				_, news := m.Term.in(paste.Statement{Status: s.Status})
				known, fine = true, fine || !news
			}
		}
		if fine || !known && *s.Status {
			return // the reason why all is well
		}
		s.Status = nil
	}
	if s.IsSymptom() && s.Reason != "" && slices.ContainsFunc(x.equal(s.Reason), func(m Match) bool { return m.Term.IsStatus() && !m.Term.isCalm() }) {
		return // the reason says more than the condition
	}
	var terms []*Term
	if s.Whole {
		found := x.equal(s.Text)
		if found == nil {
			found = x.composed(s.Text)
		}
		for _, m := range found {
			terms = append(terms, m.Term)
		}
		// A word that several kinds of objects have is that of this kind.
		if own := slices.DeleteFunc(slices.Clone(terms), func(t *Term) bool { return !t.isOf(s.Object.Kind) }); len(own) > 0 {
			terms = own
		}
	} else {
		for _, f := range x.scanner.scan(s.Text, true) {
			terms = append(terms, f.term)
		}
		// secret "x" not found
		if unquoted := quoted.ReplaceAllString(s.Text, ""); unquoted != s.Text {
			for _, f := range x.scanner.scan(unquoted, true) {
				terms = append(terms, f.term)
			}
		}
	}
	if s.Event {
		terms = slices.DeleteFunc(terms, func(t *Term) bool { return !t.HasLayer(Event, Reason, Message) })
	}
	for _, t := range terms {
		if severity, ok := t.in(s); ok {
			add(t, severity, s)
		}
	}
}

// quoted matches a quoted name with the blank behind it.
var quoted = regexp.MustCompile(`"[^"]*" ?|'[^']*' ?`)

// isOf reports whether the term is said of objects of a kind, or of their
// containers.
func (t *Term) isOf(kind string) bool {
	return kind != "" && slices.ContainsFunc(t.Layers, func(l Layer) bool {
		of := strings.ToLower(l.Of)
		return strings.Contains(of, kind) || kind == "pod" && strings.Contains(of, "container")
	})
}

// isCalm reports whether the status is as it should be, or may be for a while.
func (t *Term) isCalm() bool { return t.Severity.Rank() >= Passing.Rank() }

// in returns how bad the term is where a statement says it, and false where it
// is nothing that a cluster says, or not worth a word.
func (t *Term) in(s paste.Statement) (Severity, bool) {
	calm := t.isCalm()
	switch {
	case !t.IsStatus() && !t.HasLayer(Column):
		return "", false
	case s.Status != nil && *s.Status == calm:
		return "", false // as it should be
	case s.Status != nil && calm:
		return Warning, true
	case t.Severity == Passing && t.OverdueAfter > 0 && s.Age > time.Duration(t.OverdueAfter):
		return Warning, true
	}
	return t.Severity, true
}

// A scanner finds the names and aliases of terms in a text.
type scanner struct {
	// words has the spellings of ASCII by their folded form, and firsts the
	// number of words in the longest that begins with a folded word.
	words  map[string][]scanWord
	firsts map[string]int
	// japanese has those with kana or kanji by their first rune, longest first.
	japanese map[rune][]scanWord
	ascii    [utf8.RuneSelf]bool // whether one of these begins so
}

type scanWord struct {
	term     *Term
	text     string // as its author wrote it, or as it is compared in Japanese
	parts    int    // of which it is written
	ordinary bool   // an English word that means something outside Kubernetes too
	head     bool   // the head of a column
}

// A found is a place in a text where a term occurs.
type found struct {
	term       *Term
	start, end int // bytes of the text
}

func newScanner(terms []*Term) *scanner {
	s := &scanner{
		words:    make(map[string][]scanWord),
		firsts:   make(map[string]int),
		japanese: make(map[rune][]scanWord),
	}
	for _, t := range terms {
		for _, n := range t.AllNames() {
			s.add(t, n.Text)
		}
	}
	for _, list := range s.japanese {
		slices.SortStableFunc(list, func(a, b scanWord) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	return s
}

func (s *scanner) add(t *Term, text string) {
	if first, _ := utf8.DecodeRuneInString(text); fold.HasJapanese(text) {
		if utf8.RuneCountInString(text) > 1 {
			s.japanese[first] = append(s.japanese[first], scanWord{term: t, text: text})
			if first < utf8.RuneSelf {
				s.ascii[first] = true
			}
		}
		return
	}
	parts := fold.Spans(text)
	if len(parts) == 0 || len(fold.Key(text)) < 2 {
		return
	}
	key := fold.Key(text)
	// The heads of columns are words in capitals.
	head := t.HasLayer(Column) && len(parts) == 1 && text == strings.ToUpper(text)
	ordinary := len(parts) == 1 && !strings.ContainsFunc(text[1:], fold.IsUpper) && !strings.ContainsFunc(text, unicode.IsDigit)
	s.words[key] = append(s.words[key], scanWord{t, text, len(parts), ordinary, head})
	first := fold.Key(text[parts[0].Start:parts[0].End])
	s.firsts[first] = max(s.firsts[first], len(parts))
}

// scan returns the places where terms occur, in the order of the text. Of
// several that overlap the longest counts.
func (s *scanner) scan(text string, output bool) []found {
	all := s.scanWords(text, output)
	if !output { // kubectl speaks English
		all = append(all, s.scanJapanese(text)...)
	}
	slices.SortFunc(all, func(a, b found) int { return cmp.Compare(a.start, b.start) })
	return all
}

func (s *scanner) scanWords(text string, output bool) []found {
	var all []found
	parts := fold.Spans(text)
	for i := 0; i < len(parts); {
		n, hits := s.longest(text, parts[i:], output)
		for _, w := range hits {
			all = append(all, found{w.term, parts[i].Start, parts[i+n-1].End})
		}
		i += max(n, 1)
	}
	return all
}

// longest finds the spellings that begin with the first of the parts; n is the
// number of parts that they take.
func (s *scanner) longest(text string, parts []fold.Span, output bool) (n int, hits []scanWord) {
	limit := min(s.firsts[fold.Key(text[parts[0].Start:parts[0].End])], len(parts))
	for n := limit; n > 0; n-- {
		start, end := parts[0].Start, parts[n-1].End
		if !joinedUp(text, parts[:n]) || isPartOfName(text, start, end) {
			continue
		}
		written := text[start:end]
		words := s.words[fold.Key(written)]
		if len(words) == 0 && n > 1 && !output { // init containers
			for _, singular := range fold.Singulars(fold.Key(written)) {
				words = append(words, s.words[singular]...)
			}
		}
		for _, w := range words {
			if n > w.parts && (output || w.term.IsStatus()) {
				continue // "not found" is said of everything, NotFound of an object
			}
			if w.head && (output || w.text != written) {
				continue // in output it stands above what it tells
			}
			if w.ordinary && output {
				continue
			}
			if !slices.ContainsFunc(hits, func(h scanWord) bool { return h.term == w.term }) {
				hits = append(hits, w)
			}
		}
		if len(hits) > 0 {
			return n, hits
		}
	}
	return 0, nil
}

// joinedUp reports whether the parts are one after the other with a single
// blank, hyphen or the like in between.
func joinedUp(text string, parts []fold.Span) bool {
	for i := 1; i < len(parts); i++ {
		if gap := text[parts[i-1].End:parts[i].Start]; len(gap) != 1 && !slices.Contains(joiners, gap) || strings.Trim(gap, " -_./:()") != "" {
			return false
		}
	}
	return true
}

// joiners are the gaps of two signs between the parts of a spelling.
var joiners = []string{": ", " (", ") "}

// isPartOfName reports whether text[start:end] is a part of something longer,
// as node is in node.js and coredns in coredns-5d78c9869d-x2x4z.
func isPartOfName(text string, start, end int) bool {
	const binders = "-_./"
	return start >= 2 && strings.IndexByte(binders, text[start-1]) >= 0 && fold.IsAlnum(text[start-2]) ||
		end+1 < len(text) && strings.IndexByte(binders, text[end]) >= 0 && fold.IsAlnum(text[end+1])
}

func (s *scanner) scanJapanese(text string) []found {
	var all []found
	before := rune(0)
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && !s.ascii[c] {
			before = rune(c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if n := s.japaneseAt(text, i, r, before, &all); n > 0 {
			before, _ = utf8.DecodeLastRuneInString(text[i : i+n])
			i += n
			continue
		}
		before = r
		i += size
	}
	return all
}

// japaneseAt adds the longest Japanese spellings that stand at i, and returns
// their length in bytes.
func (s *scanner) japaneseAt(text string, i int, r, before rune, all *[]found) int {
	n := 0
	for _, w := range s.japanese[r] {
		if n > 0 && len(w.text) < n {
			break
		}
		if !strings.HasPrefix(text[i:], w.text) {
			continue
		}
		// A number at the end, or a word in katakana, must not be a part of a
		// longer one.
		last, _ := utf8.DecodeLastRuneInString(w.text)
		after, _ := utf8.DecodeRuneInString(text[i+len(w.text):])
		if unicode.IsDigit(last) && unicode.IsDigit(after) {
			continue
		}
		if fold.IsKatakana(r) && fold.IsKatakana(before) || fold.IsKatakana(last) && fold.IsKatakana(after) {
			continue
		}
		n = len(w.text)
		*all = append(*all, found{w.term, i, i + n})
	}
	return n
}

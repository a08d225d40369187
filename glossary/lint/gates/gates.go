// Package gates contains the stages of Kubernetes' feature gates, and compares texts with them.
// For a new release, only gates.tsv has to be updated; then run
// `go generate ./glossary/lint/gates`.
package gates

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/zipped"
)

// data is gates.tsv, compressed: the table of gates. The top of gates.tsv explains its source and
// format.
//
//go:generate zopfli --i15 gates.tsv
//go:embed gates.tsv.gz
var data string

// A Stage is the state of a gate as of a release.
type Stage struct {
	Minor int    // 36 for v1.36
	Name  string // alpha, beta, stable or deprecated
	On    bool   // whether the gate is on by default
}

// A Gate contains the stages of a gate, oldest first.
type Gate []Stage

// table returns all gates, keyed by name.
var table = sync.OnceValues(func() (map[string]Gate, error) { return parse(zipped.Text(data)) })

// parse parses a file in the format of gates.tsv.
func parse(file string) (map[string]Gate, error) {
	all := make(map[string]Gate)
	for line := range strings.Lines(file) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		var gate Gate
		for _, f := range fields[1:] {
			var s Stage
			var state string
			if _, err := fmt.Sscanf(f, "v1.%d %s %s", &s.Minor, &s.Name, &state); err != nil || state != "on" && state != "off" {
				return nil, fmt.Errorf("invalid stage %q of %s: write it as \"v1.30 beta on\"", f, fields[0])
			}
			s.On = state == "on"
			gate = append(gate, s)
		}
		if len(gate) == 0 {
			return nil, fmt.Errorf("the gate %s has no stages: write them after its name, separated by tabs", fields[0])
		}
		all[fields[0]] = gate
	}
	return all, nil
}

// Get returns the gate with the given name. It returns false if Kubernetes has no such gate.
func Get(name string) (Gate, bool) {
	all, err := table()
	if err != nil {
		panic(err) // unreachable: TestTable parses the embedded file
	}
	g, ok := all[name]
	return g, ok
}

// At returns the stage of the gate in release v1.minor. It returns false if the gate did not
// exist in that release.
func (g Gate) At(minor int) (stage Stage, ok bool) {
	for _, s := range g {
		if s.Minor <= minor {
			stage, ok = s, true
		}
	}
	return stage, ok
}

// since returns the first release in which the gate was at the given stage and, if on is not
// nil, had the default *on.
func (g Gate) since(name string, on *bool) (minor int, ok bool) {
	for _, s := range g {
		if s.Name == name && (on == nil || s.On == *on) {
			return s.Minor, true
		}
	}
	return 0, false
}

var (
	clauseEnd  = lazyregexp.New(`[,;:()、。;]|\. | and (?:(?:is |was )?(?:alpha|beta|stable)|since|in v)`)
	version    = lazyregexp.New(`v1\.(\d+)`)
	stageWord  = lazyregexp.New(`\b(alpha|beta|stable)\b|(アルファ版|ベータ版|安定版)`)
	sinceWord  = lazyregexp.New(`\b(?:since|from)\b|v1\.\d+から`)
	onWord     = lazyregexp.New(`\b(?:and|is|are|been) on\b|\bon by default\b|有効`)
	offWord    = lazyregexp.New(`\boff\b|無効`)
	stageNames = map[string]string{"アルファ版": "alpha", "ベータ版": "beta", "安定版": "stable"}
)

// Compare returns a lint message for each wrong statement in a sentence about a gate. Each
// clause with one stage and a release is a statement; punctuation separates clauses. Compare
// returns nil for an unknown gate.
func (g Gate) Compare(sentence string) []string {
	if len(g) == 0 {
		return nil
	}
	var wrong []string
	for _, clause := range clauses(sentence) {
		words := stageWord.FindAllString(clause, -1)
		versions := version.FindAllStringSubmatch(clause, -1)
		if len(words) != 1 || len(versions) == 0 {
			continue
		}
		name := words[0]
		if en, ok := stageNames[name]; ok {
			name = en
		}
		var on *bool
		if isOn, isOff := onWord.MatchString(clause), offWord.MatchString(clause); isOn != isOff {
			on = &isOn
		}
		if sinceWord.MatchString(clause) && len(versions) == 1 {
			said, _ := strconv.Atoi(versions[0][1])
			if first, ok := g.since(name, on); !ok || first != said {
				wrong = append(wrong, fmt.Sprintf("%q: gates.tsv has %s", strings.TrimSpace(clause), g))
			}
			continue
		}
		for _, v := range versions {
			said, _ := strconv.Atoi(v[1])
			if s, ok := g.At(said); !ok || s.Name != name || on != nil && s.On != *on {
				wrong = append(wrong, fmt.Sprintf("%q: gates.tsv has %s", strings.TrimSpace(clause), g))
				break
			}
		}
	}
	return wrong
}

// clauses splits a sentence. An "and" before a stage or a release begins a new clause.
func clauses(sentence string) []string {
	var all []string
	for {
		loc := clauseEnd.FindStringIndex(sentence)
		if loc == nil {
			return append(all, sentence)
		}
		all = append(all, sentence[:loc[0]])
		next := loc[0] + 1
		if strings.HasPrefix(sentence[loc[0]:], " and ") {
			next = loc[0] + len(" and ")
		} else {
			for next < len(sentence) && sentence[next]&0xC0 == 0x80 {
				next++ // the rest of the rune
			}
		}
		sentence = sentence[next:]
	}
}

// String returns the stages in the format of gates.tsv.
func (g Gate) String() string {
	parts := make([]string, len(g))
	for i, s := range g {
		state := "off"
		if s.On {
			state = "on"
		}
		parts[i] = fmt.Sprintf("v1.%d %s %s", s.Minor, s.Name, state)
	}
	return strings.Join(parts, ", ")
}

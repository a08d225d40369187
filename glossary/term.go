package glossary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Term is one Kubernetes word with all that the glossary says of it.
//
// The comments on the fields make the table in README.md; `go generate
// ./glossary` writes it anew.
type Term struct {
	// ID is the file's name without its ending: lower-case letters, digits and
	// hyphens. Unique over all categories.
	ID string `yaml:"-" json:"id"`
	// Category is the folder that the file lies in.
	Category Category `yaml:"-" json:"category"`

	// Name is the word as Kubernetes spells it. `ja` only where Japanese
	// readers use another spelling (Pod / ポッド).
	Name Text `yaml:"name" json:"name"`
	// Reading is how the English name is read aloud, in katakana.
	Reading string `yaml:"reading" json:"reading,omitempty"`
	// Furigana is how the Japanese name is read where it has kanji, in hiragana.
	Furigana string `yaml:"furigana" json:"furigana,omitempty"`
	// StandsFor is what an abbreviation stands for, in English.
	StandsFor string `yaml:"stands_for" json:"stands_for,omitempty"`
	// Aliases are all other strings under which the term is found: short names,
	// spellings, Japanese names, common misspellings, the sentence in which it
	// shows up in an event. What differs only in case, width, kana or hyphens
	// from a name need not be listed.
	Aliases []string `yaml:"aliases" json:"aliases,omitempty"`
	// Shares are aliases that truly belong to several terms; each of these
	// terms declares them, and a question for one is answered with all.
	Shares []string `yaml:"shares" json:"shares,omitempty"`
	// Paraphrases are what people write who do not know the name, a line each:
	// "keeps one Pod on each node". Only the search reads them.
	Paraphrases Text `yaml:"paraphrases" json:"paraphrases,omitzero"`
	// Usages are what kind of word it is. A word that is seen in several
	// places has several.
	Usages []Usage `yaml:"layers" json:"layers"`
	// Resource is the entry in `kubectl api-resources`; for the layer
	// `resource kind` only.
	Resource *Resource `yaml:"resource" json:"resource,omitempty"`
	// Summary is one sentence that can be read without the rest.
	Summary Text `yaml:"summary" json:"summary"`
	// Meaning is what it does or what it tells you, in the order in which a
	// reader needs it: two to six sentences, each on a line of its own.
	Meaning Text `yaml:"meaning" json:"meaning"`
	// Severity is whether to get up at night for this status.
	Severity Severity `yaml:"severity" json:"severity,omitempty"`
	// NormalFor is how long the status may last before it is a problem;
	// for the severity `passing`.
	NormalFor Text `yaml:"normal_for" json:"normal_for,omitzero"`
	// OverdueAfter is the age of an object from which the status is a problem, as
	// 5m or 1h; for the severity `passing`, where the age can tell.
	OverdueAfter Duration `yaml:"overdue_after" json:"overdue_after,omitzero"`
	// Causes are those of a status in order of likelihood, one sentence each.
	Causes []Text `yaml:"causes" json:"causes,omitempty"`
	// Checks are what to look at first when the status is seen.
	Checks []Command `yaml:"checks" json:"checks,omitempty"`
	// Try are the commands that show a resource or a component.
	Try []Command `yaml:"try" json:"try,omitempty"`
	// ConfusedWith are terms that people take this one for.
	ConfusedWith []Confusion `yaml:"confused_with" json:"confused_with,omitempty"`
	// Related are the IDs of other terms under the relation that this term has
	// to them. Written on one side only: the inverse is derived.
	Related Relations `yaml:"related" json:"related,omitempty"`
	// Versions are the releases of Kubernetes that matter to the term.
	Versions *Versions `yaml:"versions" json:"versions,omitempty"`
	// Docs are the pages to read on: on kubernetes.io, or of the component's
	// own project. `ja` only where the Japanese page exists.
	Docs Text `yaml:"docs" json:"docs"`
	// Tier is 1 when everyone needs the term, 2 often, 3 rarely.
	Tier int `yaml:"tier" json:"tier"`
}

// A Usage tells what kind of word a term is in one place where it is seen.
type Usage struct {
	// Kind is the kind of word.
	Kind UsageKind `yaml:"kind" json:"kind"`
	// Of is the object that carries the word, as Kubernetes spells it: Pod,
	// Node, container.
	Of string `yaml:"of" json:"of,omitempty"`
	// SetBy is the component that writes it.
	SetBy string `yaml:"set_by" json:"set_by,omitempty"`
}

// Resource is a row of `kubectl api-resources`.
type Resource struct {
	// Plural is the name in the plural, in lower case.
	Plural string `yaml:"plural" json:"plural"`
	// ShortNames are those that kubectl understands.
	ShortNames []string `yaml:"short_names" json:"short_names,omitempty"`
	// Group is that of the API; empty for the core group.
	Group string `yaml:"group" json:"group,omitempty"`
	// Namespaced is false where the objects belong to the whole cluster.
	Namespaced bool `yaml:"namespaced" json:"namespaced"`
}

// A Command is a read-only kubectl command and what to look for in its output.
type Command struct {
	// Run is the command. POD, NS, NODE, NAME and CONTAINER stand for what the
	// reader has to fill in.
	Run string `yaml:"run" json:"run"`
	// EN is what to look for, in each language.
	EN string `yaml:"en" json:"en"`
	JA string `yaml:"ja" json:"ja"`
}

// Note returns what to look for, in l.
func (c Command) Note(l Lang) string { return Text{EN: c.EN, JA: c.JA}.In(l) }

// A Confusion names a term that people take another one for.
type Confusion struct {
	// Term is the ID of the other term.
	Term string `yaml:"term" json:"term"`
	// EN is the difference in one sentence, in each language.
	EN string `yaml:"en" json:"en"`
	JA string `yaml:"ja" json:"ja"`
}

// Difference returns the difference in l.
func (c Confusion) Difference(l Lang) string { return Text{EN: c.EN, JA: c.JA}.In(l) }

// A Duration is a length of time, written as 5m or 1h.
type Duration time.Duration

// UnmarshalText reads a duration. The error tells the form.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil || v <= 0 {
		return fmt.Errorf("%q is no duration: write it as 30s, 5m or 1h", text)
	}
	*d = Duration(v)
	return nil
}

// MarshalText writes a duration as time.Duration does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// Versions are releases of Kubernetes, written as v1.30.
type Versions struct {
	// Introduced is the release that brought it.
	Introduced string `yaml:"introduced" json:"introduced,omitempty"`
	// Deprecated is the release that advised against it.
	Deprecated string `yaml:"deprecated" json:"deprecated,omitempty"`
	// Removed is the release that no longer has it.
	Removed string `yaml:"removed" json:"removed,omitempty"`
	// ReplacedBy is the ID of the term that took its place.
	ReplacedBy string `yaml:"replaced_by" json:"replaced_by,omitempty"`
}

// Relations are the IDs of terms by the relation to them, in the order in
// which [Relation] lists the relations.
type Relations []RelatedTo

// RelatedTo is one relation to one or more terms.
type RelatedTo struct {
	Relation Relation `json:"relation"`
	Terms    []string `json:"terms"`
}

// DisplayName returns the name to show to readers of l. Japanese readers get
// the Japanese name, but for kinds, statuses and programs, which Japanese texts
// write in Latin letters too.
func (t *Term) DisplayName(l Lang) string {
	if l == Japanese && t.Name.JA != "" && (!t.isIdentifier() || t.isConcept()) {
		return t.Name.JA
	}
	return t.Name.EN
}

// OtherName returns the name that DisplayName does not, and "" where there is
// only one.
func (t *Term) OtherName(l Lang) string {
	if t.DisplayName(l) == t.Name.EN {
		return t.Name.JA
	}
	return t.Name.EN
}

// isIdentifier reports whether the English name is one that Kubernetes itself
// uses, as Pod or CrashLoopBackOff, and not an English word.
func (t *Term) isIdentifier() bool {
	return !strings.Contains(t.Name.EN, " ") && strings.ToLower(t.Name.EN) != t.Name.EN
}

// isConcept reports whether the term is a concept that Japanese texts have a word of
// their own for, as 認証 for Authentication.
func (t *Term) isConcept() bool {
	return t.Furigana != "" && !slices.ContainsFunc(t.Usages, func(u Usage) bool { return u.Kind != Concept })
}

// HasUsage reports whether the term is a word of one of the kinds.
func (t *Term) HasUsage(kinds ...UsageKind) bool {
	for _, l := range t.Usages {
		for _, k := range kinds {
			if l.Kind == k {
				return true
			}
		}
	}
	return false
}

// IsStatus reports whether the term is something that a cluster says of an
// object, and so has a severity.
func (t *Term) IsStatus() bool { return t.Severity != "" }

// OtherNames returns everything but the names under which people write the
// term: its aliases, those it shares, and what kubectl calls the resource.
func (t *Term) OtherNames() []string {
	names := append([]string{}, t.Aliases...)
	names = append(names, t.Shares...)
	if t.Resource != nil {
		names = append(names, t.Resource.Plural)
		names = append(names, t.Resource.ShortNames...)
	}
	return names
}

// Names returns the name in each language, the English one where Japanese
// readers use it too.
func (t *Term) Names() Text { return Text{EN: t.Name.EN, JA: cmp.Or(t.Name.JA, t.Name.EN)} }

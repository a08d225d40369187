package glossary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Term is one entry of the glossary.
//
// The table in README.md is generated from the comments on the fields: run
// `go generate ./glossary` after changing one.
type Term struct {
	// ID is the file name without its extension: lower-case letters, digits and
	// hyphens. It is unique across all categories.
	ID string `yaml:"-" json:"id"`
	// Category is the folder that the file is in.
	Category Category `yaml:"-" json:"category"`

	// Name is the term as Kubernetes spells it. Set `ja` only if Japanese
	// readers use another spelling (Pod / ポッド).
	Name Text `yaml:"name" json:"name"`
	// Reading is how the English name is pronounced, in katakana.
	Reading string `yaml:"reading" json:"reading,omitempty"`
	// Furigana is how the Japanese name is pronounced, in hiragana; only for a name
	// with kanji.
	Furigana string `yaml:"furigana" json:"furigana,omitempty"`
	// StandsFor is what an abbreviation stands for, in English.
	StandsFor string `yaml:"stands_for" json:"stands_for,omitempty"`
	// Aliases are all other strings under which the term is found: short names,
	// other spellings, Japanese names, common misspellings, the event message in
	// which it appears. Leave out those that differ from a name only in case,
	// width, kana or hyphens.
	Aliases []string `yaml:"aliases" json:"aliases,omitempty"`
	// Shares are aliases that really mean several terms. Each of these terms declares the alias,
	// and a search for it returns all of them.
	Shares []string `yaml:"shares" json:"shares,omitempty"`
	// Paraphrases are what people type if they do not know the name, one per line:
	// "keeps one Pod on each node". They are used for search only, never shown.
	Paraphrases LongText `yaml:"paraphrases" json:"paraphrases,omitzero"`
	// Usages are what the term is in Kubernetes: a reason, a field, a command. A
	// term that appears in several places has several.
	Usages []Usage `yaml:"layers" json:"layers"`
	// Seen are the rules by which the term is recognized in output (see the type Seen).
	Seen []Seen `yaml:"seen" json:"seen,omitempty"`
	// Variants are other meanings of the same text in other places.
	Variants []Variant `yaml:"variants" json:"variants,omitempty"`
	// Resource is the entry in `kubectl api-resources`; only for the kind
	// `resource kind`.
	Resource *Resource `yaml:"resource" json:"resource,omitempty"`
	// Summary is one sentence that makes sense on its own.
	Summary Text `yaml:"summary" json:"summary"`
	// Meaning is what the term does or means, most important first: two to six
	// sentences, one per line.
	Meaning LongText `yaml:"meaning" json:"meaning"`
	// Severity is how bad the status is: whether it is worth getting up at night.
	Severity Severity `yaml:"severity" json:"severity,omitempty"`
	// NormalFor is how long the status may last before it is a problem; only for
	// the severity `passing`.
	NormalFor Text `yaml:"normal_for" json:"normal_for,omitzero"`
	// OverdueAfter is the age of the object at which the status becomes a problem,
	// such as 5m or 1h; only for the severity `passing`, and only if the age is
	// enough to decide.
	OverdueAfter Duration `yaml:"overdue_after" json:"overdue_after,omitzero"`
	// Causes are the causes of a status, most likely first, one sentence each.
	Causes []Text `yaml:"causes" json:"causes,omitempty"`
	// Checks are the commands to run first when you see the status.
	Checks []Command `yaml:"checks" json:"checks,omitempty"`
	// Try are commands that show the resource or component.
	Try []Command `yaml:"try" json:"try,omitempty"`
	// Do are the commands of a task, in order; only for the kind `task`, whose
	// commands may change something.
	Do []Action `yaml:"do" json:"do,omitempty"`
	// WatchOut is what can go wrong with a task: one to three sentences, one per line.
	WatchOut Text `yaml:"watch_out" json:"watch_out,omitzero"`
	// ConfusedWith are terms that people mix up with this one.
	ConfusedWith []Confusion `yaml:"confused_with" json:"confused_with,omitempty"`
	// Related are the IDs of other terms, grouped by this term's relation to them. State a relation in
	// only one of the two files: the inverse is derived.
	Related Relations `yaml:"related" json:"related,omitempty"`
	// Versions are the Kubernetes releases that introduced or removed the feature.
	Versions *Versions `yaml:"versions" json:"versions,omitempty"`
	// Docs are the pages to link to, on kubernetes.io or the site of the
	// component's own project. Set `ja` only if the Japanese page exists.
	Docs Text `yaml:"docs" json:"docs"`
	// Tier is how often people need the term: 1 for very often, 2 for often, 3 for rarely.
	Tier int `yaml:"tier" json:"tier"`
	// Asked is false for a term that nobody needs to remember, such as a product that is only
	// looked up. Daily terms and reviews leave such terms out. The default is true.
	Asked *bool `yaml:"ask" json:"ask,omitempty"`

	// Own is set for a term written by a team, in a glossary that [Glossary.With] returns.
	Own bool `yaml:"-" json:"own,omitempty"`
	// Draft is set for a team's term that is waiting for a review.
	Draft bool `yaml:"-" json:"draft,omitempty"`
	// Team contains a team's additions to a built-in term.
	Team []Addition `yaml:"-" json:"team,omitempty"`
}

// IsAsked reports whether daily terms and reviews may ask about the term.
func (t *Term) IsAsked() bool { return !t.IsTask() && (t.Asked == nil || *t.Asked) }

// A Usage is the role of a term in one place where it appears.
type Usage struct {
	// Kind is the kind of usage.
	Kind UsageKind `yaml:"kind" json:"kind"`
	// Of is the object that has the status or field, as Kubernetes spells it: Pod,
	// Node, container.
	Of string `yaml:"of" json:"of,omitempty"`
	// SetBy is the component that sets the status or field.
	SetBy string `yaml:"set_by" json:"set_by,omitempty"`
}

// Resource is a row of `kubectl api-resources`.
type Resource struct {
	// Plural is the plural name, in lower case.
	Plural string `yaml:"plural" json:"plural"`
	// ShortNames are the short names that kubectl accepts.
	ShortNames []string `yaml:"short_names" json:"short_names,omitempty"`
	// Group is the API group; empty for the core group.
	Group string `yaml:"group" json:"group,omitempty"`
	// Namespaced is false if the objects are cluster-scoped.
	Namespaced bool `yaml:"namespaced" json:"namespaced"`
}

// A Confusion is a term that people confuse with another.
type Confusion struct {
	// Term is the ID of the other term.
	Term string `yaml:"term" json:"term"`
	// EN and JA state the difference in one sentence.
	EN string `yaml:"en" json:"en"`
	JA string `yaml:"ja" json:"ja"`
}

// Difference returns the sentence in l that distinguishes the two terms.
func (c Confusion) Difference(l Lang) string { return Text{EN: c.EN, JA: c.JA}.In(l) }

// A Duration is a length of time, written as 30s, 5m or 1h.
type Duration time.Duration

// UnmarshalText parses a positive duration in the syntax of [time.ParseDuration].
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil || v <= 0 {
		return fmt.Errorf("invalid duration %q: write 30s, 5m or 1h", text)
	}
	*d = Duration(v)
	return nil
}

// MarshalText formats a duration as [time.Duration] does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// Versions are Kubernetes releases, written as v1.30.
type Versions struct {
	// Introduced is the release that added the feature.
	Introduced string `yaml:"introduced" json:"introduced,omitempty"`
	// Deprecated is the release that deprecated the feature.
	Deprecated string `yaml:"deprecated" json:"deprecated,omitempty"`
	// Removed is the first release without the feature.
	Removed string `yaml:"removed" json:"removed,omitempty"`
	// Gate is the name of the feature gate. What the term says about alpha, beta and stable
	// is compared with lint/gates/gates.tsv.
	Gate string `yaml:"gate" json:"gate,omitempty"`
	// ReplacedBy is the ID of the term that replaces this one.
	ReplacedBy string `yaml:"replaced_by" json:"replaced_by,omitempty"`
}

// Relations are the IDs of related terms, grouped by relation, in the order of
// [Relation.Values].
type Relations []RelatedTo

// RelatedTo is one relation to one or more terms.
type RelatedTo struct {
	Relation Relation `json:"relation"`
	Terms    []string `json:"terms"`
}

// DisplayName returns the name to show in l. For Japanese, it returns the Japanese name, except for
// kinds, statuses and programs: their names are in Latin letters in Japanese, too.
func (t *Term) DisplayName(l Lang) string {
	if l == Japanese && t.Name.JA != "" && (!t.isIdentifier() || t.isConcept()) {
		return t.Name.JA
	}
	return t.Name.EN
}

// OtherName returns the name that [Term.DisplayName] does not return, or "" if there
// is only one.
func (t *Term) OtherName(l Lang) string {
	if t.DisplayName(l) == t.Name.EN {
		return t.Name.JA
	}
	return t.Name.EN
}

// isIdentifier reports whether the English name is a Kubernetes identifier, such as Pod or
// CrashLoopBackOff, rather than an English word.
func (t *Term) isIdentifier() bool {
	return !strings.Contains(t.Name.EN, " ") && strings.ToLower(t.Name.EN) != t.Name.EN
}

// isConcept reports whether the term is a concept for which there is a Japanese word, such as 認証
// for Authentication.
func (t *Term) isConcept() bool {
	return t.Furigana != "" && !slices.ContainsFunc(t.Usages, func(u Usage) bool { return u.Kind != Concept })
}

// HasUsage reports whether the term has a usage of one of the given kinds.
func (t *Term) HasUsage(kinds ...UsageKind) bool {
	return slices.ContainsFunc(t.Usages, func(u Usage) bool { return slices.Contains(kinds, u.Kind) })
}

// IsStatus reports whether the term is a status of an object, and so has a severity.
func (t *Term) IsStatus() bool { return t.Severity != "" }

// IsTask reports whether the term is something that people want to do, rather than a word to
// learn. Daily terms, reviews and random terms exclude tasks.
func (t *Term) IsTask() bool { return t.HasUsage(Task) }

// OtherNames returns what people call the term apart from its names: aliases, shared aliases, and
// kubectl's names for the resource.
func (t *Term) OtherNames() []string {
	names := append([]string{}, t.Aliases...)
	names = append(names, t.Shares...)
	if t.Resource != nil {
		names = append(names, t.Resource.Plural)
		names = append(names, t.Resource.ShortNames...)
	}
	return names
}

// Names returns the name in each language. If Japanese readers use the English name, Names returns
// it for both languages.
func (t *Term) Names() Text { return Text{EN: t.Name.EN, JA: cmp.Or(t.Name.JA, t.Name.EN)} }

// Variant returns the variant with the given ID, or false if there is none.
func (t *Term) Variant(id string) (Variant, bool) {
	for _, v := range t.Variants {
		if v.ID == id {
			return v, true
		}
	}
	return Variant{}, false
}

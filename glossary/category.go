package glossary

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/glossary/fold"
)

// Category is the field of work that a term belongs to, and the folder that
// its file lies in.
type Category string

// categories is the closed list, in the order in which it is shown.
var categories = []struct {
	category Category
	title    Text
}{
	{"control-plane", Text{"Control plane", "コントロールプレーン"}},
	{"node", Text{"Node components", "ノードのコンポーネント"}},
	{"workloads", Text{"Workloads", "ワークロード"}},
	{"configuration", Text{"Configuration", "設定"}},
	{"networking", Text{"Networking", "ネットワーク"}},
	{"storage", Text{"Storage", "ストレージ"}},
	{"scheduling", Text{"Scheduling and eviction", "スケジューリングと退避"}},
	{"security", Text{"Security", "セキュリティ"}},
	{"api", Text{"API and objects", "APIとオブジェクト"}},
	{"operations", Text{"Operations", "運用"}},
	{"observability", Text{"Observability", "可観測性"}},
	{"pod-status", Text{"Pod and container status", "Podとコンテナの状態"}},
	{"node-status", Text{"Node status", "ノードの状態"}},
	{"events", Text{"Events", "イベント"}},
	{"errors", Text{"Errors and messages", "エラーとメッセージ"}},
	{"kubectl", Text{"kubectl", "kubectl"}},
	{"tools", Text{"Tools", "ツール"}},
	{"concepts", Text{"Concepts", "考え方"}},
	{"community", Text{"Community", "コミュニティ"}},
}

// Categories returns all categories in the order in which they are shown.
func Categories() []Category {
	out := make([]Category, len(categories))
	for i, c := range categories {
		out[i] = c.category
	}
	return out
}

// ParseCategory returns the category whose name or title, in any language, is
// s. The error lists the valid names.
func ParseCategory(s string) (Category, error) {
	f := fold.Key(s)
	for _, c := range categories {
		if f != "" && (f == fold.Key(string(c.category)) || f == fold.Key(c.title.EN) || f == fold.Key(c.title.JA)) {
			return c.category, nil
		}
	}
	return "", fmt.Errorf("unknown category %q: use one of %s", s, joinValues(Categories()))
}

// Title returns the category's name for people who read l.
func (c Category) Title(l Lang) string {
	for _, k := range categories {
		if k.category == c {
			return k.title.In(l)
		}
	}
	return string(c)
}

// Values returns the names of all categories.
func (c Category) Values() []string { return toStrings(Categories()) }

// UsageKind is a kind of word, as Kubernetes tells them apart.
type UsageKind string

// The kinds of words.
const (
	Component      UsageKind = "component"
	ResourceKind   UsageKind = "resource kind"
	PodPhase       UsageKind = "pod phase"
	ContainerState UsageKind = "container state"
	Reason         UsageKind = "reason"
	Condition      UsageKind = "condition"
	Event          UsageKind = "event"
	Column         UsageKind = "column"
	Field          UsageKind = "field"
	Label          UsageKind = "label"
	Annotation     UsageKind = "annotation"
	ExitCode       UsageKind = "exit code"
	Message        UsageKind = "message"
	KubectlCommand UsageKind = "command"
	Concept        UsageKind = "concept"
	Tool           UsageKind = "tool"
)

var usageKinds = []struct {
	kind  UsageKind
	title Text
}{
	{Component, Text{"component", "コンポーネント"}},
	{ResourceKind, Text{"resource kind", "リソースの種類"}},
	{PodPhase, Text{"pod phase", "Podのフェーズ"}},
	{ContainerState, Text{"container state", "コンテナの状態"}},
	{Reason, Text{"reason", "理由(reason)"}},
	{Condition, Text{"condition", "条件(condition)"}},
	{Event, Text{"event", "イベント"}},
	{Column, Text{"value in a kubectl column", "kubectlの列の値"}},
	{Field, Text{"field", "フィールド"}},
	{Label, Text{"label", "ラベル"}},
	{Annotation, Text{"annotation", "アノテーション"}},
	{ExitCode, Text{"exit code", "終了コード"}},
	{Message, Text{"message", "メッセージ"}},
	{KubectlCommand, Text{"command", "コマンド"}},
	{Concept, Text{"concept", "概念"}},
	{Tool, Text{"tool", "ツール"}},
}

// StatusKinds are the kinds of words that a cluster says of an object; a term of one of
// them needs a severity.
var StatusKinds = []UsageKind{PodPhase, ContainerState, Reason, Condition, Event, ExitCode, Message}

// Title returns the kind's name for people who read l.
func (k UsageKind) Title(l Lang) string {
	for _, e := range usageKinds {
		if e.kind == k {
			return e.title.In(l)
		}
	}
	return string(k)
}

// Values returns the names of all kinds.
func (k UsageKind) Values() []string {
	var out []string
	for _, e := range usageKinds {
		out = append(out, string(e.kind))
	}
	return out
}

// Severity tells how bad a status is.
type Severity string

// The severities, worst first.
const (
	Failure   Severity = "failure" // broken now
	Warning   Severity = "warning" // not broken yet, or broken in part
	Transient Severity = "passing" // fine for a while (see Term.NormalFor)
	Normal    Severity = "normal"  // as it should be
)

var severities = []Severity{Failure, Warning, Transient, Normal}

// Values returns the names of all severities, the worst first.
func (s Severity) Values() []string { return toStrings(severities) }

// Rank orders severities: 0 is the worst, and a term without one comes last.
func (s Severity) Rank() int {
	if i := slices.Index(severities, s); i >= 0 {
		return i
	}
	return len(severities)
}

// Relation tells how a term is bound to another.
type Relation string

// The relations that are written, and the inverse that is derived for each.
const (
	Owns     Relation = "owns"
	Selects  Relation = "selects"
	Uses     Relation = "uses"
	PartOf   Relation = "part of"
	CauseOf  Relation = "causes"
	Replaces Relation = "replaces"
	SeeAlso  Relation = "see also"

	OwnedBy    Relation = "owned by"
	SelectedBy Relation = "selected by"
	UsedBy     Relation = "used by"
	HasPart    Relation = "has part"
	CausedBy   Relation = "caused by"
	ReplacedBy Relation = "replaced by"
)

// relations lists what can be written, in the order in which it is shown.
var relations = []struct {
	relation, inverse Relation
}{
	{CauseOf, CausedBy},
	{Owns, OwnedBy},
	{PartOf, HasPart},
	{Selects, SelectedBy},
	{Uses, UsedBy},
	{Replaces, ReplacedBy},
	{SeeAlso, SeeAlso},
}

// Inverse returns the relation as the other term sees it.
func (r Relation) Inverse() Relation {
	for _, e := range relations {
		switch r {
		case e.relation:
			return e.inverse
		case e.inverse:
			return e.relation
		}
	}
	return r
}

// Values returns the names of all relations that can be written, in the order in which they are shown.
func (r Relation) Values() []string {
	var out []string
	for _, e := range relations {
		out = append(out, string(e.relation))
	}
	return out
}

// An enum is a string type with a closed list of values.
type enum interface{ Values() []string }

func joinValues[S ~string](list []S) string { return strings.Join(toStrings(list), ", ") }

func toStrings[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

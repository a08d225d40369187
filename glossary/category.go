package glossary

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/glossary/fold"
)

// A Category is a subject area. It is also the name of the folder that contains its term files.
type Category string

// TaskCategory is the category of tasks, such as restarting a Deployment.
const TaskCategory Category = "task"

// categories is the closed list of categories, in display order.
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
	{TaskCategory, Text{"Tasks", "操作手順"}},
	{"tools", Text{"Tools", "ツール"}},
	{"concepts", Text{"Concepts", "考え方"}},
	{"community", Text{"Community", "コミュニティ"}},
}

// Categories returns all categories in display order.
func Categories() []Category {
	out := make([]Category, len(categories))
	for i, c := range categories {
		out[i] = c.category
	}
	return out
}

// ParseCategory returns the category whose name or title is s, in any language and in any
// spelling that [fold.Key] treats as equal. The error lists the valid names.
func ParseCategory(s string) (Category, error) {
	f := fold.Key(s)
	for _, c := range categories {
		if f != "" && (f == fold.Key(string(c.category)) || f == fold.Key(c.title.EN) || f == fold.Key(c.title.JA)) {
			return c.category, nil
		}
	}
	return "", fmt.Errorf("unknown category %q: use one of %s", s, joinValues(Categories()))
}

// Title returns the category's display name in l.
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

// A UsageKind is the role of a term in Kubernetes, such as a pod phase, a reason or a field.
type UsageKind string

// The kinds of usage.
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
	Task           UsageKind = "task" // something that people want to do; see Term.Do
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
	{Task, Text{"task", "操作手順"}},
}

// StatusKinds are the kinds of usage that report the state of an object. A term with
// such a usage needs a severity.
var StatusKinds = []UsageKind{PodPhase, ContainerState, Reason, Condition, Event, ExitCode, Message}

// Title returns the kind's display name in l.
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

// A Severity is how bad a status is.
type Severity string

// The severities, worst first.
const (
	Failure   Severity = "failure" // broken now
	Warning   Severity = "warning" // not broken yet, or partly broken
	Transient Severity = "passing" // fine for a while (see Term.NormalFor)
	Normal    Severity = "normal"  // healthy
)

var severities = []Severity{Failure, Warning, Transient, Normal}

// Values returns the names of all severities, worst first.
func (s Severity) Values() []string { return toStrings(severities) }

var severityTitles = map[Severity]Text{
	Failure: {"failure", "障害"}, Warning: {"warning", "注意"}, Transient: {"normal for a while", "しばらくは正常"}, Normal: {"normal", "正常"},
}

// Title returns the severity's display name in l, or "" for the empty severity.
func (s Severity) Title(l Lang) string { return severityTitles[s].In(l) }

// Rank returns the position of s in the order of severity: 0 is the worst. The empty
// severity ranks last.
func (s Severity) Rank() int {
	if i := slices.Index(severities, s); i >= 0 {
		return i
	}
	return len(severities)
}

// A Relation is how one term relates to another.
type Relation string

// The relations that a term's file may state, and their derived inverses.
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

// relations lists, in display order, the relations that a term's file may state.
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

var relationTitles = map[Relation]Text{
	CauseOf: {"causes", "引き起こすもの"}, CausedBy: {"caused by", "原因"},
	Owns: {"owns", "管理対象"}, OwnedBy: {"owned by", "管理元"},
	PartOf: {"part of", "属する先"}, HasPart: {"includes", "構成要素"},
	Selects: {"selects", "選択対象"}, SelectedBy: {"selected by", "選択元"},
	Uses: {"uses", "利用するもの"}, UsedBy: {"used by", "利用元"},
	Replaces: {"replaces", "置き換えの対象"}, ReplacedBy: {"replaced by", "後継"},
	SeeAlso: {"see also", "関連"},
}

// Title returns the relation's display name in l, as the heading of the related terms.
func (r Relation) Title(l Lang) string { return relationTitles[r].In(l) }

// Inverse returns the relation as seen from the other term, such as [OwnedBy] for [Owns].
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

// Values returns the names, in display order, of the relations that a term's file may state.
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

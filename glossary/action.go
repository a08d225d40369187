package glossary

// An Action is one of a task's commands, with its effect. The command may be a pipeline of kubectl
// and filters, such as base64, and may write to a file.
type Action struct {
	// Run is the command. Besides the placeholders of checks and try, it may contain FILE, PATH,
	// KEY, VALUE, LABEL, REPLICAS, MIN, MAX, PORT, LOCALPORT, CONTEXT, REVISION, COMMAND, HOST and
	// USER.
	Run string `yaml:"run" json:"run"`
	// Effect is what the command does to the cluster.
	Effect Effect `yaml:"effect" json:"effect"`
	// EN and JA are notes on what to know before running the command.
	EN string `yaml:"en" json:"en"`
	JA string `yaml:"ja" json:"ja"`
}

// Note returns the note about the command in l.
func (a Action) Note(l Lang) string { return Text{EN: a.EN, JA: a.JA}.In(l) }

// An Effect is what a command does to the cluster.
type Effect string

// The effects, mildest first.
const (
	Reads   Effect = "reads"   // changes nothing
	Local   Effect = "local"   // changes only the reader's own files, such as the kubeconfig
	Changes Effect = "changes" // changes the cluster
	Deletes Effect = "deletes" // deletes or evicts something in the cluster
)

// Values returns the names of all effects, mildest first.
func (e Effect) Values() []string { return toStrings([]Effect{Reads, Local, Changes, Deletes}) }

var effectTitles = map[Effect]Text{
	Reads:   {"read-only", "読み取りのみ"},
	Local:   {"your machine only", "手元だけ"},
	Changes: {"⚠️ changes", "⚠️ 変更"},
	Deletes: {"🛑 deletes", "🛑 削除"},
}

// Title returns the mark in l for commands with this effect.
func (e Effect) Title(l Lang) string { return effectTitles[e].In(l) }

package glossary

import "strings"

// A Lifecycle is a series of states that an object goes through, such as those of a starting
// Pod. Its stages are the usual path. A state that is not on that path is usually a failure, and
// belongs to the stage after which it occurs.
type Lifecycle struct {
	// Name identifies the lifecycle. It is not shown.
	Name string `yaml:"life"`
	// Stages are the stages in their order.
	Stages []Stage `yaml:"stages"`
	// States are the terms in this lifecycle.
	States []State `yaml:"states"`
}

// A Stage is one step of a lifecycle.
type Stage struct {
	// Text is the stage as Kubernetes prints it, or in English words, which JA translates.
	Text string `yaml:"text"`
	JA   string `yaml:"ja"`
	// Back is set if the stage alternates with the one before it.
	Back bool `yaml:"back"`
}

// A State is a term in a lifecycle, at a stage or after one.
type State struct {
	// Term is the ID of the term.
	Term string `yaml:"term"`
	// At is the text of the stage, if the term is itself a stage.
	At string `yaml:"at"`
	// After is the text of the stage after which the term occurs, if it is not a stage.
	After string `yaml:"after"`
	// Back is set if the term alternates with the stage in After, which is tried again.
	Back bool `yaml:"back"`
	// Text is how the strip shows the term, if not by its English name.
	Text string `yaml:"text"`
	// End is set if the strip omits the later stages because they are not reached.
	End bool `yaml:"end"`
}

// The marks in a strip.
const (
	stageNext = " › "
	stageBack = " ⇄ "
)

var hereMark = Text{EN: " ◀ here", JA: " ◀ 今ここ"}

// Strip returns the lifecycle as a line with its state s marked. t is the term of s.
func (life Lifecycle) Strip(s State, t *Term, l Lang) string {
	var b strings.Builder
	add := func(text string, back, here bool) {
		switch {
		case b.Len() == 0:
		case back:
			b.WriteString(stageBack)
		default:
			b.WriteString(stageNext)
		}
		if here {
			text = "`" + text + "`" + hereMark.In(l)
		}
		b.WriteString(text)
	}
	own := s.Text
	if own == "" {
		own = t.Name.EN
	}
	for _, stage := range life.Stages {
		if stage.Text == s.At {
			add(own, stage.Back, true)
		} else {
			add(Text{EN: stage.Text, JA: stage.JA}.In(l), stage.Back, false)
			if stage.Text != s.After {
				continue
			}
			add(own, s.Back, true)
		}
		if s.End {
			break
		}
	}
	return b.String()
}

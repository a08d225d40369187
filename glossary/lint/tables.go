package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/mark"
)

// Limits for the tables, in characters (runes). At these lengths, a strip or a cell fits on two lines on a phone.
const (
	maxStrip = 90
	maxCell  = 90
)

// checkTables returns the mistakes in tables about the terms of g.
func checkTables(tables *glossary.TableFiles, g *glossary.Glossary) glossary.Problems {
	var problems glossary.Problems
	for _, table := range []struct {
		file  *glossary.File
		check func(*subject, *glossary.Tables, *glossary.Glossary)
	}{
		{tables.LifecyclesFile, checkLifecycles},
		{tables.ComparisonsFile, checkComparisons},
		{tables.GoalsFile, checkGoals},
	} {
		s := &subject{file: table.file, problems: slices.Clone(table.file.Problems)}
		if len(s.problems) == 0 { // fields that could not be decoded would look missing
			table.check(s, &tables.Tables, g)
		}
		problems = append(problems, s.problems...)
	}
	problems.Sort()
	return problems
}

// checkLifecycles checks the lifecycles. Each term must exist, be in only one lifecycle, and be
// at or after one of its stages. The strip of each lifecycle must be short enough.
func checkLifecycles(s *subject, tables *glossary.Tables, g *glossary.Glossary) {
	first := make(map[string]string) // the lifecycle of each term
	for i, life := range tables.Lifecycles {
		at := fmt.Sprintf("[%d]", i)
		if life.Name == "" {
			s.reportAt(at, "has no name: write \"life: start of a Pod\"")
		}
		if len(life.States) == 0 {
			s.reportAt(at+".states", "is missing: list the terms in this lifecycle")
		}
		stages := checkStages(s, at, life)
		for j, state := range life.States {
			at := fmt.Sprintf("%s.states[%d]", at, j)
			t, ok := g.Term(state.Term)
			switch {
			case !ok:
				s.reportAt(at+".term", "there is no term %q: correct the ID, or add that term", state.Term)
				continue
			case first[state.Term] != "":
				s.reportAt(at+".term", "%s is already in the lifecycle %q: keep one of the two", state.Term, first[state.Term])
			case (state.At == "") == (state.After == ""):
				s.reportAt(at, "needs either \"at\" or \"after\": name the stage that the term is, or the stage after which it occurs")
			case !slices.Contains(stages, state.At+state.After):
				s.reportAt(at, "there is no stage %q in this lifecycle: use one of %s", state.At+state.After, strings.Join(stages, ", "))
			case state.Back && state.At != "":
				s.reportAt(at+".back", "is only for a term that occurs after a stage: write \"back\" at the stage")
			}
			first[state.Term] = life.Name
			checkPlainText(s, at+".text", state.Text)
			for _, l := range glossary.Langs {
				strip := life.Strip(state, t, l)
				if n := utf8.RuneCountInString(strip); n > maxStrip {
					s.reportAt(at, "%q has %d characters, but the limit is %d: write shorter text, or leave out a stage", strip, n, maxStrip)
				}
			}
		}
	}
}

// checkStages checks a lifecycle's stages, and returns their texts.
func checkStages(s *subject, at string, life glossary.Lifecycle) []string {
	var stages []string
	if len(life.Stages) < 2 {
		s.reportAt(at+".stages", "has %d stages: write at least two", len(life.Stages))
	}
	for i, stage := range life.Stages {
		at := fmt.Sprintf("%s.stages[%d]", at, i)
		switch {
		case stage.Text == "":
			s.reportAt(at, "has no text: write the stage as Kubernetes prints it")
		case slices.Contains(stages, stage.Text):
			s.reportAt(at, "%q is in this lifecycle twice: rename one of the two stages", stage.Text)
		case stage.Back && i == 0:
			s.reportAt(at+".back", "is only for a later stage: delete it, since no stage comes before this one")
		}
		checkPlainText(s, at, stage.Text)
		checkPlainText(s, at+".ja", stage.JA)
		stages = append(stages, stage.Text)
	}
	return stages
}

// checkComparisons checks the comparisons. Both terms must exist, no pair may be listed twice, and
// each aspect must have text for both terms in both languages.
func checkComparisons(s *subject, tables *glossary.Tables, g *glossary.Glossary) {
	seen := make(map[string]bool)
	for i, c := range tables.Comparisons {
		at := fmt.Sprintf("[%d]", i)
		if len(c.Terms) != 2 {
			s.reportAt(at+".terms", "has %d terms: write the IDs of two terms", len(c.Terms))
			continue
		}
		for j, id := range c.Terms {
			if _, ok := g.Term(id); !ok {
				s.reportAt(fmt.Sprintf("%s.terms[%d]", at, j), "there is no term %q: correct the ID, or add that term", id)
			}
		}
		pair := strings.Join(slices.Sorted(slices.Values(c.Terms)), " ")
		if seen[pair] || c.Terms[0] == c.Terms[1] {
			s.reportAt(at+".terms", "%s and %s are the same term, or already compared: delete this comparison", c.Terms[0], c.Terms[1])
		}
		seen[pair] = true
		checkSentences(s, at+".difference", c.Difference, 1, 1, maxNoteEN, maxNoteJA)
		checkStyle(s, at+".difference", c.Difference)
		if n := len(c.Aspects()); n < 2 {
			s.reportAt(at, "the number of aspects is %d: write at least two, such as when_to_use and where_to_look", n)
		}
		for _, a := range c.Aspects() {
			at := at + "." + a.Field
			if len(a.Texts) != 2 {
				s.reportAt(at, "the number of texts is %d: write one for each of the two terms", len(a.Texts))
			}
			for j, text := range a.Texts {
				at := indexed(at, j)
				checkPhrase(s, at, text, maxCell, maxCell)
				if strings.HasPrefix(text.EN, "The same") {
					s.reportAt(at+".en", "%q refers to another text: write what is the same, since each text is read on its own", text.EN)
				}
				checkCodes(s, at, text)
			}
		}
	}
}

// checkGoals checks the goals. Each goal must have texts, and a shape that no earlier goal's shape
// hides.
func checkGoals(s *subject, tables *glossary.Tables, _ *glossary.Glossary) {
	all := tables.Goals
	for i, goal := range all {
		at := fmt.Sprintf("[%d]", i)
		if goal.Run == "" {
			s.reportAt(at, "has no shape: write \"run: kubectl describe pod|pods\"")
		}
		for _, run := range spellings(goal.Run) {
			j := slices.IndexFunc(all, func(g glossary.Goal) bool { return g.Matches(run) })
			if j >= 0 && j < i {
				s.reportAt(at+".run", "%q is hidden by %q: list it before that shape, or delete it", run, all[j].Run)
			}
		}
		checkHeading(s, at, glossary.Text{EN: goal.EN, JA: goal.JA})
	}
}

// spellings returns one command for each alternative in a shape.
func spellings(shape string) []string {
	all := []string{""}
	for word := range strings.FieldsSeq(shape) {
		var longer []string
		for _, start := range all {
			for alternative := range strings.SplitSeq(word, "|") {
				longer = append(longer, strings.TrimSpace(start+" "+strings.TrimSuffix(alternative, "*")))
			}
		}
		all = longer
	}
	return all
}

// checkCodes checks the code marks in text: a kubectl command in them must be one that a term
// may show.
func checkCodes(s *subject, field string, t glossary.Text) {
	for _, lang := range glossary.Langs {
		at := field + "." + string(lang)
		for _, span := range mark.Spans(t.Only(lang)) {
			if !span.Code || !strings.HasPrefix(span.Text, "kubectl ") {
				continue
			}
			if err := checkCommand(span.Text, false); err != nil {
				s.reportAt(at, "%v", err)
			}
		}
	}
}

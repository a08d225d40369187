package lint

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/template"
)

// seenFields maps each place to the fields of a recognition there. A recognition must have all
// fields of one element of needed, and may have the fields in optional. Fields that are allowed in
// every place are not listed.
var seenFields = map[glossary.SeenIn]struct {
	needed   [][]string
	optional []string
}{
	glossary.SeenInCell:      {[][]string{{"of", "when"}, {"of", "column", "is"}}, nil},
	glossary.SeenInEvent:     {[][]string{{"reason"}}, []string{"of", "text"}},
	glossary.SeenInCondition: {[][]string{{"of", "type", "status"}, {"reason"}}, []string{"of", "type", "text"}},
	glossary.SeenInState:     {[][]string{{"of", "reason"}, {"of", "is"}}, nil},
	glossary.SeenInError:     {[][]string{{"reason"}}, nil},
	glossary.SeenInMessage:   {[][]string{{"text"}}, []string{"of", "within"}},
}

// ruleSeenFields reports recognitions without a field that their place requires, and
// recognitions with a field that is not compared in their place.
func ruleSeenFields(_ *linter, s *subject) {
	for i, seen := range s.term.Seen {
		at := fmt.Sprintf("seen[%d]", i)
		if seen.In == "" {
			s.reportAt(at, "has no place: write \"in\" and one of %s", strings.Join(seen.In.Values(), ", "))
			continue
		}
		var have []string
		for _, f := range []struct{ name, value string }{
			{"of", seen.Of}, {"column", seen.Column}, {"is", seen.Is}, {"when", seen.When}, {"reason", seen.Reason},
			{"type", seen.Type}, {"status", seen.Status}, {"text", seen.Text}, {"within", strings.Join(seen.Within, " ")},
		} {
			if f.value != "" {
				have = append(have, f.name)
			}
		}
		place := seenFields[seen.In]
		j := slices.IndexFunc(place.needed, func(fields []string) bool {
			return !slices.ContainsFunc(fields, func(f string) bool { return !slices.Contains(have, f) })
		})
		if j < 0 {
			var all []string
			for _, fields := range place.needed {
				all = append(all, strings.Join(fields, ", "))
			}
			s.reportAt(at, "lacks a field: %q needs %s", seen.In, strings.Join(all, "; or "))
			continue
		}
		for _, f := range have {
			if !slices.Contains(place.needed[j], f) && !slices.Contains(place.optional, f) {
				s.reportAt(at+"."+f, "is not compared in %q: delete it, or use another place", seen.In)
			}
		}
	}
}

// ruleSeenTexts reports templates and comparisons that cannot be parsed. Package diagnose
// ignores them.
func ruleSeenTexts(_ *linter, s *subject) {
	for i, seen := range s.term.Seen {
		at := fmt.Sprintf("seen[%d]", i)
		if seen.Text != "" {
			if _, err := template.Parse(seen.Text); err != nil {
				s.reportAt(at+".text", "%v", err)
			}
		}
		if seen.When != "" {
			if _, err := template.ParseComparisons(seen.When); err != nil {
				s.reportAt(at+".when", "%v", err)
			}
		}
	}
}

// ruleSeenKinds reports kinds and columns that package paste does not recognize, and conditions
// for which that package does not know the good status. A team may use its own kinds and
// conditions.
func ruleSeenKinds(l *linter, s *subject) {
	for i, seen := range s.term.Seen {
		at := fmt.Sprintf("seen[%d]", i)
		if seen.Of != "" && !observe.IsKind(seen.Of) {
			if l.base == nil {
				s.reportAt(at+".of", "unknown kind %q: correct it, or add it to kinds.tsv in glossary/paste/observe", seen.Of)
			}
			continue
		}
		checkColumn := func(field, column string) {
			if seen.Of != "" && column != "" && !observe.HasColumn(seen.Of, column) {
				s.reportAt(at+"."+field, "the kind %s has no column %q: correct it, or add it to kinds.tsv or columns.tsv in glossary/paste/observe", seen.Of, column)
			}
		}
		checkColumn("column", seen.Column)
		when, _ := template.ParseComparisons(seen.When)
		for _, c := range when {
			checkColumn("when", strings.TrimSuffix(c.Column, ".of"))
			if isColumnName(c.Other) {
				checkColumn("when", strings.TrimSuffix(c.Other, ".of"))
			}
		}
		if seen.Type != "" && seen.Status != "" {
			checkSign(l, s, at, seen)
		}
	}
}

// columnName matches a column in a comparison, as opposed to a value.
var columnName = lazyregexp.New(`^[A-Z][A-Z -]+(?:\.of)?$`)

func isColumnName(word string) bool { return columnName.MatchString(word) }

// checkSign reports a condition whose status package observe judges as healthy, or whose good
// status that package does not know.
func checkSign(l *linter, s *subject, at string, seen glossary.Seen) {
	if !slices.Contains([]string{"True", "False", "Unknown"}, seen.Status) {
		s.reportAt(at+".status", "invalid status %q: write 'True', 'False' or 'Unknown'", seen.Status)
		return
	}
	severity := seen.Severity
	if severity == "" {
		severity = s.term.Severity
	}
	if severity == "" || severity.Rank() >= glossary.Transient.Rank() || seen.Status == "Unknown" {
		return
	}
	switch observe.JudgeCondition(seen.Of, seen.Type, seen.Status, "") {
	case observe.Healthy:
		s.reportAt(at+".status", "%s is the good status of the condition %s: correct the status, or the condition's good value in glossary/paste/observe", seen.Status, seen.Type)
	case observe.Unjudged:
		if l.base != nil {
			return
		}
		s.reportAt(at+".type", "it is unknown whether True or False is the good status of the condition %s: add the condition to condition.go in glossary/paste/observe", seen.Type)
	}
}

// ruleSay reports a sentence about captured values if it is missing in one language, or has a
// slot that is missing in the other language or in the template.
func ruleSay(_ *linter, s *subject) {
	for i, seen := range s.term.Seen {
		if seen.Say.IsZero() {
			continue
		}
		at := fmt.Sprintf("seen[%d].say", i)
		checkSentences(s, at, glossary.Text{EN: endSentence(seen.Say.EN, "."), JA: endSentence(seen.Say.JA, "。")}, 1, 1, maxNoteEN, maxNoteJA)
		captured := capturedSlots(seen)
		slots := make(map[glossary.Lang][]string)
		for _, lang := range glossary.Langs {
			all, err := template.SentenceSlots(seen.Say.Only(lang))
			if err != nil {
				s.reportAt(at+"."+string(lang), "%v", err)
			}
			for _, slot := range all {
				if !slices.Contains(captured, slot) {
					s.reportAt(at+"."+string(lang), "nothing captures {%s}: use one of %s", slot, strings.Join(captured, ", "))
				}
			}
			slots[lang] = all
		}
		for lang, other := range map[glossary.Lang]glossary.Lang{glossary.English: glossary.Japanese, glossary.Japanese: glossary.English} {
			for _, slot := range slots[other] {
				if seen.Say.Only(lang) != "" && !slices.Contains(slots[lang], slot) {
					s.reportAt(at+"."+string(lang), "lacks {%s}: use the same slots in both languages", slot)
				}
			}
		}
	}
}

// endSentence adds a period to a sentence that ends with a slot. Such a slot contains an error
// message, which may or may not end with a period itself.
func endSentence(sentence, period string) string {
	if strings.HasSuffix(sentence, "}") {
		return sentence + period
	}
	return sentence
}

// capturedSlots returns the names of the slots that a recognition fills: the slots of its template,
// or one slot for each column that it compares.
func capturedSlots(seen glossary.Seen) []string {
	if t, err := template.Parse(seen.Text); err == nil {
		return t.Slots()
	}
	var slots []string
	when, _ := template.ParseComparisons(seen.When)
	for _, c := range when {
		slots = append(slots, template.ColumnSlot(c.Column))
		if isColumnName(c.Other) {
			slots = append(slots, template.ColumnSlot(c.Other))
		}
	}
	return slots
}

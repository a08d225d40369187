package main

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// testdata/field/questions.tsv contains real questions from public threads, and the terms that
// answer them. README.md beside it describes the columns.

// questionFloor is the minimum share of field questions that are answered correctly. Never
// lower it.
const questionFloor = 0.938

// TestFieldQuestions prints how many field questions are answered correctly and how many
// incorrectly, and checks that the share of correct ones is at least questionFloor.
func TestFieldQuestions(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(g, bot.Options{Store: &session{lang: glossary.English}})
	data, err := os.ReadFile("testdata/field/questions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	right, all, wrong := 0, 0, 0
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if i == 0 {
			continue
		}
		row := strings.Split(line, "\t")
		query, want, accept := row[0], row[3], strings.Split(row[4], "|")
		r := b.Handle(t.Context(), bot.Request{Platform: console.Platform, User: console.User, Text: strings.ReplaceAll(query, `\n`, "\n"), Surface: bot.Terminal})
		var hits []bool
		for _, m := range r.Matches {
			hits = append(hits, isAccepted(m.Term, accept))
		}
		first := len(hits) > 0 && hits[0]
		all++
		switch ok, sure := judgeQuestion(r.Kind, want, hits), r.Kind == reply.KindTerm; {
		case ok:
			right++
		default:
			if sure && !first {
				wrong++
			}
			var ids []string
			for _, m := range r.Matches {
				ids = append(ids, m.Term.ID)
			}
			t.Logf("%q: %s %v, want %s %s", query, r.Kind, ids, want, row[4])
		}
	}
	share := float64(right) / float64(all)
	t.Logf("%d of %d field questions are answered correctly, %.3f; %d answers are wrong", right, all, share, wrong)
	if share < questionFloor {
		t.Errorf("%.3f of the field questions are answered correctly, want at least %.3f", share, float64(questionFloor))
	}
}

// judgeQuestion reports whether a reply of the given kind answers a question. hits says for
// each term of the reply whether it is accepted.
func judgeQuestion(kind reply.Kind, want string, hits []bool) bool {
	first := len(hits) > 0 && hits[0]
	switch want {
	case "answer":
		return first && (kind == reply.KindTerm || kind == reply.KindExplain)
	case "any":
		return first
	case "suggest":
		return slices.Contains(hits[:min(3, len(hits))], true)
	case "compare":
		return kind == reply.KindCompare && len(hits) >= 2 && hits[0] && hits[1]
	case "explain":
		return kind == reply.KindExplain && first
	case "setting":
		return kind == reply.KindSetting || kind == reply.KindHelp || kind == reply.KindList
	}
	return kind == reply.KindNone || kind == reply.KindSuggestions || kind == reply.KindHelp
}

// isAccepted reports whether a term has one of the IDs or names in accept, comparing only
// letters and digits. For an entry after ~, it is enough that an ID, name or alias contains
// it.
func isAccepted(t *glossary.Term, accept []string) bool {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	names := []string{plain(t.ID), plain(t.Name.EN), plain(t.Name.JA)}
	for _, a := range accept {
		part, isPart := strings.CutPrefix(a, "~")
		if !isPart && slices.Contains(names, plain(a)) {
			return true
		}
		if isPart && slices.ContainsFunc(append(names, t.OtherNames()...), func(name string) bool { return strings.Contains(plain(name), plain(part)) }) {
			return true
		}
	}
	return false
}

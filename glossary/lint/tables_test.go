package lint

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary"
)

// Valid tables about the terms of the valid tree.
const (
	rightLives = `- life: start of a widget
  stages:
    - {text: Pending}
    - {text: Running}
  states:
    - {term: failing-widget, after: Running, back: true}
`
	rightComparisons = "- terms: [widget, gadget]\n" +
		"  difference:\n    en: A widget is not a gadget.\n    ja: ウィジェットはガジェットではありません。\n" +
		"  when_to_use:\n    - {en: For tests, ja: テストに}\n    - {en: For other tests, ja: 別のテストに}\n" +
		"  where_to_look:\n    - {en: '`kubectl get pods`', ja: '`kubectl get pods`'}\n    - {en: '`kubectl get nodes`', ja: '`kubectl get nodes`'}\n"
	rightGoals = "- {run: kubectl get pods, en: Check the Pods, ja: Podを見る}\n- {run: kubectl get, en: Check them, ja: 一覧を見る}\n"
)

// TestTables makes one mistake at a time in valid tables.
func TestTables(t *testing.T) {
	g, err := glossary.LoadTree(validTree(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, from, to, want string
	}{
		{"none", "", "", ""},
		{"undecodable", "life: start", "live: start", "../lives.yaml:1:3: [0].live: unknown field: write \"life\", or use one of life, stages, states"},
		{"unknown term in a life", "term: failing-widget", "term: broken-widget",
			`../lives.yaml:6:14: [0].states[0].term: there is no term "broken-widget": correct the ID, or add that term`},
		{"unknown stage", "after: Running", "after: Walking",
			`../lives.yaml:6:7: [0].states[0]: there is no stage "Walking" in this lifecycle: use one of Pending, Running`},
		{"at and after", "after: Running, back: true", "after: Running, at: Pending",
			`../lives.yaml:6:7: [0].states[0]: needs either "at" or "after": name the stage that the term is, or the stage after which it occurs`},
		{"back at a stage", "after: Running, back: true", "at: Running, back: true",
			`../lives.yaml:6:49: [0].states[0].back: is only for a term that occurs after a stage: write "back" at the stage`},
		{"two lives", "    - {term: failing-widget, after: Running, back: true}\n", "    - {term: failing-widget, at: Running}\n    - {term: failing-widget, at: Pending}\n",
			`../lives.yaml:7:14: [0].states[1].term: failing-widget is already in the lifecycle "start of a widget": keep one of the two`},
		{"stage twice", "text: Pending", "text: Running",
			`../lives.yaml:4:7: [0].stages[1]: "Running" is in this lifecycle twice: rename one of the two stages`},
		{"long strip", "back: true", "text: a text of a state that is so long that it fits neither on a phone nor anywhere else",
			"../lives.yaml:6:7: [0].states[0]: \"Pending › Running › `a text of a state that is so long that it fits neither on a phone nor anywhere else` ◀ here\" has 112 characters, but the limit is 90: write shorter text, or leave out a stage\n" +
				"../lives.yaml:6:7: [0].states[0]: \"Pending › Running › `a text of a state that is so long that it fits neither on a phone nor anywhere else` ◀ 今ここ\" has 111 characters, but the limit is 90: write shorter text, or leave out a stage"},
		{"unknown term in a comparison", "[widget, gadget]", "[widget, thing]",
			`../comparisons.yaml:1:19: [0].terms[1]: there is no term "thing": correct the ID, or add that term`},
		{"same term", "[widget, gadget]", "[widget, widget]",
			"../comparisons.yaml:1:10: [0].terms: widget and widget are the same term, or already compared: delete this comparison"},
		{"one text", "    - {en: For other tests, ja: 別のテストに}\n", "",
			"../comparisons.yaml:6:5: [0].when_to_use: the number of texts is 1: write one for each of the two terms"},
		{"one language", "{en: For tests, ja: テストに}", "{en: For tests}",
			"../comparisons.yaml:6:7: [0].when_to_use[0].ja: is missing: write the text in both languages"},
		{"period", "en: For tests,", "en: For tests.,",
			`../comparisons.yaml:6:12: [0].when_to_use[0].en: "For tests." ends with a period: write a phrase without one`},
		{"text about another", "en: For other tests", "en: 'The same, but later'",
			`../comparisons.yaml:7:12: [0].when_to_use[1].en: "The same, but later" refers to another text: write what is the same, since each text is read on its own`},
		{"command that writes", "'`kubectl get nodes`', ja", "'`kubectl delete node NODE`', ja",
			"../comparisons.yaml:10:12: [0].where_to_look[1].en: kubectl delete is not on the list of read-only commands: use one of api-resources, api-versions, auth, cluster-info, config, describe, events, explain, get, logs, rollout, top, version"},
		{"open backtick", "en: For tests,", "en: For `tests,",
			"../comparisons.yaml:6:12: [0].when_to_use[0].en: contains an unpaired backtick: write code between two backticks"},
		{"hidden shape", "run: kubectl get pods", "run: kubectl",
			`../goals.yaml:2:9: [1].run: "kubectl get" is hidden by "kubectl": list it before that shape, or delete it`},
		{"long goal", "ja: 一覧を見る", "ja: 一覧を見て確かめてから次の作業の手順へ進む",
			`../goals.yaml:2:42: [1].ja: "一覧を見て確かめてから次…" has 21 characters, but the limit is 20: shorten it`},
		{"markup in a goal", "en: Check them", "en: Check `them`",
			"../goals.yaml:2:26: [1].en: contains a backtick: write plain text, since the bot formats headings for each platform"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := 0
			change := func(table string) *fstest.MapFile {
				if tt.from == "" {
					return &fstest.MapFile{Data: []byte(table)}
				}
				found += strings.Count(table, tt.from)
				return &fstest.MapFile{Data: []byte(strings.ReplaceAll(table, tt.from, tt.to))}
			}
			tables := glossary.ReadTables(fstest.MapFS{
				"lives.yaml": change(rightLives), "comparisons.yaml": change(rightComparisons), "goals.yaml": change(rightGoals),
			})
			if tt.from != "" && found != 1 {
				t.Fatalf("%q is in the tables %d times, want once", tt.from, found)
			}
			if diff := cmp.Diff(tt.want, checkTables(tables, g).Error()); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

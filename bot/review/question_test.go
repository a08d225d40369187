package review

import (
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

func loadGlossary(t *testing.T) *glossary.Glossary {
	t.Helper()
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestChoices asks for every term of the glossary in many ways, and checks that no
// question has two right choices.
func TestChoices(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	g := loadGlossary(t)
	a := NewAsker(g)
	count := make(map[Kind]map[string]bool)
	for _, term := range g.All() {
		for reps := range 8 {
			for _, lang := range []glossary.Lang{glossary.English, glossary.Japanese} {
				c := Card{Learner: Learner{"slack", "T1", "U1"}, Term: term.ID, Reps: reps, Seq: reps, Lapses: reps % 4}
				q, ok := a.Ask(c, lang)
				if !ok || q.Term != term {
					t.Fatalf("%s: got no question", term.ID)
				}
				if reps < 2 && q.Kind != SelfGraded {
					t.Errorf("%s: got kind %q at rep %d", term.ID, q.Kind, reps)
				}
				if q.Kind == EnglishName && lang != glossary.Japanese {
					t.Errorf("%s: got a Japanese name in English", term.ID)
				}
				if count[q.Kind] == nil {
					count[q.Kind] = make(map[string]bool)
				}
				count[q.Kind][term.ID] = true
				checkChoices(t, g, q, lang)
			}
		}
	}
	for kind, least := range map[Kind]int{SelfGraded: 1000, ChooseName: 150, FirstCheck: 60, EnglishName: 60} {
		t.Logf("%s: %d terms", kind, len(count[kind]))
		if len(count[kind]) < least {
			t.Errorf("got %d terms of kind %q, want at least %d", len(count[kind]), kind, least)
		}
	}
}

func checkChoices(t *testing.T, g *glossary.Glossary, q Question, lang glossary.Lang) {
	t.Helper()
	if q.Kind != ChooseName && q.Kind != FirstCheck {
		if q.Choices != nil {
			t.Errorf("%s: got choices for kind %q", q.Term.ID, q.Kind)
		}
		return
	}
	if len(q.Choices) != choices || q.Choices[q.Right].Term != q.Term {
		t.Fatalf("%s: got %d choices, and %d is right", q.Term.ID, len(q.Choices), q.Right)
	}
	shown := make(map[string]bool)
	confused := 0
	for i, c := range q.Choices {
		if (q.Grade(i) == Knew) != (i == q.Right) {
			t.Errorf("%s: choice %d has rating %d", q.Term.ID, i, q.Grade(i))
		}
		switch q.Kind {
		case ChooseName:
			name := c.Term.DisplayName(lang)
			shown[fold.Key(name)] = true
			if strings.Contains(fold.Key(q.Term.Summary.In(lang)), fold.Key(name)) {
				t.Errorf("%s: the summary names the choice %q", q.Term.ID, name)
			}
			if i != q.Right && slices.Contains(q.Term.OtherNames(), name) {
				t.Errorf("%s: the choice %q is another name of it", q.Term.ID, name)
			}
		case FirstCheck:
			shown[c.Command.Run] = true
			for _, check := range q.Term.Checks {
				if i != q.Right && check.Run == c.Command.Run {
					t.Errorf("%s: the choice %q is one of its checks", q.Term.ID, check.Run)
				}
				if i != q.Right && strings.Contains(check.Run, "POD") && strings.Contains(c.Command.Run, "POD") {
					t.Errorf("%s: the choice %q looks at the Pod, as does %q", q.Term.ID, c.Command.Run, check.Run)
				}
			}
		}
		if _, ok := g.Difference(q.Term, c.Term, lang); ok || q.Kind == FirstCheck {
			confused++
		}
	}
	if len(shown) != choices {
		t.Errorf("%s: got choices %v, want three that differ", q.Term.ID, shown)
	}
	if confused == 0 {
		t.Errorf("%s: no choice is confused with it", q.Term.ID)
	}
}

// TestAskIsStable checks that all replicas ask the same question, and that the position of the
// right choice varies.
func TestAskIsStable(t *testing.T) {
	g := loadGlossary(t)
	first, second := NewAsker(g), NewAsker(g)
	rights := make(map[int]bool)
	for _, term := range g.All() {
		for seq := range 5 {
			c := Card{Term: term.ID, Reps: 4, Lapses: 1, Seq: seq}
			a, _ := first.Ask(c, glossary.English)
			b, _ := second.Ask(c, glossary.English)
			if a.Kind != b.Kind || a.Right != b.Right || !slices.Equal(a.Choices, b.Choices) {
				t.Fatalf("%s: got %+v and %+v", term.ID, a, b)
			}
			if a.Kind == ChooseName {
				rights[a.Right] = true
			}
		}
	}
	if len(rights) != choices {
		t.Errorf("the right choice is only at %v", rights)
	}
	if _, ok := first.Ask(Card{Term: "no-such-term"}, glossary.English); ok {
		t.Error("got a question for a term that does not exist")
	}
}

// TestConfused checks that two confused terms are compared whichever of them lists the other.
func TestConfused(t *testing.T) {
	g := loadGlossary(t)
	a := NewAsker(g)
	pairs := 0
	for _, term := range g.All() {
		for _, c := range term.ConfusedWith {
			other, _ := g.Term(c.Term)
			pairs++
			if !slices.Contains(a.Confused(term.ID), other) || !slices.Contains(a.Confused(other.ID), term) {
				t.Errorf("%s and %s are not compared", term.ID, other.ID)
			}
		}
	}
	if pairs == 0 {
		t.Error("found no terms that are confused")
	}
}

func TestCommandObjects(t *testing.T) {
	r := newCommandReader(loadGlossary(t))
	for _, tt := range []struct{ run, want string }{
		{"kubectl describe pod POD -n NS", "pods"},
		{"kubectl get po -A", "pods"},
		{"kubectl get pods POD -o yaml", "pods"},
		{"kubectl events -n NS --for pod/POD", "pods"}, // kubectl describe shows them too
		{"kubectl logs POD -n NS --previous", "pods"},
		{"kubectl logs deployment/NAME", "pods"},
		{"kubectl get jobs,pods -n NS", "jobs pods"},
		{"kubectl describe ingress NAME", "ingresses"},
		{"kubectl describe certificate.cert-manager.io NAME", "certificate"},
		{"kubectl explain deployment.spec", "deployments"},
		{"kubectl get node/NODE", "nodes"},
		{"kubectl api-resources", "api-resources"},
		{"kubectl get events -n NS", ""},
		{"kubectl events -n NS", ""},
		{"kubectl get --raw /readyz", ""},
		{"kubectl", ""},
		{"", ""},
	} {
		if got := strings.Join(r.objects(glossary.Command{Run: tt.run}), " "); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.run, got, tt.want)
		}
	}
}

// TestPlacement simulates learners who know all terms up to a tier.
func TestPlacement(t *testing.T) {
	g := loadGlossary(t)
	for knows := range maxTier + 1 {
		var placed []PlacementAnswer
		areasSeen := make(map[glossary.Category]int)
		for {
			next, ok := NextPlacement(g, placed, "seed", nil)
			if !ok {
				break
			}
			if slices.ContainsFunc(placed, func(p PlacementAnswer) bool { return p.Term == next.ID }) {
				t.Fatalf("asked %s twice", next.ID)
			}
			if !next.IsAsked() {
				t.Errorf("asked %s although nobody needs to remember it", next.ID)
			}
			for i, area := range areas {
				if slices.Contains(area, next.Category) {
					areasSeen[areas[i][0]]++
				}
			}
			placed = append(placed, PlacementAnswer{next.ID, next.Tier <= knows})
		}
		if len(placed) != PlacementTerms || len(areasSeen) != len(areas) {
			t.Errorf("knows tier %d: got %d terms in %d areas", knows, len(placed), len(areasSeen))
		}
		for i, p := range placed {
			term, _ := g.Term(p.Term)
			want := 2
			if i >= len(areas) && knows >= 2 {
				want = 3
			} else if i >= len(areas) {
				want = 1
			}
			if term.Tier != want {
				t.Errorf("knows tier %d: term %d has tier %d, want %d", knows, i, term.Tier, want)
			}
		}
	}
}

func TestPlacementSkips(t *testing.T) {
	g := loadGlossary(t)
	a, _ := NextPlacement(g, nil, "one", nil)
	b, _ := NextPlacement(g, nil, "one", func(term string) bool { return term == a.ID })
	if b == nil || a == b {
		t.Errorf("got %v although it is to be left out", b)
	}
	onlyEvents := func(term string) bool { found, _ := g.Term(term); return found.Category != "events" }
	if next, ok := NextPlacement(g, nil, "one", onlyEvents); !ok || next.Category != "events" {
		t.Errorf("got %v, want a term of another area", next)
	}
	if next, ok := NextPlacement(g, nil, "one", func(string) bool { return true }); ok {
		t.Errorf("got %v, want none", next)
	}
	first := make(map[string]bool)
	for _, seed := range []string{"one", "two", "three", "four"} {
		next, _ := NextPlacement(g, nil, seed, nil)
		first[next.ID] = true
	}
	if len(first) == 1 {
		t.Error("all seeds give the same term")
	}
}

// TestAreasHaveCategories checks that a placement names categories that exist.
func TestAreasHaveCategories(t *testing.T) {
	for _, area := range areas {
		for _, c := range area {
			if !slices.Contains(glossary.Categories(), c) {
				t.Errorf("category %q does not exist", c)
			}
		}
	}
}

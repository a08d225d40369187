package team

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary"
)

// TestWrite checks which fields the form accepts, and where it reports mistakes.
func TestWrite(t *testing.T) {
	for name, tt := range map[string]struct {
		fields Fields
		id     string
		data   string
		wrong  map[string]string // part of the problem, by field
	}{
		"English": {
			fields: Fields{Name: " release  train ", Other: "リリース便", Text: "the weekly deployment", Aliases: "RT, rt、便", Link: "http://wiki.internal/rt"},
			id:     "team-release-train",
			data: `name:
  en: release train
  ja: リリース便
aliases:
  - RT
  - 便
summary:
  en: the weekly deployment.
docs:
  en: http://wiki.internal/rt
`,
		},
		"Japanese": {
			fields: Fields{Name: "リリース便", Text: "毎週 火曜日の本番へのデプロイです"},
			id:     ID("リリース便"),
			data:   "name:\n  ja: リリース便\nsummary:\n  ja: 毎週火曜日の本番へのデプロイです。\n",
		},
		"both": {
			fields: Fields{Name: "便", Other: "train", Text: "毎週のデプロイです。\nThe weekly deployment."},
			id:     "team-train",
			data:   "name:\n  en: train\n  ja: 便\nsummary:\n  en: The weekly deployment.\n  ja: 毎週のデプロイです。\n",
		},
		"full width": {
			fields: Fields{Name: "ＲＴ", Text: "１回のリリースです。"},
			id:     "team-rt",
			data:   "name:\n  en: RT\nsummary:\n  ja: 1回のリリースです。\n",
		},
		"empty":         {fields: Fields{}, wrong: map[string]string{NameField: "is missing", TextField: "is missing"}},
		"no text":       {fields: Fields{Name: "RT"}, wrong: map[string]string{TextField: "is missing"}},
		"two English":   {fields: Fields{Name: "RT", Other: "train", Text: "x"}, wrong: map[string]string{OtherField: "neither name is Japanese"}},
		"two Japanese":  {fields: Fields{Name: "便", Other: "列車", Text: "x"}, wrong: map[string]string{OtherField: "both names are Japanese"}},
		"two sentences": {fields: Fields{Name: "RT", Text: "One.\nTwo."}, wrong: map[string]string{TextField: "several sentences"}},
		"long": {
			fields: Fields{Name: strings.Repeat("n", 61), Text: strings.Repeat("t", 151), Aliases: strings.Repeat("a", 121)},
			wrong:  map[string]string{NameField: "the limit is 60", TextField: "the limit is 150", AliasesField: "the limit is 120"},
		},
		"no letters": {fields: Fields{Name: "?!", Text: "x"}, wrong: map[string]string{NameField: "no letters or digits"}},
		"link":       {fields: Fields{Name: "RT", Text: "x", Link: "wiki"}, wrong: map[string]string{LinkField: "wiki"}},
		"style":      {fields: Fields{Name: "RT", Text: "デフォルトです"}, wrong: map[string]string{TextField: "既定"}},
	} {
		t.Run(name, func(t *testing.T) {
			e, mistakes := tt.fields.Write(Entry{})
			wrong := make(map[string]string)
			for _, m := range mistakes {
				wrong[m.Field] += m.Problem
			}
			for field, want := range tt.wrong {
				if !strings.Contains(wrong[field], want) {
					t.Errorf("%s: got %q, want %q", field, wrong[field], want)
				}
				delete(wrong, field)
			}
			if len(wrong) > 0 {
				t.Errorf("also wrong: %v", wrong)
			}
			if tt.data == "" {
				return
			}
			if e.Term != tt.id || e.Data != tt.data {
				t.Errorf("got %s:\n%s", e.Term, cmp.Diff(tt.data, e.Data))
			}
			g := Decode([]Entry{e})
			term, ok := g.Term(e.Term)
			if !ok || !term.Own {
				t.Fatal("cannot decode the entry")
			}
			again, mistakes := FieldsOf(term, glossary.Japanese).Write(e)
			if len(mistakes) > 0 || again.Data != e.Data {
				t.Errorf("written again: %v\n%s", mistakes, cmp.Diff(e.Data, again.Data))
			}
		})
	}
}

// TestWriteKeeps edits an entry whose file has more fields than the form.
func TestWriteKeeps(t *testing.T) {
	old := Entry{Term: "team-rt", Category: "tools", Number: 2, Data: "# keep\nname: {en: RT}\nsummary: {en: A train.}\nmeaning:\n  en: It leaves on Tuesdays.\ndocs: {en: https://wiki.example.com}\n"}
	e, mistakes := Fields{Name: "RT", Text: "A tram."}.Write(old)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	for _, want := range []string{"# keep", "A tram.", "It leaves on Tuesdays."} {
		if !strings.Contains(e.Data, want) {
			t.Errorf("lost %q:\n%s", want, e.Data)
		}
	}
	if strings.Contains(e.Data, "docs") || e.Category != "tools" || e.Term != old.Term {
		t.Errorf("got %+v", e)
	}
}

// TestID checks that different names have different IDs, and that none is the ID of a built-in
// term.
func TestID(t *testing.T) {
	ids := make(map[string]string)
	for _, name := range []string{"Pod", "canary", "release train", "便", "列車", "team-x", strings.Repeat("x", 50), strings.Repeat("x", 51), "c++"} {
		id := ID(name)
		if other := ids[id]; other != "" || !IsID(id) || len(id) > 50 {
			t.Errorf("ID(%q) = %q, as %q", name, id, other)
		}
		ids[id] = name
	}
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range g.All() {
		if IsID(term.ID) {
			t.Errorf("the built-in term %s has an ID of a tenant's", term.ID)
		}
	}
}

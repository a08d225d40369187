package template

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		text  string
		parts Template
	}{
		{"OOMKilled", Template{{Literal: "OOMKilled"}}},
		{`Failed to pull image "{image}": {error}`, Template{
			{Literal: `Failed to pull image "`}, {Slot: "image", Type: "image"}, {Literal: `": `}, {Slot: "error", Type: "error"}}},
		{"{name} is not {name2}.", Template{
			{Slot: "name", Type: "name"}, {Literal: " is not "}, {Slot: "name2", Type: "name"}, {Literal: "."}}},
		{"taint {{{key}: }}", Template{{Literal: "taint {"}, {Slot: "key", Type: "key"}, {Literal: ": }"}}},
		{"a } in a text", Template{{Literal: "a } in a text"}}},
	} {
		got, err := Parse(tt.text)
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.text, err)
		}
		if diff := cmp.Diff(tt.parts, got); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "too little text",
		"{error}":                   "too little text",
		"{pod}: {node}":             "too little text",
		"pulling {picture}":         "unknown slot {picture}",
		"pulling {}":                "unknown slot",
		"pulling {2}":               "unknown slot {2}",
		"pulling {image":            "unclosed brace at byte 8",
		"pulling {image}{error}":    "no text between {image} and {error}",
		"from {name} to {name} now": "duplicate slot {name}",
	} {
		if got, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q) = %v, %v, want an error with %q", text, got, err, want)
		}
	}
}

func TestPattern(t *testing.T) {
	a, _ := Parse("Failed to pull {image}: {error}")
	b, _ := Parse("failed to pull {word}: {rest}")
	if a.Pattern() != "failed to pull {}: {}" || a.Pattern() != b.Pattern() {
		t.Errorf("Pattern: got %q and %q", a.Pattern(), b.Pattern())
	}
}

func TestParseComparisons(t *testing.T) {
	got, err := ParseComparisons("READY < READY.of and LAST SCHEDULE > 1d and TYPE != kubernetes.io/x and ADDRESS = -")
	want := []Comparison{
		{"READY", "<", "READY.of"}, {"LAST SCHEDULE", ">", "1d"}, {"TYPE", "!=", "kubernetes.io/x"}, {"ADDRESS", "=", "-"},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("ParseComparisons: %v (-want +got):\n%s", err, diff)
	}
	for _, text := range []string{"", "READY", "READY<DESIRED", "READY <= 3", " < 3", "READY < 1 and ", "READY <  "} {
		if got, err := ParseComparisons(text); err == nil {
			t.Errorf("ParseComparisons(%q) = %v, want an error", text, got)
		}
	}
}

func TestColumnSlot(t *testing.T) {
	for column, want := range map[string]string{"READY.of": "ready_of", "UP-TO-DATE": "up_to_date", "LAST SCHEDULE": "last_schedule", "CPU(cores)": "cpucores"} {
		if got := ColumnSlot(column); got != want {
			t.Errorf("ColumnSlot(%q) = %q, want %q", column, got, want)
		}
	}
}

// TestPlaceholders checks that PlaceholderNames is complete and that all slot types exist.
func TestPlaceholders(t *testing.T) {
	if diff := cmp.Diff(slices.Sorted(maps.Keys(Placeholders)), slices.Sorted(slices.Values(PlaceholderNames()))); diff != "" {
		t.Errorf("PlaceholderNames (-want +got):\n%s", diff)
	}
	for p, slots := range Placeholders {
		for _, s := range slots {
			if SlotTypes[s] == "" {
				t.Errorf("Placeholders[%q]: unknown slot type %q", p, s)
			}
		}
	}
}

// FuzzParse checks that no text makes the parsers panic, and that the results are
// consistent.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`Failed to pull image "{image}": {error}`, "{{{{}}}}", "{a}{b}", "READY < DESIRED and AGE > 5m", "{name} and {name2}", "{", "}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if tmpl, err := Parse(text); err == nil {
			if a := tmpl.Anchor(); a < 0 || len(tmpl[a].Literal) < MinLiteral {
				t.Errorf("Parse(%q): anchor is shorter than %d bytes", text, MinLiteral)
			}
			for i, p := range tmpl {
				if (p.Slot == "") == (p.Literal == "") || i > 0 && (p.Slot == "") == (tmpl[i-1].Slot == "") {
					t.Errorf("Parse(%q) = %+v: literal parts and slots do not alternate", text, tmpl)
				}
			}
		}
		if all, err := ParseComparisons(text); err == nil {
			for _, c := range all {
				if c.Column == "" || c.Other == "" || !slices.Contains([]string{"<", ">", "=", "!="}, c.Operator) {
					t.Errorf("ParseComparisons(%q) = %+v", text, all)
				}
			}
		}
		if slots, err := SentenceSlots(text); err == nil && len(slots) > strings.Count(text, "{") {
			t.Errorf("SentenceSlots(%q) = %q", text, slots)
		}
	})
}

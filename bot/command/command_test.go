package command

import "testing"

// after the command's name.
func TestCommandArg(t *testing.T) {
	for _, tt := range []struct {
		command string
		values  map[string]string
		want    string
	}{
		{"term", map[string]string{"name": " list "}, "list"},
		{"compare", map[string]string{"a": "Pod", "b": "Node"}, "Pod vs Node"},
		{"list", nil, ""},
		{"list", map[string]string{"category": "storage"}, "storage"},
		{"lang", map[string]string{"language": "ja"}, "ja"},
		{"help", map[string]string{"unknown": "x"}, ""},
	} {
		cmd, ok := Named(tt.command)
		if !ok {
			t.Fatalf("no command %s", tt.command)
		}
		if got := cmd.Arg(tt.values); got != tt.want {
			t.Errorf("%s %v: got %q, want %q", tt.command, tt.values, got, tt.want)
		}
	}
	for text, want := range map[string]string{"export me": "review export", "Export Me": "review export", "export": "term export", "export me a pod": "term export me a pod"} {
		if cmd, arg := Parse(text); cmd.Name+" "+arg != want {
			t.Errorf("%q: parsed as %s %q, want %s", text, cmd.Name, arg, want)
		}
	}
	for _, c := range All() {
		for _, p := range c.Params {
			for _, choice := range p.Values() {
				text := c.Name + " " + c.Arg(map[string]string{p.Name: choice.Value})
				if cmd, arg := Parse(text); cmd.Name != c.Name || arg != choice.Value {
					t.Errorf("%q: parsed as %s %q", text, cmd.Name, arg)
				}
			}
		}
	}
}

package fold

import "testing"

func TestNamesInKatakana(t *testing.T) {
	known := map[string]bool{Key("ポッド"): true, Key("ノード"): true, Key("ポ"): true}
	for text, want := range map[string]string{
		"ぽっど死んだ":        Key("ポッド") + "死んだ",
		"ぽっどとのーど":       Key("ポッド") + "とのーど", // only at the start of a run
		"pod と のーど 落ちた": "pod と " + Key("ノード") + " 落ちた",
		"ぽ":             "ぽ", // too short
		"pod died":      "pod died",
		"":              "",
	} {
		if got := NamesInKatakana(text, 3, func(key string) bool { return known[key] }); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

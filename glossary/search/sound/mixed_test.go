package sound

import "testing"

func TestMixed(t *testing.T) {
	names := map[string]bool{"headlessservice": true, "networkpolicy": true, "ステートフルセット": true, "customresource": true, "nodeアフィニティ": true, "nodeaffinity": true}
	for text, want := range map[string]string{
		"headlessサービス": "headlessservice", "networkポリシーとは": "networkpolicyとは", "ステートフルset": "ステートフルセット", "カスタムresourceとcrd": "customresourceとcrd",
		"nodeアフィニティ": "nodeアフィニティ", // a name as it is
		"webサービス":    "webサービス", "headless サービス": "headless サービス", "サービス": "サービス", "headless service": "headless service", "": "",
	} {
		if got := Mixed(text, func(key string) bool { return names[key] }); got != want {
			t.Errorf("Mixed(%q) = %q, want %q", text, got, want)
		}
	}
}

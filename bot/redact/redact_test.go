package redact

import (
	"testing"

	"k8sbot/glossary"
)

func TestIsSensitive(t *testing.T) {
	for _, text := range []string{
		"ken.sato@example.com", "ask <@U012AB3CD>", "ping @kensato", "https://wiki.example.com/x?token=1", "10.0.12.7", "fe80::1:2:3",
		"090-1234-5678", "4111 1111 1111 1111", "account 1234567", "xoxb-1234-abcdef", "ghp_16C7e42F292c6912E7", "AKIAIOSFODNN7EXAMPLE",
		"password: hunter2", "the password is hunter2", "パスワードはhimitsu", "deadbeefdeadbeef", "a1b2c3d4e5f6g7h8", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
	} {
		if !IsSensitive(text) {
			t.Errorf("%q is not recognized", text)
		}
	}
	for _, text := range []string{"release train", "リリース便", "OOMKilled", "exit code 137", "what is a canary", "secret", "API token", "v1.29.3", "HTTP 503", "kube-dns vs CoreDNS"} {
		if IsSensitive(text) {
			t.Errorf("%q is refused", text)
		}
	}
}

// TestNames checks that hardly any name of a term counts as sensitive, so that misses of
// similar words are counted.
func TestNames(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, term := range g.All() {
		if IsSensitive(term.Name.EN) {
			refused++
		}
	}
	if refused*50 > g.Len() {
		t.Errorf("%d of %d names are refused, want at most 2%%", refused, g.Len())
	}
}

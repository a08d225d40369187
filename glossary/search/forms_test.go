package search

import (
	"strings"
	"testing"

	"k8sbot/glossary"
)

// TestForms checks that questions about a term find it, however they are put.
func TestForms(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	g := loadTerms(t)
	x := New(g)
	for lang, forms := range map[glossary.Lang][]string{
		glossary.English: {
			"what is a %s for", "do i really need %s", "can you explain %s in simple words", "why do people use %s", "%s explained like im 5", "what problem does %s solve", "i dont get %s",
			"when would i use a %s", "so what is %s again", "could someone explain %s to a beginner", "%s in a nutshell", "what is the point of %s", "never understood %s, help",
			"what's %s used for in practice", "wat is %s", "new to k8s, what is %s", "quick one: %s?", "what exactly does %s do", "tell me more about %s", "eli5 %s please", "%s best practices", "%s tutorial", "can i have more than one %s",
			"do i still need %s", "should we use %s or not", "when should one use %s", "what happens without %s", "is %s deprecated", "is %s still a thing", "is %s overkill for us", "where is %s stored", "pros and cons of %s",
			"my coworker keeps talking about %s, what is it", "saw %s in the yaml, what does it do", "heard about %s, is it any good", "sorry for the dumb question but what is %s", "could you please tell me what %s means", "can someone pls explain %s",
			"how important is %s", "wtf is %s", "does anybody know %s",
		},
		glossary.Japanese: {
			"%sって何がうれしいの", "%sを使うメリット", "%sはなぜ必要", "%sを一言で言うと", "%sがよくわからないんだけど", "%sを初心者向けに説明して", "%sって結局なんなんですか", "%sの意味がわからん",
			"%sって何のために使うんですか", "%sてなに", "%s is 何", "%sのイメージがわかない", "%sを理解したい", "%sって必須？", "%s 意味", "%s 使い道", "%sが何か教えて", "%sのベストプラクティス", "%sのサンプル",
			"%sって要するに何", "%sとはどのようなものでしょうか", "%sって何してるやつ", "%sって要る？", "%sって使うべき？", "%sはどこにある", "%sってどこに書くの", "%sってどうやって動いてるの", "%sのメリットとデメリット", "%sって危ない？", "%sって非推奨なの", "%sがないとどうなる",
			"先輩に%sって言われたんだけど何それ", "yamlに%sって書いてあるんだけどこれ何", "初心者なんですけど%sって何ですか", "お手数ですが%sの概要をご教示ください", "%sとか意味わからん", "%s知ってる？",
		},
	} {
		for _, form := range forms {
			n, right := 0, 0
			for i, term := range g.All() {
				if term.Tier > 1 || term.IsTask() || i%3 > 0 {
					continue
				}
				name := strings.ToLower(term.Name.EN)
				if lang == glossary.Japanese {
					name = term.Name.In(lang)
				}
				n++
				found, named := x.Search(strings.Replace(form, "%s", name, 1), 1), x.Exact(name)
				for _, m := range named {
					if len(found) > 0 && found[0].Term == m.Term {
						right++
						break
					}
				}
			}
			if got := share(right, n); got < 0.96 {
				t.Errorf("%q: finds the right term for %.3f of %d names, want at least 0.96", form, got, n)
			}
		}
	}
}

package glossary

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"k8sbot/glossary/fold"
)

// This file has the rules on how terms are written, which grow with the terms.

// ruleBound sees to it that no term of ours stands alone: readers walk from one
// to the next.
func ruleBound(l *linter, s *source) {
	if l.base == nil && len(l.stubs) == 0 && !l.incomplete && len(referred(s.term)) == 0 && !l.bound[s.term.ID] {
		s.reportAt("related", "is missing: no term leads here, and this one leads to none; name one under related or confused_with")
	}
}

// styles are ways of writing that terms do not use, with what they use instead.
var styles = []struct {
	lang    Lang
	avoid   *regexp.Regexp
	instead string
}{
	{Japanese, longVowel("コントローラ"), "コントローラー"},
	{Japanese, longVowel("サーバ"), "サーバー"},
	{Japanese, longVowel("ユーザ"), "ユーザー"},
	{Japanese, longVowel("クラスタ"), "クラスター"},
	{Japanese, longVowel("スケジューラ"), "スケジューラー"},
	{Japanese, longVowel("ドライバ"), "ドライバー"},
	{Japanese, longVowel("プロバイダ"), "プロバイダー"},
	{Japanese, longVowel("プロビジョナ"), "プロビジョナー"},
	{Japanese, longVowel("オペレータ"), "オペレーター"},
	{Japanese, longVowel("ロードバランサ"), "ロードバランサー"},
	{Japanese, longVowel("コンピュータ"), "コンピューター"},
	{Japanese, regexp.MustCompile(`コンテナー`), "コンテナ"},
	{Japanese, regexp.MustCompile(`メモリー`), "メモリ"},
	{Japanese, regexp.MustCompile(`レジストリー`), "レジストリ"},
	{Japanese, regexp.MustCompile(`メトリックス?`), "メトリクス"},
	{Japanese, regexp.MustCompile(`インタ(?:ー)?フェイス|インタフェース`), "インターフェース"},
	{Japanese, regexp.MustCompile(`ポッド`), "Pod"},
	{Japanese, regexp.MustCompile(`フォルダ`), "ディレクトリ"},
	{Japanese, regexp.MustCompile(`ヴァ|ヴィ|ヴェ|ヴォ`), "バ, ビ, ベ or ボ"},
	{Japanese, regexp.MustCompile(`デフォルト`), "既定"},
	{Japanese, regexp.MustCompile(`すること(?:が|は)でき`), "でき"},
	{Japanese, regexp.MustCompile(`あなた`), "no pronoun"},
	{Japanese, regexp.MustCompile(`マスターノード`), "コントロールプレーンノード"},
	{Japanese, regexp.MustCompile(`[,.]$|[ぁ-ん一-龥],|[ぁ-ん]\.`), "、 and 。"},
	{English, regexp.MustCompile(`(?i)\b(?:simply|easily|powerful|seamless(?:ly)?|robust|leverages?|utili[sz]es?)\b`), "plain words"},
	{English, regexp.MustCompile(`(?i)\bmaster nodes?\b`), "control plane node"},
	{English, regexp.MustCompile(`(?i)\bkubernetes'?s cluster\b`), "Kubernetes cluster"},
	{English, regexp.MustCompile(`\b[Kk]ubelet's? deamon\b|\bdeamon`), "daemon"},
}

// longVowel matches a word that is written without its long vowel mark, and is no
// part of a longer one.
func longVowel(word string) *regexp.Regexp {
	return regexp.MustCompile("(" + word + ")(?:[^ァ-ヺー]|$)")
}

// ruleStyle holds terms to one way of writing each word.
func ruleStyle(_ *linter, s *source) {
	for _, t := range texts(s.term) {
		for _, lang := range Langs {
			text := t.text.In(lang)
			for _, st := range styles {
				if st.lang != lang {
					continue
				}
				if found := st.avoid.FindStringSubmatch(text); found != nil {
					s.reportAt(t.field+"."+string(lang), "%q: write %s", found[len(found)-1], st.instead)
				}
			}
		}
	}
}

// A fieldText is a field of sentences.
type fieldText struct {
	field string
	text  Text
}

// texts returns the sentences of a term.
func texts(t *Term) []fieldText {
	all := []fieldText{{"summary", t.Summary}, {"meaning", t.Meaning}, {"normal_for", t.NormalFor}}
	for i, c := range t.Causes {
		all = append(all, fieldText{indexed("causes", i), c})
	}
	for i, c := range t.Checks {
		all = append(all, fieldText{indexed("checks", i), Text{EN: c.EN, JA: c.JA}})
	}
	for i, c := range t.Try {
		all = append(all, fieldText{indexed("try", i), Text{EN: c.EN, JA: c.JA}})
	}
	for i, c := range t.ConfusedWith {
		all = append(all, fieldText{indexed("confused_with", i), Text{EN: c.EN, JA: c.JA}})
	}
	return all
}

func indexed(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }

// A digest is what is compared of a summary: its words in order, each once.
type digest struct {
	source *source
	words  map[Lang][]string
}

func (l *linter) digest() []digest {
	var all []digest
	for _, s := range l.byID {
		d := digest{source: s, words: make(map[Lang][]string)}
		for _, lang := range Langs {
			w := fold.Tokens(s.term.Summary.In(lang))
			slices.Sort(w)
			d.words[lang] = slices.Compact(w)
		}
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b digest) int { return strings.Compare(a.source.term.ID, b.source.term.ID) })
	return all
}

// maxAlike is the share of their words that the summaries of two terms may have in
// common. Above it, either they are one term, or one of them does not say what sets
// it apart.
const maxAlike = 0.85

// minAlike is the number of words from which summaries are compared.
const minAlike = 4

// ruleAlike sees to it that no two terms say nearly the same.
func ruleAlike(l *linter, s *source) {
	var own digest
	for _, d := range l.summaries() {
		if d.source == s {
			own = d
		}
	}
	for _, d := range l.summaries() {
		// Of two terms of a layer the later in the alphabet reports.
		if d.source == s || d.source.file != "" && d.source.term.ID > s.term.ID {
			continue
		}
		for _, lang := range Langs {
			a, b := own.words[lang], d.words[lang]
			if len(a) < minAlike || len(b) < minAlike {
				continue
			}
			if n := common(a, b); float64(n) > maxAlike*float64(len(a)+len(b)-n) {
				s.reportAt("summary."+string(lang), "says nearly what that of %s does: say what sets the two apart, or make them one term", d.source.term.ID)
			}
		}
	}
}

// common returns the number of words that two sorted lists have in common.
func common(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch strings.Compare(a[i], b[j]) {
		case 0:
			n++
			i++
			j++
		case -1:
			i++
		default:
			j++
		}
	}
	return n
}

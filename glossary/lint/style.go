package lint

import (
	"fmt"

	"k8sbot/glossary"
	"k8sbot/glossary/lazyregexp"
)

// styles are spellings and phrases to avoid, and what to write instead. If you correct the same
// phrase in several terms, add it here.
var styles = []struct {
	lang    glossary.Lang
	avoid   lazyregexp.Regexp
	instead string
}{
	{glossary.Japanese, missingLongVowel("コントローラ"), "コントローラー"},
	{glossary.Japanese, missingLongVowel("サーバ"), "サーバー"},
	{glossary.Japanese, missingLongVowel("ユーザ"), "ユーザー"},
	{glossary.Japanese, missingLongVowel("クラスタ"), "クラスター"},
	{glossary.Japanese, missingLongVowel("スケジューラ"), "スケジューラー"},
	{glossary.Japanese, missingLongVowel("ドライバ"), "ドライバー"},
	{glossary.Japanese, missingLongVowel("プロバイダ"), "プロバイダー"},
	{glossary.Japanese, missingLongVowel("プロビジョナ"), "プロビジョナー"},
	{glossary.Japanese, missingLongVowel("オペレータ"), "オペレーター"},
	{glossary.Japanese, missingLongVowel("ロードバランサ"), "ロードバランサー"},
	{glossary.Japanese, missingLongVowel("コンピュータ"), "コンピューター"},
	{glossary.Japanese, lazyregexp.New(`コンテナー`), "コンテナ"},
	{glossary.Japanese, lazyregexp.New(`メモリー`), "メモリ"},
	{glossary.Japanese, lazyregexp.New(`レジストリー`), "レジストリ"},
	{glossary.Japanese, lazyregexp.New(`メトリックス?`), "メトリクス"},
	{glossary.Japanese, lazyregexp.New(`インタ(?:ー)?フェイス|インタフェース`), "インターフェース"},
	{glossary.Japanese, lazyregexp.New(`ポッド`), "Pod"},
	{glossary.Japanese, lazyregexp.New(`フォルダ`), "ディレクトリ"},
	{glossary.Japanese, lazyregexp.New(`ヴァ|ヴィ|ヴェ|ヴォ`), "バ, ビ, ベ or ボ"},
	{glossary.Japanese, lazyregexp.New(`デフォルト`), "既定"},
	{glossary.Japanese, lazyregexp.New(`すること(?:が|は)でき`), "でき"},
	{glossary.Japanese, lazyregexp.New(`ことができ`), "でき"},
	{glossary.Japanese, lazyregexp.New(`閾値`), "しきい値"},
	{glossary.Japanese, lazyregexp.New(`プロキシー`), "プロキシ"},
	{glossary.Japanese, lazyregexp.New(`Initコンテナ|初期化コンテナ`), "initコンテナ"},
	{glossary.Japanese, lazyregexp.New("(?:^|[^A-Za-z`/._-])(webhooks?)(?:[^A-Za-z`/._-]|$)|ウェブフック"), "Webhook"},
	{glossary.Japanese, lazyregexp.New("(?:^|[^A-Za-z`])(static Pod)|静的Pod|スタティックPod"), "Static Pod"},
	{glossary.Japanese, lazyregexp.New(`CNIプラグイン`), "ネットワークプラグイン"},
	{glossary.Japanese, lazyregexp.New(`ローリング更新`), "ローリングアップデート"},
	{glossary.Japanese, lazyregexp.New(`わか(?:ら|り|る|れ|っ)`), "分かる"},
	{glossary.Japanese, lazyregexp.New(`無し`), "なし"},
	{glossary.Japanese, lazyregexp.New(`説明書`), "マニュアル or ドキュメント"},
	{glossary.Japanese, lazyregexp.New(`(?:^|[^ぁ-ん])(それ[をがには])`), "what is meant"},
	{glossary.Japanese, lazyregexp.New(`あなた`), "the sentence without a pronoun"},
	{glossary.Japanese, lazyregexp.New(`(?:なら|れば)、(多くは)`), "多くの場合"},
	{glossary.Japanese, lazyregexp.New(`独自の種類|[るた]種類です。`), "リソース"},
	{glossary.Japanese, lazyregexp.New(`(?:が|で)典型(?:的)?です`), "よく起こります or よくあります"},
	{glossary.Japanese, lazyregexp.New(`コントローラー(がい(?:ません|な))`), "がありません"},
	{glossary.Japanese, lazyregexp.New(`マスターノード`), "コントロールプレーンノード"},
	{glossary.Japanese, lazyregexp.New(`[,.]$|[ぁ-ん一-龥],|[ぁ-ん]\.`), "、 and 。"},
	{glossary.English, lazyregexp.New(`(?i)\b(?:simply|easily|powerful|seamless(?:ly)?|robust|leverages?|utili[sz]es?)\b`), "plain words"},
	{glossary.English, lazyregexp.New(`\b(?:[A-Za-z]*[a-df-z]|node|Service|image|name|volume|one|template|type|file|rule) (is no) [a-km-z]`), "is not a"},
	{glossary.English, lazyregexp.New(`\bthat which\b|\bthose which\b`), "what, or the noun"},
	{glossary.English, lazyregexp.New(`(?:^|\. |; )(Where (?:a|an|the|no|it|this|that|there|nothing|several)\b)|, where (?:no|nothing|it is not)\b`), "if or when"},
	{glossary.English, lazyregexp.New(`\bso that\b[^.]*\bso that\b`), "two sentences"},
	{glossary.English, lazyregexp.New(`\b[Ii]t is (?:the |a |an |this |only )?[A-Za-z]+ (?:that|which|who)\b`), "the subject first"},
	{glossary.English, lazyregexp.New(`(?i)\b(?:made|created|started|begun) anew\b|\banew\b`), "again, or recreate"},
	{glossary.English, lazyregexp.New(`\b(?:is|are|be) (?:told|gone through|passed over|looked at by)\b`), "an active verb"},
	{glossary.English, lazyregexp.New(`\b(?:for lack of|in want of|by way of|as a wish|on its own account)\b`), "plain words"},
	{glossary.English, lazyregexp.New(`\b(?:mostly|most often) for\b|\bgoes on\b|\bgo on as\b`), "usually, continues"},
	{glossary.English, lazyregexp.New(`\b(?:kubeadm|minikube|kubectl|etcd|containerd|kube-proxy)'s (?:the|a)\b|\b(?:Kubeadm|KubeAdm|MiniKube|KubeCtl|Kubectl|Etcd)\b`), "the name as the project writes it, in lower case"},
	{glossary.English, lazyregexp.New(`(?i)\bmaster nodes?\b`), "control plane node"},
	{glossary.English, lazyregexp.New(`(?i)\bkubernetes'?s cluster\b`), "Kubernetes cluster"},
	{glossary.English, lazyregexp.New(`\b[Kk]ubelet's? deamon\b|\bdeamon`), "daemon"},
}

// missingLongVowel matches a katakana word that lacks the long vowel mark at its end, unless it
// is the start of a longer word.
func missingLongVowel(word string) lazyregexp.Regexp {
	return lazyregexp.New("(" + word + ")(?:[^ァ-ヺー]|$)")
}

// ruleStyle reports spellings and phrases listed in styles.
func ruleStyle(_ *linter, s *subject) {
	for _, t := range proseFields(s.term) {
		checkStyle(s, t.field, t.text)
	}
}

// checkStyle reports the spellings and phrases in text that are listed in styles.
func checkStyle(s *subject, field string, t glossary.Text) {
	for _, lang := range glossary.Langs {
		for _, st := range styles {
			if st.lang != lang {
				continue
			}
			if found := st.avoid.FindStringSubmatch(t.Only(lang)); found != nil {
				s.reportAt(field+"."+string(lang), "%q: write %s instead", found[len(found)-1], st.instead)
			}
		}
	}
}

// A fieldText is a field with prose.
type fieldText struct {
	field string
	text  glossary.Text
}

// proseFields returns the fields of a term that contain prose.
func proseFields(t *glossary.Term) []fieldText {
	all := []fieldText{{"summary", t.Summary}, {"meaning", t.Meaning.Text()}, {"normal_for", t.NormalFor}}
	for i, c := range t.Causes {
		all = append(all, fieldText{indexed("causes", i), c})
	}
	for i, c := range t.Checks {
		all = append(all, fieldText{indexed("checks", i), glossary.Text{EN: c.EN, JA: c.JA}})
	}
	for i, c := range t.Try {
		all = append(all, fieldText{indexed("try", i), glossary.Text{EN: c.EN, JA: c.JA}})
	}
	all = append(all, fieldText{"watch_out", t.WatchOut})
	for i, a := range t.Do {
		all = append(all, fieldText{indexed("do", i), glossary.Text{EN: a.EN, JA: a.JA}})
	}
	for i, c := range t.ConfusedWith {
		all = append(all, fieldText{indexed("confused_with", i), glossary.Text{EN: c.EN, JA: c.JA}})
	}
	return all
}

func indexed(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }

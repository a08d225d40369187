package bot

import (
	"fmt"

	"k8sbot/glossary"
)

// words are the bot's own sentences in one language. A test finds a field that
// was left empty.
type words struct {
	// Headings of an answer.
	checks, try, causes, normalFor, versions, confusedWith, related, docs, docsOther string
	introduced, deprecated, removed, replacedBy, clusterWide                         string
	what, kindOfWord, howBad, look                                                   string

	severity map[glossary.Severity]string
	relation map[glossary.Relation]string

	// Choices.
	more, share, help, browse, random, another, auto string

	// Sentences.
	fault, stale, nothingAsked, youCanAsk, nothingInPaste, compareWhat string
	alsoFound, comma, emptyCategory, askForOne, listOne, commands      string
	languageKept, languageAuto, notKept                                string
	examples                                                           []string

	notFound, didYouMean, several, unknownCategory, unknownLanguage func(typed string) string
	setBy                                                           func(component string) string
	moreObjects, categories, whoAmI                                 func(n int) string
	languageNow                                                     func(glossary.Lang) string
}

func wordsIn(l glossary.Lang) *words {
	if l == glossary.English {
		return &english
	}
	return &japanese
}

var english = words{
	checks: "Check first", try: "Try this", causes: "Likely causes", normalFor: "Normal for",
	versions: "Versions", confusedWith: "Often confused with", related: "Related",
	docs: "Documentation", docsOther: "Documentation",
	introduced: "since", deprecated: "deprecated since", removed: "removed in", replacedBy: "replaced by",
	clusterWide: "not namespaced",
	what:        "What it is", kindOfWord: "Kind of word", howBad: "How bad", look: "Look at it",

	severity: map[glossary.Severity]string{
		"": "", glossary.Failure: "failure", glossary.Warning: "warning", glossary.Passing: "fine for a while", glossary.Normal: "as it should be",
	},
	relation: map[glossary.Relation]string{
		glossary.Owns: "owns", glossary.Selects: "selects", glossary.Uses: "uses", glossary.PartOf: "part of",
		glossary.CauseOf: "causes", glossary.Replaces: "replaces", glossary.SeeAlso: "see also",
		glossary.OwnedBy: "owned by", glossary.SelectedBy: "selected by", glossary.UsedBy: "used by",
		glossary.HasPart: "includes", glossary.CausedBy: "caused by", glossary.ReplacedBy: "replaced by",
	},

	more: "More", share: "Share in channel", help: "Help", browse: "Browse the words", random: "Any word",
	another: "Another one", auto: "Automatic",

	fault:          "Something broke on my side, not on yours; it has been logged. Please ask again in a moment.",
	stale:          "This button belongs to something that no longer exists. Please ask again.",
	nothingAsked:   "Tell me a Kubernetes word, or paste what kubectl printed.",
	youCanAsk:      "You can ask for example:",
	nothingInPaste: "I know none of the words in this text.",
	compareWhat:    "Name two words to compare, for example: compare liveness readiness",
	alsoFound:      "Also in there: ",
	comma:          ", ",
	emptyCategory:  "There are no words in this category yet.",
	askForOne:      "Type a name to have it explained.",
	listOne:        "Type list and a category for all of its words, for example: list networking",
	commands:       "Commands",
	languageKept:   "I will answer you in English from now on. lang auto undoes this.",
	languageAuto:   "I will answer you in the language of your question again.",
	notKept:        "I could not keep your choice just now. Please try again later.",
	examples: []string{
		"CrashLoopBackOff",
		"what is a taint",
		"liveness vs readiness",
		"the output of kubectl get pods, just paste it",
	},

	setBy:    func(component string) string { return "set by " + component },
	notFound: func(typed string) string { return fmt.Sprintf("I know no Kubernetes word “%s”.", typed) },
	didYouMean: func(typed string) string {
		return fmt.Sprintf("I know no “%s”. Did you mean one of these?", typed)
	},
	several:         func(typed string) string { return fmt.Sprintf("“%s” means several things:", typed) },
	unknownCategory: func(typed string) string { return fmt.Sprintf("There is no category “%s”.", typed) },
	unknownLanguage: func(typed string) string {
		return fmt.Sprintf("I do not speak “%s”: choose ja, en or auto.", typed)
	},
	moreObjects: func(n int) string { return fmt.Sprintf("and %d more", n) },
	categories:  func(n int) string { return fmt.Sprintf("%d words by category", n) },
	whoAmI: func(n int) string {
		return fmt.Sprintf("I explain Kubernetes words: components, resources, and the statuses that kubectl shows. I know %d of them, in English and Japanese.", n)
	},
	languageNow: func(glossary.Lang) string {
		return "I am answering you in English. Choose lang ja, lang en, or lang auto for the language of your question."
	},
}

var japanese = words{
	checks: "まず確認すること", try: "試してみる", causes: "考えられる原因", normalFor: "正常な範囲",
	versions: "バージョン", confusedWith: "間違えやすい用語", related: "関連する用語",
	docs: "ドキュメント", docsOther: "ドキュメント(英語)",
	introduced: "導入:", deprecated: "非推奨:", removed: "削除:", replacedBy: "後継:",
	clusterWide: "名前空間に属さない",
	what:        "概要", kindOfWord: "用語の種類", howBad: "深刻さ", look: "確認方法",

	severity: map[glossary.Severity]string{
		"": "", glossary.Failure: "障害", glossary.Warning: "注意", glossary.Passing: "しばらくは正常", glossary.Normal: "正常",
	},
	relation: map[glossary.Relation]string{
		glossary.Owns: "管理対象", glossary.Selects: "選択対象", glossary.Uses: "利用するもの", glossary.PartOf: "属する先",
		glossary.CauseOf: "引き起こすもの", glossary.Replaces: "置き換えの対象", glossary.SeeAlso: "関連",
		glossary.OwnedBy: "管理元", glossary.SelectedBy: "選択元", glossary.UsedBy: "利用元",
		glossary.HasPart: "構成要素", glossary.CausedBy: "原因", glossary.ReplacedBy: "後継",
	},

	more: "詳しく", share: "チャンネルに共有", help: "使い方", browse: "用語の一覧", random: "ランダムに1つ",
	another: "別の用語", auto: "自動",

	fault:          "ボット側で問題が起きました。内容は記録したので、少し待ってからもう一度お試しください。",
	stale:          "このボタンの対象はもう存在しません。お手数ですが、もう一度質問してください。",
	nothingAsked:   "Kubernetesの用語を入力するか、kubectlの出力を貼り付けてください。",
	youCanAsk:      "たとえば、こう質問できます",
	nothingInPaste: "この文章には、知っている用語が見つかりませんでした。",
	compareWhat:    "比べたい用語を2つ書いてください。例: compare liveness readiness",
	alsoFound:      "ほかに含まれる用語: ",
	comma:          "、",
	emptyCategory:  "この分類の用語はまだありません。",
	askForOne:      "用語の名前を入力すると、説明を表示します。",
	listOne:        "「list 分類」で、その分類の用語をすべて表示します。例: list networking",
	commands:       "コマンド",
	languageKept:   "これからは日本語で回答します。lang autoで元に戻せます。",
	languageAuto:   "これからは質問の言語に合わせて回答します。",
	notKept:        "設定を保存できませんでした。時間をおいてもう一度お試しください。",
	examples: []string{
		"CrashLoopBackOff",
		"taintって何?",
		"livenessとreadinessの違い",
		"kubectl get podsの出力(そのまま貼り付け)",
	},

	setBy: func(component string) string { return component + "が設定" },
	notFound: func(typed string) string {
		return fmt.Sprintf("「%s」に当てはまるKubernetes用語は見つかりませんでした。", typed)
	},
	didYouMean: func(typed string) string {
		return fmt.Sprintf("「%s」は見つかりませんでした。もしかして、次のどれかでしょうか?", typed)
	},
	several: func(typed string) string {
		return fmt.Sprintf("「%s」には複数の意味があります。", typed)
	},
	unknownCategory: func(typed string) string { return fmt.Sprintf("「%s」という分類はありません。", typed) },
	unknownLanguage: func(typed string) string {
		return fmt.Sprintf("「%s」には対応していません。ja、en、autoから選んでください。", typed)
	},
	moreObjects: func(n int) string { return fmt.Sprintf("ほか%d件", n) },
	categories:  func(n int) string { return fmt.Sprintf("全%d語の分類", n) },
	whoAmI: func(n int) string {
		return fmt.Sprintf("コンポーネントやリソース、kubectlに表示される状態など、Kubernetesの用語を説明します。%d語を日本語と英語で収録しています。", n)
	},
	languageNow: func(glossary.Lang) string {
		return "現在は日本語で回答しています。lang ja、lang en、または質問の言語に合わせるlang autoを選べます。"
	},
}

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
	fault, stale, nothingAsked, youCanAsk, nothingInPaste, compareWhat          string
	alsoFound, nothingWrong, comma, emptyCategory, askForOne, listOne, commands string
	languageKept, languageAuto, notKept                                         string

	// The daily term.
	termOfTheDay, knewIt, forgotIt, shareKnowledge, previewOnly, nowAgain string
	noDaily, dailyNone, dailyOff, dailyPosted, dailyPreview, dailyStop    string
	askByCommand, notAllowed, notNow, inviteMe                            string
	forgetWhat, forgetMe, forgotten, nothingKept                          string
	unknownDaily, wellKnown, tellWhatYouKnow, dailyPaused                 func(string) string
	dailyAnnounced, dailyOn, dailyStatus                                  func(when, next string) string
	dailyIsPaused                                                         func(channel, why string) string
	at                                                                    func(days, time, zone string) string

	examples []string

	notFound, didYouMean, several, unknownCategory, unknownLanguage func(typed string) string
	togetherWith                                                    func(names string) string
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
	nothingWrong:   "Nothing in there looks wrong.",
	comma:          ", ",
	emptyCategory:  "There are no words in this category yet.",
	askForOne:      "Type a name to have it explained.",
	listOne:        "Type list and a category for all of its words, for example: list networking",
	commands:       "Commands",
	languageKept:   "I will answer you in English from now on. lang auto undoes this.",
	languageAuto:   "I will answer you in the language of your question again.",
	notKept:        "I could not keep your choice just now. Please try again later.",
	termOfTheDay:   "Word of the day", knewIt: "I knew it", forgotIt: "I had forgotten",
	shareKnowledge: "Share what you know", previewOnly: "A preview that only you see",
	nowAgain:     "Good to have it back, then. It is noted.",
	noDaily:      "Daily words are for channels in Slack and Discord.",
	dailyNone:    "This channel gets no daily word. daily on 9:00 Asia/Tokyo mon-fri starts one; each part may be left out.",
	dailyOff:     "This channel gets no daily word any more. daily on brings it back.",
	dailyPosted:  "Posted lately",
	dailyPreview: "Preview", dailyStop: "Stop it",
	askByCommand: "I cannot see here what you may change. Please use the command: /k8s daily",
	notAllowed:   "You may not change this channel's settings. Somebody who manages it can.",
	notNow:       "That did not work just now, and nothing has changed. Please try again in a moment.",
	inviteMe:     "I cannot post in this channel, so nothing has changed. Invite me first (on Slack: /invite @k8sbot; on Discord: let me see the channel and send messages), then try again.",
	forgetWhat:   "I keep your choice of a language and what you said of daily words. forget me deletes all of it.",
	forgetMe:     "Delete it all",
	forgotten:    "All that I kept of you is deleted.",
	nothingKept:  "I keep nothing of you here.",
	unknownDaily: func(typed string) string {
		return fmt.Sprintf("“%s” says nothing to me here: type daily on, daily off, daily now, or daily alone.", typed)
	},
	wellKnown: func(name string) string { return fmt.Sprintf("Well done. It is noted that you knew %s.", name) },
	tellWhatYouKnow: func(name string) string {
		return fmt.Sprintf("What do you know about %s that is worth sharing? A pitfall, a command, a story: write it here, below the post.", name)
	},
	dailyPaused: func(when string) string {
		return "This channel's daily word (" + when + ") is paused, since I could not post here any more. daily on starts it again."
	},
	dailyAnnounced: func(when, next string) string {
		return "This channel gets a Kubernetes word of the day from now on: " + when + ". The first comes at " + next + "."
	},
	dailyOn: func(when, next string) string {
		return "It is set: " + when + ". The next word comes at " + next + "."
	},
	dailyStatus: func(when, next string) string {
		return "This channel gets a daily word: " + when + ". The next one comes at " + next + "."
	},
	dailyIsPaused: func(channel, why string) string {
		return "The daily word that you set up in the channel " + channel + " is paused: I can no longer post there (" + why + "). Let me in again and type daily on there."
	},
	at: func(days, time, zone string) string { return days + " at " + time + " (" + zone + ")" },

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
	togetherWith: func(names string) string { return fmt.Sprintf("Seen with it: %s.", names) },
	moreObjects:  func(n int) string { return fmt.Sprintf("and %d more", n) },
	categories:   func(n int) string { return fmt.Sprintf("%d words by category", n) },
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
	nothingWrong:   "異常を示すものは見つかりませんでした。",
	comma:          "、",
	emptyCategory:  "この分類の用語はまだありません。",
	askForOne:      "用語の名前を入力すると、説明を表示します。",
	listOne:        "「list 分類」で、その分類の用語をすべて表示します。例: list networking",
	commands:       "コマンド",
	languageKept:   "これからは日本語で回答します。lang autoで元に戻せます。",
	languageAuto:   "これからは質問の言語に合わせて回答します。",
	notKept:        "設定を保存できませんでした。時間をおいてもう一度お試しください。",
	termOfTheDay:   "今日の用語", knewIt: "知っていた", forgotIt: "忘れていた",
	shareKnowledge: "知っていることを共有", previewOnly: "プレビュー(あなただけに表示)",
	nowAgain:     "記録しました。ここで思い出しておきましょう。",
	noDaily:      "毎日の用語は、SlackとDiscordのチャンネルで使えます。",
	dailyNone:    "このチャンネルには毎日の用語が設定されていません。「daily on 9:00 Asia/Tokyo 平日」で始められます(時刻などは省略できます)。",
	dailyOff:     "このチャンネルへの毎日の用語の投稿を停止しました。daily onで再開できます。",
	dailyPosted:  "最近の投稿",
	dailyPreview: "プレビュー", dailyStop: "停止する",
	askByCommand: "ここでは権限を確認できません。コマンド「/k8s daily」から設定してください。",
	notAllowed:   "このチャンネルの設定を変更する権限がありません。チャンネルを管理できる人に依頼してください。",
	notNow:       "処理できませんでした。設定は変わっていません。少し待ってからもう一度お試しください。",
	inviteMe:     "このチャンネルには投稿できないため、設定を保存していません。先にボットを招待してから(Slackでは「/invite @k8sbot」、Discordではチャンネルの閲覧とメッセージの送信を許可)、もう一度お試しください。",
	forgetWhat:   "言語の設定と、毎日の用語への回答を保存しています。「forget me」ですべて削除します。",
	forgetMe:     "すべて削除する",
	forgotten:    "あなたについて保存していた情報をすべて削除しました。",
	nothingKept:  "ここでは、あなたについての情報を保存していません。",
	unknownDaily: func(typed string) string {
		return fmt.Sprintf("「%s」は指定できません。daily on、daily off、daily now、またはdailyだけを入力してください。", typed)
	},
	wellKnown: func(name string) string { return name + "を知っていた、と記録しました。" },
	tellWhatYouKnow: func(name string) string {
		return name + "について、つまずいた点や便利なコマンドなど、知っていることをこの投稿の下に書いてみてください。"
	},
	dailyPaused: func(when string) string {
		return "このチャンネルの毎日の用語(" + when + ")は、投稿できなくなったため一時停止しています。daily onで再開できます。"
	},
	dailyAnnounced: func(when, next string) string {
		return "このチャンネルに、Kubernetesの用語を1日1つ投稿します(" + when + ")。最初の投稿は" + next + "です。"
	},
	dailyOn: func(when, next string) string {
		return "設定しました(" + when + ")。次の投稿は" + next + "です。"
	},
	dailyStatus: func(when, next string) string {
		return "このチャンネルには毎日の用語が設定されています(" + when + ")。次の投稿は" + next + "です。"
	},
	dailyIsPaused: func(channel, why string) string {
		return "チャンネル " + channel + " に投稿できなくなったため、設定された毎日の用語を一時停止しました(" + why + ")。ボットを招待し直してから、そのチャンネルでdaily onを実行してください。"
	},
	at: func(days, time, zone string) string { return days + " " + time + "、" + zone },

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
	togetherWith: func(names string) string { return fmt.Sprintf("同時に出ているもの: %s。", names) },
	moreObjects:  func(n int) string { return fmt.Sprintf("ほか%d件", n) },
	categories:   func(n int) string { return fmt.Sprintf("全%d語の分類", n) },
	whoAmI: func(n int) string {
		return fmt.Sprintf("コンポーネントやリソース、kubectlに表示される状態など、Kubernetesの用語を説明します。%d語を日本語と英語で収録しています。", n)
	},
	languageNow: func(glossary.Lang) string {
		return "現在は日本語で回答しています。lang ja、lang en、または質問の言語に合わせるlang autoを選べます。"
	},
}

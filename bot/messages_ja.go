package bot

import (
	"fmt"

	"k8sbot/glossary"
)

var japanese = messages{
	checks: "まず確認すること", try: "試してみる", causes: "考えられる原因", normalFor: "正常な範囲",
	versions: "バージョン", confusedWith: "間違えやすい用語", related: "関連する用語",
	docs: "ドキュメント", docsOther: "ドキュメント(英語)",
	introduced: "導入:", deprecated: "非推奨:", removed: "削除:", replacedBy: "後継:",
	clusterWide: "名前空間に属さない",
	whatItIs:    "概要", typeLabel: "種類", severityLabel: "重大度", howToCheck: "確認方法",

	severity: map[glossary.Severity]string{
		"": "", glossary.Failure: "障害", glossary.Warning: "注意", glossary.Transient: "しばらくは正常", glossary.Normal: "正常",
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
	stale:          "このボタンは無効になりました。お手数ですが、もう一度質問してください。",
	nothingAsked:   "Kubernetesの用語を入力するか、kubectlの出力を貼り付けてください。",
	forExample:     "たとえば、こう質問できます",
	nothingInPaste: "このテキストには、説明できる用語が見つかりませんでした。",
	nothingInPart:  "読んだ部分には、説明できる用語が見つかりませんでした。",
	compareWhat:    "比較する用語を2つ入力してください。例: compare liveness readiness",
	alsoFound:      "このほかに含まれる用語: ",
	partHealthy:    "読み取れた範囲に、異常は見当たりません。",
	unknownError:   "不明なエラー",
	notAsItShould:  "正常な状態ではありません。",
	comma:          "、",
	emptyCategory:  "この分類の用語はまだありません。",
	askForOne:      "用語の名前を入力すると、説明を表示します。",
	listOne:        "「list 分類」で、その分類の用語をすべて表示します。例: list networking",
	commands:       "コマンド",
	languageKept:   "これからは日本語で回答します。lang autoで元に戻せます。",
	languageAuto:   "これからは質問の言語に合わせて回答します。",
	notKept:        "設定を保存できませんでした。時間をおいてもう一度お試しください。",
	dailyTerm:      "今日の用語", knewIt: "知っていた", forgotIt: "忘れていた",
	shareKnowledge: "知っていることを共有", previewOnly: "プレビュー(あなただけに表示)",
	refresher:    "記録しました。ここで思い出しておきましょう。",
	noDaily:      "毎日の用語は、チャンネルでのみ使えます。",
	dailyNone:    "このチャンネルには毎日の用語が設定されていません。「daily on 9:00 Asia/Tokyo 平日」で始められます(時刻などは省略できます)。",
	dailyOff:     "このチャンネルへの毎日の用語の投稿を停止しました。daily onで再開できます。",
	dailyPosted:  "最近の投稿",
	dailyPreview: "プレビュー", dailyStop: "停止する",
	useCommand:  "ここでは権限を確認できません。コマンド「/k8s daily」から設定してください。",
	notAllowed:  "このチャンネルの設定を変更する権限がありません。チャンネルを管理できる人に依頼してください。",
	tryLater:    "処理できませんでした。設定は変わっていません。少し待ってからもう一度お試しください。",
	forgetWhat:  "言語の設定と、毎日の用語への回答を保存しています。「forget me」ですべて削除します。",
	forgetMe:    "すべて削除する",
	forgotten:   "あなたについて保存していた情報をすべて削除しました。",
	nothingKept: "ここでは、あなたについての情報を保存していません。",
	inviteMe: func(how string) string {
		return "このチャンネルには投稿できないため、設定を保存していません。先に" + how + "から、もう一度お試しください。"
	},
	unknownDaily: func(typed string) string {
		return fmt.Sprintf("「%s」は指定できません。daily on、daily off、daily now、またはdailyだけを入力してください。", typed)
	},
	wellDone: func(name string) string { return name + "を知っていた、と記録しました。" },
	discuss: func(name string) string {
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
	dailyPausedNotice: func(channel, why string) string {
		return "チャンネル " + channel + " に投稿できなくなったため、設定された毎日の用語を一時停止しました(" + why + ")。ボットを招待し直してから、そのチャンネルでdaily onを実行してください。"
	},
	dailyLost: func(channel, day string) string {
		return "チャンネル " + channel + " には、" + day + "の毎日の用語を時間内に投稿できませんでした。次回は予定どおり投稿します。"
	},
	dailyUnclear: func(channel, day string) string {
		return "チャンネル " + channel + " に、" + day + "の毎日の用語が届いたかどうかを確認できませんでした。重複を避けるため、再投稿はしていません。次回は予定どおり投稿します。"
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
	ambiguous: func(typed string) string {
		return fmt.Sprintf("「%s」には複数の意味があります。", typed)
	},
	unknownCategory: func(typed string) string { return fmt.Sprintf("「%s」という分類はありません。", typed) },
	unknownLanguage: func(typed string) string {
		return fmt.Sprintf("「%s」には対応していません。ja、en、autoから選んでください。", typed)
	},
	readEnds: func(part, whole string) string {
		return fmt.Sprintf("全体は%sあります。先頭の%sと末尾の%sだけを読みました。", whole, part, part)
	},
	readUntil: func(part, whole string) string {
		return fmt.Sprintf("時間内に読み終わりませんでした。%sのうち%sだけを読みました。", whole, part)
	},
	isOver:       func(names string) string { return "解消済み: " + names },
	stillWaiting: func(names string) string { return "起動途中です(しばらくは正常): " + names },
	noEntry: func(from string) string {
		if from == "" {
			return "このメッセージは登録されていません。"
		}
		return "このメッセージは登録されていません(出力元: " + from + ")。"
	},
	looksHealthy: func(n int) string { return fmt.Sprintf("異常はありません(%d行を確認しました)。", n) },
	cannotTell: func(n int, first string) string {
		return fmt.Sprintf("%d行を読み取れないため、異常の有無を判断できません。最初の行: %s", n, first)
	},
	unreadLines: func(n int, first string) string {
		return fmt.Sprintf("ほかに読み取れない行が%d行あります。最初の行: %s", n, first)
	},
	troubleCount: func(failures, warnings int) string {
		switch {
		case warnings == 0:
			return fmt.Sprintf("障害%d件", failures)
		case failures == 0:
			return fmt.Sprintf("警告%d件", warnings)
		}
		return fmt.Sprintf("障害%d件、警告%d件", failures, warnings)
	},
	objectCount: func(n int, kind, namespace string) string {
		if kind == "" {
			kind = "対象"
		}
		s := fmt.Sprintf("%s: %d", kind, n)
		if namespace != "" {
			s += "(" + namespace + ")"
		}
		return s
	},
	togetherWith: func(names string) string { return fmt.Sprintf("同時に出ているもの: %s。", names) },
	moreObjects:  func(n int) string { return fmt.Sprintf("ほか%d件", n) },
	categories:   func(n int) string { return fmt.Sprintf("全%d語の分類", n) },
	introduction: func(n int) string {
		return fmt.Sprintf("コンポーネントやリソース、kubectlに表示される状態など、Kubernetesの用語を説明します。%d語を日本語と英語で収録しています。", n)
	},
	languageNow: func(glossary.Lang) string {
		return "現在は日本語で回答しています。lang ja、lang en、または質問の言語に合わせるlang autoを選べます。"
	},
}

package wording

import (
	"fmt"
)

var japanese = Texts{
	Checks: "まず確認すること", Try: "試してみる", Causes: "考えられる原因", NormalFor: "正常な範囲",
	ConfusedWith: "間違えやすい用語", Related: "関連する用語", Details: "詳細",
	YourTeam: "チームより", TeamChecks: "チームのコマンド", Runbook: "手順書", TeamTerm: "チームの用語", TeamTerms: "チームの用語", Draft: "下書き(本人にのみ表示)", OtherLang: "英語のみ",
	Docs: "ドキュメント", Page: "図で見る", DocsOther: "ドキュメント(英語)",
	Introduced: "導入", Deprecated: "非推奨", Removed: "削除", ReplacedBy: "後継",
	Reading: "読み方", APIGroup: "APIグループ", ClusterScoped: "クラスタースコープ",
	WhatItIs: "概要", TypeLabel: "種類", SeverityLabel: "重大度", WhereToLook: "確認する場所", Category: "分類を選ぶ",

	WatchOut: "注意",

	More: "詳しく", MoreCauses: "原因と詳細", RelatedTerms: "関連する用語", MoreTerms: "ほかの用語", Share: "チャンネルに共有", ShareThread: "スレッドに共有", Help: "使い方", Browse: "用語一覧", Random: "ランダムに1つ",
	Another: "別の用語", Auto: "自動", CompareTerms: "比較する",

	Fault:          "エラーが発生しました。内容は記録されています。しばらくしてから、もう一度お試しください。",
	Stale:          "このボタンは無効になりました。お手数ですが、もう一度質問してください。",
	Hello:          "こんにちは。Kubernetesの用語を入力するか、kubectlの出力を貼り付けてください。説明します。",
	Welcome:        "またいつでもどうぞ。",
	NoQuestion:     "Kubernetesの用語を入力するか、kubectlの出力を貼り付けてください。",
	ForExample:     "たとえば、こう質問できます",
	FileTooLarge:   aboutFile("「%s」は途中まで読み取りました。読み取れるのは、ファイルの合計で1 MiBまでです。"),
	FileNotText:    aboutFile("「%s」はテキストファイルではないため、読み取れません。"),
	FileSlow:       aboutFile("「%s」のダウンロードがタイムアウトしました。もう一度試すか、必要な行を貼り付けてください。"),
	FileForeign:    aboutFile("「%s」は外部サービスに保存されているため、読み取れません。必要な行を貼り付けてください。"),
	FileFailed:     aboutFile("「%s」をダウンロードできませんでした。もう一度試すか、必要な行を貼り付けてください。"),
	FileNeedsScope: aboutScope("「%s」を読み取る権限がアプリにありません。スコープ`%s`の追加をアプリの管理者に依頼するか、必要な行を貼り付けてください。"),
	FilePreview:    aboutScope("「%s」はプレビューのみ読み取りました。残りを読み取るには、スコープ`%s`の追加をアプリの管理者に依頼してください。"),

	NothingInPaste: "このテキストには、説明できる用語が見つかりませんでした。",
	NothingInPart:  "読み取った部分には、説明できる用語が見つかりませんでした。",
	ComparePrompt:  "比較する用語を2つか3つ入力してください。例: `compare liveness readiness`",
	AlsoFound:      "このほかに含まれる用語: ",
	PartlyRead:     "一部しか読み取っていないため、異常の有無を判断できません。",
	UnknownError:   "不明なエラー",
	LooksWrong:     "正常な状態ではありません。",
	Comma:          "、",
	Colon:          ": ",
	FirstUnread:    "最初の行:",
	EmptyCategory:  "この分類の用語はまだありません。",
	TypeName:       "用語の名前を入力すると、説明を表示します。",
	TypeCategory:   "`list 分類`と入力すると、その分類の用語をすべて表示します。例: `list networking`",
	Commands:       "コマンド",
	Doors:          "ほかの使い方",
	LanguageSaved:  "これからは日本語で回答します。`lang auto`で元に戻せます。",
	LanguageAuto:   "これからは質問の言語に合わせて回答します。",
	NotSaved:       "設定を保存できませんでした。しばらくしてから、もう一度お試しください。",
	OftenAsked:     "よく調べる状態", CommonStatuses: "よくある状態",
	DailyTerm: "今日の用語", KnewIt: "覚えていた", ForgotIt: "忘れていた", NewToMe: "初めて知った",
	DoYouKnow: "どんなものか説明できますか?答えを見る前に思い出してみましょう。", ShowAnswer: "答えを見る",
	ShareKnowledge: "知っていることを共有", PreviewOnly: "プレビュー(あなただけに表示)",
	Refresher:    "記録しました。もう一度確認しておきましょう。",
	NoDaily:      "毎日の用語は、チャンネルでのみ使えます。チャンネルを選ぶか、そのチャンネルで`daily on`と入力してください。",
	DailyNone:    "このチャンネルには毎日の用語が設定されていません。`daily on 9:00 Asia/Tokyo 平日`で始められます(時刻などは省略できます)。",
	DailyOff:     "このチャンネルへの毎日の用語の投稿を停止しました。`daily on`で再開できます。",
	DailyPosted:  "最近の投稿",
	DailyPreview: "プレビュー", DailyStop: "停止する",
	UseCommand:    "ここでは権限を確認できません。コマンド`daily`で設定してください。",
	NotAllowed:    "このチャンネルの設定を変更する権限がありません。チャンネルを管理できる人に依頼してください。",
	ChangeFailed:  "エラーが発生したため、設定は変更されていません。しばらくしてから、もう一度お試しください。",
	ForgetPrompt:  "言語の設定、覚える用語、回答、ダイレクトメッセージで最後に調べた用語(1時間)を保存しています。`forget me`と入力すると、すべて削除します。",
	ForgetMe:      "すべて削除する",
	Forgotten:     "あなたについて保存していた情報をすべて削除しました。",
	NothingStored: "ここでは、あなたについての情報を保存していません。",
	StoredElsewhere: func(database string) string {
		return "このターミナルで保存した内容は" + database + "にあります。復習するには`k8sbot review`を実行してください。すべて削除するには、`k8sbot`で始まるチャットに`forget me`と入力してください。"
	},
	InviteMe: func(how string) string {
		return "このチャンネルには投稿できないため、設定を保存していません。先に" + how + "から、もう一度お試しください。"
	},
	UnknownDaily: func(typed string) string {
		return fmt.Sprintf("「%s」は指定できません。`daily on`、`daily off`、`daily now`、または`daily`だけを入力してください。", typed)
	},
	WellDone: func(name string) string { return name + "を「覚えていた」と記録しました。" },
	Discuss: func(name string) string {
		return name + "について、つまずいた点や便利なコマンドなど、知っていることをこの投稿の下に書いてみてください。"
	},
	DailyPaused: func(when string) string {
		return "このチャンネルの毎日の用語(" + when + ")は、投稿できなくなったため一時停止しています。`daily on`で再開できます。"
	},
	DailyAnnounced: func(when, next string) string {
		return "このチャンネルに、Kubernetesの用語を1日1つ投稿します(" + when + ")。最初の投稿は" + next + "です。"
	},
	DailyOn: func(when, next string) string {
		return "設定しました(" + when + ")。次の投稿は" + next + "です。"
	},
	DailyStatus: func(when, next string) string {
		return "このチャンネルには毎日の用語が設定されています(" + when + ")。次の投稿は" + next + "です。"
	},
	DailyPausedNotice: func(channel, why string) string {
		return "チャンネル " + channel + " に投稿できなくなったため、設定された毎日の用語を一時停止しました(" + why + ")。ボットを招待し直してから、そのチャンネルで`daily on`を実行してください。"
	},
	DailyLost: func(channel, day string) string {
		return "チャンネル " + channel + " には、" + day + "の毎日の用語を時間内に投稿できませんでした。次回は予定どおり投稿します。"
	},
	DailyUnclear: func(channel, day string) string {
		return "チャンネル " + channel + " に、" + day + "の毎日の用語が届いたかどうかを確認できませんでした。重複を避けるため、再投稿はしていません。次回は予定どおり投稿します。"
	},
	Refusals: map[string]string{
		"no_access":      "ボットがチャンネルを閲覧できないか、チャンネルのメンバーではありません",
		"no_permission":  "ボットに投稿する権限がありません。チャンネルの権限を確認してください",
		"channel_gone":   "チャンネルが削除されたか、ボットが閲覧できません",
		"channel_closed": "チャンネルがアーカイブされているか、ロックされています",
		"channel_kind":   "この種類のチャンネルには投稿できません",
		"person_refuses": "ボットからのダイレクトメッセージを受け取らない設定になっています",
		"bot_removed":    "ボットがメンバーから外れています。もう一度追加してください",
		"text_rejected":  "どの用語の文面もプラットフォームに拒否されました",
	},
	At: func(days, time, zone string) string { return days + " " + time + "、" + zone },

	Examples: []string{
		"CrashLoopBackOff",
		"taintって何?",
		"livenessとreadinessの違い",
		"kubectl get podsの出力(そのまま貼り付け)",
	},

	Shared:   "共有しました",
	SharedBy: func(name string) string { return name + "さんが共有" },
	ColumnOf: func(column, command string) string { return command + "の" + column + "列" },
	KindOf:   func(object, kind string) string { return object + "の" + kind },
	SetBy:    func(component string) string { return component + "が設定" },
	NotFound: func(typed string) string {
		return fmt.Sprintf("「%s」に当てはまるKubernetes用語は見つかりませんでした。", typed)
	},
	LeftOut: func(names string) string {
		return "比較できるのは3語までのため、" + names + "は省きました。"
	},
	DidYouMean: func(typed string) string {
		return fmt.Sprintf("「%s」は見つかりませんでした。もしかして、次のどれかでしょうか?", typed)
	},
	DidYouMeanOnly: func(typed, name string) string {
		return fmt.Sprintf("「%s」は見つかりませんでした。もしかして、%sでしょうか?", typed, name)
	},
	CompareWith: func(name string) string { return name + "を何と比べますか?" },
	CompareExample: func(name, other string) string {
		return fmt.Sprintf("2つ目の用語を続けて入力してください。例: `compare %s vs %s`", name, other)
	},
	Ambiguous: func(typed string) string {
		return fmt.Sprintf("「%s」には複数の意味があります。", typed)
	},
	UnknownCategory: func(typed string) string { return fmt.Sprintf("「%s」という分類はありません。", typed) },
	UnknownLanguage: func(typed string) string {
		return fmt.Sprintf("「%s」には対応していません。`ja`、`en`、`auto`から選んでください。", typed)
	},
	ReadEnds: func(part, whole string) string {
		return fmt.Sprintf("全体は%sあります。先頭の%sと末尾の%sのみ読み取りました。", whole, part, part)
	},
	ReadLines: func(n int) string {
		return fmt.Sprintf("行数が多すぎるため、先頭の%d行と末尾の%d行のみ読み取りました。", n, n)
	},
	ReadUntil: func(part, whole string) string {
		return fmt.Sprintf("制限時間に達したため、%sのうち%sのみ読み取りました。", whole, part)
	},
	ShouldBe: func(field, want string) string {
		return fmt.Sprintf("`%s`が`%s`になっていれば正常です。", field, want)
	},
	Resolved:      func(names string) string { return "解消済み: " + names },
	StillStarting: func(names string) string { return "起動途中です(しばらくは正常): " + names },
	UnknownMessage: func(from string) string {
		if from == "" {
			return "このメッセージの説明は登録されていません。"
		}
		return "このメッセージの説明は登録されていません(出力元: " + from + ")。"
	},
	LooksHealthy: func(n int) string { return fmt.Sprintf("異常はありません(%d行を確認しました)。", n) },
	CannotTell: func(n int) string {
		return fmt.Sprintf("%d行を読み取れないため、異常の有無を判断できません。", n)
	},
	UnreadLines: func(n int) string { return fmt.Sprintf("ほかに読み取れない行が%d行あります。", n) },
	IssueCount: func(failures, warnings int) string {
		switch {
		case warnings == 0:
			return fmt.Sprintf("障害%d件", failures)
		case failures == 0:
			return fmt.Sprintf("注意%d件", warnings)
		}
		return fmt.Sprintf("障害%d件、注意%d件", failures, warnings)
	},
	ObjectCount: func(n, of int, kind, namespace string) string {
		if kind == "" {
			kind = "対象"
		}
		s := fmt.Sprintf("%s %d件", kind, of)
		if n < of {
			s += fmt.Sprintf("中%d件", n)
		}
		if namespace != "" {
			s += "(" + namespace + ")"
		}
		return s
	},
	TogetherWith: func(names string) string { return fmt.Sprintf("同時に発生している症状: %s。", names) },
	MoreObjects:  func(n int) string { return fmt.Sprintf("ほか%d件", n) },
	MoreNames:    func(n int) string { return fmt.Sprintf(" ほか%d件", n) },
	Categories:   func(n int) string { return fmt.Sprintf("用語の分類(全%d語)", n) },
	NextPage:     func(n int) string { return fmt.Sprintf("次の%d語", n) },
	PreviousPage: func(n int) string { return fmt.Sprintf("前の%d語", n) },
	Continued:    "(続き)",
	PageOf:       func(from, to, n int) string { return fmt.Sprintf("%d〜%d語目(全%d語)", from, to, n) },
	TypePage:     func(command string) string { return "続きは`" + command + "`で表示します。" },
	Groups:       []string{"障害", "注意", "しばらくは正常", "正常", "リソース", "コンポーネントとツール", "フィールドとラベル", "コマンド", "操作手順", "考え方"},
	TermCount:    func(n int) string { return fmt.Sprintf("%d語", n) },
	UnderstoodAs: func(typed, name string) string { return fmt.Sprintf("「%s」→ %s", typed, name) },
	AllSteps:     func(name string) string { return "全手順: " + name },
	Introduction: func(n int) string {
		return fmt.Sprintf("コンポーネントやリソース、kubectlに表示される状態など、Kubernetesの用語を説明します。%d語を日本語と英語で収録しています。", n)
	},
	LanguageNow: func(followsQuestion bool) string {
		if followsQuestion {
			return "質問の言語に合わせて回答しています。`lang ja`か`lang en`で、どちらかに固定できます。"
		}
		return "日本語で回答しています。`lang auto`で質問の言語に合わせます。"
	},
}

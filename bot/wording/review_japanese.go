package wording

import "fmt"

var japaneseReview = Review{
	Remember: "覚える", Undo: "元に戻す", UndoLast: "直前の回答を取り消す", Show: "答えを見る", Forgot: "忘れていた", KnewIt: "覚えていた", Next: "次へ", LeaveOut: "出題から外す",
	Review: "復習する", Settings: "設定", Pause: "1週間休む", Resume: "再開する", Stop: "通知を止める", Export: "Anki用に書き出す", ExportCSV: "CSVで書き出す",
	Placement: "忘れた用語を調べる", Start: "始める", InAnHour: "1時間後に", Tomorrow: "明日", IKnow: "わかる", IDontKnow: "わからない", More: "その他", Overview: "一覧", SetUp: "設定する",
	RememberThese: func(n int, first string) string {
		if n == 1 {
			return first + "を覚える"
		}
		return fmt.Sprintf("この%d語を覚える", n)
	},

	Remembered:     func(names string) string { return "覚える用語に追加しました: " + names },
	Unremembered:   func(names string) string { return names + "は出題しません。" },
	LookedUpBefore: "以前にも調べた用語です。「覚える」を押すと、忘れる前に出題します。",
	Waiting: func(n int) string {
		return fmt.Sprintf("復習が%d件あります。「復習」と入力してください。", n)
	},

	Welcome:      "これから、忘れる前にダイレクトメッセージで出題します。",
	WelcomeHere:  "「復習」と入力するか、k8sbot reviewを実行すると、忘れる前に出題します。",
	ChangeHere:   "変更するには、たとえば「復習 設定 1日3語」と入力してください。",
	ChangeHow:    "変更するには、たとえば「復習 設定 8:30 月・水 1日3語」と入力してください。止めるには「復習 停止」です。",
	WhatIsStored: "用語、回答、この設定を保存します。「forget me」と入力すると、すべて削除します。",
	Intro:        "回答の下の「覚える」を押すと、その用語を忘れる前に出題します。どの用語を忘れたか、1分で調べることもできます。",
	When: func(days, time, zone string, perDay int) string {
		return fmt.Sprintf("%s %s(%s)、1日最大%d語。", days, time, zone, perDay)
	},
	PerDay:         func(perDay int) string { return fmt.Sprintf("1日最大%d語。", perDay) },
	Saved:          "保存しました。",
	OnlyPerDay:     "ここでは通知を送らないため、時刻と曜日は使いません。1日の語数と言語だけを使います。",
	UnknownSetting: "設定を読み取れませんでした。たとえば「復習 設定 8:30 平日 1日5語」のように入力してください(どれも省略できます)。",
	PrivateOnly:    "`review`と入力してください(あなただけに表示されます)。",

	WhatIsIt: "どんなものですか?", WhichTerm: "どの用語の説明ですか?", RunFirst: "最初に実行するコマンドはどれですか?", InEnglish: "英語では何と言いますか?",
	Progress: func(n, of int) string { return fmt.Sprintf("%d/%d", n, of) },
	Score:    func(n, of int) string { return fmt.Sprintf("%d語中%d語を覚えていました。", of, n) },
	Right:    func(name string) string { return "正解です: " + name },
	Wrong:    func(name string) string { return "正解は" + name + "です。" },
	Leech: func(name string) string {
		return name + "は覚えにくいようです。間違えやすい用語との違いを確認しましょう。出題から外すこともできます。"
	},
	LeftOut: func(name string) string {
		return name + "を出題から外しました。もう一度調べて「覚える」を押すと、元に戻せます。"
	},
	Nothing:      "今日の復習はありません。",
	NextOn:       func(day string) string { return "次の復習は" + day + "です。" },
	NextTomorrow: "次の復習は明日です。",

	ToReview: func(n int) string { return fmt.Sprintf("復習 %d件", n) },
	InDeck:   func(n int) string { return fmt.Sprintf("覚える用語 %d件", n) },
	NextWeek: func(n int) string { return fmt.Sprintf("今後7日間 %d件", n) },
	NoneYet:  "まだ用語がありません。用語を調べて「覚える」を押してください。",
	Recall:   "定着度",

	Due: func(n, minutes int) string {
		return fmt.Sprintf("復習が%d件あります(約%d分)", n, minutes)
	},
	Again: func(weekday, time string) string {
		if weekday != "" {
			weekday += "の"
		}
		return weekday + time + "にもう一度お知らせします。"
	},
	Farewell:    "お知らせを終了します。用語は保存されているので、「復習」と入力すればいつでも復習できます。",
	Stopped:     "停止しました。用語は保存されているので、「復習」と入力すればいつでも復習できます。",
	Undone:      "取り消しました。",
	PausedUntil: func(day string) string { return day + "まで休みます。" },
	Resumed:     "再開しました。",

	DoYouKnow: "説明できますか?",
	Placed: func(knew, of int) string {
		if knew == of {
			return fmt.Sprintf("%d語すべて覚えていました。しばらくしたら、もう一度確認します。", of)
		}
		return fmt.Sprintf("%d語中%d語を覚えていました。残りの%d語は明日から出題します。", of, knew, of-knew)
	},

	Exported:    func(n int) string { return fmt.Sprintf("覚える用語%d件です(あなただけに表示)。", n) },
	ExportEmpty: "書き出す用語がまだありません。",

	FormTitle: "用語を覚える", FormTime: "時刻", FormDays: "曜日", FormPerDay: "1日の上限", FormLang: "言語", Save: "保存",

	ForgotLastWeek: func(names string) string {
		return "先週このチャンネルで忘れられていた用語: " + names
	},
}

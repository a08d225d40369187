package slack

import "k8sbot/glossary"

// labels are the texts of controls that only Slack has.
var labels = struct {
	search, pick, modalTitle, question, lookUp, close, shareIn, share, working, shareFailed,
	settings, back, keep, language, dailyAt, dailyOn, everyDay, dailyIn, auto, off, save, sentFiles, noUpload,
	notInstalled, install, unavailable glossary.Text
}{
	search:     glossary.Text{EN: "Look up a term", JA: "用語を調べる"},
	pick:       glossary.Text{EN: "Pick a term", JA: "用語を選ぶ"},
	modalTitle: glossary.Text{EN: "Kubernetes terms", JA: "Kubernetesの用語"},
	question:   glossary.Text{EN: "Or ask a question, or paste kubectl output", JA: "または質問、kubectlの出力"},
	lookUp:     glossary.Text{EN: "Look up", JA: "調べる"},
	close:      glossary.Text{EN: "Close", JA: "閉じる"},
	shareIn:    glossary.Text{EN: "Share in", JA: "共有先"},
	share:      glossary.Text{EN: "Share", JA: "共有"},
	working:    glossary.Text{EN: "One moment…", JA: "少々お待ちください…"},
	settings:   glossary.Text{EN: "Settings", JA: "設定"},
	back:       glossary.Text{EN: "Back", JA: "戻る"},
	keep:       glossary.Text{EN: "Leave a field empty to keep its current setting.", JA: "空欄の項目は変更されません。"},
	language:   glossary.Text{EN: "Answer me in", JA: "回答の言語"},
	dailyAt:    glossary.Text{EN: "Daily term: time", JA: "毎日の用語: 時刻"},
	dailyOn:    glossary.Text{EN: "Daily term: days", JA: "毎日の用語: 曜日"},
	everyDay:   glossary.Text{EN: "Every day if you choose a time", JA: "時刻を選ぶと毎日"},
	dailyIn:    glossary.Text{EN: "Daily term: channel", JA: "毎日の用語: チャンネル"},
	auto:       glossary.Text{EN: "Automatic", JA: "自動"},
	off:        glossary.Text{EN: "off", JA: "停止"},
	sentFiles:  glossary.Text{EN: "I've sent you the file in a direct message.", JA: "ダイレクトメッセージで送りました。"},
	noUpload:   glossary.Text{EN: "I couldn't send the file because the app needs the files:write scope. Ask whoever manages the app to add it.", JA: "アプリにスコープfiles:writeがないため、ファイルを送れませんでした。アプリの管理者に追加を依頼してください。"},
	notInstalled: glossary.Text{
		EN: "k8sbot isn't installed in this workspace. An administrator can install it.",
		JA: "k8sbotはこのワークスペースにインストールされていません。管理者がインストールできます。",
	},
	install:     glossary.Text{EN: "Install k8sbot", JA: "k8sbotをインストール"},
	unavailable: glossary.Text{EN: "I can't answer right now. Please try again in a minute.", JA: "現在応答できません。1分ほどしてからもう一度お試しください。"},
	save:        glossary.Text{EN: "Save", JA: "保存"},
	shareFailed: glossary.Text{EN: "I couldn't share this. Please try again in a moment.", JA: "共有できませんでした。しばらくしてから、もう一度お試しください。"},
}

package manifest

import "k8sbot/glossary"

// Ways are the ways to ask without a command, and TeamWays are the ways to edit a team's terms.
// The help lists them.
var (
	Ways = []glossary.Text{{
		EN: "Mention me in a channel or a thread: `@k8sbot what is a taint`. Everyone there sees the answer.",
		JA: "チャンネルやスレッドでメンションする: `@k8sbot taintって何?`(回答は全員に表示)",
	}, {
		EN: "In a message's menu, choose Apps > Explain Kubernetes terms.",
		JA: "メッセージのメニューの「アプリ」から「Kubernetes用語を説明」を選ぶ",
	}, {
		EN: "Send me a direct message.",
		JA: "ダイレクトメッセージを送る",
	}}
	TeamWays = []glossary.Text{{
		EN: "Reviewers can import a CSV file of terms: post it, then choose Apps > Explain Kubernetes terms in the message's menu.",
		JA: "レビュー担当は用語のCSVファイルを取り込める: 投稿し、そのメッセージのメニューの「アプリ」から「Kubernetes用語を説明」を選ぶ",
	}}
)

package manifest

import "k8sbot/glossary"

// Ways are the ways to ask without a command, and TeamWays are the ways to edit a team's terms.
// The help lists them.
var (
	Ways = []glossary.Text{{
		EN: "Mention me in a channel or a thread: `@k8sbot what is a taint`. Everyone there sees the answer.",
		JA: "チャンネルやスレッドでメンションする: `@k8sbot taintって何?`(回答は全員に表示)",
	}, {
		EN: "In a message's menu, choose “Explain Kubernetes terms” or “Remember these terms”.",
		JA: "メッセージのメニューから「Explain Kubernetes terms」か「Remember these terms」を選ぶ",
	}, {
		EN: "Send me a direct message, or open my Home tab, which has a search box.",
		JA: "ダイレクトメッセージを送る。または、検索欄のある「ホーム」タブを開く",
	}}
	TeamWays = []glossary.Text{{
		EN: "To add a team term, choose “Save as a team term” in a message's menu. Reviewers can also send me a CSV file as a direct message.",
		JA: "チームの用語を追加するには、メッセージのメニューから「Save as a team term」を選ぶ。レビュー担当は、CSVファイルをダイレクトメッセージで送ることもできる",
	}}
)

package wording

import (
	"fmt"
)

var japaneseTeam = Team{
	DefineIt: "定義する", Suggest: "説明文の改善を提案", Unclear: "誤り・分かりにくい", Approve: "承認", EditAndApprove: "編集して承認",
	Decline: "理由を付けて却下", Fix: "修正する", Edit: "編集", StillRight: "今も正しい", Restore: "復元", History: "履歴", Delete: "削除", ReportUpstream: "プロジェクトに報告", MoreOptions: "その他",

	FormTitle: "チームの用語", Name: "名前", Other: "英語名", Text: "説明(1文)",
	TextHint: "日本語または英語で入力してください。両方を入力する場合は、1行に1言語ずつ書いてください。", Aliases: "別名", AliasesHint: "読点またはコンマで区切ってください。",
	Link: "リンク", FormNote: "承認されるまでは、本人にのみ表示されます。", Propose: "提案する",
	DeclineTitle: "却下", Reason: "理由", ReasonHint: "提案した人に表示されます。",
	ReviewersTitle: "レビュー担当の設定", People: "レビュー担当", PeopleHint: "選択しない場合は、管理者がレビューします。", Group: "ユーザーグループ", GroupHint: "例: @platform-team",
	Channel: "レビュー用チャンネル", SelfApproval: "レビュー担当が自分の提案を承認できるようにしますか?", Yes: "はい", No: "いいえ", ReviewersNote: "全員に表示する用語を、レビュー担当がこのチャンネルで決めます。", Save: "保存",

	Proposed: func(name string) string {
		return fmt.Sprintf("ありがとうございます。「%s」を下書きとして保存しました。承認されるまでは、本人にのみ表示されます。", name)
	},
	ProposedHere: "レビュー担当に依頼しました。",
	NoChannel:    "レビュー用のチャンネルがまだ設定されていません。管理者に`reviewers`での設定を依頼してください。",
	NotPosted:    "レビュー用のチャンネルに投稿できませんでした。管理者に`reviewers`の設定の確認を依頼してください。",
	Proposal:     func(who string) string { return fromJA("チームの新しい用語", who) },
	Namesake:     func(who string) string { return fromJA("標準の用語へのチーム独自の説明", who) },
	Change:       func(who string) string { return fromJA("チームの用語の変更", who) },
	Deletion:     func(who string) string { return fromJA("チームの用語の削除", who) },
	Now:          "現在",
	Then:         "提案",
	ApprovedBy:   func(who string) string { return whoJA(who) + "承認しました。全員に表示されます。" },
	DeletedBy:    func(who string) string { return whoJA(who) + "削除しました。" },
	DeclinedBy:   func(who string) string { return whoJA(who) + "却下しました。" },
	Superseded:   "この後に、同じ人が別の説明文を提案しています。",
	TellApproved: func(name string) string {
		return fmt.Sprintf("「%s」が承認され、チームの全員に表示されるようになりました。", name)
	},
	TellDeclined: func(name, reason string) string {
		return fmt.Sprintf("「%s」は却下されました。理由: %s", name, reason)
	},
	NotReviewer: "チームの用語のレビュー担当ではないため、操作できません。レビュー担当は、管理者が`reviewers`で変更できます。",
	OwnProposal: "自分の提案は承認できません。ほかのレビュー担当に依頼してください。",
	OtherText:   "提案の後に用語が変更されています。「編集して承認」で内容を確認してください。",
	Full: func(limit int) string {
		return fmt.Sprintf("チームの用語が上限の%d件に達しています。不要な用語を削除してください。", limit)
	},
	TooMany: func(limit int) string {
		return fmt.Sprintf("レビュー待ちの提案が%d件あります。レビューが済むまでお待ちください。", limit)
	},
	NoTenant:      "ダイレクトメッセージはチームに属していません。サーバーで操作してください。",
	NotAdmin:      "レビュー担当を設定できるのは管理者だけです。",
	FormFailed:    "フォームを開けませんでした。もう一度お試しください。",
	NoForms:       "チームの用語は、SlackとDiscordで利用できます。",
	CheckFields:   "まだ保存していません。次の項目を確認してください。",
	ReviewersSet:  "保存しました。",
	ReviewsHere:   "チームの用語の提案を、レビューのためにこのチャンネルに投稿します。",
	UnknownPerson: "このワークスペースのメンバーを選択してください。ボット、ゲスト、ほかのワークスペースの人は選択できません。",
	UnknownGroup:  "グループが見つかりません。",
	GroupScope:    "グループを使うには、アプリにスコープusergroups:readが必要です。アプリの管理者に追加を依頼するか、メンバーを選択してください。",
	CannotPost:    "このチャンネルには投稿できません。先にボットを招待してから、もう一度お試しください。",
	NoReason:      "理由を入力してください。",
	ReviewersAre: func(people int, hasGroup bool) string {
		switch {
		case people == 0 && !hasGroup:
			return "管理者がレビューします。"
		case people == 0:
			return "グループのメンバーがレビューします。"
		case hasGroup:
			return fmt.Sprintf("%d人とグループのメンバーがレビューします。", people)
		}
		return fmt.Sprintf("%d人がレビューします。", people)
	},
	Deleted: "削除",
	WrittenBy: func(author, approver string) string {
		switch {
		case author == "" && approver == "":
			return ""
		case approver == "":
			return "作成: " + author
		case author == "":
			return "承認: " + approver
		}
		return "作成: " + author + "、承認: " + approver
	},
	DeletionProposed: func(name string) string {
		return fmt.Sprintf("「%s」の削除を提案しました。承認されるまでは、今のまま表示されます。", name)
	},
	Confirmed: "ありがとうございます。半年後にもう一度確認します。",
	AskStillRight: func(name string) string {
		return fmt.Sprintf("「%s」の次の説明は、書かれてから半年以上たっています。今も正しいですか?", name)
	},
	Noted:         "ありがとうございます。この用語に誤りや分かりにくい点があることを、名前を残さずに記録しました。",
	AskedNotFound: "見つからなかった用語", OftenForgotten: "忘れられやすい用語",
	NoGaps:     "直近90日間に、不足している用語はありません。",
	GapsNote:   "直近90日間の件数です。名前は記録していません。",
	IssueTitle: "Missing or unclear terms",
	ImportPlan: func(added, changed, same, conflicts int) string {
		return fmt.Sprintf("このファイルにあるチームの用語: 追加%d件、変更%d件、変更なし%d件、問題あり%d件", added, changed, same, conflicts)
	},
	Added: "追加", Changed: "変更", Conflicts: "問題あり", Import: "取り込む",
	ImportNext: "「取り込む」を押すまで何も変わりません。", ImportChanged: "その間に用語が変更されました。内容をもう一度確認してください。",
	NoCells:    "何も取り込んでいません。ファイルを直して、もう一度送ってください。",
	ImportMenu: "このファイルの用語を取り込むには、メッセージのメニューで「アプリ」→「Kubernetes用語を説明」を選んでください。",
	Imported: func(n int) string {
		return fmt.Sprintf("取り込みました。%d件の用語が全員に反映されました。", n)
	},
	More:    func(n int) string { return fmt.Sprintf("ほか%d件", n) },
	Problem: problemJA,
}

func fromJA(what, who string) string {
	if who == "" {
		return what
	}
	return what + "(" + who + "さんの提案)"
}

func whoJA(who string) string {
	if who == "" {
		return ""
	}
	return who + "さんが"
}

package page

import "k8sbot/glossary"

// words contains the page's own texts, under the keys that page.js uses.
var words = map[string]glossary.Text{
	"title":      {EN: "Kubernetes terms", JA: "Kubernetesの用語"},
	"intro":      {EN: "%d terms, checked against Kubernetes %s. This page works offline.", JA: "Kubernetes %sで確認した%d語です。このページはオフラインでも使えます。"},
	"search":     {EN: "Search for a term or status, or part of its name (press / to start)", JA: "検索: 用語や状態、その一部(/キーで開始)"},
	"skip":       {EN: "Skip to content", JA: "本文へ移動"},
	"results":    {EN: "Search results", JA: "検索結果"},
	"language":   {EN: "Language", JA: "言語"},
	"found":      {EN: "%d found", JA: "%d件見つかりました"},
	"nothing":    {EN: "Nothing found. Try another spelling or part of the name.", JA: "見つかりません。別の表記や名前の一部で試してください"},
	"map":        {EN: "Map of a cluster", JA: "クラスターの地図"},
	"mapHint":    {EN: "Choose a part to read about it.", JA: "部品を選ぶと説明が開きます。"},
	"lives":      {EN: "Lifecycles of objects", JA: "オブジェクトがたどる状態"},
	"categories": {EN: "All terms by category", JA: "分類別の一覧"},
	"life":       {EN: "Position in the lifecycle", JA: "ライフサイクル上の位置"},
	"normalFor":  {EN: "Normal for", JA: "正常な範囲"},
	"meaning":    {EN: "What it means", JA: "意味"},
	"causes":     {EN: "Likely causes", JA: "考えられる原因"},
	"checks":     {EN: "Check first", JA: "まず確認すること"},
	"try":        {EN: "Try this", JA: "試してみる"},
	"variants":   {EN: "In other contexts", JA: "別の場所での意味"},
	"confused":   {EN: "Often confused with", JA: "間違えやすい用語"},
	"related":    {EN: "Related", JA: "関連する用語"},
	"details":    {EN: "Details", JA: "詳細"},
	"team":       {EN: "Your team", JA: "チームより"},
	"teamTerm":   {EN: "your team's term", JA: "チームの用語"},
	"runbook":    {EN: "Runbook", JA: "手順書"},
	"onlyIn":     {EN: "in Japanese only", JA: "英語のみ"},
	"more":       {EN: "Read more", JA: "さらに読む"},
	"docs":       {EN: "Documentation", JA: "ドキュメント"},
	"docsEN":     {EN: "Documentation", JA: "ドキュメント(英語)"},
	"reading":    {EN: "reading", JA: "読み方"},
	"otherNames": {EN: "other names", JA: "別名"},
	"setBy":      {EN: "set by %s", JA: "%sが設定"},
	"introduced": {EN: "introduced", JA: "導入"},
	"deprecated": {EN: "deprecated", JA: "非推奨"},
	"removed":    {EN: "removed", JA: "削除"},
	"copy":       {EN: "Copy", JA: "コピー"},
	"copied":     {EN: "Copied", JA: "コピーしました"},
	"notCopied":  {EN: "Couldn't copy", JA: "コピーできません"},
}

// shownLifecycles lists the names in lives.yaml of the lifecycles on the first page, in order.
var shownLifecycles = []struct {
	name  string
	title glossary.Text
}{
	{"start of a Pod", glossary.Text{EN: "A Pod starts", JA: "Podの起動"}},
	{"deletion of a Pod", glossary.Text{EN: "A Pod terminates", JA: "Podの終了"}},
	{"pull of an image", glossary.Text{EN: "An image is pulled", JA: "イメージの取得"}},
	{"claim", glossary.Text{EN: "A claim gets a volume", JA: "ボリューム要求の割り当て"}},
	{"rollout", glossary.Text{EN: "A Deployment rolls out", JA: "ロールアウト"}},
}

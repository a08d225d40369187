package question

import (
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/token"
)

// Words contains words that turn text into a question, and words that people add to any term that
// they ask about.
var Words = fold.WordSet(`kubernetes k8s k8 kube please explain explained tell know understand mean means meaning stand stands purpose use uses used using
	define definition describe difference different work works working happen happens happening keep keeps kept stuck forever suddenly always
	lasts show shows showing shown see say says saying said display displayed appear appears look looks like need want wants try trying tried
	fix fixed solve solved resolve resolved help handle deal debug troubleshoot check find cause causes caused reason reasons problem issue issues
	error errors status state states keeps question term word thing example simple simply exactly actually basically really good best new
	go goes going went become becomes became turn stay stays staying remain remains hang hangs hanging wait waiting after before while because since
	時 何 意味 教 説明 知 用語 言葉 違 使 方 方法 理解 原因 理由 対処 対処法 対応 解決 解決策 解決方法 状態 出 出力 表示 見 確認 直 場合 全然 全部 分 困 続 終 来 行 言 思 気 必要 役割 仕組 概要 定義 読 書 的 際 一体
	詳 簡単 初心者 向 話 前 後 中 上 下 内 側 件 種類 目的 大量 今 急 突然 毎回 勝手 自分 誰 何者 正体 本当 結局
	エラー ステータス コマンド メッセージ ケース タイミング`)

// Tokens contains the tokens of Words.
var Tokens = func() map[string]bool {
	tokens := make(map[string]bool, len(Words))
	for w := range Words {
		for _, t := range token.Of(w) {
			tokens[t] = true
		}
	}
	return tokens
}()

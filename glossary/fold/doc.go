// Package fold normalizes what people type, in two languages and four scripts, so that it can
// be compared. It does not depend on the terms.
//
//	script.go     the script of a rune
//	fold.go       [Key], the canonical form of names and queries
//	kana.go       [LooseKana], a less exact form: コントロールプレイン equals コントロールプレーン
//	romaji.go     [Romaji] and [RomajiOfKana]: kontena equals コンテナ
//	stopwords.go  words that a search ignores
//	tokens.go     [Tokens] for full-text search, and [Spans]
//	distance.go   [Distance]: how many edits apart two words are
//	typo_cost.go  [TypoCost]: how likely the edits are
package fold

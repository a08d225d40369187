// Package fold says what a letter, a token and an edit are: it brings what people type,
// in two languages and four scripts, into forms that can be compared. It knows no term.
//
//	script.go     which script a rune is of
//	fold.go       [Key], the canonical form of names and queries
//	kana.go       [LooseKana], which says less: コントロールプレイン, コントロールプレーン
//	romaji.go     [Romaji] and [RomajiOfKana], the same for kontena and コンテナ
//	stopwords.go  words that say nothing
//	tokens.go     [Tokens], of which the meaning of a text is made, and [Spans]
//	distance.go   [Distance] and [Cost], by which misspellings are told
package fold

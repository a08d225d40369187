// Package search finds the terms of a glossary that a person means. [Index.Search] tries
// the retrieval stages below, the most reliable first. stages.go is this list as code, and
// combine.go has all rules for combining their results.
//
//	stage      file         finds
//	name       exact.go     a name or alias, ignoring case, width and separators
//	phonetic   phonetic.go  コンテナー, kontena
//	compound   compound.go  Init:CrashLoopBackOff, ExitCode:137
//	the same three for the subject of a question:
//	           question.go  what is a taint, podって何
//	message    message.go   Multi-Attach error for volume pvc-1, of a message of events
//	prefix     prefix.go    imagepullb
//	typo       typo.go      deplyoment
//	initials   initials.go  clbo
//	sentence   sentence.go  why is my pod stuck in ImagePullBackOff
//	meaning    bm25.go      the thing that stores cluster state
//
// The first seven end the search if they find something. The others compete by score: a
// match with at least [AnswerThreshold] is an answer, below that it is a suggestion.
// [Index.Why] returns what each stage found. testdata/queries has labelled queries, and
// TestQueries measures the search with them.
//
// [Index.Complete] returns completions of an input (complete.go), and [Index.Occurrences]
// the terms that a text names (scanner.go). Names and queries are compared in the
// canonical form of package fold.
package search

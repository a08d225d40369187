// Package search finds the terms of a glossary that a person means. [Index.Search] tries
// the stages below from the surest to the loosest; stages.go is this list as code, and
// combine.go has every rule by which one stage beats another.
//
//	stage      file         finds
//	name       exact.go     the word itself, however it is written
//	loose      phonetic.go  コンテナー, kontena
//	composed   compound.go  Init:CrashLoopBackOff, ExitCode:137
//	the same three of what a question asks for:
//	           question.go  what is a taint, podって何
//	prefix     prefix.go    imagepullb
//	typo       typo.go      deplyoment
//	initials   initials.go  clbo
//	sentence   sentence.go  why is my pod stuck in ImagePullBackOff
//	meaning    bm25.go      the thing that stores cluster state
//
// The first six end the search if they find something. The others are
// compared by their scores: from [AnswerThreshold] on a term is an answer, below it a
// suggestion. [Index.Why] tells of one query what each stage found. testdata/queries
// has labelled queries, and TestQueries prints what becomes of them.
//
// [Index.Complete] finds the terms that a person may be about to type (complete.go), and
// [Index.Occurrences] those that a text names (scanner.go). Names and queries are compared
// in one canonical form, made by package fold.
package search

// Package search finds the terms of a glossary that a person means. [Index.Search] tries the
// retrieval stages below, most reliable first. stages.go contains this list as code, and combine.go
// contains all the rules for combining the stages' results.
//
//	stage      file         finds
//	name       exact.go     a name or alias, ignoring case, width and separators
//	phonetic   sound/       コンテナー, kontena
//	compound   compound.go  Init:CrashLoopBackOff, ExitCode:137
//	task       task/        how do I restart a deployment, podの中に入りたい
//	the first three again for the subject of a question:
//	           question.go  what is a taint, podって何
//	message    message/     Multi-Attach error for volume pvc-1, from an event message
//	object     object.go    deploy/web, kubectl get ing
//	prefix     prefix.go    imagepullb
//	typo       typo.go      deplyoment, by package near
//	initials   initials.go  clbo
//	evidence   fuse.go      why is my pod stuck in ImagePullBackOff,
//	                        the thing that stores cluster state
//
// The first eight end the search if they find a match. The others compete by score: a match with a
// score of at least [AnswerThreshold] is an answer, and any other match is a suggestion.
// [Index.Why] returns the matches of each stage. testdata/queries contains labeled queries that
// TestQueries uses to measure the search.
//
// The last stage weighs several kinds of evidence with learned weights:
//
//	sentence.go   names of terms in the sentence
//	rarity/       how few terms mention a term
//	token/        the tokens of text, and a thesaurus of everyday expressions
//	document/     the tokens of a term
//	inverted/     the lines of terms that contain a token
//	bm25/         the scores of documents for the tokens of a sentence
//	corpus.go     the words of the sentence in the short texts of terms
//	latent/       the direction of the sentence in a space of meanings
//	objects.go    whether the sentence names an object that can have the status
//	question/     whether the sentence describes a term, or compares two
//	problem/      whether the sentence describes a problem
//	evidence.go   all evidence for each term
//	fuse.go       the score of each term, and the probability that the first term is right
//
// parts.go contains what the binary embeds, so that the first search does not have to compute it.
//
// Package command recognizes kubectl commands, and package phrase the phrases that distinguish
// questions, complaints and requests, in a trie of package trie. Package guard recognizes names that
// are neither terms of the glossary nor misspellings of terms. If you change many terms or the evidence, run `go generate
// ./glossary/search`, which generates latent/space.bin and weights.tsv. `go generate
// ./glossary/search/task` generates the weights of package task.
//
// [Index.Complete] returns completions of what a person types (complete.go), and
// [Index.OutputOccurrences] returns the terms that the output of a program names (package scan).
// Names and queries are compared in the canonical form of package fold.
package search

//go:generate go test -run ^TestSpace$ -update .

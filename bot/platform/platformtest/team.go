package platformtest

import (
	"strings"
	"testing"
	"testing/fstest"

	"k8sbot/glossary"
)

// teamFiles are a team's term files: an extension as long as lint allows, a second extension of the
// same term, and a term in one language.
var teamFiles = fstest.MapFS{
	"pod-status/long.yaml": {Data: []byte(`extends: crashloopbackoff
note:
  en: |
    ` + strings.Repeat("*Call* _us_ <!here>. ", 11) + `
    ` + strings.Repeat("@everyone [x](y) ~z~. ", 10) + `
    ` + strings.Repeat("Deploy. ", 30) + `
runbook: https://wiki.example.com/` + strings.Repeat("run(book)_*", 20) + `?a=<b>&c=d e
checks:
  - run: gopher-deploy status NAME --env '*_~|<!here>'
`)},
	"pod-status/short.yaml": {Data: []byte("extends: crashloopbackoff\nrunbook: http://wiki.corp/x\n")},
	"tools/deploy.yaml": {Data: []byte(`name:
  ja: デプロイ君
summary:
  ja: 本番環境へのリリースに使う、社内のコマンドです。
try:
  - run: gopher-deploy status NAME
`)},
}

// teamQuestions are questions about the terms in teamFiles.
var teamQuestions = map[string]string{
	"extended":     "crashloopbackoff",
	"one language": "デプロイ君",
	"paste":        "NAME   READY   STATUS             RESTARTS\na      0/1     CrashLoopBackOff   1\n",
}

// withTeam returns a glossary with the terms of g and of teamFiles.
func withTeam(tb testing.TB, g *glossary.Glossary) *glossary.Glossary {
	tb.Helper()
	o := glossary.ReadTree(teamFiles)
	if len(o.Problems) > 0 {
		tb.Fatal(o.Problems)
	}
	return g.With(o)
}

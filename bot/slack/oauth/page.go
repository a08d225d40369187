package oauth

import (
	"fmt"
	"html"
	"net/http"
	"strings"

	"k8sbot/glossary"
)

// Paths served by the handler.
const (
	InstallPath  = "/slack/install"
	RedirectPath = "/slack/oauth"
)

// A page is the title and the text of an HTML page.
type page struct{ title, text glossary.Text }

var (
	installedPage = page{
		glossary.Text{EN: "k8sbot is installed", JA: "k8sbotをインストールしました"},
		glossary.Text{EN: "Open Slack and type /k8s CrashLoopBackOff in any channel. You can close this page.", JA: "Slackを開き、チャンネルで「/k8s CrashLoopBackOff」と入力してください。このページは閉じてかまいません。"},
	}
	cancelledPage = page{
		glossary.Text{EN: "Nothing was installed", JA: "インストールしませんでした"},
		glossary.Text{EN: "You can close this page. To install k8sbot later, open the install link again.", JA: "このページは閉じてかまいません。あとでインストールするには、インストール用のリンクをもう一度開いてください。"},
	}
	expiredPage = page{
		glossary.Text{EN: "This link no longer works", JA: "このリンクは使えません"},
		glossary.Text{EN: "An install link works once, for ten minutes, in the browser that opened it. Open it again: " + InstallPath, JA: "インストール用のリンクは、開いたブラウザーで10分間、1回だけ使えます。もう一度開いてください: " + InstallPath},
	}
	brokenPage = page{
		glossary.Text{EN: "k8sbot could not be installed", JA: "k8sbotをインストールできませんでした"},
		glossary.Text{EN: "Please try again in a minute. If it happens again, tell whoever runs the bot: its log says why.", JA: "1分ほどしてからもう一度お試しください。繰り返す場合は、ボットの管理者に連絡してください。原因はログに記録されています。"},
	}
	busyPage = page{
		glossary.Text{EN: "Too many requests", JA: "リクエストが多すぎます"},
		glossary.Text{EN: "Please try again in a minute.", JA: "1分ほどしてからもう一度お試しください。"},
	}
)

// langOf returns the first of the browser's languages that the bot supports, or English if it
// supports none of them.
func langOf(r *http.Request) glossary.Lang {
	for item := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(item), ";")
		if l, ok := glossary.LangOfLocale(tag); ok {
			return l
		}
	}
	return glossary.English
}

// show writes a page in the browser's language.
func show(w http.ResponseWriter, r *http.Request, status int, p page) {
	l := langOf(r)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	title := html.EscapeString(p.title.In(l))
	fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=\"%s\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>%s</title>\n<h1>%[2]s</h1>\n<p>%s</p>\n</html>\n",
		l, title, html.EscapeString(p.text.In(l)))
}

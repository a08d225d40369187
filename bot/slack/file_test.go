package slack

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"k8sbot/bot/platform/platformtest"
)

// fileText is the text of each file on Slack's servers. The payloads have its first line as
// a preview.
const fileText = "web-1 is WidgetFailing\nweb-1 is Widget\n"

// serveFiles makes the adapter download files from serve.
func (r *harness) serveFiles(serve http.HandlerFunc) {
	log := slog.New(slog.NewTextHandler(r.logged, nil))
	r.adapter.single.files = newFileReader(log, platformtest.FileServer(r.t, func(w http.ResponseWriter, req *http.Request) {
		if req.Host != "files.slack.com" || req.Header.Get("Authorization") != "Bearer "+testBotToken {
			r.t.Errorf("got request for %s%s, want one for files.slack.com with the token", req.Host, req.URL)
		}
		serve(w, req)
	})).WithToken(testBotToken)
}

func sendFile(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, fileText) }

// signIn responds like Slack if the app lacks the scope files:read.
func signIn(w http.ResponseWriter, _ *http.Request) {
	io.WriteString(w, "<!DOCTYPE html><html lang=\"en-US\"><head><title>Slack</title></head></html>")
}

// filePayloads maps recorded payloads with files to the methods that send the replies.
var filePayloads = map[string]string{
	"app_mention_file.json": "chat.postMessage", "message_im_file.json": "chat.postMessage", "shortcut_file.json": "response_url",
}

// TestFiles checks the replies to messages with files, both with and without the scope
// files:read.
func TestFiles(t *testing.T) {
	for name, method := range filePayloads {
		for suffix, serve := range map[string]http.HandlerFunc{"": sendFile, "_preview": signIn} {
			r := newHarness(t, nil)
			r.serveFiles(serve)
			r.deliver(name)
			sent := r.fake.await(method, 1)
			platformtest.Golden(t, strings.TrimSuffix(name, ".json")+suffix, sent)
			text := fmt.Sprint(sent)
			if !strings.Contains(text, "WidgetFailing") {
				t.Errorf("%s%s: got %s, want a reply about the file", name, suffix, text)
			}
			if strings.Contains(text, "files:read") != (suffix != "") {
				t.Errorf("%s%s: got %s, want a reply that names a missing scope only if one is missing", name, suffix, text)
			}
		}
	}
}

// TestFileProblems checks that a file is downloaded only from Slack's own host, and that the
// reply names the problem.
func TestFileProblems(t *testing.T) {
	const shared = `"name":"a.log","mimetype":"text/plain","url_private":"https://files.slack.com/files-pri/T1-F1/a.log"`
	for name, tt := range map[string]struct {
		file  string
		serve http.HandlerFunc // nil if no request is made
		want  string
	}{
		"no scope": {shared, signIn, "needs the files:read scope"},
		"redirect to sign in": {shared, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://example.slack.com/?redir=%2Ffiles-pri", http.StatusFound)
		}, "needs the files:read scope"},
		"forbidden":      {shared, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, "needs the files:read scope"},
		"deleted":        {shared, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, "couldn't download"},
		"binary":         {shared, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("\x7fELF\x00\x01")) }, "isn't a text file"},
		"external":       {`"name":"a.log","mimetype":"text/plain","url_private":"https://docs.google.com/document/d/1"`, nil, "hosted on another site"},
		"other host":     {`"name":"a.log","mimetype":"text/plain","url_private":"https://files.slack.com.example.org/a"`, nil, "hosted on another site"},
		"download first": {shared + `,"url_private_download":"https://example.org/a"`, nil, "hosted on another site"},
		"image":          {`"title":"screen.png","mimetype":"image/png","url_private":"https://files.slack.com/a"`, nil, "can't read “screen.png”"},
	} {
		r := newHarness(t, nil)
		r.serveFiles(func(w http.ResponseWriter, req *http.Request) {
			if tt.serve == nil {
				t.Errorf("%s: got a request for %s%s, want none", name, req.Host, req.URL)
				return
			}
			tt.serve(w, req)
		})
		body := fmt.Sprintf(`{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"message","subtype":"file_share","channel_type":"im",
			"channel":"D1","user":"U1","text":"","ts":"1515449522.000016","files":[{"id":"F1",%s}]}}`, tt.file)
		r.post("/slack/events", []byte(body))
		if sent := fmt.Sprint(r.fake.await("chat.postMessage", 1)); !strings.Contains(sent, tt.want) {
			t.Errorf("%s: got %s, want %q", name, sent, tt.want)
		}
	}
}

// TestSlowFile checks that an event is acknowledged before its file is downloaded.
func TestSlowFile(t *testing.T) {
	for name, method := range filePayloads {
		r := newHarness(t, nil)
		acknowledged := make(chan struct{})
		r.serveFiles(func(w http.ResponseWriter, req *http.Request) {
			select {
			case <-acknowledged:
			case <-req.Context().Done():
			}
			sendFile(w, req)
		})
		r.deliver(name)
		close(acknowledged)
		if sent := fmt.Sprint(r.fake.await(method, 1)); !strings.Contains(sent, "WidgetFailing") {
			t.Errorf("%s: got %s, want a reply about the file", name, sent)
		}
	}
}

package discord

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"k8sbot/bot/platform/platformtest"
)

// fileText is the text of each file on Discord's servers.
const fileText = "WidgetFailing\n"

// serveFiles makes the adapter download files from serve. It checks that no token is sent.
func (h *harness) serveFiles(serve http.HandlerFunc) {
	log := slog.New(slog.NewTextHandler(h.logged, nil))
	h.adapter.files = newFileReader(log, platformtest.FileServer(h.t, func(w http.ResponseWriter, r *http.Request) {
		if r.Host != "cdn.discordapp.com" || r.Header.Get("Authorization") != "" || r.URL.Query().Get("hm") == "" {
			h.t.Errorf("got request for %s%s with headers %v, want a signed URL and no token", r.Host, r.URL, r.Header)
		}
		serve(w, r)
	}))
}

func sendFile(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, fileText) }

// TestFileMessages delivers recorded messages with files, and compares the answers with
// golden files.
func TestFileMessages(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.serveFiles(sendFile)
	s := h.connect()
	for name, channel := range map[string]string{"direct_file": "300000000000000007", "mention_file": "300000000000000008"} {
		s.Dispatch("MESSAGE_CREATE", h.payload(name))
		sent := h.fake.Await("POST /channels/"+channel+"/messages", 1)
		platformtest.Golden(t, name, sent.Body)
		if err := errors.Join(checkInert(sent.Raw), checkLimits(sent.Raw)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(string(sent.Raw), "WidgetFailing") {
			t.Errorf("%s: got %s, want an answer about the file", name, sent.Raw)
		}
	}
}

// TestFileInteractions delivers recorded interactions with files, and compares the
// responses with golden files.
func TestFileInteractions(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"message_command_file", "form_file", "form_labels"} {
		h := newHarness(t, nil)
		h.serveFiles(sendFile)
		answer := h.deliver(h.payload(name))
		platformtest.Golden(t, name, answer)
		checkResponse(t, answer)
		if !strings.Contains(fmt.Sprint(answer), "WidgetFailing") {
			t.Errorf("%s: got %v, want an answer about the file", name, answer)
		}
	}
}

// TestForwardedFile verifies that the message command reads files on forwarded messages.
func TestForwardedFile(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.serveFiles(sendFile)
	answer := h.deliver([]byte(`{"id":"1","type":2,"locale":"en-US","user":{"id":"2"},"data":{"name":"Explain Kubernetes terms","type":3,"target_id":"9",
		"resolved":{"messages":{"9":{"id":"9","content":"","message_snapshots":[{"message":{"content":"","attachments":[
		{"filename":"a.txt","content_type":"text/plain","url":"https://cdn.discordapp.com/attachments/1/2/a.txt?hm=1"}]}}]}}}}}`))
	if !strings.Contains(fmt.Sprint(answer), "WidgetFailing") {
		t.Errorf("got %v, want an answer about the file", answer)
	}
}

// TestFileProblems verifies that a file is downloaded only from Discord's own hosts, and that
// the answer names the problem.
func TestFileProblems(t *testing.T) {
	t.Parallel()
	const cdn = "https://cdn.discordapp.com/attachments/1/2/a.txt?hm=1"
	for name, tt := range map[string]struct {
		url, kind string
		serve     http.HandlerFunc // nil if no request is made
		want      string
	}{
		"other host": {"https://cdn.discordapp.com.example.org/a.txt?hm=1", "text/plain", nil, "hosted on another site"},
		"redirect": {cdn, "text/plain", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://example.org/", http.StatusFound)
		}, "couldn't download “a.txt”"},
		"expired": {cdn, "text/plain", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, "couldn't download “a.txt”"},
		"binary":  {cdn, "text/plain", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("\x7fELF\x00\x01")) }, "isn't a text file"},
		"image":   {cdn, "image/png", nil, "isn't a text file"},
		"too large": {cdn, "text/plain", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, fileText+strings.Repeat("x", 2<<20)) // only whole lines are read
		}, "I didn't read all of"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			h.serveFiles(func(w http.ResponseWriter, r *http.Request) {
				if tt.serve == nil {
					t.Errorf("got a request for %s%s, want none", r.Host, r.URL)
					return
				}
				tt.serve(w, r)
			})
			h.adapter.servers.OnEvent("GUILD_CREATE", []byte(`{"id":"200000000000000001","preferred_locale":"en-GB"}`))
			s := h.connect()
			s.Dispatch("MESSAGE_CREATE", fmt.Appendf(nil, `{"id":"400000000000000001","channel_id":"300000000000000001","guild_id":"200000000000000001","content":"<@%s>","author":{"id":"7"},"mentions":[{"id":"%[1]s"}],
				"attachments":[{"filename":"a.txt","content_type":%q,"url":%q}]}`, testSelf, tt.kind, tt.url))
			sent := h.fake.Await("POST /channels/300000000000000001/messages", 1)
			if !strings.Contains(string(sent.Raw), tt.want) {
				t.Errorf("got %s, want %q", sent.Raw, tt.want)
			}
		})
	}
}

// TestSlowFile verifies that the response is deferred if a download takes longer than
// platform.AckTimeout, and that the answer follows.
func TestSlowFile(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	acknowledged := make(chan struct{})
	h.serveFiles(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-acknowledged:
		case <-r.Context().Done():
		}
		sendFile(w, r)
	})
	if answer := h.deliver(h.payload("form_file")); fmt.Sprint(answer["type"]) != "5" {
		t.Errorf("got %v, want a deferred response", answer)
	}
	close(acknowledged)
	sent := h.fake.Await("PATCH /webhooks/"+testApp+"/"+testInteractionToken+"/messages/@original", 1)
	if !strings.Contains(string(sent.Raw), "WidgetFailing") {
		t.Errorf("got %s, want an answer about the file", sent.Raw)
	}
}

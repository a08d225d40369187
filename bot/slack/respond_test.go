package slack

import (
	"net/http"
	"strings"
	"testing"

	"k8sbot/bot/platform/platformtest"
)

// TestResponseURL checks that replies are only sent to Slack's hosts.
func TestResponseURL(t *testing.T) {
	defaultAPI, customAPI := newHarness(t, func(o *Options) { o.APIURL = "" }), newHarness(t, nil)
	own := customAPI.fake.responseURL()
	for address, ok := range map[string][2]bool{
		"https://hooks.slack.com/actions/T1/1/abc":        {true, true},
		"http://hooks.slack.com/actions/T1/1/abc":         {false, false},
		"https://hooks.slack.com.evil.example/":           {false, false},
		"https://hooks.slack.com:444/":                    {false, false},
		"https://user@evil.example/hooks.slack.com":       {false, false},
		"http://169.254.169.254/latest/meta-data/":        {false, false},
		"file:///etc/passwd":                              {false, false},
		"":                                                {false, false},
		"https://slack.com/api/chat.postMessage":          {false, false},
		own:                                               {false, true},
		strings.Replace(own, "127.0.0.1", "localhost", 1): {false, false},
	} {
		for i, r := range []*harness{defaultAPI, customAPI} {
			if err := r.adapter.responses.Check(address); (err == nil) != ok[i] {
				t.Errorf("%q with SLACK_API_URL %q: got error %v, want ok %v", address, r.adapter.o.APIURL, err, ok[i])
			}
		}
	}
}

// TestNoSecondReply checks that a reply is not sent again if the connection broke, since it may
// have arrived, and that redirects are not followed.
func TestNoSecondReply(t *testing.T) {
	for name, fault := range map[string]func(http.ResponseWriter){
		"connection broke": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"redirected":       platformtest.AnswerWith(http.StatusTemporaryRedirect, "", "Location: /respond/2"),
	} {
		r := newHarness(t, nil)
		r.fake.Prepare("response_url", fault)
		r.deliver("shortcut.json")
		r.shutdown()
		if n := r.fake.Count("response_url"); n != 1 {
			t.Errorf("%s: got %d calls, want 1", name, n)
		}
		if !strings.Contains(r.logged.String(), "cannot send reply") {
			t.Errorf("%s: error is not logged", name)
		}
	}
}

package slack

import (
	"net/http"
	"strings"
	"testing"

	"k8sbot/bot/platform/platformtest"
)

// TestResponseURL holds that answers go to Slack alone.
func TestResponseURL(t *testing.T) {
	real, moved := newHarness(t, func(o *Options) { o.APIURL = "" }), newHarness(t, nil)
	own := moved.fake.responseURL()
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
		for i, r := range []*harness{real, moved} {
			if err := r.adapter.checkResponseURL(address); (err == nil) != ok[i] {
				t.Errorf("%q with SLACK_API_URL %q: %v", address, r.adapter.o.APIURL, err)
			}
		}
	}
}

// TestNoSecondAnswer holds that an answer whose delivery broke off is not sent
// again, since it may have arrived, and that none follows a redirection.
func TestNoSecondAnswer(t *testing.T) {
	for name, fault := range map[string]func(http.ResponseWriter){
		"broken off": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"redirected": platformtest.AnswerWith(http.StatusTemporaryRedirect, "", "Location: /respond/2"),
	} {
		r := newHarness(t, nil)
		r.fake.Prepare("response_url", fault)
		r.deliver("shortcut.json")
		r.shutdown()
		if n := r.fake.Count("response_url"); n != 1 {
			t.Errorf("%s: %d deliveries, want 1", name, n)
		}
		if !strings.Contains(r.logged.String(), "an answer was not sent") {
			t.Errorf("%s: the log does not say so", name)
		}
	}
}

package platform

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"
)

// TestForms checks which forms are tried, what is remembered, and that it is forgotten.
func TestForms(t *testing.T) {
	refused, broken := errors.New("refused"), errors.New("broken")
	why := func(err error) (string, bool) {
		if err == refused {
			return "refused", true
		}
		return "", false
	}
	now := time.Unix(0, 0)
	f := &Forms{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }}
	try := func(d Draft, answers ...error) (tried []Form, err error) {
		err = f.Send(d, why, func(form Form) error {
			tried = append(tried, form)
			return answers[len(tried)-1]
		})
		return tried, err
	}
	draft := func(place string, last Form, features ...string) Draft {
		return Draft{place, func(form Form) []string {
			return append([]string{"actions", "section"}[int(form):], features[:max(0, len(features)-9*int(form))]...)
		}, last}
	}
	for i, tt := range []struct {
		draft   Draft
		after   time.Duration
		answers []error
		want    []Form
		err     error
	}{
		{draft("a", 2, "table"), 0, []error{nil}, []Form{0}, nil},
		{draft("a", 2, "table"), 0, []error{broken}, []Form{0}, broken},
		{draft("a", 2, "table"), 0, []error{refused, broken}, []Form{0, 1}, broken}, // not remembered: nothing was accepted
		{draft("a", 2, "table"), 0, []error{refused, refused, refused}, []Form{0, 1, 2}, refused},
		{draft("a", 0, "table"), 0, []error{refused}, []Form{0}, refused},
		{draft("a", 2, "header", "table"), 0, []error{refused, nil}, []Form{0, 1}, nil},
		{draft("a", 2, "header", "table"), 0, []error{nil}, []Form{1}, nil},
		{draft("a", 2, "header", "table", "quote"), 0, []error{nil}, []Form{1}, nil},
		{draft("a", 2, "header"), 0, []error{nil}, []Form{0}, nil}, // perhaps only the table was refused
		{draft("b", 2, "header", "table"), 0, []error{nil}, []Form{0}, nil},
		{draft("a", 0, "header", "table"), 0, []error{nil}, []Form{0}, nil}, // nothing plainer than last
		{draft("a", 2, "header", "table"), 0, []error{refused, nil}, []Form{1, 2}, nil},
		{draft("a", 2, "header", "table"), refusalTTL, []error{nil}, []Form{0}, nil},
		{draft("a", 2), 0, []error{refused, nil}, []Form{0, 1}, nil},
	} {
		now = now.Add(tt.after)
		tried, err := try(tt.draft, tt.answers...)
		if !slices.Equal(tried, tt.want) || err != tt.err {
			t.Errorf("%d: tried %v with error %v, want %v with %v", i, tried, err, tt.want, tt.err)
		}
	}
	for i := range 2 * maxRefusals {
		if _, err := try(draft(fmt.Sprint(i), 1, "table"), refused, nil); err != nil {
			t.Fatal(err)
		}
	}
	if len(f.refused) > maxRefusals || f.n > maxRefusals {
		t.Errorf("%d refusals in %d places are remembered, want at most %d", f.n, len(f.refused), maxRefusals)
	}
}

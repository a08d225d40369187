package bot

import (
	"context"
	"sync"
	"testing"

	"k8sbot/glossary"
)

// A profileStore persists the languages of profiles, and counts the calls.
type profileStore struct {
	ReviewStore
	mu       sync.Mutex
	profiles map[Person]glossary.Lang
	stored   int
}

func (s *profileStore) ProfileLanguage(_ context.Context, p Person) (glossary.Lang, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profiles[p], nil
}

func (s *profileStore) SetProfileLanguage(_ context.Context, p Person, l glossary.Lang) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.profiles[p] = l
	s.stored++
	return nil
}

func (s *profileStore) Forget(_ context.Context, p Person) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.profiles, p)
	return nil
}

// TestProfileLanguage checks the language of replies on a platform that sends a person's locale
// only with commands and buttons.
func TestProfileLanguage(t *testing.T) {
	s := &profileStore{profiles: make(map[Person]glossary.Lang)}
	b := fixture(t, Options{Profiles: s, Reviews: s, Lang: glossary.English})
	caps := Capabilities{Channels: true, PartialLocale: true, GlobalUsers: true}
	for _, tt := range []struct {
		name string
		req  Request
		want glossary.Lang
	}{
		{"an unknown person", Request{Surface: Mention, Text: "widget"}, "en"},
		{"an unknown person in a server with a language", Request{Surface: Mention, Text: "widget", Locales: []string{"ja"}}, "ja"},
		{"a command", Request{Surface: Slash, Text: "widget", Locales: []string{"ja", "en-US"}}, "ja"},
		{"the same again", Request{Surface: Slash, Text: "widget", Locales: []string{"ja", "en-US"}}, "ja"},
		{"a bare term in a mention", Request{Surface: Mention, Text: "widget", Locales: []string{"en-US"}}, "ja"},
		{"the question of a mention", Request{Surface: Mention, Text: "what is a widget"}, "en"},
		{"a direct message", Request{Surface: DirectMessage, Text: "widget"}, "ja"},
		{"an unsupported locale", Request{Surface: ButtonClick, Action: "1:term:widget", Locales: []string{"fr", "en-US"}}, "en"},
		{"after it", Request{Surface: Mention, Text: "widget"}, "ja"},
		{"forget me", Request{Surface: Slash, Command: "forget", Text: "me", Locales: []string{"ja"}}, "ja"},
		{"after that", Request{Surface: Mention, Text: "widget"}, "en"},
		{"a button", Request{Surface: ButtonClick, Action: "1:term:widget", Locales: []string{"ja"}}, "ja"},
		{"a mention again", Request{Surface: Mention, Text: "widget"}, "ja"},
	} {
		tt.req.Platform, tt.req.Caps, tt.req.Tenant, tt.req.User = Discord, caps, "G1", "U1"
		if got := b.Handle(t.Context(), tt.req).Lang; got != tt.want {
			t.Errorf("%s: got language %s, want %s", tt.name, got, tt.want)
		}
		b.Wait()
	}
	if s.stored != 2 {
		t.Errorf("stored the language %d times, want 2: the same language is stored once", s.stored)
	}
	if _, ok := s.profiles[Person{Platform: Discord, User: "U1"}]; !ok {
		t.Errorf("got %v, want the person in all servers", s.profiles)
	}
}

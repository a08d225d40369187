package page

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

func load(t testing.TB) *glossary.Glossary {
	t.Helper()
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func render(t testing.TB, g *glossary.Glossary) string {
	t.Helper()
	data, err := Render(g)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Limits of the page in bytes.
const (
	maxPage   = 6 << 20
	maxPacked = 3 << 19
)

func TestSize(t *testing.T) {
	text := render(t, load(t))
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if len(text) > maxPage || packed.Len() > maxPacked {
		t.Errorf("got %d bytes, %d compressed, want at most %d and %d", len(text), packed.Len(), maxPage, maxPacked)
	}
}

// between returns the text between two marks.
func between(t *testing.T, text, from, to string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, from)
	inner, _, closed := strings.Cut(rest, to)
	if !found || !closed {
		t.Fatalf("the page has no %s…%s", from, to)
	}
	return inner
}

// TestSelfContained checks that the page loads nothing: it has one style and one script, whose
// hashes the policy allows, and nothing else that a browser would fetch or run.
func TestSelfContained(t *testing.T) {
	text := render(t, load(t))
	style, script := between(t, text, "<style>", "</style>"), between(t, text, "<script>", "</script>")
	for _, want := range []string{"default-src 'none'", "style-src " + hash(style), "script-src " + hash(script), "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(between(t, text, `Content-Security-Policy" content="`, `"`), want) {
			t.Errorf("the policy does not contain %s", want)
		}
	}
	data := between(t, text, `<script type="application/json" id="data">`, "</script>")
	rest := strings.Replace(text, data, "", 1)
	for _, forbidden := range []string{"{{", "src=", "@import", "url(", "fetch(", "XMLHttpRequest", "WebSocket", "innerHTML", "eval(", "<iframe", "<object", " style=", " onclick="} {
		if strings.Contains(rest, forbidden) {
			t.Errorf("the page contains %s", forbidden)
		}
	}
	for _, address := range regexp.MustCompile(`https?://[^"'\s]+`).FindAllString(rest, -1) {
		if address != "http://www.w3.org/2000/svg" { // the name of a format, not a request
			t.Errorf("the page contains the address %s", address)
		}
	}
	if strings.Contains(data, "<") {
		t.Error("the data contains <, which could end the script element")
	}
}

// TestData checks that the page contains all texts of all terms in both languages.
func TestData(t *testing.T) {
	g := load(t)
	encoded, err := encodeData(g)
	if err != nil {
		t.Fatal(err)
	}
	if regexp.MustCompile(`[^\\]":null`).Match(encoded) { // commands may have one
		t.Error("the data has a null, which page.js takes for a list")
	}
	var d data
	if err := json.Unmarshal(encoded, &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Terms) != g.Len() {
		t.Fatalf("got %d terms, want %d", len(d.Terms), g.Len())
	}
	both := func(of string, texts ...glossary.Text) {
		for _, text := range texts {
			if text.EN == "" || text.JA == "" {
				t.Errorf("%s: got %+v, want both languages", of, text)
			}
		}
	}
	inCategories := 0
	for _, c := range d.Categories {
		both(string(c.ID), c.Title)
		inCategories += c.Terms
	}
	if inCategories != g.Len() {
		t.Errorf("the categories have %d terms, want %d", inCategories, g.Len())
	}
	for i, term := range g.All() {
		got := d.Terms[i]
		both(term.ID, got.Name, got.Summary, got.Meaning, d.Words["title"])
		both(term.ID, got.Causes...)
		if got.ID != term.ID || len(got.Causes) != len(term.Causes) || len(got.Checks) != len(term.Checks) || len(got.Try) != len(term.Try)+len(term.Do) || len(got.Related) != len(g.Related(term)) || got.Docs.EN == "" {
			t.Errorf("%s: got %+v, want all of the term", term.ID, got)
		}
		for _, r := range got.Related {
			both(r[0], d.Relations[glossary.Relation(r[0])])
		}
		for _, u := range got.Usages {
			both(string(u.Kind), d.Kinds[u.Kind])
		}
		if got.Severity != "" {
			both(string(got.Severity), d.Severities[got.Severity])
		}
		if key := fold.Key(term.Name.EN); got.Names < 1 || got.Keys[0] != key {
			t.Errorf("%s: got the keys %v, want %s first", term.ID, got.Keys, key)
		}
	}
	titled := 0
	for _, l := range d.Lifecycles {
		if l.Title != nil {
			titled++
			both(l.Title.EN, *l.Title)
		}
	}
	if titled != len(shownLifecycles) {
		t.Errorf("got %d of the %d lives on the first page: the names must be those in lives.yaml", titled, len(shownLifecycles))
	}
}

// TestWords checks that page.js uses all words, and no undefined ones.
func TestWords(t *testing.T) {
	used := make(map[string]bool)
	for _, m := range regexp.MustCompile(`\b(?:word|commands)\("(\w+)"`).FindAllStringSubmatch(pageJS(), -1) {
		used[m[1]] = true
		if _, ok := words[m[1]]; !ok {
			t.Errorf("page.js uses the word %s, which words.go does not have", m[1])
		}
	}
	for name, text := range words {
		if !used[name] {
			t.Errorf("page.js does not use the word %s", name)
		}
		if text.EN == "" || text.JA == "" {
			t.Errorf("the word %s is not in both languages", name)
		}
	}
}

// TestMap checks that each box of the map is a term, is inside the drawing and at most one
// group, does not overlap another box, and is wide enough for its name.
func TestMap(t *testing.T) {
	g := load(t)
	const letter, kana = 8, 13 // widths of characters, in the units of the drawing
	for name, drawing := range map[string]struct {
		size [2]int
		at   func(box) rect
	}{
		"wide":   {wideSize, func(x box) rect { return x.wide }},
		"narrow": {narrowSize, func(x box) rect { return x.narrow }},
	} {
		for i, x := range boxes {
			r := drawing.at(x)
			term, ok := g.Term(x.term)
			if !ok {
				t.Errorf("%s: no such term", x.term)
				continue
			}
			if r.x < 0 || r.y < 0 || r.x+r.w > drawing.size[0] || r.y+r.h > drawing.size[1] {
				t.Errorf("%s: %s is outside of the drawing", name, x.term)
			}
			for _, l := range glossary.Langs {
				width := 0
				for _, c := range term.DisplayName(l) {
					if width += letter; c > 0x7f {
						width += kana - letter
					}
				}
				if width > r.w {
					t.Errorf("%s: %s needs %d, and is %d wide", name, term.DisplayName(l), width, r.w)
				}
			}
			for _, y := range boxes[:i] {
				s := drawing.at(y)
				apart := r.x >= s.x+s.w || s.x >= r.x+r.w || r.y >= s.y+s.h || s.y >= r.y+r.h
				inside := y.group && r.x > s.x && r.y > s.y+20 && r.x+r.w < s.x+s.w && r.y+r.h < s.y+s.h
				if !apart && !inside {
					t.Errorf("%s: %s covers %s", name, x.term, y.term)
				}
			}
		}
	}
	svg := drawMaps(g)
	if n := strings.Count(svg, "<a href="); n != 2*len(boxes) {
		t.Errorf("got %d links, want %d", n, 2*len(boxes))
	}
}

// TestOtherTerms renders a glossary with only a team's terms, and none of those on the map.
func TestOtherTerms(t *testing.T) {
	g, err := glossary.LoadTree(os.DirFS("../../bot/testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	text := render(t, g)
	if !strings.Contains(text, "The widget has failed.") || strings.Contains(text, `href="#kube-proxy"`) {
		t.Error("want the terms, and a map without others")
	}
}

func TestHandler(t *testing.T) {
	g := load(t)
	h, err := Handler(g)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	get := func(method string, header ...string) (*http.Response, string) {
		req, err := http.NewRequestWithContext(t.Context(), method, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		resp, err := (&http.Transport{DisableCompression: true}).RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp, string(body)
	}
	want := render(t, g)
	resp, body := get(http.MethodGet)
	if body != want || resp.ContentLength != int64(len(want)) {
		t.Errorf("got %d bytes, want the page of %d", len(body), len(want))
	}
	for name, value := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Content-Security-Policy": policy() + "; frame-ancestors 'none'",
	} {
		if got := resp.Header.Get(name); got != value {
			t.Errorf("%s: got %q, want %q", name, got, value)
		}
	}
	resp, body = get(http.MethodGet, "Accept-Encoding", "br, gzip;q=0.8")
	unpacked, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if page, err := io.ReadAll(unpacked); err != nil || string(page) != want || resp.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("compressed: got %d bytes, %v, want the page", len(page), err)
	}
	if resp, _ = get(http.MethodGet, "Accept-Encoding", "gzip;q=0"); resp.Header.Get("Content-Encoding") != "" {
		t.Error("compressed although the client does not accept it")
	}
	if resp, body = get(http.MethodGet, "If-None-Match", resp.Header.Get("ETag")); resp.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("again: got %s and %d bytes, want 304", resp.Status, len(body))
	}
	if resp, body = get(http.MethodHead); resp.StatusCode != http.StatusOK || body != "" || resp.ContentLength != int64(len(want)) {
		t.Errorf("HEAD: got %s, %d", resp.Status, resp.ContentLength)
	}
}

func ExampleRender() {
	g, err := glossary.Load()
	if err != nil {
		panic(err)
	}
	page, err := Render(g)
	fmt.Println(string(page[:15]), err)
	// Output: <!doctype html> <nil>
}

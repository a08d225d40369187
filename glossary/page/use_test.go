package page

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"k8sbot/glossary"
)

var widths = map[string]int{"desktop": 1280, "phone": 390}

// hits searches for each query in turn, and returns the ID of the first term found for it, or
// "".
func (tb tab) hits(queries ...string) (ids []string) {
	tb.t.Helper()
	tb.eval(fmt.Sprintf(`%s.map((query) => {
		const input = document.getElementById("query");
		input.value = query;
		input.dispatchEvent(new Event("input"));
		const first = document.querySelector("#hits a");
		return first ? first.hash.slice(1) : "";
	})`, encode(tb.t, queries)), &ids)
	return ids
}

// TestSearch searches the page offline, in both languages and at both widths.
func TestSearch(t *testing.T) {
	b, address := startBrowser(t), writePage(t)
	var queries, want []string
	for query, id := range map[string]string{
		"くらっしゅるーぷ": "crashloopbackoff", "deplyoment": "deployment", "po": "pod", "taint": "taint",
		"ｐｏｄ": "pod", "ﾎﾟｯﾄﾞ": "pod", "ボッド": "pod", "kontena": "container", "CrashLoopBackOff": "crashloopbackoff", "crash loop": "crashloopbackoff",
		"imagepullb": "imagepullbackoff", "what is a taint": "taint", "クラッシュループ": "crashloopbackoff", "deploy": "deployment", "永続ボリューム": "persistent-volume",
		"きゅーぶぷろきし": "kube-proxy", "xyzzyxyzzy": "", "": "", "---": "",
	} {
		queries, want = append(queries, query), append(want, id)
	}
	for name, width := range widths {
		for _, l := range glossary.Langs {
			tb := b.open(address+"?lang="+string(l), width)
			tb.call(tb.session, "Network.emulateNetworkConditions", object{"offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}, nil)
			for i, got := range tb.hits(queries...) {
				if got != want[i] {
					t.Errorf("%s, %s: %q: got %q, want %q", name, l, queries[i], got, want[i])
				}
			}
			tb.hits("xyzzyxyzzy")
			if got, want := tb.text("#status"), words["nothing"].In(l); got != want {
				t.Errorf("%s, %s: got the status %q, want %q", name, l, got, want)
			}
		}
	}
}

// TestNames searches for the names of every eighth term, and checks that page.js folds them as
// package fold does.
func TestNames(t *testing.T) {
	b, g := startBrowser(t), load(t)
	tb := b.open(writePage(t), widths["desktop"])
	var queries [][2]string // text and ID
	for i, term := range g.All() {
		if i%8 != 0 {
			continue
		}
		for _, n := range term.AllNames() {
			if n.Field == "name.en" || n.Field == "name.ja" || n.Field == "reading" {
				queries = append(queries, [2]string{n.Text, term.ID})
			}
		}
	}
	var missing []string
	tb.eval(fmt.Sprintf(`(() => {
		const input = document.getElementById("query"), missing = [];
		for (const [text, id] of %s) {
			input.value = text;
			input.dispatchEvent(new Event("input"));
			const top = [...document.querySelectorAll("#hits a")].slice(0, 6).map((a) => a.hash.slice(1));
			if (!top.includes(id)) missing.push(text + ": " + top.join(" ") + ", want " + id);
		}
		return missing;
	})()`, encode(t, queries)), &missing)
	for _, m := range missing {
		t.Error(m)
	}
}

// TestTerms opens some terms, different ones in each language and at each width, and checks
// that their texts are shown, each value as text, and that nothing is wider than the screen.
func TestTerms(t *testing.T) {
	b, g, address := startBrowser(t), load(t), writePage(t)
	part := -1
	for name, width := range widths {
		for _, l := range glossary.Langs {
			part++
			tb := b.open(address+"?lang="+string(l), width)
			var want [][3]string // ID, name, summary
			for i, term := range g.All() {
				if i%64 == part {
					want = append(want, [3]string{term.ID, term.DisplayName(l), strings.ReplaceAll(term.Summary.Paragraph(l), "`", "")})
				}
			}
			var wrong []string
			tb.eval(fmt.Sprintf(`(async () => {
				const wrong = [];
				for (const [id, name, summary] of %s) {
					const shown = new Promise((done) => addEventListener("hashchange", done, {once: true}));
					location.hash = id;
					await shown;
					if (document.querySelector("h1").textContent !== name) wrong.push(id + " is named " + document.querySelector("h1").textContent);
					if (document.querySelector(".lead").textContent !== summary) wrong.push(id + " is " + document.querySelector(".lead").textContent);
					if (/\[object /.test(document.querySelector("main").textContent)) wrong.push(id + " shows a value without text");
					if (document.documentElement.scrollWidth > innerWidth) wrong.push(id + " is " + document.documentElement.scrollWidth + " wide");
					for (const a of document.querySelectorAll("main a[href^='#']")) if (a.textContent === "") wrong.push(id + " has an empty link");
				}
				return wrong;
			})()`, encode(t, want)), &wrong)
			for _, w := range wrong {
				t.Errorf("%s, %s: %s", name, l, w)
			}
		}
	}
}

// TestUse uses the page as a person does, at both widths: with the map, a deep link, the
// keyboard and the buttons.
func TestUse(t *testing.T) {
	handler, err := Handler(load(t))
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var served []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		served = append(served, r.URL.Path)
		mu.Unlock()
		handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	b := startBrowser(t)
	for name, width := range widths {
		tb := b.open(server.URL+"/?lang=en", width)
		expect := func(what, selector, want string) {
			t.Helper()
			if got := tb.text(selector); got != want {
				t.Errorf("%s, %s: got %q, want %q", name, what, got, want)
			}
		}
		var wide bool
		if tb.eval("document.documentElement.scrollWidth > innerWidth", &wide); wide {
			t.Errorf("%s: the first page is wider than the screen", name)
		}
		tb.click(`.map a[href="#kube-proxy"]`)
		tb.wait(`document.querySelector("h1").textContent === "kube-proxy"`)
		expect("the map", "title", "kube-proxy – Kubernetes terms")
		tb.press("/", "/")
		tb.call(tb.session, "Input.insertText", object{"text": "crashl"}, nil)
		tb.wait(`document.querySelectorAll("#hits a").length > 0`)
		tb.press("ArrowDown", "")
		tb.press("Enter", "\r")
		tb.wait(`document.querySelector("h1").textContent === "CrashLoopBackOff"`)
		expect("the keyboard", "[aria-current=step]", "CrashLoopBackOff")
		expect("the focus", ":focus", "CrashLoopBackOff")
		tb.click(".run button")
		tb.wait(`document.getElementById("status").textContent !== ""`)
		if got := tb.text("#status"); got != words["copied"].EN {
			t.Errorf("%s: the copy button says %q", name, got)
		}
		tb.click("#lang-ja")
		tb.wait(`document.documentElement.lang === "ja"`)
		expect("Japanese", "label", words["search"].JA)
		expect("Japanese", "[aria-pressed=true]", "日本語")
		tb.click(".tags a")
		tb.wait(`document.querySelector("h1").textContent !== "CrashLoopBackOff"`)
		tb.eval("history.back()", nil)
		tb.wait(`document.querySelector("h1").textContent === "CrashLoopBackOff"`)
		tb.click("#home")
		tb.wait(`document.querySelectorAll(".life").length === ` + fmt.Sprint(len(shownLifecycles)))
		tb.click(`a[href="#category/networking"]`)
		tb.wait(`document.querySelector("h1").textContent === "ネットワーク"`)
		// The language is kept, a deep link opens its term, and an unknown one becomes a
		// search.
		tb = b.open(server.URL+"/#imagepullbackoff", width)
		expect("the deep link", "h1", "ImagePullBackOff")
		expect("the language", "[aria-pressed=true]", "日本語")
		tb = b.open(server.URL+"/?lang=en#deplyoment", width)
		if got := tb.text("#hits a strong"); got != "Deployment" {
			t.Errorf("%s: an unknown link finds %q", name, got)
		}
	}
	for _, dark := range []string{"light", "dark"} {
		tb := b.open(server.URL+"/", widths["desktop"])
		tb.call(tb.session, "Emulation.setEmulatedMedia", object{"features": []object{{"name": "prefers-color-scheme", "value": dark}}}, nil)
		var back string
		tb.eval("getComputedStyle(document.body).backgroundColor", &back)
		if isDark := back == "rgb(13, 17, 23)"; isDark != (dark == "dark") {
			t.Errorf("%s: the background is %s", dark, back)
		}
	}
	if slices.ContainsFunc(served, func(path string) bool { return path != "/" }) {
		t.Errorf("the page requested %v, want only itself", served)
	}
	for _, address := range b.requests() {
		if !strings.HasPrefix(address, server.URL+"/") {
			t.Errorf("the browser requested %s", address)
		}
	}
	for _, c := range b.complaints() {
		t.Errorf("the browser complains: %s", c)
	}
}

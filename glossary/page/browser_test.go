package page

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A browser is a headless Chromium, controlled by its DevTools protocol
// (https://chromedevtools.github.io/devtools-protocol/).
type browser struct {
	t    *testing.T
	conn *websocket.Conn

	mu      sync.Mutex
	last    int
	waiting map[int]chan answer
	events  []event
}

type answer struct {
	Result json.RawMessage
	Error  *struct{ Message string }
}

type event struct {
	Method string
	Params json.RawMessage
}

// findBrowser returns the path of Chromium. It skips the test if there is none.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("SKIPPED-BROWSER: the page is not tested in a browser: install chromium")
	return ""
}

var listening = regexp.MustCompile(`DevTools listening on (ws://\S+)`)

// startBrowser starts Chromium, which ends with the test.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, findBrowser(t), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--no-first-run", "--disable-background-networking", "--disable-ipc-flooding-protection", "--remote-debugging-port=0", "--user-data-dir="+t.TempDir(), "about:blank")
	cmd.WaitDelay = 5 * time.Second
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cancel)
	var address string
	lines := bufio.NewScanner(stderr)
	for address == "" && lines.Scan() {
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			address = m[1]
		}
	}
	if address == "" {
		t.Fatalf("Chromium did not start: %v", lines.Err())
	}
	go func() { _, _ = io.Copy(io.Discard, stderr) }()
	conn, resp, err := websocket.DefaultDialer.Dial(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	b := &browser{t: t, conn: conn, waiting: make(map[int]chan answer)}
	go b.read()
	t.Cleanup(func() { // the processes must end before their files are removed
		b.call("", "Browser.close", object{}, nil)
		_ = cmd.Wait()
		conn.Close()
	})
	return b
}

// read dispatches the messages of the browser until the connection ends.
func (b *browser) read() {
	for {
		var m struct {
			ID int
			answer
			event
		}
		if err := b.conn.ReadJSON(&m); err != nil {
			return
		}
		b.mu.Lock()
		if m.ID == 0 {
			b.events = append(b.events, m.event)
		} else {
			b.waiting[m.ID] <- m.answer
		}
		b.mu.Unlock()
	}
}

// A tab is a page in the browser.
type tab struct {
	*browser
	session string
}

// call calls a method of a tab, or of the browser if session is "".
func (b *browser) call(session, method string, params, result any) {
	b.t.Helper()
	b.mu.Lock()
	b.last++
	id, done := b.last, make(chan answer, 1)
	b.waiting[id] = done
	err := b.conn.WriteJSON(map[string]any{"id": id, "sessionId": session, "method": method, "params": params})
	b.mu.Unlock()
	if err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
	select {
	case a := <-done:
		if a.Error != nil {
			b.t.Fatalf("%s: %s", method, a.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(a.Result, result); err != nil {
				b.t.Fatalf("%s: %v", method, err)
			}
		}
	case <-time.After(time.Minute):
		b.t.Fatalf("%s: no answer", method)
	}
}

type object = map[string]any

// open opens an address in a new tab with a width in pixels, and waits until the page is
// loaded.
func (b *browser) open(address string, width int) tab {
	b.t.Helper()
	var target struct{ TargetID string }
	b.call("", "Target.createTarget", object{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call("", "Target.attachToTarget", object{"targetId": target.TargetID, "flatten": true}, &attached)
	tb := tab{b, attached.SessionID}
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		tb.call(tb.session, domain+".enable", object{}, nil)
	}
	tb.call(tb.session, "Emulation.setDeviceMetricsOverride", object{"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	tb.call(tb.session, "Page.navigate", object{"url": address}, nil)
	tb.wait(`document.readyState === "complete" && document.querySelector("h1") !== null`)
	return tb
}

// eval evaluates JavaScript, which may be a promise, and decodes its value into result.
func (tb tab) eval(script string, result any) {
	tb.t.Helper()
	var r struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	tb.call(tb.session, "Runtime.evaluate", object{"expression": script, "returnByValue": true, "awaitPromise": true}, &r)
	if r.ExceptionDetails != nil {
		tb.t.Fatalf("%.200s: %s %s", script, r.ExceptionDetails.Text, r.ExceptionDetails.Exception.Description)
	}
	if result != nil {
		if err := json.Unmarshal(r.Result.Value, result); err != nil {
			tb.t.Fatalf("%.200s: %v in %s", script, err, r.Result.Value)
		}
	}
}

// wait waits until a condition in JavaScript is true.
func (tb tab) wait(condition string) {
	tb.t.Helper()
	for range 400 {
		var ok bool
		tb.eval("Boolean("+condition+")", &ok)
		if ok {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	tb.t.Fatalf("this did not become true: %s", condition)
}

func (tb tab) text(selector string) (text string) {
	tb.t.Helper()
	tb.eval(fmt.Sprintf(`(document.querySelector(%q) || {textContent: ""}).textContent`, selector), &text)
	return text
}

// press presses a key such as ArrowDown; text is the text that the key types.
func (tb tab) press(key, text string) {
	tb.t.Helper()
	for _, kind := range []string{"keyDown", "keyUp"} {
		tb.call(tb.session, "Input.dispatchKeyEvent", object{"type": kind, "key": key, "code": key, "text": text, "windowsVirtualKeyCode": map[string]int{"Enter": 13, "ArrowDown": 40, "Escape": 27, "/": 191}[key]}, nil)
	}
}

// click clicks the first visible element with the selector.
func (tb tab) click(selector string) {
	tb.t.Helper()
	var at struct{ X, Y float64 }
	tb.eval(fmt.Sprintf(`(() => {
		const e = [...document.querySelectorAll(%q)].find((e) => e.getBoundingClientRect().width > 0);
		e.scrollIntoView({block: "center"});
		const r = e.getBoundingClientRect();
		return {x: r.x + r.width / 2, y: r.y + r.height / 2};
	})()`, selector), &at)
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		tb.call(tb.session, "Input.dispatchMouseEvent", object{"type": kind, "x": at.X, "y": at.Y, "button": "left", "clickCount": 1}, nil)
	}
}

// requests returns the addresses that the browser has requested. It skips the browser's own
// requests and data URLs.
func (b *browser) requests() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []string
	for _, e := range b.events {
		var p struct{ Request struct{ URL string } }
		if e.Method == "Network.requestWillBeSent" && json.Unmarshal(e.Params, &p) == nil && !strings.HasPrefix(p.Request.URL, "data:") {
			all = append(all, p.Request.URL)
		}
	}
	return all
}

// complaints returns the errors that the browser has reported, such as a violated policy.
func (b *browser) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []string
	for _, e := range b.events {
		if slices.Contains([]string{"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}, e.Method) {
			all = append(all, string(e.Params))
		}
	}
	return all
}

// writePage writes the page to a file and returns its address.
func writePage(t *testing.T) string {
	t.Helper()
	file := t.TempDir() + "/page.html"
	if err := os.WriteFile(file, []byte(render(t, load(t))), 0o644); err != nil {
		t.Fatal(err)
	}
	return "file://" + file
}

// encode returns a value as JSON, which is also JavaScript.
func encode(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

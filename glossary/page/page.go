package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/zipped"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css.gz
	cssZipped string
	//go:embed page.js.gz
	jsZipped string
)

// pageCSS and pageJS return the page's style and script, which are embedded in compressed form.
//
//go:generate zopfli --i15 page.css page.js
var (
	pageCSS = sync.OnceValue(func() string { return zipped.Text(cssZipped) })
	pageJS  = sync.OnceValue(func() string { return zipped.Text(jsZipped) })
)

// Render returns the page about the terms of g, in UTF-8.
func Render(g *glossary.Glossary) ([]byte, error) {
	encoded, err := encodeData(g)
	if err != nil {
		return nil, fmt.Errorf("cannot encode the terms: %w", err)
	}
	var out bytes.Buffer
	_, err = strings.NewReplacer(
		"{{policy}}", policy(), "{{style}}", pageCSS(), "{{script}}", pageJS(),
		"{{map}}", drawMaps(g), "{{data}}", string(encoded),
	).WriteString(&out, pageHTML)
	return out.Bytes(), err
}

// policy is the Content-Security-Policy: it allows only the style and the script of the page, and
// an empty icon, which keeps browsers from requesting one
// (https://www.w3.org/TR/CSP3/#framework-directives).
var policy = sync.OnceValue(func() string {
	return strings.Join([]string{
		"default-src 'none'", "style-src " + hash(pageCSS()), "script-src " + hash(pageJS()), "img-src data:",
		"base-uri 'none'", "form-action 'none'",
	}, "; ")
})

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

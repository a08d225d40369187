// Package page writes the glossary as one HTML file that needs nothing else: all terms in
// both languages, a search that runs in the browser, a map of a cluster, and the lifecycles of
// objects. [Render] returns the file, and [Handler] serves it.
//
// data.go collects what the page knows as JSON, words.go has its own texts, map.go draws the
// map, and page.html, page.css and page.js are the rest. The script never makes HTML of text:
// it creates elements. A Content-Security-Policy with the hashes of the style and the script
// forbids all others, and every request.
package page

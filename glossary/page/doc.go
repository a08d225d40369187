// Package page writes the glossary as one self-contained HTML file: all terms in both
// languages, a search that runs in the browser, a map of a cluster, and the lifecycles of
// objects. [Render] returns the file, and [Handler] serves it.
//
// data.go collects the data of the page as JSON, words.go contains the page's own texts,
// map.go draws the map, and page.html, page.css and page.js make up the rest. The script never
// turns text into HTML: it creates elements. A Content-Security-Policy with the hashes of the
// style and the script forbids all other styles and scripts, and every request.
package page

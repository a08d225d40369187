package query

import (
	"slices"
	"strconv"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// SplitPage splits a page number from the end of text, as in "networking 2". The page is 1 if text
// has no page number.
func SplitPage(text string) (name string, page int) {
	i := strings.LastIndexAny(text, " 　")
	if i < 0 {
		return text, 1
	}
	name = strings.TrimSpace(text[:i])
	if page, err := strconv.Atoi(strings.TrimLeft(text[i:], " 　")); err == nil && page > 0 && name != "" {
		return name, page
	}
	return text, 1
}

// Categories returns the categories that text may mean: the category with that name or title or, if
// there is none, the categories whose names or titles begin with text or, if there are none, those
// with the closest spellings. exact reports whether text is the name or title itself.
func Categories(text string) (found []glossary.Category, exact bool) {
	if c, err := glossary.ParseCategory(text); err == nil {
		return []glossary.Category{c}, true
	}
	typed := []rune(fold.Key(text))
	if len(typed) < 2 {
		return nil, false
	}
	limit := fold.MaxEdits(len(typed))
	closest := limit + 1
	var begin, near []glossary.Category
	for _, c := range glossary.Categories() {
		edits := limit + 1
		for _, name := range []string{string(c), c.Title(glossary.English), c.Title(glossary.Japanese)} {
			key := fold.Key(name)
			if strings.HasPrefix(key, string(typed)) && !slices.Contains(begin, c) {
				begin = append(begin, c)
			}
			edits = min(edits, fold.Distance(typed, []rune(key), limit))
		}
		if edits < closest {
			closest, near = edits, nil
		}
		if edits == closest && edits <= limit {
			near = append(near, c)
		}
	}
	if len(begin) > 0 {
		return begin, false
	}
	return near, false
}

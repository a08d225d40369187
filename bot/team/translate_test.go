package team_test

import (
	"strings"
	"testing"
	"time"

	"k8sbot/bot/team"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// TestTranslated checks that the Japanese texts cover the mistakes that people make in
// spreadsheets.
func TestTranslated(t *testing.T) {
	const header = "id,category,name_en,name_ja,reading,aliases,layers,summary_en,summary_ja,meaning_en,severity,docs_en,tier\n"
	never := func(string) (int, error) { return 0, nil }
	for name, tt := range map[string]struct{ file, want string }{
		"duplicate":      {header + "a,,a,,,,,A a.,,,,,\na,,a,,,,,A a.,,,,,\n", `3行目 ID"team-a"は2行目にもあります`},
		"category":       {header + "a,nowhere,a,,,,,A a.,,,,,\n", `2行目 category: "nowhere"は指定できません`},
		"severity":       {header + "a,,a,,,,event,A a.,,,bad,,\n", `severity: "bad"は指定できません`},
		"tier":           {header + "a,,a,,,,,A a.,,,,,often\n", "tier: 1、2、3のどれか"},
		"no name":        {header + ",,,,,,,A a.,,,,,\n", "2行目 名前がありません"},
		"no summary":     {header + "a,,a,,,,,,,,,,\n", "summary: 入力してください"},
		"period":         {header + "a,,a,,,,,A a,,,,,\n", "英語の文はピリオドで終えてください"},
		"full stop":      {header + "a,,a,,,,,,説明です,,,,\n", "日本語の文は「。」で終えてください"},
		"languages":      {header + "a,,a,,,,,説明です。,,,,,\n", "summary_en: 英語の欄に日本語があります"},
		"reading":        {header + "a,,a,用語,yougo,,,A a.,,,,,\n", "読みはカタカナで入力してください"},
		"full width":     {header + "a,,a,,,,,,ＡＢＣです。,,,,\n", "半角にしてください"},
		"space":          {header + "a,,a,,,,,,これは a です。,,,,\n", "空白を削除してください"},
		"sentences":      {header + "a,,a,,,,,A a.,,\"One. Two. Three. Four. Five. Six. Seven. Eight. Nine. Ten.\",,,\n", ""},
		"link":           {header + "a,,a,,,,,A a.,,,,nowhere,\n", "docs_en: https://で始まるリンク"},
		"backtick":       {header + "a,,a,,,,,A `a.,,,,,\n", "2つ1組"},
		"unknown column": {"name_en,sumary_en\na,b\n", `列"sumary_en"はありません`},
		"two columns":    {"name_en,name_en\na,b\n", `列"name_en"が2つあります`},
		"no column":      {"name_en,summary_en\na,b,c\n", `2行目 セル"c"に対応する列がありません`},
		"empty":          {"", "ファイルが空です"},
		"encoding":       {"name_en\n\xff\n", "文字コードがUTF-8ではありません"},
		"quote":          {"name_en,summary_en\na,A \"b.\n", "2つ重ねてください"},
	} {
		plan, _, err := team.Import(strings.NewReader(tt.file), team.Terms{}, never, time.Time{})
		var mistakes []string
		if err != nil {
			mistakes = []string{err.Error()}
		} else {
			mistakes = plan.Conflicts
		}
		said := ""
		for _, m := range mistakes {
			text := wording.TeamIn(glossary.Japanese).Problem(m)
			if strings.Contains(text, "この内容は保存できません") {
				t.Errorf("%s: %q has no translation", name, m)
			}
			said += text + "\n"
		}
		if !strings.Contains(said, tt.want) {
			t.Errorf("%s: got %q for %q, want %q", name, said, mistakes, tt.want)
		}
	}
}

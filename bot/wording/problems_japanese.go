package wording

import "k8sbot/glossary/lazyregexp"

// problems contains the Japanese translations of messages about form fields and spreadsheets. If
// several entries match a message, the first entry counts.
var problems = []struct {
	message lazyregexp.Regexp
	text    string
}{
	// spreadsheets
	{lazyregexp.New(`^duplicate id ("[^"]*"), also on line (\d+)`), "ID${1}は${2}行目にもあります。片方を削除してください。"},
	{lazyregexp.New(`^"[^"]*" is in (\S+): move the file`), "この用語の分類は${1}です。分類を変えるには、用語を作り直してください。"},
	{lazyregexp.New(`is a built-in term`), "組み込みの用語と同じIDです。別のIDにしてください。"},
	{lazyregexp.New(`^(?:unknown category|unknown value) ("[^"]*"): use one of (.+)`), "${1}は指定できません。次のどれかにしてください: ${2}"},
	{lazyregexp.New(`^invalid ID`), "IDに使えるのは、英小文字、数字、1つずつのハイフンだけです。"},
	{lazyregexp.New(`^missing id|^has no name: write name_en`), "名前がありません。name_enかname_jaを入力してください。"},
	{lazyregexp.New(`^the file is larger than (\d+) MB`), "ファイルが${1} MBを超えています。分割してください。"},
	{lazyregexp.New(`^the file is not UTF-8`), "文字コードがUTF-8ではありません。「CSV UTF-8」の形式で保存してください。"},
	{lazyregexp.New(`^the file is empty`), "ファイルが空です。1行目に、name_en,summary_enのような列名を書いてください。"},
	{lazyregexp.New(`^unknown column ("[^"]*"): use (.+)`), "列${1}はありません。使える列: ${2}"},
	{lazyregexp.New(`^two columns are called ("[^"]*")`), "列${1}が2つあります。片方を削除してください。"},
	{lazyregexp.New(`^the cell (".*") has no column: quote cells that contain (".+")`), "セル${1}に対応する列がありません。${2}を含むセルは引用符で囲んでください。"},
	{lazyregexp.New(`^the file has more than (\d+) terms`), "用語が${1}件を超えています。減らしてください。"},
	{lazyregexp.New(`put cells that contain a quote between quotes`), "引用符を含むセルは引用符で囲み、中の引用符は2つ重ねてください。"},
	{lazyregexp.New(`^"([^"]*)" is not a whole number|^is missing or out of range`), "1、2、3のどれかにしてください(1は誰もが必要とする用語)。"},
	{lazyregexp.New(`^is missing: a term of kind "([^"]*)" is a status; use one of (.+)`), "種類が${1}の用語には重大度が必要です。次のどれかにしてください: ${2}"},
	{lazyregexp.New(`^is missing: say what kind`), "用語の種類を入力してください(conceptなど)。"},
	{lazyregexp.New(`^is missing: (?:list the causes|say what to look|say how long)`), "状態を表す用語には、原因と確認方法が必要です。ファイルではなくフォームで追加してください。"},
	{lazyregexp.New(`^has no "(?:of|set_by)"`), "この種類は表計算ファイルでは指定できません。conceptなどにしてください。"},
	{lazyregexp.New(`^("[^"]*") does not end with a period`), "英語の文はピリオドで終えてください: ${1}"},
	{lazyregexp.New(`^("[^"]*") does not end with 。`), "日本語の文は「。」で終えてください: ${1}"},
	{lazyregexp.New(`^("[^"]*") is Japanese: write the English`), "英語の欄に日本語があります: ${1}"},
	{lazyregexp.New(`^("[^"]*") is not Japanese`), "日本語の欄に日本語がありません: ${1}"},
	{lazyregexp.New(`^("[^"]*") is not katakana`), "読みはカタカナで入力してください: ${1}"},
	{lazyregexp.New(`^there is a space next to Japanese in ("[^"]*")`), "日本語の隣の空白を削除してください: ${1}"},
	{lazyregexp.New(`^("[^"]*") is full-width`), "英数字、かっこ、空白は半角にしてください: ${1}"},
	{lazyregexp.New(`^the number of sentences is (\d+), want (\d+) to (\d+)`), "文が${1}個あります。${2}個から${3}個までを、1行に1文ずつ書いてください。"},
	{lazyregexp.New(`^has (\d+) lines: write one sentence`), "${1}行あります。1文を1行で書いてください。"},
	{lazyregexp.New(`^is nearly the same as the summary of ([^:]+):`), "用語${1}の説明とほとんど同じです。違いが分かるように書いてください。"},
	{lazyregexp.New(`^the term (\S+) already has ("[^"]*")`), "${2}はすでに用語${1}にあります。削除してください。"},
	{lazyregexp.New(`^contains the invisible character (\S+):`), "見えない文字(${1})を削除してください。"},
	{lazyregexp.New(`^contains ("[^"]*"): write plain text`), "${1}は使えません。装飾や連続した空白を除いてください。"},
	// fields of the form
	{lazyregexp.New(`^is missing|^is empty`), "入力してください。"},
	{lazyregexp.New(`^both names are Japanese`), "名前が両方とも日本語です。片方を別名に移してください。"},
	{lazyregexp.New(`^neither name is Japanese`), "名前が両方とも英語です。片方を別名に移してください。"},
	{lazyregexp.New(`^has several sentences`), "同じ言語の文が複数あります。言語ごとに1文にしてください。"},
	{lazyregexp.New(`has (\d+) characters, but the limit is (\d+)`), "${1}文字あります。${2}文字以内にしてください。"},
	{lazyregexp.New(`has (\d+) aliases, but the limit is (\d+)`), "別名が${1}個あります。${2}個以内にしてください。"},
	{lazyregexp.New(`contains no letters or digits`), "文字または数字を含めてください。"},
	{lazyregexp.New(`^("[^"]*") also belongs to`), "${1}はほかの用語と重複しています。"},
	{lazyregexp.New(`^("[^"]*") is redundant`), "${1}は不要です。削除してください。"},
	{lazyregexp.New(`^("[^"]*"): write (.+) instead$`), "${1}は「${2}」に書き換えてください。"},
	{lazyregexp.New(`(?i)link|https?|address|URL`), "https://で始まるリンクを入力してください。"},
	{lazyregexp.New("backtick"), "「`」は2つ1組で、コードの前後に付けてください。"},
}

// place matches the beginning of a message about a mistake in a file: the line, and the column or
// field.
var place = lazyregexp.New(`^(?:line (\d+): )?(?:([a-z]+(?:_[a-z]+|\[\d+\])*): )?`)

func problemJA(message string) string {
	at := place.FindStringSubmatch(message)
	text := translated(message[len(at[0]):])
	if at[2] != "" {
		text = at[2] + ": " + text
	}
	if at[1] != "" {
		text = at[1] + "行目 " + text
	}
	return text
}

// translated returns the translation of a message that does not begin with a place.
func translated(message string) string {
	for _, p := range problems {
		if m := p.message.FindStringSubmatchIndex(message); m != nil {
			return string(p.message.ExpandString(nil, p.text, message, m))
		}
	}
	return "この内容は保存できません: " + message
}

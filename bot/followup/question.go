package followup

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"k8sbot/glossary/fold"
)

// A Question is a kind of follow-up question about the last term.
type Question int

// The kinds of questions.
const (
	NoFollowUp Question = iota // the question names its own subject
	What                       // such as "what is it"
	Details                    // such as "how do I fix it", "why", "an example" or "more"
	Versus                     // how a subject differs from the last term, such as "vs toleration"
	Other                      // about another subject, such as "and toleration?"
)

// The words that may surround an English question, and the words that can refer to the last term.
const (
	opener  = `(?:(?:and|so|but|ok|okay|then|also|well|hmm|hm|please|pls|hey|great|thanks|thx) )*`
	closer  = `(?: (?:then|now|please|pls|again|here|though|exactly|thanks|thx))*`
	pronoun = `(?:it|this|that|these|those|them|they)(?: (?:one|error|problem|issue|status|thing|term|message))?`
	act     = `(?:fix|solve|resolve|debug|check|investigate|diagnose|troubleshoot|prevent|avoid|repair|handle|stop|clear|use|configure|set up|see|find|change|delete|remove|create|restart|get rid of|deal with|work around|look at|read more about|learn more about)`
	aboutIt = `(?: (?:about|on|of|for|from|with|to|in|like) ` + pronoun + `)?`
	amount  = `(?:(?:me|us|a|an|any|some|one|the|another|bit|little|yaml|concrete|simple|quick|real|got|have|there|is|are|give|show|tell|say|explain|can|could|you|i|need|want|see|get) )*`
)

// patterns are the regular expressions for the follow-up questions in one language.
type patterns struct{ details, what *regexp.Regexp }

var english = sync.OnceValue(func() patterns {
	around := func(questions ...string) *regexp.Regexp {
		return regexp.MustCompile(`^` + opener + `(?:` + strings.Join(questions, "|") + `)` + closer + `$`)
	}
	return patterns{
		details: around(
			`how (?:do|can|could|should|would|to|might)(?: (?:i|we|you|one))? `+act+`(?: `+pronoun+`)?`,
			`(?:can|could|should|shall) (?:i|we|you) `+act+` `+pronoun,
			`(?:what|how) (?:can|do|should|could|shall|must) (?:i|we|you) (?:do|type|run|check|try)(?: first)?(?: (?:about|with|against) `+pronoun+`)?`,
			`(?:how|why)(?: so)?|what now|now what|then what|what next|the fix|fix(?: it)?|help(?: me)? with `+pronoun,
			`why (?:is|does|did|would|do|was|are) `+pronoun+`(?: (?:happen|occur|fail|break|appear|happening|failing|so|like that|there))*`,
			`what (?:causes?|caused|is causing|triggers) `+pronoun,
			`what(?:'s| is| are| was| were) the (?:cause|causes|reason|reasons|fix|solution|workaround|root cause|command|commands)`+aboutIt,
			`how (?:is|are|was|does|do) `+pronoun+` (?:fixed|solved|work|happen|used|configured|set|look)`,
			amount+`(?:examples?|samples?|details?|causes?|commands?|yaml|manifest)`+aboutIt,
			amount+`more(?: (?:details?|info|information|please))?`+aboutIt+`|(?:go on|continue|elaborate)(?: on `+pronoun+`)?|(?:explain `+pronoun+` )?in (?:more )?detail`,
		),
		what: around(
			`what(?:'s| is| are| was| does| do| did) `+pronoun+`(?: (?:mean|called|do|for))?`,
			`what (?:is|was) `+pronoun+` about`,
		),
	}
})

// japanese matches questions without punctuation and spaces.
var japanese = sync.OnceValue(func() patterns {
	around := func(questions ...string) *regexp.Regexp {
		return regexp.MustCompile(`^(?:じゃあ|じゃ|では|それでは|あと|で|それで|ちなみに|なるほど|了解)*(?:(?:それ|これ|あれ|そいつ|こいつ)(?:の|って|は|を|が|で|に|も)?|(?:その|この|あの)(?:エラー|問題|状態|用語|言葉|メッセージ)?(?:の|って|は|を|が)?)?` +
			`(?:` + strings.Join(questions, "|") + `)` +
			`(?:って|とか|は|を|が|も|と|の|で|に|か|ある|あります|ありますか|教えて|おしえて|説明して|見せて|みせて|知りたい|出して|ちょうだい|ください|下さい|くれ|くれる|もらえる|ほしい|欲しい|お願い|お願いします|おねがい|なに|何|なん|だっけ|ですか|です|だ|いい|良い|よい|いいの|んだ|ん|のか|べき|わけ|ます|ますか|どう|どこ|する|すれば|したら|なの)*$`)
	}
	return patterns{
		details: around(
			`(?:直し方|治し方|なおし方|直す方法|対処法|対処方法|対処|対応方法|対策|解決法|解決方法|解決策|回避策|回避方法|原因|理由|(?:yaml|コマンド|設定|具体的な)?(?:の)?例|具体例|設定例|使用例|サンプル|サンプルコード|yaml|マニフェスト|使い方|書き方|作り方|消し方|変え方|調べ方|見方|見分け方|確認方法|確認の仕方|コマンド|詳細|続き|仕組み)`,
			`(?:もっと|もう少し|もうちょっと|さらに|より)?(?:詳しく|くわしく|詳細に|細かく|具体的に)`,
			`もっと|もう少し|続けて`,
			`(?:どうやって|どうしたら|どうすれば|どう|いつ)?(?:直す|直せば|直したら|治す|治せば|解決する|解決すれば|対処する|対処すれば|対応すれば|防ぐ|防げば|避ける|使う|使えば|設定する|確認する|調べる|調べれば|作る|消す)`,
			`(?:どうやったら|どうすれば|どうしたら)(?:直る|なおる|治る|解決する|消える|直せる)?|どうする`,
			`(?:何で|なんで|なぜ|どうして)(?:起きる|起こる|起きた|起こった|発生する|出る|なる|なった|こうなる|そうなる)?`,
			`例を?(?:見せて|出して|挙げて)?`,
		),
		what: around(
			`(?:なに|何|なん|どういう意味|どういうこと|何のこと|どんなもの|何者|意味)`,
		),
	}
})

// Parse returns the kind of follow-up question that text is, and the subject for [Versus] and
// [Other]. It returns [NoFollowUp] if text does not refer to an earlier question.
func Parse(text string) (asks Question, subject string) {
	if len(text) > maxLength {
		return NoFollowUp, ""
	}
	typed := text
	text = strings.ReplaceAll(strings.ToLower(norm.NFKC.String(text)), "’", "'")
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r != '\'' && r != 'ー' && (unicode.IsPunct(r) || unicode.IsSymbol(r))
	}), " ")
	lang := english
	if fold.HasJapanese(text) {
		lang, text = japanese, strings.ReplaceAll(text, " ", "")
	}
	switch p := lang(); {
	case text == "":
		return NoFollowUp, ""
	case p.details.MatchString(text):
		return Details, ""
	case p.what.MatchString(text):
		return What, ""
	}
	return parseSubject(typed)
}

// subjects matches follow-up questions that name a subject, which is the first group.
var subjects = sync.OnceValue(func() (p struct{ versus, other []*regexp.Regexp }) {
	for _, re := range []string{
		`(?i)^` + opener + `(?:vs\.?|versus|compared (?:to|with)|(?:what(?:'s| is) )?(?:the )?difference (?:to|from|with|between ` + pronoun + ` and)|how (?:is|does) ` + pronoun + ` (?:different|differ) from) (.+)$`,
		`^(?:それ|これ|じゃあ|では|ちなみに|、)*(.+?)との(?:違い|差|使い分け)[^\n]{0,10}$`,
	} {
		p.versus = append(p.versus, regexp.MustCompile(re))
	}
	for _, re := range []string{
		`(?i)^(?:(?:and|so|but|ok|okay|then|also|well|hmm|hm),? )+([^\n]+)$`,
		`^(?:じゃあ|じゃ|では|それでは|あと|それと|ちなみに)、?([^\n]+)$`,
	} {
		p.other = append(p.other, regexp.MustCompile(re))
	}
	return p
})

// parseSubject is Parse for questions that name a subject.
func parseSubject(text string) (asks Question, subject string) {
	text = strings.TrimFunc(strings.ReplaceAll(text, "’", "'"), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("?？。.", r) })
	find := func(all []*regexp.Regexp) string {
		for _, re := range all {
			if m := re.FindStringSubmatch(text); m != nil {
				return strings.TrimSpace(m[1])
			}
		}
		return ""
	}
	if subject = find(subjects().versus); subject != "" {
		return Versus, subject
	}
	if subject = find(subjects().other); subject != "" {
		return Other, subject
	}
	return NoFollowUp, ""
}

// maxLength is the maximum length of a follow-up question in bytes.
const maxLength = 120

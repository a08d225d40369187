package task

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"k8sbot/glossary/fold"
)

// An intent is how plainly a text asks for a task.
type intent int

const (
	other    intent = iota // a question about a word, a complaint, or a single name
	plain                  // it may be a request: "logs of the last hour"
	implicit               // it is put as a request: "restart the deployment", ログを見る
	explicit               // it asks how to do something, or says that one wants to
)

// asking matches the words with which people ask how to do something.
var asking = regexp.MustCompile(`(?i)\bhow (?:(?:do|can|could|should|would|might|shall) (?:i|we|you|one|u)|to|i (?:can|could|do))\b|\bhow'?d (?:i|you)\b` +
	`|\b(?:any|the|a|best|easiest|quick|quickest|right|correct|better|good) ways? (?:to|of)\b|\bcommands? (?:to|for|that)\b|\bcommands?\W*$|\b(?:what|which|the) (?:kubectl )?command\b` +
	`|\b(?:want|wanna|need|like|trying|have|looking) to\b|\b(?:i|we) need (?:a|the|some)\b|^(?:please |pls )?(?:can|could|may) (?:i|we|you)\b|\bis (?:it|there) (?:possible|a way)\b` +
	`|たい(?:です|んです|んだ|の|ん|ので|けど|が|と|時|とき|場合|な|、|。|！|!|…|\s|$)|方法|やり方|やりかた|仕方|しかた|手順|コマンド` +
	`|[うくすつぬぶむる]には|どうやって|どうやる|どうやれ|どうすれば|どうすりゃ|どうしたら|どうするん|どうする(?:の|ん|[？?]|$)|[^え]て(?:ほしい|欲しい|ください|下さい|もらえ|いただけ)|[^え]て(?:くれ|おいて)[。！!]?$|(?:が|に|は)(?:ほしい|欲しい)|って(?:どうや|どうす|できる)|(?:の見方|の出し方|の作り方|の消し方|直し方|の書き方)[？?]?$|できますか|ことはでき|ことってでき|っけ[？?]?$`)

// aboutWord matches questions about a word, and about why something happens.
var aboutWord = regexp.MustCompile(`(?i)\bwhat(?:'s|s| is| are| was| does| do| did| exactly| an?)\b|\bwhats\b|\bwh(?:y|o)\b|\bhow (?:does|do pods|come|is|are|did|long)\b|\bmeans?\b|\bmeaning\b|\bdifference\b|\bvs\.?\b|\bversus\b|\bdefinition\b|\bdefine\b|\bpurpose\b` +
	`|\bstands? for\b|\b(?:things?|something|one|tool|component|program|object|resource) (?:that|which)\b|\bcalled\b|\bexplain(?:ed)?\b` +
	`|^[A-Za-z][\w.-]*を(?:教えて|説明して)|とは|って(?:何|なに|なん)|何(?:です|だ|の|を|が|か|[？?]|$)|なに[？?]?$|意味|違い|なぜ|なんで|何故|どうして|理由|原因|仕組み|役割|(?:やつ|ヤツ|もの|仕組み|機能|コンポーネント|ツール)(?:は|って|の名前)?[?？。]?$|どういう|の略|呼び方|呼ぶ|用語|名前は|どうなる|について|のこと|使い方|使いかた|わかりやすく|詳しく$|必要ですか|必要$`)

// usesWord matches questions about what a word is good for.
var usesWord = regexp.MustCompile(`(?i)\bhow (?:do|to|can|should) (?:i |we |you )?(?:use|read)\b`)

// isFix matches questions about how to repair something: what the bot says about the status
// answers these.
var isFix = regexp.MustCompile(`(?i)\b(?:fix|fixing|solve|resolve|troubleshoot|prevent|avoid|handle|deal with|recover|mitigate|work ?around)\b|(?:^|[^りげきし])直[しすせ]|対処|対応|解決|防ぐ|防ぎ|防止|回避|抜け出`)

// complaint matches what people say if something does not work.
var complaint = regexp.MustCompile(`(?i)\b(?:can'?t|cannot|won'?t|doesn'?t|don'?t|isn'?t|aren'?t|not|never|no longer|unable|keeps?|keep getting|failing|fails|failed|stuck|error|errors|crashing|broken|denied|refused|timeout|timed out|got|getting|gets|suddenly|always|still|blocked|blocks|hangs|nothing|skipped|skips|unknown|forever|exited|wrong|after|when|while)\b` +
	`|ない|ません|なかった|出る|出た|出て|なった|なって|なる$|なります|失敗|エラー|落ちる|落ちた|落ちて|止まる|止まった|止まって|死んだ|死んで|おかしい|遅い|重い|困って|ダメ|だめ|できん|れん$|へん|詰まっ|ハマっ|はまっ|勝手に|突然|急に|[かがさたなまらば]れる|[かがさたなまらば]れた|される|された|されて|しまくる|続ける|終わらん|止まらん|すぎ|っぽい`)

// stuck matches an object that does not go away. To be rid of it is a task, though it sounds
// like a complaint.
var stuck = regexp.MustCompile(`(?i)\b(?:delete|remove|kill)\b.*\b(?:stuck|terminating|hangs|won'?t)\b|Terminating.*(?:消す|削除)`)

// lookup matches questions about the objects of a cluster.
var lookup = regexp.MustCompile(`(?i)^(?:so |and |hey )?(?:which|where|who (?:created|uses|owns|made)|on which|from which|how (?:much|many)|what (?:can|cluster|context|images?|nodes?|pods?|resources?|versions?|namespaces?|env|environment|permissions?|kinds?))\b|^(?:is my|am i|are my|do i have)\b|^(?:only|just) |どの.*(?:[？?]|か$|ている$|てる$)|いくつ|どれ(?:くらい|だけ).*[？?か]$`)

// conditional matches the ends of Japanese conditions: what happens then is not a request.
var conditional = regexp.MustCompile(`(?:[たっん]|だ)ら|れば|えば|ときに|と自動|ごとに|ずつ|ための|くれる|てから`)

// withOneCommand matches what has a command but asks for none.
var withOneCommand = regexp.MustCompile(`(?i)\b(?:with|in) (?:one|a single) command\b|コマンド1つで|コマンド一つで`)

// subject matches the particle of a Japanese subject: what does something by itself is not a
// request.
var subject = regexp.MustCompile(`[\p{Han}\p{Katakana}ーa-zA-Z]が`)

// verbStart matches the verbs with which an English request starts.
var verbStart = regexp.MustCompile(`(?i)^(?:please |pls |just |help me |let'?s )*(?:restart|reboot|bounce|recreate|redeploy|reload|delete|remove|kill|terminate|wipe|purge|clean|clear|uninstall|force|get|see|show|view|display|print|check|list|find|look|inspect|read|which|where|exec|execute|enter|log ?in|ssh|open|run|start|launch|spin|create|make|add|generate|set|change|edit|modify|update|upgrade|increase|decrease|reduce|raise|lower|give|grant|assign|allow|scale|stop|halt|shut|turn|disable|enable|pause|resume|suspend|unsuspend|roll|rollback|undo|revert|go|restore|stream|follow|tail|watch|monitor|save|export|dump|write|download|upload|copy|move|put|pull|push|fetch|transfer|switch|use|select|forward|access|reach|connect|apply|deploy|install|port|diff|compare|preview|validate|test|verify|dry|wait|debug|troubleshoot|attach|curl|ping|decode|decrypt|drain|evict|evacuate|empty|cordon|uncordon|mark|taint|untaint|label|annotate|tag|patch|replace|overwrite|resize|expand|grow|enlarge|extend|expose|publish|approve|deny|sign|sort|order|filter|trigger|rerun|retry|kick|describe|explain|store|rotate|rename|block|schedule|autoscale|extract|limit|am i allowed|who am i|do i have|relocate|migrate|freeze|halt|duplicate|clone|share|impersonate|reset|bring|take|make|keep|protect|retain|search|locate|query|call|send|load|inject|pass|bind|record|count|evict|rebalance|reschedule|reload|recover|back ?up|collect|gather|tunnel|refresh|trace|profile|autocomplete)\b`)

// askedObject matches the ends of Japanese requests that name what to do something with, even if
// it is something broken.
var askedObject = regexp.MustCompile(`[をに][^をにがは、。]{1,14}$`)

// brokenObject matches the starts of English requests about something that is broken.
var brokenObject = regexp.MustCompile(`(?i)^(?:please |pls )?(?:find|list|show|get rid|clean|delete|remove|purge|debug|force|kill|filter)\b`)

// endsBroken matches what does not work itself.
var endsBroken = regexp.MustCompile(`(?i)\b(?:fails?|failing|failed|hangs?|working|works?|blocked|refused|denied|error|nothing|forever)\W*$|れる$|[ただいんず]$|ません$|失敗|\b(?:never|because)\b`)

// verbEnd matches the ends of Japanese requests without a word of asking.
var verbEnd = regexp.MustCompile(`(?:[うくすつぬぶむる]|して|[見消出]て|一覧|確認|表示|切り?替え?|再起動|削除|変更|追加|作成|取得|実行|停止|適用|更新|デコード|ロールバック|スケール|コピー|ポートフォワード|承認|付与|発行|解除|テスト|チェック)[。！!？?\s]*$`)

// intentOf returns the intent of a text. named is set if names of objects were taken out of it.
func intentOf(text string, named bool) intent {
	text = withOneCommand.ReplaceAllString(strings.TrimSpace(norm.NFKC.String(text)), "")
	if len(wordRuns.FindAllString(text, 2)) < 2 && !named || isFix.MatchString(text) || usesWord.MatchString(text) {
		return other
	}
	if asking.MatchString(text) {
		if aboutWord.MatchString(asking.ReplaceAllString(text, " ")) {
			return other
		}
		return explicit
	}
	isAbout, isBroken := aboutWord.MatchString(text), complaint.MatchString(text)
	starts := !fold.HasJapanese(text) && verbStart.MatchString(text) && !isTitle.MatchString(text)
	switch {
	case lookup.MatchString(text) && !isBroken, stuck.MatchString(text):
		return implicit
	case (starts && brokenObject.MatchString(text) || !isAbout && askedObject.MatchString(text)) && !endsBroken.MatchString(text) && !conditional.MatchString(text):
		return implicit
	case !isAbout && aboutOutput.MatchString(text):
		return plain
	case isBroken, conditional.MatchString(text), isAbout && !starts:
		return other
	case starts:
		return implicit
	case subject.MatchString(text):
		return other
	case verbEnd.MatchString(text) && strings.ContainsAny(text, "をにのへで "):
		return implicit
	}
	least := minPlain
	if particle.MatchString(text) {
		least = minPlain - 1
	}
	if len(wordRuns.FindAllString(text, least)) < least {
		return other
	}
	return plain
}

// isTitle matches names of products and the like: Check Point.
var isTitle = regexp.MustCompile(`^(?:[A-Z][a-z0-9]+[ -]?)+$`)

// aboutOutput matches phrases for what one may want to see of something, even if it is broken.
var aboutOutput = regexp.MustCompile(`(?i)^(?:(?:the|all|previous|old|full|latest) )?(?:logs?|events?|yaml|output|list|names?|history) (?:of|for|from|in)\b|(?:の|な)?(?:ログ|一覧|イベント|中身|履歴|コンテナ名|使用量|使用率)(?:は|を|って)?[？?]?$`)

// particle matches the particles between Japanese nouns.
var particle = regexp.MustCompile(`[\p{Han}\p{Katakana}ーa-zA-Z](?:の|を|に|で|へ|から|だけ)`)

// minPlain is the least number of words of a text that may be a request without saying so.
const minPlain = 3

// wordRuns matches the words of a text: runs of one script. Hiragana is grammar.
var wordRuns = regexp.MustCompile(`[a-zA-Z0-9][\w.'-]*|[\p{Katakana}ー]+|\p{Han}+`)

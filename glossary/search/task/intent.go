package task

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// An intent is how plainly a text asks for a task.
type intent int

const (
	other   intent = iota // a question about a word, a complaint, or a single name
	plain                 // it may be a request: "logs of the last hour"
	request               // "how do I …", "restart the deployment", 「…したい」
)

// explicit matches the words with which people ask how to do something.
var explicit = regexp.MustCompile(`(?i)\bhow (?:(?:do|can|could|should|would|might|shall) (?:i|we|you|one|u)|to|i (?:can|could|do))\b|\bhow'?d (?:i|you)\b` +
	`|\b(?:any|the|a|best|easiest|quick|quickest|right|correct|better|good) ways? (?:to|of)\b|\bcommands? (?:to|for|that)\b|\bcommands?\W*$|\b(?:what|which|the) (?:kubectl )?command\b` +
	`|\b(?:want|wanna|need|like|trying|have|looking) to\b|\bneed (?:a|the|some)\b|^(?:please |pls )?(?:can|could|may) (?:i|we|you)\b|\bis (?:it|there) (?:possible|a way)\b` +
	`|たい(?:です|んです|んだ|の|ん|ので|けど|が|と|時|とき|場合|な|、|。|！|!|…|\s|$)|方法|やり方|やりかた|仕方|しかた|手順|コマンド` +
	`|[うくすつぬぶむる]には|どうやって|どうやる|どうやれ|どうすれば|どうすりゃ|どうしたら|どうするん|どうする(?:の|ん|[？?]|$)|て(?:ほしい|欲しい|くれ|ください|下さい|もらえ|いただけ|おいて)|がほしい|が欲しい|って(?:どう|できる)|できますか|ことはでき|ことってでき|っけ[？?]?$`)

// aboutWord matches questions about a word, and about why something happens.
var aboutWord = regexp.MustCompile(`(?i)\bwhat(?:'s|s| is| are| was| does| do| did| exactly)\b|\bwhats\b|\bwhy\b|\bhow (?:does|do pods|come|is|are|did|many|long)\b|\bmeans?\b|\bmeaning\b|\bdifference\b|\bvs\.?\b|\bversus\b|\bdefinition\b|\bdefine\b|\bpurpose\b` +
	`|\bstands? for\b|\b(?:things?|something|one|tool|component|program|object|resource) (?:that|which)\b|\bcalled\b` +
	`|とは|って(?:何|なに|なん)|何(?:です|だ|の|を|が|[？?]|$)|なに[？?]?$|意味|違い|なぜ|なんで|何故|どうして|理由|原因|仕組み|役割|(?:やつ|ヤツ|もの|仕組み|機能|コンポーネント|ツール)(?:は|って|の名前)?[?？。]?$|どういう|の略|ですか[？?]?$|呼び方|呼ぶ|用語|名前は`)

// isFix matches questions about how to repair something: what the bot says about the status
// answers these.
var isFix = regexp.MustCompile(`(?i)\b(?:fix|fixing|solve|resolve|troubleshoot|prevent|avoid|handle|deal with|recover|mitigate|work ?around)\b|直し|直す|直せ|対処|対応|解決|防ぐ|防ぎ|防止|回避|抜け出`)

// complaint matches what people say if something does not work.
var complaint = regexp.MustCompile(`(?i)\b(?:can'?t|cannot|won'?t|doesn'?t|don'?t|isn'?t|aren'?t|not|never|no longer|unable|keeps?|keep getting|failing|fails|failed|stuck|error|errors|crashing|broken|denied|refused|forbidden|timeout|timed out|got|getting|gets|suddenly|always|still)\b` +
	`|ない|ません|なかった|出る|出た|出て|なった|なって|なる$|なります|失敗|エラー|まま|落ちる|落ちた|落ちて|止まる|止まった|止まって|死んだ|死んで|おかしい|遅い|重い|困って|ダメ|だめ|できん|れん$|へん|詰まっ|ハマっ|はまっ|勝手に|突然|急に`)

// actions are the meanings of the verbs with which a request starts, or in Japanese ends.
var actions = []string{"restart", "delete", "see", "list", "enter", "run", "create", "generate", "change", "patch", "scale", "stop", "pause", "rollback", "follow", "watch", "save", "switch", "copy", "access",
	"apply", "diff", "wait", "debug", "curl", "decode", "drain", "cordon", "uncordon", "move", "untaint", "grant", "approve", "resize", "expose", "label", "annotate", "taint", "force", "again", "replace", "dryrun", "sort", "attach", "now", "local", "autoscale"}

// verbEnd matches the ends of Japanese requests without a verb of asking.
var verbEnd = regexp.MustCompile(`(?:する|[うくすつぬぶむる]|して|って|いて|[見消出]て|一覧|確認|表示|切り?替え?|再起動|削除|変更|追加|作成|取得|実行|停止|適用|更新|デコード|ロールバック|スケール|コピー|ポートフォワード|承認|付与|発行|解除|強制削除|テスト|チェック)[。！!？?\s]*$`)

// intentOf returns the intent of a text.
func intentOf(text string) intent {
	text = strings.TrimSpace(norm.NFKC.String(text))
	units := unitsOf(text)
	if len(units) < 2 {
		return other
	}
	asks := explicit.MatchString(text)
	switch {
	case isFix.MatchString(text):
		return other
	case asks && !aboutWord.MatchString(explicit.ReplaceAllString(text, " ")):
		return request
	case aboutWord.MatchString(text), complaint.MatchString(text):
		return other
	case words().startsWith(units, actions), verbEnd.MatchString(text) && words().hasAny(text, actions):
		return request
	}
	return plain
}

// startsWith reports whether units start with a phrase that has one of the meanings.
func (l *lexicon) startsWith(units []unit, meanings []string) bool {
	for len(units) > 0 {
		n := l.phrase(units)
		if n == 0 {
			return false
		}
		found := l.meanings[joined(units[:n])]
		if len(found) > 0 {
			return slices.ContainsFunc(found, func(m string) bool { return slices.Contains(meanings, m) })
		}
		units = units[n:] // please
	}
	return false
}

// hasAny reports whether a text has one of the meanings.
func (l *lexicon) hasAny(text string, meanings []string) bool {
	return slices.ContainsFunc(l.read(text), func(m string) bool { return slices.Contains(meanings, m) })
}

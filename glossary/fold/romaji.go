package fold

import "strings"

// kanaRomaji maps each kana, and each pair with a small kana, to its romanization in Kunrei-shiki.
// [Romaji] converts Hepburn (https://www.loc.gov/catdir/cpso/romanization/japanese.pdf) to
// Kunrei-shiki.
var kanaRomaji = func() map[string]string {
	rows := []string{
		"ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ si ス su セ se ソ so タ ta チ ti ツ tu テ te ト to",
		"ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ hu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo",
		"ラ ra リ ri ル ru レ re ロ ro ワ wa ヰ i ヱ e ヲ o ン n ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ zi ズ zu ゼ ze ゾ zo",
		"ダ da ヂ zi ヅ zu デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po ヴ bu",
		"ァ a ィ i ゥ u ェ e ォ o ャ ya ュ yu ョ yo ヮ wa ッ - ー -",
		"キャ kya キュ kyu キョ kyo シャ sya シュ syu ショ syo シェ sye チャ tya チュ tyu チョ tyo チェ tye",
		"ニャ nya ニュ nyu ニョ nyo ヒャ hya ヒュ hyu ヒョ hyo ミャ mya ミュ myu ミョ myo リャ rya リュ ryu リョ ryo",
		"ギャ gya ギュ gyu ギョ gyo ジャ zya ジュ zyu ジョ zyo ジェ zye ビャ bya ビュ byu ビョ byo ピャ pya ピュ pyu ピョ pyo",
		"ファ fa フィ fi フェ fe フォ fo フュ hyu ティ ti ディ di デュ dyu テュ tyu トゥ tu ドゥ du",
		"ウィ wi ウェ we ウォ wo ヴァ ba ヴィ bi ヴェ be ヴォ bo ツァ tsa クォ kwo クァ kwa イェ ye",
	}
	table := make(map[string]string)
	for _, row := range rows {
		fields := strings.Fields(row)
		for i := 0; i < len(fields); i += 2 {
			table[fields[i]] = strings.Trim(fields[i+1], "-")
		}
	}
	return table
}()

// Romaji returns the canonical form of a word in romaji. The word may be written in Hepburn or
// Kunrei-shiki (shi, si), with or without long vowels (kontorooraa, kontorora) and doubled
// consonants (poddo, podo), and with n or m before b and p. s is the result of [ASCIIKey].
func Romaji(s string) string {
	s = romajiSpellings.Replace(s)
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		c := s[i]
		if c == 'm' && i+1 < len(s) && (s[i+1] == 'b' || s[i+1] == 'p') {
			c = 'n'
		}
		if n := len(b); n > 0 && (b[n-1] == c || b[n-1] == 'o' && c == 'u') {
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

// romajiSpellings converts Hepburn and the spellings of input methods to Kunrei-shiki.
// Longer spellings come first.
var romajiSpellings = strings.NewReplacer(romajiPairs...)

// RomajiSpellings returns the spellings that [Romaji] replaces first, with their replacements. None
// of the spellings is a prefix of another.
func RomajiSpellings() map[string]string {
	spellings := make(map[string]string)
	for i := 0; i < len(romajiPairs); i += 2 {
		spellings[romajiPairs[i]] = romajiPairs[i+1]
	}
	return spellings
}

var romajiPairs = []string{
	"xtsu", "", "ltsu", "", "xtu", "", "ltu", "", "dzu", "zu",
	"tchi", "ti", "tcha", "tya", "tchu", "tyu", "tche", "tye", "tcho", "tyo",
	"cchi", "ti", "ccha", "tya", "cchu", "tyu", "cche", "tye", "ccho", "tyo",
	"sha", "sya", "shi", "si", "shu", "syu", "she", "sye", "sho", "syo",
	"cha", "tya", "chi", "ti", "chu", "tyu", "che", "tye", "cho", "tyo",
	"jya", "zya", "jyu", "zyu", "jyo", "zyo", "ja", "zya", "ji", "zi", "ju", "zyu", "je", "zye", "jo", "zyo",
	"thi", "ti", "dhi", "di", "dhu", "dyu", "twu", "tu", "dwu", "du", "tsa", "tsa", "tsu", "tu", "fu", "hu",
	"va", "ba", "vi", "bi", "vu", "bu", "ve", "be", "vo", "bo", "la", "ra", "li", "ri", "lu", "ru", "le", "re", "lo", "ro",
	"xa", "a", "xi", "i", "xu", "u", "xe", "e", "xo", "o",
}

// RomajiOfKana returns the canonical romaji of a word in katakana and ASCII. It returns
// false for a word without kana or with kanji. key is the result of [Key].
func RomajiOfKana(key string) (string, bool) {
	var b strings.Builder
	runes, kana := []rune(key), false
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		kana = true
		if i+1 < len(runes) {
			if pair, ok := kanaRomaji[string(runes[i:i+2])]; ok {
				b.WriteString(pair)
				i++
				continue
			}
		}
		one, ok := kanaRomaji[string(r)]
		if !ok {
			return "", false
		}
		b.WriteString(one)
	}
	return Romaji(b.String()), kana
}

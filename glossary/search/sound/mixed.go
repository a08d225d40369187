package sound

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// words are words in katakana, without a long vowel at the end, each with the word in Latin letters that the
// names of terms contain.
const words = `
	アカウント account アノテーション annotation アフィニティ affinity イメージ image イングレス ingress エージェント agent エフェメラル ephemeral
	エンドポイント endpoint オートスケーラ autoscaler オブジェクト object オペレータ operator カスタム custom クォータ quota クラス class クラスタ cluster
	グループ group ゲートウェイ gateway コントローラ controller コンテナ container コンテキスト context サービス service サイドカー sidecar サーバ server
	シークレット secret ジョブ job スケジューラ scheduler スケール scale スタティック static ステート state ステートフル stateful ストレージ storage
	スナップショット snapshot セキュリティ security セット set セレクタ selector タグ tag ディスラプション disruption デプロイメント deployment デーモン daemon
	テンプレート template トークン token ドライバ driver ネットワーク network ネームスペース namespace ノード node バインディング binding バジェット budget
	プライオリティ priority プラグイン plugin プロキシ proxy プローブ probe ヘッドレス headless ポート port ポッド pod ポリシ policy ボリューム volume マップ map
	マネージャ manager メッシュ mesh モード mode ラベル label ランタイム runtime リクエスト request リソース resource リミット limit ルート route
	レジストリ registry レプリカ replica レンジ range ロードバランサ loadbalancer ロール role`

// latin and katakana map each of the words to the other.
var latin, katakana = func() (latin, katakana map[string]string) {
	all := strings.Fields(words)
	latin, katakana = make(map[string]string, len(all)/2), make(map[string]string, len(all)/2)
	for i := 0; i < len(all); i += 2 {
		latin[all[i]], katakana[all[i+1]] = all[i+1], all[i]
	}
	return latin, katakana
}()

// Mixed replaces each word of text that mixes katakana and Latin letters, such as headlessサービス, with the
// same name in one script, if isName reports that its key is a name.
func Mixed(text string, isName func(key string) bool) string {
	if !strings.ContainsFunc(text, fold.IsKatakana) {
		return text
	}
	var b strings.Builder
	for at := 0; at < len(text); {
		parts, end := mixedWord(text, at)
		if len(parts) < 2 {
			b.WriteString(text[at:end])
		} else if name, ok := inOneScript(parts, isName); ok && !isName(fold.Key(text[at:end])) {
			b.WriteString(name)
		} else {
			b.WriteString(text[at:end])
		}
		at = end
	}
	return b.String()
}

// mixedWord returns the parts of the word at text[at:], each in one script, and the end of the word. There
// are no parts if it is not a word of Latin letters and katakana.
func mixedWord(text string, at int) (parts []string, end int) {
	for end = at; end < len(text); {
		r, size := utf8.DecodeRuneInString(text[end:])
		kana := fold.IsKatakana(r)
		if !kana && (r >= utf8.RuneSelf || !fold.IsAlnum(byte(r))) {
			break
		}
		n := end + size
		for n < len(text) {
			next, size := utf8.DecodeRuneInString(text[n:])
			if kana != fold.IsKatakana(next) || !kana && (next >= utf8.RuneSelf || !fold.IsAlnum(byte(next))) {
				break
			}
			n += size
		}
		parts, end = append(parts, text[end:n]), n
	}
	if end == at {
		_, size := utf8.DecodeRuneInString(text[at:])
		end = at + size
	}
	return parts, end
}

// inOneScript returns the name that the parts spell, in Latin letters or in katakana.
func inOneScript(parts []string, isName func(key string) bool) (name string, ok bool) {
	var english, kana string
	isEnglish, isKana := true, true
	for _, part := range parts {
		if first, _ := utf8.DecodeRuneInString(part); fold.IsKatakana(first) {
			word, ok := spelled(part)
			english, isEnglish = english+word, isEnglish && ok
			kana += part
			continue
		}
		word, ok := katakana[strings.ToLower(part)]
		kana, isKana = kana+word, isKana && ok
		english += strings.ToLower(part)
	}
	switch {
	case isEnglish && isName(fold.Key(english)):
		return english, true
	case isKana && isName(fold.Key(kana)):
		return kana, true
	}
	return "", false
}

// spelled returns words in katakana in Latin letters, such as networkpolicy for ネットワークポリシー. It returns
// false if it does not know one of them.
func spelled(kana string) (english string, ok bool) {
	for kana != "" {
		end := len(kana)
		for ; end > 0; end -= len("ア") {
			if word, ok := latin[strings.TrimSuffix(kana[:end], "ー")]; ok {
				english += word
				break
			}
			if word, ok := latin[kana[:end]]; ok {
				english += word
				break
			}
		}
		if end == 0 {
			return "", false
		}
		kana = kana[end:]
	}
	return english, true
}

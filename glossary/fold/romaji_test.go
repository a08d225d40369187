package fold

import "testing"

func TestRomaji(t *testing.T) {
	for _, tt := range []struct {
		kana   string
		romaji []string // the ways to write it
	}{
		{"ポッド", []string{"poddo", "podo", "poxtudo"}},
		{"コンテナ", []string{"kontena", "kontenaa"}},
		{"コントローラー", []string{"kontorooraa", "kontorora", "kontoro-ra-", "kontoroura"}},
		{"スケジューラー", []string{"sukejuuraa", "sukezyuura", "sukejura"}},
		{"クラッシュループ", []string{"kurasshuruupu", "kurassyurupu", "kurasshuru-pu"}},
		{"シークレット", []string{"shiikuretto", "sikuretto", "shi-kuretto"}},
		{"ノード", []string{"noodo", "no-do", "nodo", "noudo"}},
		{"デプロイメント", []string{"depuroimento"}},
		{"イングレス", []string{"inguresu", "ingguresu"}},
		{"ジョブ", []string{"jobu", "zyobu", "jyobu"}},
		{"テイント", []string{"teinto"}},
		{"プロビジョニング", []string{"purobijoningu", "purobizyoningu"}},
		{"コンピューター", []string{"konpyuutaa", "kompyuta"}},
		{"ボリューム", []string{"boryuumu", "boryumu", "voryumu"}},
		{"ファイル", []string{"fairu"}},
		{"チェック", []string{"chekku", "tyekku"}},
		{"マッチ", []string{"matchi", "macchi", "matti"}},
	} {
		want, ok := RomajiOfKana(Key(tt.kana))
		if !ok || want == "" {
			t.Errorf("RomajiOfKana(%q) = %q, %v", tt.kana, want, ok)
		}
		for _, r := range tt.romaji {
			if got := Romaji(Key(r)); got != want {
				t.Errorf("Romaji(%q) = %q, want %q as for %s", r, got, want, tt.kana)
			}
		}
	}
	for _, word := range []string{"pod", "名前空間", "podノ名前"} {
		if r, ok := RomajiOfKana(word); ok {
			t.Errorf("RomajiOfKana(%q) = %q, want none", word, r)
		}
	}
}

func TestLooseKana(t *testing.T) {
	for _, tt := range [][2]string{
		{"コントロールプレーン", "コントロールプレイン"},
		{"クラスター", "クラスタ"},
		{"サーバー", "サーヴァー"},
		{"ステートフルセット", "ステイトフルセット"},
		{"ポッド", "ポド"},
		{"プロビジョニング", "プロビジヨニング"},
		{"デーモンセット", "デエモンセット"},
	} {
		if a, b := LooseKana(Key(tt[0])), LooseKana(Key(tt[1])); a != b {
			t.Errorf("LooseKana: %s is %s and %s is %s, want the same", tt[0], a, tt[1], b)
		}
	}
	if LooseKana("ノード") == LooseKana("ナード") {
		t.Error("LooseKana(ノード) = LooseKana(ナード), want different forms")
	}
}

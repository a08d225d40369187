package question

import "strings"

// The phrases that people put before and after a term in a question. A phrase must come before
// any other phrase that it begins or ends with. A bar separates phrases.
var (
	questionStarts = split(`how would you describe|how would you explain|how do you explain|i don't get|i dont get|i never understood|never understood|i never got|never got|i still don't get|i still dont get|not sure what|remind me what|
		wat is|wats|wut is|what on earth is|what in the world is|what the heck is|when would i use|when would you use|when do i use|when do you use|why do people use|why would i use|why would anyone use|why should i use|
		quick one:|could someone explain|could somebody explain|could anyone explain|can somebody explain|can anyone explain|what is the point of|what's the point of|whats the point of|
		do i really need|do we really need|what exactly does|what exactly are|what kind of thing is|what sort of thing is|what problem does|what problems does|new to k8s,|new to kubernetes,|tell me more about|show me an example of|show me examples of|an example of|examples of|example of|what happens to my app without|can i have more than one|ok so|so what is|so what's|so whats|so what are|
		quick question:|random question:|help me understand|could you explain|can you explain|can someone explain|please explain|could you tell me|can you tell me|
		tell me about|tell me|what do you mean by|i don't understand|i dont understand|do you know|
		what is the meaning of|what is meant by|what does it mean by|what does it mean when|the meaning of|meaning of|
		definition of|the definition of|what is the purpose of|what is the use of|what exactly is|what's the deal with|
		what is|what's|whats|what are|what does|what do|what was|what the hell is|wtf is|who is|who sets|where is|
		how does|how do i use|how do i read|how to use|how do|why is it|why do i get|why am i getting|why do i see|i get|i see|
		i got|getting|got|eli5|explain|define|describe|about|purpose of|use of|when to use|when should i use|
		what about|how about|and what about|help me with|help with|help|any idea about|trouble with|why do we need|do i need|do we need|what's up with|
		a|an|the|kubernetesにおける|kubernetesの|kubernetesで|k8sの|k8sで|クーバネティスの|kubernetes|k8s|in kubernetes|そもそも|ところで|あの|すみません`)
	questionEnds = split(`explained like im 5|explained like i'm 5|explained like i'm five|like im 5|like i'm 5|like im five|like im new|like i'm new|for dummies|for beginners|to a beginner|for a beginner|to a newbie|to me|
		in a nutshell|in simple words|in plain english|in plain words|in one sentence|in a few words|in layman's terms|in short|in practice|best practices|best practice|tutorial|basics|for newbies|still a thing|purpose|solve|solves|supposed to do|supposed to be|and what is it for|what is it for|what's it for|whats it for|what does it do|
		in kubernetes|in k8s|stand for|means|mean|actually|exactly|work|works|please|used for|good for|do|for|
		responsible for|wat is dis|wat is this|wtf|wat|what is it|stands for|short for|again|needed|plz|pls|help|vs|and why|and how|
		in simple terms|thingy|thing|stuff|like i'm five|again|explained|definition|meaning|error|status|issue|problem|
		を一言で言うと|を一言で|のイメージがわかない|のイメージがつかない|を使うメリット|のメリット|を使う意味|を使う理由|を理解したい|を初心者向けに説明して|を初心者にもわかるように説明して|をわかりやすく説明して|を分かりやすく説明して|を簡単に説明して|をざっくり説明して|をざっくり説明|をざっくり|をわかりやすく|を簡単に|
		is 何|がよくわからないんだけど|がよく分からないんだけど|がよくわからない|がよく分からない|がいまいちわからない|がいまいち分からない|がいまいちわからん|がピンとこない|って何がうれしいの|って何が嬉しいの|って何がうれしい|って何がいいの|の意味がわからん|の意味が分からん|
		って何のために使うんですか|って何のために使うの|は何のために使う|って何する人|って何に使うもの|って聞いたけど何|って必須|は必須|って結局なんなんですか|って結局なんなの|って結局なに|って結局何なの|って結局何|ってどういうもの|ってどんなもの|
		はどういうときに使う|ってどういうときに使う|ってどんな時に使う|はなぜ必要|ってなぜ必要|ってなんで必要|って要るの|の使い道|の用途|のベストプラクティス|のチュートリアル|の基本|の入門|の例|のサンプル| 使い道| 意味| 役割| 仕組み| 使い方| 概要| 用途|
		とはどういう意味ですか|ってどういう意味ですか|はどういう意味ですか|どういう意味ですか|どういう意味|とはどういう状態ですか|ってどういう状態|はどういう状態|とはどんな状態|
		って何でしたっけ|って何だっけ|って何ですか|とは何ですか|は何ですか|って何のこと|とは何か|が何か|がなにか|が何なのか|って何者|って何なの|って何する|は何をする|は何をするもの|って何をするもの|
		ってなんですか|ってなんだっけ|ってなんだろう|ってなんなの|ってなんでしたっけ|ってなに|てなに|ってなん|って何|とはなんですか|とはなに|とは何|は何|何ですか|なんだっけ|何だっけ|なに|何|
		って何の略ですか|って何の略|は何の略ですか|は何の略|とは何の略|何の略|の略|ってなんや|ってなんなん|って何なん|ってなんぞ|とは何ぞや|ってなんですの|って何よ|って何て読む|何て読む|
		って何をしているの|って何をしてるの|は何をしている|って何してるの|は何してる|って何に使うの|って何のためにあるの|は何のためにあるの|って何のためにあるんですか|は何のためにある|って何のため|は何に使う|って何に使う|って必要ですか|は必要ですか|って必要|って必要なの|は必要|っていつ使う|はいつ使うべき|はいつ使う|の書き方|の直し方|の対処法|の直しかた|の原因|の仕組みを知りたい|
		の意味を教えてください|の意味を教えて|の意味がわからない|の意味が分からない|の意味は|の意味|の使い方を教えて|の使い方|の使いかた|の役割|の役割は|の仕組み|の概要|の定義|の読み方は|の読み方|って何て読むの|って何て読む|は何と読むの|は何と読む|ってどう読むの|ってどう読む|
		について教えてください|について教えて|について説明してください|について説明して|について知りたい|について詳しく|について|のこと教えて|のことを教えて|のこと|
		を教えてください|を教えて|教えてください|教えてほしい|教えて|を説明してください|を説明して|説明してください|説明して|を知りたい|が知りたい|がわからない|が分からない|がわかりません|が分かりません|わからん|
		が出ました|が出た|が出る|が出ています|が出て困っています|になりました|になった|になる|になります|になっている|になってる|になってしまう|のエラー|エラー|って出る|って出た|って出ます|って出てる|と出る|と出ます|って言われる|って言われた|と言われる|と言われた|って表示される|と表示される|
		から抜け出したい|から抜け出せない|から抜けない|から進まない|から変わらない|のまま変わらない|という状態|の状態|状態|というのは|っていうのは|ていうのは|
		とかいうやつ|っていうやつ|というやつ|ってやつ|でしたっけ|だっけ|ですか|ください|とは|って|の|は|か|のまま|したい|さん|ちゃん|くん|さんって|さんは`)
)

// split splits phrases at bars. A phrase may begin with a space.
func split(phrases string) []string {
	all := strings.Split(phrases, "|")
	for i, p := range all {
		all[i] = strings.Trim(p, "\n\t")
	}
	return all
}

package task

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/lazyregexp"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/template"
)

// Names contains the names of objects and other values in a question, and the rest of the
// question.
type Names struct {
	kind   string            // the kind of the named object, such as deployment; "" if unknown
	name   string            // the name of the object that the question is about
	values map[string]string // values of other placeholders, such as NS, REPLICAS and IMAGE
	rest   string            // the question without the names
}

// kindNames maps the words for a kind to the kind's name in commands.
var kindNames = map[string]string{
	"deployment": "deployment", "deploy": "deployment", "deployments": "deployment", "デプロイメント": "deployment",
	"statefulset": "statefulset", "sts": "statefulset", "ステートフルセット": "statefulset", "daemonset": "daemonset", "ds": "daemonset", "デーモンセット": "daemonset",
	"replicaset": "replicaset", "rs": "replicaset", "pod": "pod", "pods": "pod", "po": "pod", "ポッド": "pod", "job": "job", "ジョブ": "job", "cronjob": "cronjob", "cj": "cronjob",
	"service": "service", "svc": "service", "サービス": "service", "ingress": "ingress", "ing": "ingress", "secret": "secret", "シークレット": "secret", "configmap": "configmap", "cm": "configmap",
	"node": "node", "no": "node", "ノード": "node", "namespace": "namespace", "ns": "namespace", "ネームスペース": "namespace", "名前空間": "namespace",
	"pvc": "persistentvolumeclaim", "pv": "persistentvolume", "serviceaccount": "serviceaccount", "sa": "serviceaccount", "container": "container", "コンテナ": "container",
	"context": "context", "コンテキスト": "context", "cluster": "context", "hpa": "horizontalpodautoscaler", "image": "image",
}

// placeholders maps each kind to the placeholder for the name of an object of that kind.
var placeholders = map[string]string{
	"pod": "POD", "service": "SERVICE", "secret": "SECRET", "configmap": "CONFIGMAP", "node": "NODE", "namespace": "NS",
	"persistentvolumeclaim": "PVC", "persistentvolume": "PV", "serviceaccount": "SA", "container": "CONTAINER", "context": "CONTEXT", "image": "IMAGE",
}

const (
	kindWords = `deployments?|deploy|statefulset|sts|daemonset|ds|replicaset|rs|pods?|po|cronjob|cj|job|service ?account|service|svc|ingress|ing|secret|configmap|cm|node|namespace|ns|pvc|pv|sa|container|context|cluster|hpa|image`
	kindKana  = `デプロイメント|ステートフルセット|デーモンセット|ポッド|ジョブ|サービス|シークレット|ノード|ネームスペース|名前空間|コンテナ|コンテキスト`
	anyName   = `[A-Za-z0-9][A-Za-z0-9._:/@-]*`
)

// The ways to write a name in a question.
var (
	revision  = lazyregexp.New(`(?i)\b(?:revision|rev|リビジョン) ?(\d{1,5})\b`)
	otherKind = lazyregexp.New(`(?i)\b(?:deployments?|statefulsets?|daemonsets?|pods?|cronjobs?|jobs?|services?|svc|ingress(?:es)?|secrets?|configmaps?|nodes?|pvcs?|events?|logs?|resources?)\b|デプロイメント|ポッド|ジョブ|サービス|シークレット|ノード|イベント|ログ|リソース`)
	slashName = lazyregexp.New(`(?i)(?:^|[\s、。「(])(` + kindWords + `)/(` + anyName + `)`)
	kindFirst = lazyregexp.New(`(?i)(?:\b(` + kindWords + `)(?:[ 　]|の|「)|(` + kindKana + `)[ 　]?)(?:called |named |の)?[「'"]?(` + anyName + `)[」'"]?`)
	nameFirst = lazyregexp.New(`(?i)(?:^|[^A-Za-z0-9._/-])[「'"]?(` + anyName + `)[」'"]?(?:(?: |　|という|の|っていう)(` + kindWords + `)\b|(?: |　|という|の|っていう)?(` + kindKana + `))`)
	namespace = lazyregexp.New(`(?i)(?: -n |--namespace[ =])(` + anyName + `)`)
	inName    = lazyregexp.New(`(?i)\bin (?:the |my )?(` + anyName + `)(?: namespace)?\W*$`)
	replicas  = lazyregexp.New(`(?i)\b(?:to|=) ?(\d{1,4})\b(?: replicas?| pods?| instances?| copies)?|\b(\d{1,4}) (?:replicas?|instances?|copies)\b|(\d{1,4})(?:つ|個|台|レプリカ|pod)`)
	ports     = lazyregexp.New(`\b(\d{2,5}):(\d{2,5})\b`)
	onePort   = lazyregexp.New(`(?i)(?:\bport |ポート)(\d{2,5})\b`)
	localPort = lazyregexp.New(`\blocalhost:(\d{2,5})\b`)
	imageName = lazyregexp.New(`\b((?:[a-z0-9.-]+(?::\d+)?/)*[a-z0-9][a-z0-9._-]*:[A-Za-z0-9_][A-Za-z0-9_.-]*)`)
	keyValue  = lazyregexp.New(`(?:^|[\s])([A-Za-z0-9][A-Za-z0-9._/-]*)=([A-Za-z0-9][A-Za-z0-9._-]*)`)
	verbName  = lazyregexp.New(`(?i)^(?:(?:how (?:do|can|to|should)(?: i| we)?|please|i want to|can i) )?(?:restart|reboot|bounce|scale|drain|cordon|uncordon|taint|decode|rollback|delete|expose|exec into|get into|ssh into|log into|stop|undo|redeploy) (` + anyName + `)(?:\?|\s*$| (?:in|to|on|from|for|with|at|-n|please|now|again|and|without)\b)`)
	ofInJapan = lazyregexp.New(`(?:^|[^A-Za-z0-9._/-])(` + anyName + `)(?:の|内の|にある|上の)(` + anyName + `)(?:を|の|に|が|で|から|へ)`)
	bareJapan = lazyregexp.New(`(?:^|[^A-Za-z0-9._/-])(` + anyName + `)(?:を|の|に|が|という|から|へ)`)
)

// mayNameObject reports whether an object may have a name: whether it is an RFC 1123 subdomain
// (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names).
func mayNameObject(name string) bool {
	const inner = "-."
	return name != "" && len(name) <= 253 && strings.Trim(name, inner) == name &&
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789"+inner) == ""
}

// isName reports whether a word in a question is the name of an object. It must be a name that
// Kubernetes allows, and not an ordinary word.
func isName(word string) bool {
	if !mayNameObject(word) || !template.IsSafe(word) {
		return false
	}
	if strings.ContainsAny(word, "-.0123456789") {
		return strings.Trim(word, "0123456789.") != "" && !notNames[word]
	}
	if len(word) < 2 || strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "ly") || strings.HasSuffix(word, "ed") {
		return false
	}
	return !notNames[word] && !fold.IsStopWord(word) && kindNames[word] == "" && !words().has(word)
}

// notNames contains words that are not names, although people use them in the same places in
// questions.
var notNames = fold.WordSet(`kubernetes k8s minikube kind eks gke aks openshift docker linux windows mac macos vscode lens k9s bash production background detail details
	general order place advance parallel realtime bulk yaml json file terminal terminator crashloopbackoff pending running evicted completed unknown notready imagepullbackoff oomkilled containercreating
	resources resource mode state status template spec name names type types level levels version contents content manually today yesterday afterwards works work without within
	real-time read-only built-in non-root multi-container re-run roll-back port-forward dry-run can-i kube-system-wide one-off by-label specific particular certain given another other different dead broken old whole entire same main current default proper new custom existing private public last up down zero one two three four five more less fewer
	first last next group groups user users right rights size sizes key keys data password passwords credential maintenance scheduling draining schedulable unschedulable exit safe safely crashed failed
	objects object everything anything nothing something else now then later again once twice quickly selector selectors controller owner usage capacity quota limit limits request requests history spec
	never always because pdb hpa crd crds rbac csr csrs psp quota dns api cpu memory ram disk
	account accounts claim claims registry signing volume volumes class classes system only itself alone forever pls plz ok etc and or vs per via into onto off`)

// found reports whether the question contains a name or a value.
func (n *Names) found() bool { return n.name != "" || len(n.values) > 0 }

// mayBeAnything reports whether the question names something without its kind by an ordinary word, as in
// "restart chrome". That need not be an object of the cluster.
func (n *Names) mayBeAnything() bool {
	return n.name != "" && n.kind == "" && fold.IsEnglish(n.name)
}

// NamesIn finds the names and values in a question.
func NamesIn(question string) Names {
	n := Names{rest: question}
	if !mayHaveNames(question) {
		return n
	}
	n.values = make(map[string]string)
	cut := func(start, end int) { n.rest = n.rest[:start] + " " + n.rest[end:] }
	if m := namespace.FindStringSubmatchIndex(n.rest); m != nil && isName(n.rest[m[2]:m[3]]) {
		n.values["NS"] = n.rest[m[2]:m[3]]
		cut(m[0], m[1])
	}
	if m := ports.FindStringSubmatchIndex(n.rest); m != nil {
		n.values["LOCALPORT"], n.values["PORT"] = n.rest[m[2]:m[3]], n.rest[m[4]:m[5]]
		cut(m[0], m[1])
	} else if m := onePort.FindStringSubmatchIndex(n.rest); m != nil {
		n.values["PORT"] = n.rest[m[2]:m[3]]
	}
	if m := localPort.FindStringSubmatchIndex(n.rest); m != nil {
		n.values["LOCALPORT"] = n.rest[m[2]:m[3]]
		cut(m[2]-1, m[3])
	}
	if m := imageName.FindStringSubmatchIndex(n.rest); m != nil && template.IsSafe(n.rest[m[2]:m[3]]) {
		n.values["IMAGE"] = n.rest[m[2]:m[3]]
		cut(m[2], m[3])
	}
	if m := keyValue.FindStringSubmatchIndex(n.rest); m != nil {
		key, value := n.rest[m[2]:m[3]], n.rest[m[4]:m[5]]
		if template.IsSafe(key) && template.IsSafe(value) {
			n.values["KEY"], n.values["VALUE"], n.values["LABEL"] = key, value, key+"="+value
			cut(m[2], m[5])
		}
	}
	if m := replicas.FindStringSubmatch(n.rest); m != nil {
		n.values["REPLICAS"] = m[1] + m[2] + m[3]
	}
	if m := revision.FindStringSubmatch(n.rest); m != nil {
		n.values["REVISION"] = m[1]
	}
	n.objects()
	return n
}

// mayHaveNames reports whether a question contains a word that may be a name or a value. Most
// questions do not, and the check is much faster than NamesIn.
func mayHaveNames(question string) bool {
	for i := 0; i < len(question); i++ {
		start := i
		i += wordLength(question[i:])
		word := question[start:i]
		if strings.ContainsAny(word, "0123456789:/") || isName(strings.Trim(word, ".:/@-_")) || i < len(question) && question[i] == '=' {
			return true
		}
	}
	return false
}

// wordLength returns the length of the word at the start of text, or 0. A word consists of the
// characters of anyName.
func wordLength(text string) int {
	n := 0
	for n < len(text) && (fold.IsAlnum(text[n]) || strings.IndexByte("._:/@-", text[n]) >= 0) {
		n++
	}
	return n
}

// mayMatch reports whether a question may contain a name next to a kind, as kindFirst or nameFirst
// matches them. It is much faster than these.
func (k kindPlace) mayMatch(question string) bool {
	before, last := "", "" // the words before the current one
	for i := 0; i < len(question); i++ {
		if question[i] >= utf8.RuneSelf {
			return true
		}
		n := wordLength(question[i:])
		if n == 0 {
			continue
		}
		word, kind := question[i:i+n], last
		if strings.EqualFold(last, "called") || strings.EqualFold(last, "named") {
			kind = before
		}
		switch {
		case k == slash, k == kindBefore && (endsWithKind(last) || endsWithKind(kind)) && mayBeName(word), k == kindAfter && startsWithKind(word) && mayBeName(last):
			return true
		}
		before, last = last, word
		i += n - 1
	}
	return false
}

// mayBeName reports whether a word may be a name, or contain one.
func mayBeName(word string) bool {
	for part := range strings.FieldsFuncSeq(word, func(r rune) bool { return strings.ContainsRune(":/@", r) }) {
		if isName(strings.Trim(part, "._-")) {
			return true
		}
	}
	return false
}

// hasName reports whether a question contains a word that may be a name, or contain one. If inJapanese is
// set, Japanese text must follow the word directly.
func hasName(question string, inJapanese bool) bool {
	for i := 0; i < len(question); i++ {
		if n := wordLength(question[i:]); n > 0 {
			end := i + n
			if (!inJapanese || end < len(question) && question[end] >= utf8.RuneSelf) && mayBeName(question[i:end]) {
				return true
			}
			i = end - 1
		}
	}
	return false
}

func startsWithKind(word string) bool {
	if i := strings.IndexAny(word, ".:/@-"); i >= 0 {
		word = word[:i]
	}
	return isKind(word)
}

func endsWithKind(word string) bool { return isKind(word[strings.LastIndexAny(word, ".:/@-")+1:]) }

// isKind reports whether a word is one of kindWords, or the end of one.
func isKind(word string) bool {
	word = strings.ToLower(word)
	return kindNames[word] != "" || word == "account"
}

// A kindPlace says where a kind stands relative to the name of its object.
type kindPlace int

const (
	slash      kindPlace = iota // deployment/web
	kindBefore                  // deployment web
	kindAfter                   // web deployment
)

// nameForms are the ways to write the name of an object together with its kind.
var nameForms = []struct {
	place      kindPlace
	pattern    lazyregexp.Regexp
	kind, name []int // indexes of groups
}{
	{slash, slashName, []int{1}, []int{2}}, {kindBefore, kindFirst, []int{1, 2}, []int{3}}, {kindAfter, nameFirst, []int{2, 3}, []int{1}},
}

// objects finds the names of objects.
func (n *Names) objects() {
	if !hasName(n.rest, false) {
		return
	}
	for _, form := range nameForms {
		if !form.place.mayMatch(n.rest) {
			continue
		}
		for at := 0; at < len(n.rest); {
			m := form.pattern.FindStringSubmatchIndex(n.rest[at:])
			if m == nil {
				break
			}
			for i := range m {
				if m[i] >= 0 {
					m[i] += at
				}
			}
			kind, name, start, end := "", "", 0, 0
			for _, g := range form.kind {
				if m[2*g] >= 0 {
					kind = strings.ReplaceAll(strings.ToLower(n.rest[m[2*g]:m[2*g+1]]), " ", "")
					at = m[2*g+1]
				}
			}
			for _, g := range form.name {
				start, end = m[2*g], m[2*g+1]
				name = n.rest[start:end]
			}
			trimmed := strings.TrimRight(name, ".:/@-_")
			end -= len(name) - len(trimmed)
			if !isName(trimmed) || n.rest[:start] != "" && isMiddle(n.rest, start, end, form.place) {
				at = max(at, m[0]+1)
				continue
			}
			n.set(kindNames[kind], trimmed)
			if kindNames[kind] == "namespace" && otherKind.MatchString(n.rest[:m[0]]+" "+n.rest[m[1]:]) {
				start, end = min(start, m[0]), max(end, m[1]) // it only says where
			}
			n.rest = n.rest[:start] + " " + n.rest[end:]
			at = min(m[0]+1, len(n.rest))
		}
	}
	if m := inName.FindStringSubmatchIndex(n.rest); m != nil && n.values["NS"] == "" && isName(n.rest[m[2]:m[3]]) {
		n.values["NS"] = n.rest[m[2]:m[3]]
		n.rest = n.rest[:m[0]]
	}
	if n.name == "" {
		n.bare()
	}
}

// bare finds the name of an object whose kind the question does not say: restart web, webを再起動.
func (n *Names) bare() {
	forms := []lazyregexp.Regexp{verbName}
	if hasName(n.rest, true) {
		if m := ofInJapan.FindStringSubmatchIndex(n.rest); m != nil && isName(n.rest[m[2]:m[3]]) && isName(n.rest[m[4]:m[5]]) {
			if n.values["NS"] == "" {
				n.values["NS"] = n.rest[m[2]:m[3]]
			}
			n.name = n.rest[m[4]:m[5]]
			n.rest = n.rest[:m[2]] + " " + n.rest[m[5]:]
			return
		}
		forms = append(forms, bareJapan)
	}
	for _, form := range forms {
		if m := form.FindStringSubmatchIndex(n.rest); m != nil && isName(n.rest[m[2]:m[3]]) {
			n.name = n.rest[m[2]:m[3]]
			n.rest = n.rest[:m[2]] + " " + n.rest[m[3]:]
			return
		}
	}
}

// set records the name of an object of the given kind.
func (n *Names) set(kind, name string) {
	p := placeholders[kind]
	if p != "" && n.values[p] == "" {
		n.values[p] = name
	}
	if kind != "namespace" && kind != "container" && kind != "context" && kind != "image" && n.name == "" {
		n.kind, n.name = kind, name
	}
}

// isMiddle reports whether a word next to a kind is an ordinary word in the middle of an English
// sentence, as in "delete pod whatever happens". A name is followed by a preposition, by Japanese
// text or by nothing.
func isMiddle(text string, start, end int, form kindPlace) bool {
	if form == slash || strings.ContainsAny(text[start:end], "-.0123456789") {
		return false
	}
	after := strings.TrimLeft(text[end:], " '\"」")
	if form == kindAfter && !fold.HasJapanese(text) && fold.IsEnglish(text[start:end]) && !strings.HasSuffix(strings.ToLower(text[:start]), "the ") {
		return true // "specific container"
	}
	if after == "" || fold.HasJapanese(after[:min(3, len(after))]) || form == kindAfter && fold.HasJapanese(text) {
		return false
	}
	return !beforeNext.MatchString(after)
}

var beforeNext = lazyregexp.New(`(?i)^(?:[?.,!;:]|(?:in|on|to|from|into|with|for|and|without|at|pod|pods|deployment|service|node|namespace|ns|by|using|as|-n|--)\b)`)

package line

import (
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// promptEnd matches a shell prompt: "$ ", "[root@e1 ~]# ",
// "user@host:~$ ", "PS C:\> ", "❯ ".
var promptEnd = lazyregexp.New(`^(?:\([\w.-]+\) ?)?(?:PS [^>]{0,80}> ?|[A-Z]:\\[^>]{0,80}>|\[[^\]]{1,80}\] ?[$#%] ?|[\w.-]{1,40}@[\w.-]{1,60}[:~ ][^$#%>]{0,80}[$#%>] ?|[\w~/.-]{0,40} ?[$#%❯λ»>] ?|➜ +\S+(?: git:\(\S+\))?(?: ✗)? +)`)

// programs maps each name or alias of a program to the name of the program. A line is a command
// only if it runs one of these programs.
var programs = map[string]string{
	"kubectl": "kubectl", "k": "kubectl", "oc": "kubectl", "kubectl.exe": "kubectl", "kc": "kubectl", "kctl": "kubectl", "microk8s.kubectl": "kubectl", "kubecolor": "kubectl",
	"helm": "helm", "helmfile": "helm", "kubeadm": "kubeadm", "argocd": "argocd", "flux": "flux", "crictl": "crictl", "ctr": "ctr", "nerdctl": "nerdctl", "etcdctl": "etcdctl",
	"journalctl": "journalctl", "systemctl": "systemctl", "dmesg": "dmesg", "docker": "docker", "istioctl": "istioctl", "cilium": "cilium", "kustomize": "kustomize", "minikube": "minikube",
	"kind": "kind", "k3s": "k3s", "eksctl": "eksctl", "gcloud": "gcloud", "az": "az", "aws": "aws", "cmctl": "cmctl", "velero": "velero", "kn": "kn", "linkerd": "linkerd", "calicoctl": "calicoctl", "stern": "stern",
	"curl": "curl", "cat": "cat", "ping": "ping", "nslookup": "nslookup", "dig": "dig", "terraform": "terraform", "skaffold": "skaffold", "tilt": "tilt", "npm": "npm", "git": "git", "make": "make",
	"ceph": "ceph", "tkn": "tkn", "subctl": "subctl", "longhornctl": "longhornctl", "talosctl": "talosctl", "clusterctl": "clusterctl", "argo": "argo", "kops": "kops", "rke2": "rke2", "k0s": "k0s", "microk8s": "microk8s", "tofu": "terraform", "pulumi": "pulumi", "podman": "podman", "kubeseal": "kubeseal", "vcluster": "vcluster", "hubble": "hubble", "crossplane": "crossplane", "k3d": "k3d", "skopeo": "skopeo", "buildah": "buildah", "vault": "vault", "kubecm": "kubecm", "virtctl": "virtctl", "oras": "oras", "crane": "crane", "k0sctl": "k0sctl", "ansible": "ansible", "ansible-playbook": "ansible",
}

// isWrapper reports whether a program runs the command after it.
func isWrapper(name string) bool { return name == "sudo" || name == "watch" || name == "time" }

// maxPrompt is the maximum length of a prompt in bytes.
const maxPrompt = 120

// Command parses a typed command, or returns nil if the line is not one. Without a prompt, a
// line is a command only if it begins with a known program and contains a known verb. If the
// line consists of several commands joined by "&&", Command returns the last one.
func Command(text string) *observe.Command {
	if t := strings.TrimLeft(text, " "); strings.HasPrefix(t, "$ ") {
		text = t
	} else if n := len(text) - 1; n > 0 && text[0] == '(' && text[n] == ')' {
		text = text[1:n]
	}
	text = withoutMark(text)
	rest := text
	prompted := false
	first, _, _ := strings.Cut(text, " ")
	if programNamed(first[strings.LastIndexByte(first, '/')+1:]) == "" && !isWrapper(first) {
		if !mayPrompt(text[:min(len(text), maxPrompt)]) || !runsProgram(text) {
			return nil
		}
		n := len(promptEnd.FindString(text))
		if n == 0 {
			return nil
		}
		rest, prompted = strings.TrimLeft(text[n:], " "), true
	}
	rest = WithoutTalk(rest)
	words := shellWords(rest)
	for len(words) > 0 && (isWrapper(words[0]) || strings.Contains(words[0], "=") && strings.ToUpper(words[0]) != strings.ToLower(words[0]) && words[0][0] >= 'A' && words[0][0] <= 'Z') {
		words = words[1:]
	}
	if len(words) == 0 {
		return nil
	}
	program := programNamed(words[0][strings.LastIndexByte(words[0], '/')+1:])
	switch {
	case program == "":
		return nil
	case !prompted && len(words) == 1:
		return nil
	case !prompted && program != "journalctl" && program != "dmesg" && !slices.ContainsFunc(words[1:], func(w string) bool { return verbs[w] }):
		return nil
	case !prompted && strings.HasSuffix(rest, ".") && len(words) > 4:
		return nil // a sentence that begins with kubectl
	}
	if last := len(words) - 1; !prompted && last > 1 {
		words[last] = strings.TrimRight(words[last], ":") // punctuation of a sentence
	}
	c := &observe.Command{Text: rest, Program: program}
	arguments(c, words[1:])
	// If a line has several commands, the last one printed the following lines.
	if i := strings.LastIndex(rest, "&& "); i > 0 {
		if last := Command(rest[i+3:]); last != nil {
			return last
		}
	}
	return c
}

// WithoutTalk returns a command without the words of a person that follow it: without what comes after a
// character that is not ASCII, or a backtick, outside of quotes: "kubectl get podsの結果です".
func WithoutTalk(s string) string {
	quote := byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case i > 0 && (c >= utf8.RuneSelf || c == '`'):
			return strings.TrimRight(s[:i], " ")
		}
	}
	return s
}

// mayPrompt reports whether s contains a character that each match of promptEnd has. This check is
// cheaper than promptEnd.
func mayPrompt(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '$', '#', '%', '>':
			return true
		case 0xe2:
			if strings.HasPrefix(s[i:], "❯") || strings.HasPrefix(s[i:], "➜") {
				return true
			}
		case 0xce, 0xc2:
			if strings.HasPrefix(s[i:], "λ") || strings.HasPrefix(s[i:], "»") {
				return true
			}
		}
	}
	return false
}

// runsProgram reports whether one of the words of a line may be the name of a program that Command
// knows. This check is cheaper than promptEnd.
func runsProgram(s string) bool {
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && ('a' <= s[i] && s[i] <= 'z' || '0' <= s[i] && s[i] <= '9' || s[i] == '.') {
			i++
		}
		if i > start {
			if programNamed(s[start:i]) != "" {
				return true
			}
		} else if i++; s[start] == '"' || s[start] == '\'' { // a quoted name
			return true
		}
	}
	return false
}

// programNamed returns the name of the program with the name or alias, or "" if it is unknown. It looks
// up few of the words that aren't names of programs.
func programNamed(name string) string {
	if name == "" || programLengths[name[0]]>>min(len(name), 63)&1 == 0 {
		return ""
	}
	return programs[name]
}

// programLengths contains the lengths of the names of programs, as bits, by the first byte of a name.
var programLengths = func() (all [256]uint64) {
	for name := range programs {
		all[name[0]] |= 1 << len(name)
	}
	return all
}()

// marks are the texts that CI systems and shells print before a command that they run: GitHub
// Actions, Azure Pipelines, shells with set -x, and helmfile. People write some of them too.
var marks = [...]string{"##[group]Run ", "##[command]", "[command]", "++ ", "+ ", "Run ", "Running: ", "exec: ", "Executing: ", "Command: ", "Command - ", "command: "}

// withoutMark returns a line without the mark before a known program's name. It returns the command in
// the title of watch: "Every 2.0s: kubectl get pods    node-1: Mon Mar  2 10:00:00 2026".
func withoutMark(text string) string {
	if text == "" || strings.IndexByte("#[+RE*Cec", text[0]) < 0 {
		return text
	}
	if rest := strings.TrimLeft(text, "# "); strings.HasPrefix(rest, "*") { // ***kubectl get pods***
		text = strings.Trim(rest, "* ")
	}
	if rest, ok := strings.CutPrefix(text, "Every "); ok {
		_, rest, ok = strings.Cut(rest, "s: ")
		rest, _, _ = strings.Cut(rest, "  ")
		first, _, _ := strings.Cut(rest, " ")
		if ok && (programs[first] != "" || isWrapper(first)) {
			return rest
		}
		return text
	}
	for _, m := range marks {
		if rest, ok := strings.CutPrefix(text, m); ok {
			first, _, _ := strings.Cut(rest, " ")
			if programNamed(first[strings.LastIndexByte(first, '/')+1:]) != "" {
				return rest
			}
		}
	}
	return text
}

// kindFirst are programs whose arguments are a kind and a name, with a verb before or between
// them: velero backup describe nightly, tkn pr describe build-1.
var kindFirst = lex.Set("velero|tkn|kn|argo|flux")

// fluxSources are the kinds of flux get sources.
// https://fluxcd.io/flux/cmd/flux_get_sources/
var fluxSources = map[string]string{"git": "gitrepository", "helm": "helmrepository", "oci": "ocirepository", "chart": "helmchart", "bucket": "bucket"}

// toolObject sets the object of a command that runs one of the programs in kindFirst.
func toolObject(c *observe.Command, words []string) {
	words = slices.DeleteFunc(words, func(w string) bool { return verbs[w] })
	if len(words) > 1 && (words[0] == "sources" || words[0] == "source") && fluxSources[words[1]] != "" { // flux get sources git
		words = append([]string{fluxSources[words[1]]}, words[2:]...)
	}
	if len(words) == 0 || !observe.KnownKind(observe.KindNamed(words[0])) {
		return
	}
	c.Object.Kind = observe.KindNamed(words[0])
	if c.Program == "kn" && c.Object.Kind == "service" {
		c.Object.Kind = "ksvc"
	}
	if len(words) > 1 && observe.IsName(words[1]) {
		c.Object.Name = words[1]
	}
}

// arguments sets the verb, the object and the flags of c from the words after the program's name.
func arguments(c *observe.Command, words []string) {
	var plain []string
	var kindNames []string
	for i := 0; i < len(words); i++ {
		w := words[i]
		if w == "|" || w == ">" || w == "&&" || w == ";" || w == "2>&1" || w == "--" || w == "||" || w == "#" {
			break
		}
		if !strings.HasPrefix(w, "-") || w == "-" {
			plain = append(plain, w)
			continue
		}
		flag, value, hasValue := strings.Cut(w, "=")
		if !hasValue && len(flag) > 2 && flag[1] != '-' && (flag[1] == 'n' || flag[1] == 'o' || flag[1] == 'c') {
			flag, value, hasValue = w[:2], w[2:], true // -nshop
		}
		if !hasValue && flagsWithValue[flag] && i+1 < len(words) {
			i++
			value = words[i]
		}
		switch flag {
		case "-n", "--namespace":
			if observe.IsName(value) {
				c.Object.Namespace = value
			}
		case "-c", "--container":
			if observe.IsName(value) {
				c.Object.Container = value
			}
		case "-o", "--output":
			c.Output = value
		case "-l", "--selector", "--field-selector":
			c.Selectors = true
		case "-u", "--unit":
			plain = append(plain, value)
		case "--for":
			plain = append(plain, value)
		}
	}
	if len(plain) == 0 {
		return
	}
	c.Verb, plain = plain[0], plain[1:]
	if c.Program != "kubectl" {
		if c.Program == "argocd" && c.Verb == "app" && len(plain) > 1 {
			c.Object = observe.Object{Kind: "application", Name: plain[1], Namespace: c.Object.Namespace}.Valid()
		} else if c.Program == "helm" && len(plain) > 0 && observe.IsName(plain[0]) && c.Verb != "repo" {
			c.Object.Name, c.Object.Kind = plain[0], "release"
		} else if c.Program == "argo" && (c.Verb == "get" || c.Verb == "logs" || c.Verb == "wait") && len(plain) > 0 && observe.IsName(plain[0]) {
			c.Object.Kind, c.Object.Name = "workflow", plain[0]
		} else if kindFirst[c.Program] {
			toolObject(c, append([]string{c.Verb}, plain...))
		}
		return
	}
	if !verbs[c.Verb] { // a plugin: kubectl cnpg status web
		c.Program += " " + c.Verb
		return
	}
	if c.Verb == "cp" {
		c.Object = copied(c.Object, plain)
		return
	}
	if c.Verb == "rollout" || c.Verb == "set" || c.Verb == "auth" || c.Verb == "top" || c.Verb == "certificate" {
		if len(plain) == 0 {
			return
		}
		if c.Verb != "top" {
			c.Verb += " " + plain[0]
			plain = plain[1:]
		}
		if c.Verb == "auth can-i" {
			return // the arguments are a verb and a resource
		}
	}
	var names []string
	for i, p := range plain {
		if k, name, ok := strings.Cut(p, "/"); ok {
			kindNames = append(kindNames, observe.KindNamed(k))
			if name != "" {
				names = append(names, name)
			}
		} else if i == 0 && c.Verb != "logs" && c.Verb != "exec" && c.Verb != "log" && c.Verb != "port-forward" && c.Verb != "drain" && c.Verb != "cordon" && c.Verb != "uncordon" && c.Verb != "debug" && c.Verb != "attach" {
			for k := range strings.SplitSeq(p, ",") {
				kindNames = append(kindNames, observe.KindNamed(k))
			}
		} else {
			names = append(names, p)
		}
	}
	switch c.Verb {
	case "logs", "log", "exec", "port-forward", "attach", "debug":
		if len(kindNames) == 0 {
			kindNames = []string{"pod"}
		}
		names = names[:min(1, len(names))]
	case "drain", "cordon", "uncordon":
		kindNames = []string{"node"}
	}
	if len(kindNames) == 1 && observe.IsName(kindNames[0]) && kindNames[0] != "all" {
		c.Object.Kind = kindNames[0]
	}
	if len(names) == 1 && observe.IsName(names[0]) {
		c.Object.Name = names[0]
	}
}

// copied returns the Pod in the arguments of kubectl cp, such as shop/web-1:/tmp/log. o has the namespace and
// the container of the flags.
func copied(o observe.Object, arguments []string) observe.Object {
	for _, a := range arguments {
		name := a[:max(strings.IndexByte(a, ':'), 0)]
		if slash := strings.IndexByte(name, '/'); slash > 0 {
			o.Namespace, name = name[:slash], name[slash+1:]
		}
		if o.Name = name; observe.IsName(name) {
			o.Kind = "pod"
			break
		}
	}
	return o.Valid()
}

// manyWords is the number of words that most commands do not exceed.
const manyWords = 8

// shellWords splits a command at spaces. Quoted parts stay together and lose their quotes.
func shellWords(s string) []string {
	words := make([]string, 0, manyWords)
	if strings.IndexByte(s, '"') < 0 && strings.IndexByte(s, '\'') < 0 {
		for more := true; more && len(words) <= 64; {
			var w string
			if w, s, more = strings.Cut(s, " "); w != "" {
				words = append(words, w)
			}
		}
		return words
	}
	var b strings.Builder
	quote, open := byte(0), false
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			} else {
				b.WriteByte(c)
			}
		case c == '"' || c == '\'':
			quote, open = c, true
		case c == ' ':
			if open {
				words = append(words, b.String())
				b.Reset()
				open = false
			}
		default:
			b.WriteByte(c)
			open = true
		}
		if len(words) > 64 {
			return words
		}
	}
	if open {
		words = append(words, b.String())
	}
	return words
}

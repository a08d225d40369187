package glossary

import (
	_ "embed"
	"fmt"
	"io/fs"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"k8sbot/glossary/fold"
)

// Lint reports everything that is wrong with a tree of term files that is laid
// over base. base is nil for a tree that stands alone, as the embedded one
// does; over a base, links may go to any https page.
func Lint(fsys fs.FS, base *Glossary) Problems {
	return lint(readLayer(fsys), base)
}

// LintTemplate reports what is wrong with template.yaml, apart from what it
// refers to.
func LintTemplate() Problems {
	s := decode("template.yaml", template)
	s.term.ID, s.term.Category = "template", "concepts"
	l := &linter{layer: &layer{sources: []*source{s}}}
	for _, id := range referred(s.term) {
		l.stub(id)
	}
	return l.run()
}

func lint(over *layer, base *Glossary) Problems {
	l := &linter{layer: over, base: base}
	return l.run()
}

// A linter checks the sources of one layer against all terms of the set.
type linter struct {
	layer *layer
	base  *Glossary
	stubs []*Term            // terms that are only taken to exist
	byID  map[string]*source // the whole set; those of the base have no file
	// incomplete is set where a file did not decode, so that what it says of
	// others is not known.
	incomplete bool
	owners     map[string][]owner // by folded name or alias
	bound      map[string]bool    // IDs that other terms refer to
	summaries  func() []digest    // of all terms
}

// An owner is a field that claims a name or an alias.
type owner struct {
	source *source
	field  string
	shared bool
}

func (l *linter) stub(id string) { l.stubs = append(l.stubs, &Term{ID: id}) }

func (l *linter) run() Problems {
	l.byID = make(map[string]*source)
	if l.base != nil {
		for _, t := range l.base.terms {
			l.byID[t.ID] = &source{term: t}
		}
	}
	for _, t := range l.stubs {
		l.byID[t.ID] = &source{term: t}
	}
	for _, s := range l.layer.sources {
		l.byID[s.term.ID] = s
		l.incomplete = l.incomplete || len(s.problems) > 0
	}
	l.bound = make(map[string]bool)
	for _, s := range l.byID {
		for _, id := range referred(s.term) {
			l.bound[id] = true
		}
	}
	l.summaries = sync.OnceValue(l.digest)
	l.owners = make(map[string][]owner)
	for _, s := range l.byID {
		for _, c := range claims(s.term) {
			f := fold.Key(c.text)
			l.owners[f] = append(l.owners[f], owner{s, c.field, c.shared})
		}
	}
	problems := slices.Clone(l.layer.problems)
	for _, s := range l.layer.sources {
		if len(s.problems) > 0 {
			continue // what did not decode is not there to be checked
		}
		for _, rule := range rules {
			rule(l, s)
		}
		problems = append(problems, s.problems...)
		s.problems = nil
	}
	problems.sort()
	return problems
}

// A claim is a string under which a term wants to be found.
type claim struct {
	field, text string
	shared      bool
}

func claims(t *Term) []claim {
	c := []claim{{field: "name.en", text: t.Name.EN}, {field: "name.ja", text: t.Name.JA}}
	if r := t.Resource; r != nil {
		c = append(c, claim{field: "resource.plural", text: r.Plural})
		for i, s := range r.ShortNames {
			c = append(c, claim{field: fmt.Sprintf("resource.short_names[%d]", i), text: s})
		}
	}
	c = append(c, claim{field: "reading", text: t.Reading}, claim{field: "furigana", text: t.Furigana}, claim{field: "stands_for", text: t.StandsFor})
	for i, a := range t.Aliases {
		c = append(c, claim{field: fmt.Sprintf("aliases[%d]", i), text: a})
	}
	for i, a := range t.Shares {
		c = append(c, claim{field: fmt.Sprintf("shares[%d]", i), text: a, shared: true})
	}
	return slices.DeleteFunc(c, func(c claim) bool { return c.text == "" })
}

// referred returns the IDs of the terms that t refers to.
func referred(t *Term) []string {
	var ids []string
	for _, c := range t.ConfusedWith {
		ids = append(ids, c.Term)
	}
	for _, r := range t.Related {
		ids = append(ids, r.Terms...)
	}
	if t.Versions != nil && t.Versions.ReplacedBy != "" {
		ids = append(ids, t.Versions.ReplacedBy)
	}
	return ids
}

// rules are all that is checked of a term, one small function each.
var rules = []func(*linter, *source){
	ruleNames,
	ruleUnique,
	ruleLayers,
	ruleResource,
	ruleSummary,
	ruleMeaning,
	ruleStatus,
	ruleCommands,
	ruleReferences,
	ruleRelatedOnce,
	ruleVersions,
	ruleDocs,
	ruleTier,
	ruleBound,
	ruleStyle,
	ruleAlike,
}

// Lengths in characters (runes). A summary has to fit a line of a phone, and
// the whole of a term one message of each platform.
const (
	maxName        = 60
	maxAlias       = 120
	maxAliases     = 25
	maxParaphrases = 8
	maxSummaryEN   = 150
	maxSummaryJA   = 80
	maxMeaningEN   = 240
	maxMeaningJA   = 130
	minMeaning     = 2
	maxMeaning     = 6
	maxNoteEN      = 200
	maxNoteJA      = 110
	maxCauses      = 6
	maxChecks      = 5
	maxTry         = 3
	maxRun         = 120
	maxConfusions  = 4
)

func ruleNames(_ *linter, s *source) {
	t := s.term
	if t.Name.EN == "" {
		s.reportAt("name.en", "is missing: write the name as Kubernetes spells it")
	}
	if t.Name.JA != "" && !fold.HasJapanese(t.Name.JA) {
		s.reportAt("name.ja", "%q is not Japanese: leave it out where Japanese readers use the English name", t.Name.JA)
	}
	if t.Reading == "" {
		s.reportAt("reading", "is missing: write in katakana how the name is read aloud")
	} else if i := strings.IndexFunc(t.Reading, func(r rune) bool { return !unicode.Is(unicode.Katakana, r) && !strings.ContainsRune("ー・ ", r) }); i >= 0 {
		s.reportAt("reading", "%q is not katakana: write how the name is read aloud", t.Reading)
	}
	hasKanji := strings.ContainsFunc(t.Name.JA, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	switch {
	case hasKanji && t.Furigana == "":
		s.reportAt("furigana", "is missing: write in hiragana how %q is read", t.Name.JA)
	case !hasKanji && t.Furigana != "":
		s.reportAt("furigana", "belongs to a name with kanji: delete it")
	case strings.ContainsFunc(t.Furigana, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		s.reportAt("furigana", "%q has kanji: write how %q is read", t.Furigana, t.Name.JA)
	}
	for _, lang := range Langs {
		lines := t.Paraphrases.Sentences(lang)
		if len(lines) > maxParaphrases {
			s.reportAt("paraphrases."+string(lang), "has %d lines: keep the %d likeliest", len(lines), maxParaphrases)
		}
		for _, line := range lines {
			plainText(s, "paraphrases."+string(lang), line)
		}
	}
	if len(t.Aliases) > maxAliases {
		s.reportAt("aliases", "%d aliases: keep the %d likeliest", len(t.Aliases), maxAliases)
	}
	for _, c := range claims(t) {
		limit := maxName
		if strings.HasPrefix(c.field, "aliases") {
			limit = maxAlias
		}
		if n := utf8.RuneCountInString(c.text); n > limit {
			s.reportAt(c.field, "has %d characters: keep to %d", n, limit)
		}
		if fold.Key(c.text) == "" {
			s.reportAt(c.field, "%q has neither letter nor digit: it cannot be found", c.text)
		}
		plainText(s, c.field, c.text)
	}
}

// ruleUnique sees to it that a word leads to one term, unless all of its terms
// declare that they share it.
func ruleUnique(l *linter, s *source) {
	own := make(map[string]string)
	for _, c := range claims(s.term) {
		f := fold.Key(c.text)
		// What is written in another number of words is another word in a sentence:
		// AlreadyExists, already exists.
		written := fmt.Sprint(len(fold.Spans(norm.NFKC.String(c.text))), f)
		if field, ok := own[written]; ok && strings.HasPrefix(c.field, "aliases") {
			s.reportAt(c.field, "%q is found through %s already: delete it", c.text, field)
		} else if !ok {
			own[written] = c.field
		}
		sharers := 0
		for _, o := range l.owners[f] {
			if o.source == s {
				continue
			}
			sharers++
			if !c.shared || !o.shared {
				s.reportAt(c.field, "%q belongs to the term %s too (%s): keep one, or declare it in shares of both", c.text, o.source.term.ID, o.field)
				break
			}
		}
		if c.shared && sharers == 0 && !l.incomplete {
			s.reportAt(c.field, "no other term shares %q: move it to aliases", c.text)
		}
	}
}

func ruleLayers(_ *linter, s *source) {
	if len(s.term.Layers) == 0 {
		s.reportAt("layers", "is missing: tell what kind of word it is, as \"- kind: concept\"")
	}
	for i, layer := range s.term.Layers {
		at := fmt.Sprintf("layers[%d]", i)
		if layer.Kind == "" {
			s.reportAt(at, "has no kind: use one of %s", strings.Join(LayerKind("").values(), ", "))
		}
		if slices.Contains(statusLayers, layer.Kind) || layer.Kind == Column {
			if layer.Of == "" {
				s.reportAt(at, "has no \"of\": name the object that carries the %s", layer.Kind)
			}
			if layer.SetBy == "" {
				s.reportAt(at, "has no \"set_by\": name the component that writes the %s", layer.Kind)
			}
		}
	}
}

var groupForm = regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)

func ruleResource(_ *linter, s *source) {
	t := s.term
	switch {
	case t.HasLayer(ResourceKind) && t.Resource == nil:
		s.reportAt("resource", "is missing: write plural, short_names, group and namespaced as kubectl api-resources has them")
	case !t.HasLayer(ResourceKind) && t.Resource != nil:
		s.reportAt("resource", "belongs to the layer %q only: add that layer, or delete it", ResourceKind)
	}
	r := t.Resource
	if r == nil {
		return
	}
	if !groupForm.MatchString(r.Plural) {
		s.reportAt("resource.plural", "%q is no plural as kubectl api-resources has it: use lower-case letters", r.Plural)
	}
	if r.Group != "" && !groupForm.MatchString(r.Group) {
		s.reportAt("resource.group", "%q is no API group: write it without the version", r.Group)
	}
	if _, ok := s.at["resource.namespaced"]; !ok && s.file != "" {
		s.reportAt("resource.namespaced", "is missing: write true or false")
	}
}

func ruleSummary(_ *linter, s *source) {
	sentences(s, "summary", s.term.Summary, 1, 1, maxSummaryEN, maxSummaryJA)
}

func ruleMeaning(_ *linter, s *source) {
	sentences(s, "meaning", s.term.Meaning, minMeaning, maxMeaning, maxMeaningEN, maxMeaningJA)
}

// ruleStatus sees to it that a status says how bad it is and what to do.
func ruleStatus(_ *linter, s *source) {
	t := s.term
	if t.HasLayer(statusLayers...) && t.Severity == "" {
		s.reportAt("severity", "is missing: a %s is a status; use one of %s", t.Layers[0].Kind, joined(severities))
	}
	if t.Severity == Failure || t.Severity == Warning {
		if len(t.Causes) == 0 {
			s.reportAt("causes", "is missing: a %s needs its causes, the likeliest first", t.Severity)
		}
	}
	if t.IsStatus() && t.Severity != Normal && len(t.Checks) == 0 {
		s.reportAt("checks", "is missing: tell what to look at first")
	}
	if t.Tier == 1 && t.IsStatus() && t.Severity != Normal && len(t.Checks) == 1 {
		s.reportAt("checks", "has one command: everyone meets this status, so tell a second thing to look at")
	}
	if t.Severity == Passing && t.NormalFor.IsZero() {
		s.reportAt("normal_for", "is missing: tell how long it may last before it is a problem")
	}
	if t.Severity != Passing && t.OverdueAfter != 0 {
		s.reportAt("overdue_after", "belongs to the severity %q only: change the severity, or delete it", Passing)
	}
	if t.Severity != Passing && !t.NormalFor.IsZero() {
		s.reportAt("normal_for", "belongs to the severity %q only: change the severity, or delete it", Passing)
	}
	if !t.NormalFor.IsZero() {
		sentences(s, "normal_for", t.NormalFor, 1, 1, maxNoteEN, maxNoteJA)
	}
	if len(t.Causes) > maxCauses {
		s.reportAt("causes", "%d causes: keep the %d likeliest", len(t.Causes), maxCauses)
	}
	for i, c := range t.Causes {
		sentences(s, fmt.Sprintf("causes[%d]", i), c, 1, 1, maxNoteEN, maxNoteJA)
	}
	if t.HasLayer(ResourceKind, Component) && len(t.Try) == 0 {
		s.reportAt("try", "is missing: write the commands that show it")
	}
}

func ruleCommands(_ *linter, s *source) {
	for _, list := range []struct {
		field    string
		commands []Command
		limit    int
	}{
		{"checks", s.term.Checks, maxChecks},
		{"try", s.term.Try, maxTry},
	} {
		if len(list.commands) > list.limit {
			s.reportAt(list.field, "%d commands: keep the first %d", len(list.commands), list.limit)
		}
		for i, c := range list.commands {
			at := fmt.Sprintf("%s[%d]", list.field, i)
			if err := checkCommand(c.Run); err != nil {
				s.reportAt(at+".run", "%v", err)
			}
			sentences(s, at, Text{EN: c.EN, JA: c.JA}, 1, 1, maxNoteEN, maxNoteJA)
		}
	}
}

func ruleReferences(l *linter, s *source) {
	check := func(field, id string) {
		switch _, ok := l.byID[id]; {
		case !ok:
			s.reportAt(field, "there is no term %q: correct the ID, or write that term", id)
		case id == s.term.ID:
			s.reportAt(field, "the term names itself: delete it")
		}
	}
	if len(s.term.ConfusedWith) > maxConfusions {
		s.reportAt("confused_with", "%d terms: keep the %d likeliest", len(s.term.ConfusedWith), maxConfusions)
	}
	for i, c := range s.term.ConfusedWith {
		at := fmt.Sprintf("confused_with[%d]", i)
		check(at+".term", c.Term)
		sentences(s, at, Text{EN: c.EN, JA: c.JA}, 1, 1, maxNoteEN, maxNoteJA)
	}
	for _, r := range s.term.Related {
		for i, id := range r.Terms {
			check(fmt.Sprintf("related.%s[%d]", r.Relation, i), id)
		}
	}
	if v := s.term.Versions; v != nil && v.ReplacedBy != "" {
		check("versions.replaced_by", v.ReplacedBy)
	}
}

// ruleRelatedOnce sees to it that two terms have one relation, written on one
// side, since the other side is derived.
func ruleRelatedOnce(l *linter, s *source) {
	seen := make(map[string]bool)
	for _, r := range s.term.Related {
		for i, id := range r.Terms {
			at := fmt.Sprintf("related.%s[%d]", r.Relation, i)
			if seen[id] {
				s.reportAt(at, "%s is related already: keep the closest relation", id)
			}
			seen[id] = true
			other, ok := l.byID[id]
			inLayer := ok && other.file != ""
			if !ok || other == s || inLayer && other.term.ID > s.term.ID {
				continue // of two terms of a layer the later in the alphabet reports
			}
			for _, back := range other.term.Related {
				if slices.Contains(back.Terms, s.term.ID) {
					s.reportAt(at, "%s says already that it is related (%s): a relation is written on one side; keep the better one", id, back.Relation)
				}
			}
		}
	}
}

var versionForm = regexp.MustCompile(`^v1\.\d+$`)

func ruleVersions(_ *linter, s *source) {
	v := s.term.Versions
	if v == nil {
		return
	}
	for _, f := range []struct{ field, text string }{
		{"versions.introduced", v.Introduced}, {"versions.deprecated", v.Deprecated}, {"versions.removed", v.Removed},
	} {
		if f.text != "" && !versionForm.MatchString(f.text) {
			s.reportAt(f.field, "%q is no release of Kubernetes: write it as v1.30", f.text)
		}
	}
}

//go:embed docpaths/en.txt
var docPathsEN string

//go:embed docpaths/ja.txt
var docPathsJA string

// docPaths are the pages of kubernetes.io, of its version v1.36.
var docPaths = sync.OnceValue(func() map[string]bool {
	paths := make(map[string]bool)
	for _, p := range strings.Fields(docPathsEN + "\n" + docPathsJA) {
		paths[p] = true
	}
	return paths
})

// projectSites are the pages of components that are projects of their own.
// Their terms may link there.
var projectSites = []string{
	"https://antrea.io/",
	"https://argo-cd.readthedocs.io/",
	"https://argo-workflows.readthedocs.io/",
	"https://argoproj.github.io/",
	"https://aws.github.io/",
	"https://book.kubebuilder.io/",
	"https://canonical.com/microk8s/",
	"https://cert-manager.io/",
	"https://cilium.io/",
	"https://cloud.google.com/kubernetes-engine/",
	"https://cluster-api.sigs.k8s.io/",
	"https://containerd.io/",
	"https://contribute.cncf.io/",
	"https://coredns.io/",
	"https://cri-o.io/",
	"https://developer.hashicorp.com/vault/",
	"https://developer.konghq.com/",
	"https://doc.traefik.io/",
	"https://docs.aws.amazon.com/eks/",
	"https://docs.ceph.com/",
	"https://docs.cilium.io/",
	"https://docs.crossplane.io/",
	"https://docs.docker.com/",
	"https://docs.fluentbit.io/",
	"https://docs.fluentd.org/",
	"https://docs.k3s.io/",
	"https://docs.k8slens.dev/",
	"https://docs.nginx.com/nginx-ingress-controller/",
	"https://docs.podman.io/",
	"https://docs.redhat.com/",
	"https://docs.tigera.io/calico/",
	"https://ebpf.io/",
	"https://etcd.io/docs/",
	"https://external-secrets.io/",
	"https://fluxcd.io/",
	"https://gateway-api.sigs.k8s.io/",
	"https://github.com/Mirantis/cri-dockerd",
	"https://github.com/NVIDIA/",
	"https://github.com/ahmetb/kubectx",
	"https://github.com/aws/",
	"https://github.com/awslabs/",
	"https://github.com/bitnami-labs/sealed-secrets",
	"https://github.com/cilium/",
	"https://github.com/cncf/",
	"https://github.com/containerd/",
	"https://github.com/containernetworking/",
	"https://github.com/derailed/k9s",
	"https://github.com/flannel-io/",
	"https://github.com/google/cadvisor",
	"https://github.com/kubernetes-sigs/",
	"https://github.com/kubernetes/",
	"https://github.com/opencontainers/",
	"https://github.com/projectcalico/",
	"https://github.com/prometheus/",
	"https://github.com/rancher/",
	"https://github.com/stern/stern",
	"https://github.com/tigera/",
	"https://github.com/weaveworks/weave",
	"https://glossary.cncf.io/",
	"https://goharbor.io/",
	"https://grafana.com/docs/",
	"https://grpc.io/docs/",
	"https://gvisor.dev/",
	"https://headlamp.dev/",
	"https://helm.sh/docs/",
	"https://istio.io/",
	"https://k3d.io/",
	"https://k9scli.io/",
	"https://karpenter.sh/",
	"https://katacontainers.io/",
	"https://keda.sh/",
	"https://kind.sigs.k8s.io/",
	"https://knative.dev/",
	"https://kompose.io/",
	"https://kops.sigs.k8s.io/",
	"https://krew.sigs.k8s.io/",
	"https://kubectl.docs.kubernetes.io/",
	"https://kubernetes-sigs.github.io/",
	"https://kubespray.io/",
	"https://kubevirt.io/",
	"https://kueue.sigs.k8s.io/",
	"https://kyverno.io/",
	"https://learn.microsoft.com/azure/aks/",
	"https://linkerd.io/",
	"https://longhorn.io/",
	"https://metallb.io/",
	"https://minikube.sigs.k8s.io/",
	"https://open-policy-agent.github.io/gatekeeper/",
	"https://opencontainers.org/",
	"https://opentelemetry.io/",
	"https://prometheus-operator.dev/",
	"https://prometheus.io/",
	"https://ranchermanager.docs.rancher.com/",
	"https://rook.io/",
	"https://skaffold.dev/",
	"https://tekton.dev/",
	"https://trivy.dev/",
	"https://velero.io/",
	"https://www.cncf.io/",
	"https://www.cni.dev/",
	"https://www.envoyproxy.io/",
	"https://www.jaegertracing.io/",
	"https://www.kubeflow.org/",
}

func ruleDocs(l *linter, s *source) {
	d := s.term.Docs
	if d.EN == "" {
		s.reportAt("docs.en", "is missing: link the page on kubernetes.io, or of the component's own project")
	}
	for _, lang := range Langs {
		link := d.In(lang)
		if link == "" {
			continue
		}
		if err := l.checkLink(link, lang); err != nil {
			s.reportAt("docs."+string(lang), "%v", err)
		}
	}
	if u, err := url.Parse(d.EN); err == nil && d.JA == "" && u.Host == "kubernetes.io" && docPaths()["/ja"+u.Path] {
		s.reportAt("docs.ja", "is missing: the Japanese page https://kubernetes.io/ja%s exists", u.Path)
	}
}

func (l *linter) checkLink(link string, lang Lang) error {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return fmt.Errorf("%q is no https link", link)
	}
	if u.Host != "kubernetes.io" {
		ours := slices.ContainsFunc(projectSites, func(site string) bool { return strings.HasPrefix(link, site) })
		if l.base == nil && !ours {
			return fmt.Errorf("%q is neither on kubernetes.io nor the site of a component's own project: link one of these, or add the project to projectSites in lint.go", link)
		}
		return nil
	}
	if isJA := strings.HasPrefix(u.Path, "/ja/"); isJA != (lang == Japanese) {
		return fmt.Errorf("%q is a page in the other language", link)
	}
	switch {
	case docPaths()[u.Path]:
		return nil
	case docPaths()[u.Path+"/"]:
		return fmt.Errorf("%q lacks the slash at the end of its path", link)
	default:
		return fmt.Errorf("there is no page %q on kubernetes.io (v1.36): see docpaths/%s.txt", u.Path, lang)
	}
}

func ruleTier(_ *linter, s *source) {
	if s.term.Tier < 1 || s.term.Tier > 3 {
		s.reportAt("tier", "write 1 when everyone needs the term, 2 often, 3 rarely")
	}
}

// sentences checks a text that is written in both languages.
func sentences(s *source, field string, t Text, minimum, maximum, limitEN, limitJA int) {
	for _, lang := range Langs {
		at, lines := field+"."+string(lang), t.Sentences(lang)
		if len(lines) == 0 {
			s.reportAt(at, "is missing: write it in both languages")
			continue
		}
		if len(lines) < minimum || len(lines) > maximum {
			if maximum == 1 {
				s.reportAt(at, "has %d lines: write it on one", len(lines))
			} else {
				s.reportAt(at, "has %d lines: write %d to %d sentences, each on a line of its own", len(lines), minimum, maximum)
			}
		}
		limit := limitEN
		if lang == Japanese {
			limit = limitJA
		}
		for _, line := range lines {
			if n := utf8.RuneCountInString(line); n > limit {
				s.reportAt(at, "%q has %d characters: keep to %d", fold.First(line, 12)+"…", n, limit)
			}
			prose(s, at, line, lang)
		}
	}
}

var (
	// A blank before or after Japanese. It also shows where a text without
	// quotes goes over several lines, which YAML joins with blanks.
	japaneseBlank = regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}ー、。」] .|. [\p{Hiragana}\p{Katakana}\p{Han}「]`)
	fullWidth     = regexp.MustCompile(`[！-～｡-･　]`)
)

// prose checks one line of text in a language.
func prose(s *source, field, line string, lang Lang) {
	plainText(s, field, line)
	switch lang {
	case English:
		if i := strings.IndexFunc(line, fold.IsJapanese); i >= 0 {
			s.reportAt(field, "%q is Japanese: write the English text here", fold.First(line[i:], 12))
		}
		if !strings.HasSuffix(line, ".") {
			s.reportAt(field, "%q does not end with a period: write whole sentences", lastRunes(line, 12))
		}
	case Japanese:
		if !fold.HasJapanese(line) {
			s.reportAt(field, "%q is not Japanese: write the Japanese text here", fold.First(line, 20))
		}
		if !strings.HasSuffix(line, "。") {
			s.reportAt(field, "%q does not end with 。: write whole sentences", lastRunes(line, 12))
		}
		if m := japaneseBlank.FindString(line); m != "" {
			s.reportAt(field, "a blank beside Japanese in %q: delete it", m)
		}
		if m := fullWidth.FindString(line); m != "" {
			s.reportAt(field, "the full-width %q: write letters, digits, brackets and blanks half-width", m)
		}
	}
}

// plainText refuses what would not come out as it was written: markup, since
// the platforms have different ones, and characters that nobody sees.
func plainText(s *source, field, text string) {
	for _, r := range text {
		switch {
		case r == '`':
			s.reportAt(field, "a backtick: terms are plain text, each platform sets commands in its own way")
			return
		case r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			s.reportAt(field, "the invisible character %U: delete it", r)
			return
		}
	}
	for _, mark := range []string{"**", "__", "](", "  "} {
		if strings.Contains(text, mark) {
			s.reportAt(field, "%q: terms are plain text without markup", mark)
			return
		}
	}
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

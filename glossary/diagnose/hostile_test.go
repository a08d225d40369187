package diagnose

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// always returns a function for a row that is always the same.
func always(row string) func(int) string { return func(int) string { return row } }

// numbered returns a function that replaces each N in a row by the row's number.
func numbered(row string) func(int) string {
	return func(n int) string { return strings.ReplaceAll(row, "N", strconv.Itoa(n)) }
}

// randomly returns a function for a row of n random runes, at least first and less than end.
func randomly(n int, first, end rune) func(int) string {
	r := rand.New(rand.NewPCG(1, 2))
	return func(int) string {
		row := make([]rune, n, n+1)
		for i := range row {
			row[i] = first + r.Int32N(end-first)
		}
		return string(append(row, '\n'))
	}
}

// words are words that readers look for. N stands for a number.
var words = strings.Fields("web-N 0/1 1/1 Error error: Failed [ERROR] {\"a\": key=N key: Warning kubectl get pod/web-N 10.0.0.N 40m Ready False - > | │ ✗ = 12:00:N [N] \"xN\" <none> CrashLoopBackOff NAME STATUS thingN is bad N Name: Status: Conditions: Type kind: apiVersion: --- ] } } 名前 Normal Pulled 3s kubelet, E1124 level=error msg=\"a")

// mixed returns a function for a row of one to n random words with a separator in between.
func mixed(n int, separator string) func(int) string {
	r := rand.New(rand.NewPCG(3, 4))
	return func(int) string {
		row := make([]string, 1+r.IntN(n))
		for i := range row {
			row[i] = strings.ReplaceAll(words[r.IntN(len(words))], "N", strconv.Itoa(r.IntN(100_000)))
		}
		return strings.Join(row, separator) + "\n"
	}
}

// podStatuses are statuses of Pods, each of which has a term.
var podStatuses = strings.Fields("CrashLoopBackOff ImagePullBackOff ErrImagePull OOMKilled Error Evicted ContainerCreating CreateContainerConfigError CreateContainerError RunContainerError InvalidImageName Terminating Unknown Pending Init:Error PodInitializing ContainerStatusUnknown NodeLost StartError Completed")

// hostileForms are pastes that are long because somebody wants to slow the bot down, or that differ
// in every line. They need not contain a failure.
var hostileForms = map[string]pasteForm{
	"one word":                   {"", always("x")},
	"words on one line":          {"", always("pod error failed ")},
	"braces":                     {"", always("{")},
	"lines of braces":            {"", always("{\n")},
	"lines of brackets":          {"", always("[\n")},
	"nested JSON":                {`{"items":`, always(`[{"a":`)},
	"unfinished JSON":            {"", numbered("{\"kind\":\"Pod\",\"n\":N,\n")},
	"deep YAML":                  {"", func(n int) string { return strings.Repeat(" ", n) + "a:\n" }},
	"YAML documents":             {"", numbered("kind: Pod\nmetadata:\n  name: web-N\n---\n")},
	"objects of many kinds":      {"", numbered("apiVersion: example.com/v1\nkind: KindN\nmetadata:\n  name: xN\nstatus:\n  phase: Failed\n---\n")},
	"colors":                     {"", always("\x1b[31m")},
	"colored lines":              {"", always("\x1b[31mCrashLoopBackOff\x1b[0m web\n")},
	"links":                      {"", always("\x1b]8;;")},
	"random bytes":               {"", func(n int) string { return string([]byte{byte(n * n >> 3), byte(n * 7919 >> 5)}) }},
	"random ASCII":               {"", randomly(60, ' ', 0x7f)},
	"random Japanese":            {"", randomly(30, 0x3041, 0x30ff)},
	"short random words":         {"", randomly(4, 'a', 'z'+1)},
	"one or two words":           {"", mixed(2, " ")},
	"one to seven words":         {"", mixed(7, " ")},
	"words and tabs":             {"", mixed(7, "\t")},
	"words and blanks":           {"", mixed(6, "   ")},
	"blank lines":                {"", always("\n")},
	"one letter per line":        {"", always("a\n")},
	"code fences":                {"", always("```\n")},
	"table headers":              {"", always("NAME   READY   STATUS   RESTARTS   AGE\n")},
	"a table of many kinds":      {"KIND   NAME   READY   STATUS   AGE\n", numbered("KindN   web-N   False   FailedN   40m\n")},
	"a table of many statuses":   {"NAME   READY   STATUS   RESTARTS   AGE\n", numbered("web-N   0/1   StatusNError   0   40m\n")},
	"custom resources":           {"NAME   SYNCED   READY   EXTERNAL-NAME   AGE\n", numbered("bucket-N   False   False   bucket-N   40m\n")},
	"healthy Pods":               {"NAME   READY   STATUS   RESTARTS   AGE\n", numbered("web-N   1/1   Running   0   40m\n")},
	"rows without a header":      {"", numbered("web-N   0/1   CrashLoopBackOff   12 (3m ago)   40m\n")},
	"unfinished rows":            {"", numbered("web-N\n0/1\n")},
	"names":                      {"", numbered("web-N\n")},
	"commands":                   {"", numbered("$ kubectl get pods web-N -n shop\n")},
	"errors":                     {"", numbered("error: cannot update thing N: widget N is stuck\n")},
	"API errors":                 {"", numbered("Error from server (NotFound): pods \"web-N\" not found\n")},
	"errors of a tool":           {"", numbered("│ Error: thing N failed\n│ \n│   with a.bN,\n│   on main.tf line N, in resource \"a\" \"b\":\n│\n")},
	"events of many kinds":       {"LAST SEEN   TYPE   REASON   OBJECT   MESSAGE\n", numbered("3s   Warning   ReasonN   pod/web-N   Cannot do thing N\n")},
	"events of one Pod":          {"", numbered("Ns   Warning   Failed   pod/web   Failed N\n")},
	"events that are resolved":   {"", numbered("3s   Warning   Failed   pod/web   Failed N\n5s   Normal   Pulled   pod/web   Pulled\n")},
	"conditions of one object":   {"Name: web\nConditions:\n  Type   Status   Reason   Message\n", numbered("  ReadyN   False   BadN   it is bad\n")},
	"klog of many errors":        {"", numbered("E1124 00:30:00.000000       1 file.go:N] \"Cannot do thing N\" err=\"failure N\" pod=\"shop/web-N\"\n")},
	"leases":                     {"", numbered("I1124 00:30:00.000000       1 leaderelection.go:258] successfully acquired lease kube-system/aN\n")},
	"JSON logs":                  {"", numbered("{\"level\":\"error\",\"ts\":\"2026-01-02T03:04:05Z\",\"msg\":\"Reconciler error N\",\"error\":\"thing N failed\"}\n")},
	"stack traces":               {"", numbered("java.lang.IllegalStateException: bad N\n\tat com.example.AN.b(A.java:N)\n")},
	"sentences":                  {"", numbered("Please help me, since my application number N doesn't start today.\n")},
	"sentences in Japanese":      {"", numbered("PodのN番目が起動しないのですが、どうすればいいですか。\n")},
	"messages within each other": {"", always("failed to pull image \"a\": rpc error: code = Unknown desc = failed to do request: ")},

	// Each of these stresses a reader, or the joining of findings.
	"one line of a JSON log":   {`{"level":"error","msg":"a"`, numbered(`,"keyN":"value N"`)},
	"one line of logfmt":       {`level=error msg="a"`, numbered(` keyN="value N"`)},
	"one line of deep JSON":    {"", always(`{"status":`)},
	"nested payloads of logs":  {"", always(`{"jsonPayload":`)},
	"deep JSON on lines":       {"", func(n int) string { return strings.Repeat(" ", n) + "\"status\": {\n" }},
	"anchors in YAML":          {"kind: List\nitems:\n", numbered("- &aN\n  kind: Pod\n  metadata: {name: xN}\n  <<: *aN\n")},
	"text in YAML":             {"kind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: |\n", numbered("    error: cannot do thing N\n")},
	"objects with owners":      {"kind: List\nitems:\n", numbered("- kind: Pod\n  metadata:\n    name: xN\n    ownerReferences:\n    - kind: ReplicaSet\n      name: rN\n  status:\n    phase: Failed\n    reason: ReasonN\n")},
	"conditions of many types": {"kind: Widget\nmetadata:\n  name: web\nstatus:\n  conditions:\n", numbered("  - type: TypeNFailed\n    status: \"True\"\n    reason: ReasonN\n    message: thing N failed\n")},
	"containers of one Pod":    {"kind: Pod\nmetadata:\n  name: web\nstatus:\n  phase: Running\n  containerStatuses:\n", numbered("  - name: cN\n    ready: false\n    restartCount: N\n    state:\n      waiting:\n        reason: CrashLoopBackOff\n        message: back-off N\n")},
	"described containers":     {"Name: web\nNamespace: shop\nContainers:\n", numbered("  cN:\n    State:          Waiting\n      Reason:       ErrorN\n    Last State:     Terminated\n      Exit Code:    N\n")},
	"described fields":         {"Name: web\nNamespace: shop\n", numbered("KeyN:   value N failed\n")},
	"a described status":       {"Name: web\nStatus:\n", numbered("  Thing N Failed:  true\n  Phase N:  Failed\n")},
	"prompts":                  {"", numbered("me@hostN:~$ kubectl get pods -n shopN\nNAME   READY   STATUS   RESTARTS   AGE\nwebN   0/1   CrashLoopBackOff   1   1m\n")},
	"commands in sentences":    {"", numbered("I ran kubectl describe pod web-N -n shopN and got:\nthing N is stuck\n")},
	"namespaces":               {"NAMESPACE   NAME   READY   STATUS   RESTARTS   AGE\n", numbered("shopN   web-N   0/1   CrashLoopBackOff   12 (3m ago)   40m\n")},
	"rows of all kinds":        {"", numbered("pod/a-N   0/1   Error   3   40m\ndeployment.apps/a-N   0/1   1   0   40m\nservice/a-N   LoadBalancer   10.0.0.1   <pending>   80/TCP   40m\njob.batch/a-N   0/1   40m   40m\n")},
	"rows on two lines":        {"", numbered("web-N   0/1\nCrashLoopBackOff   12   40m\n")},
	"cells on their own lines": {"", numbered("NAME\nREADY\nSTATUS\nRESTARTS\nAGE\nweb-N\n0/1\nError\n3\n40m\n")},
	"a table of 40 columns":    {"NAME   " + strings.Repeat("READY   ", 39) + "\n", numbered("web-N   " + strings.Repeat("False   ", 39) + "\n")},
	"rows of 500 columns":      {"NAME   " + strings.Repeat("READY   ", 500) + "\n", numbered("web-N   " + strings.Repeat("0/1   ", 500) + "\n")},
	"many headers":             {"", numbered("NAME   READY   STATUS   COLUMNN   AGE\n")},
	"headers of many kinds":    {"", numbered("NAME   READY   STATUS   COLA   AGE\nweb-N   False   FailedN   x   1m\nNAME   PHASE   STATE   AGE\nweb-N   FailedN   x   1m\n")},
	"numbers in a table":       {"NAME   DESIRED   CURRENT   READY   AGE\n", numbered("web-N   N   N   0   40m\n")},
	"restarts":                 {"NAME   READY   STATUS   RESTARTS   AGE\n", numbered("web-N   1/1   Running   N (Ns ago)   Ns\n")},
	"a tree":                   {"NAMESPACE   NAME   READY   REASON   AGE\nshop   Deployment/web   -   -   1d\n", numbered("shop   ├─ReplicaSet/web-N   -   -   1d\nshop   │ └─Pod/web-N   False   ReasonN   1d\n")},
	"applications of Argo CD":  {"", numbered("Name:               argocd/appN\nHealth Status:      Degraded\n\nGROUP  KIND        NAMESPACE  NAME  STATUS     HEALTH    HOOK  MESSAGE\napps   Deployment  shop       aN    OutOfSync  Degraded        thing N is bad\n\n")},
	"kubeadm":                  {"", numbered("[preflight] Running pre-flight checks\n[ERROR Port-N]: Port N is in use\n[WARNING Thing]: N is bad\n")},
	"releases of Helm":         {"", numbered("NAME: rN\nLAST DEPLOYED: Mon\nNAMESPACE: shop\nSTATUS: failed\nREVISION: N\n")},
	"history of Helm":          {"REVISION\tUPDATED                 \tSTATUS    \tCHART    \tAPP VERSION\tDESCRIPTION\n", numbered("N\tMon Mar  2 10:00:00 2026\tfailed\ta-1.0.N\t1.0\tUpgrade failed: N\n")},
	"alerts":                   {"", numbered("[FIRING:1] KubeThingNFailed\n- alertname = KubeThingNFailed\n- namespace = shop\n- pod = web-N\n- description: thing N failed\n")},
	"checks":                   {"", numbered("✗ thing N is not healthy\n× check N\n[ERR] CHECK_N: thing N failed\nFAIL: TestN\n")},
	"reports":                  {"Cilium:   OK\n", numbered("KVStore N:   0/N reachable, N errors\n  thing N failed\n")},
	"layers":                   {"The push refers to repository [example.com/a]\n", numbered("aaaaaaaaaaaa: Preparing\n")},
	"events with long messages": {"LAST SEEN   TYPE   REASON   OBJECT   MESSAGE\n", func(n int) string {
		return fmt.Sprintf("3s   Warning   Failed%d   pod/web-%d   %s\n", n, n, strings.Repeat("cannot do thing "+strconv.Itoa(n)+" ", 50))
	}},
	"events of the scheduler":      {"", numbered("3s   Warning   FailedScheduling   pod/web-N   0/N nodes are available: 1 Insufficient cpu, 2 Insufficient example.com/gpuN, 1 node(s) had untolerated taint {keyN: }, N node(s) didn't match Pod's node affinity/selector. preemption: 0/N nodes are available.\n")},
	"described events":             {"Name: web\nEvents:\n  Type     Reason   Age   From      Message\n  ----     ------   ----  ----      -------\n", numbered("  Warning  FailedN  Ns (xN over Nm)  kubelet  Error N: ImagePullBackOff\n")},
	"one event of many lines":      {"3s   Warning   Failed   pod/web   Failed\n", numbered("                                    thing N failed\n")},
	"a column in each color":       {"NAME   READY   STATUS   RESTARTS   AGE\n", numbered("\x1b[36mweb-N\x1b[0m   \x1b[31m0/1\x1b[0m   \x1b[31mCrashLoopBackOff\x1b[0m   \x1b[33mN\x1b[0m   \x1b[32m40m\x1b[0m\n")},
	"a color for each letter":      {"", always("\x1b[31mE\x1b[32mr\x1b[33mr\x1b[0m ")},
	"colors without an escape":     {"", numbered("[31mCrashLoopBackOff N[0m \\x1b[31mweb-N\\033[0m\n")},
	"quote marks":                  {"", always("> ")},
	"quoted lines":                 {"", numbered("> > > > > > > > > > web-N   0/1   Error   3   40m\n")},
	"carriage returns":             {"NAME   READY   STATUS   RESTARTS   AGE\r\n", numbered("web-N   0/1   CrashLoopBackOff   N   40m\r\n")},
	"only carriage returns":        {"", always("a\r")},
	"tabs":                         {"", always("\t")},
	"lines of tabs":                {"", numbered("web-N\t0/1\tError\tN\t40m\n")},
	"klog of many keys":            {"", numbered("E1124 00:30:00.000000       1 file.go:N] \"Bad\" keyN=\"value N\" otherN=\"value N\" podN=\"shop/web-N\" err=\"failure N\"\n")},
	"unterminated quotes":          {"", numbered("E1124 00:30:00.000000       1 file.go:N] \"Bad thing N err=\"failure N\ntime=\"N level=error msg=\"thing N\n")},
	"one unterminated quote":       {"E1124 00:30:00.000000       1 file.go:1] \"Bad\" ", always("a=\"b c\\\" ")},
	"values on many lines":         {"", numbered("E1124 00:30:00.000000       1 file.go:N] \"Bad\" err=<\n\tthing N failed\n\tthing N is bad\n >\n")},
	"errors of many lines":         {"", numbered("error: cannot do thing N\n  thing N is bad\n  * thing N is worse\n")},
	"an error of many lines":       {"error: cannot do thing\n", numbered("  thing N is bad\n")},
	"invalid objects":              {"", numbered("The Deployment \"web-N\" is invalid: spec.replicasN: Invalid value: N: must be less than N\n")},
	"denials":                      {"", numbered("Error from server: admission webhook \"aN.example.com\" denied the request: \n\nresource Pod/shop/web-N was blocked due to the following policies\n\npolicyN:\n  ruleN: 'validation error: N'\n")},
	"Go panics":                    {"", numbered("panic: bad N\n\ngoroutine N [running]:\nmain.fN(0xN)\n\t/a/b.go:N +0xN\nexit status 2\n")},
	"tracebacks of Python":         {"", numbered("Traceback (most recent call last):\n  File \"a.py\", line N, in f\n    g(N)\nValueError: bad N\n")},
	"the kernel":                   {"", numbered("[N.123456] Memory cgroup out of memory: Killed process N (aN) total-vm:N\n[N.123457] thing N\n")},
	"requests":                     {"", numbered("10.0.0.1 - - [02/Mar/2026:10:00:00 +0000] \"GET /N HTTP/1.1\" 502 N\n")},
	"errors of nginx":              {"", numbered("2026/03/02 10:00:00 [error] 31#31: *N connect() failed (111: Connection refused) while connecting to upstream N\n")},
	"a journal":                    {"", numbered("Mar 02 10:00:00 node-N kubelet[N]: thing N failed\n")},
	"logs of many programs":        {"", numbered("{\"level\":\"error\",\"ts\":N,\"logger\":\"programN\",\"msg\":\"thing N\",\"error\":\"bad N\",\"Deployment\":{\"name\":\"web-N\",\"namespace\":\"shop\"},\"caller\":\"github.com/a/bN/c.go\"}\n")},
	"terms in sentences":           {"", numbered("My Pod web-N went from CrashLoopBackOff to OOMKilled, then exit code 137 and N ImagePullBackOff appeared.\n")},
	"full-width text":              {"", numbered("Ｅｒｒｏｒ：ＣｒａｓｈＬｏｏｐＢａｃｋＯｆｆ　ｐｏｄ／ｗｅｂ－N　ｆａｉｌｅｄ\n")},
	"borders":                      {"", numbered("│ web-N │ 0/1 │ CrashLoopBackOff │ N │ 40m │\n")},
	"plural kinds":                 {"", numbered("Error from server (Forbidden): widgetsN.example.com is forbidden: User \"jane-N\" cannot list resource \"widgetsN\" in API group \"example.com\" in the namespace \"shopN\"\n")},
	"ready parts in a status":      {"Name: web\nStatus:\n", numbered("  Ready Nx:  1\n  Number Ready:  1\n")},
	"ready parts in YAML":          {"kind: Widget\nmetadata:\n  name: web\nstatus:\n", numbered("  numberReady: 1\n  readyNx: 1\n")},
	"fields of many objects":       {"kind: Widget\nmetadata:\n  name: web\nstatus:\n", numbered("  aN:\n    phase: FailedN\n    error: thing N\n")},
	"ends of jobs":                 {"", numbered("script returned exit code N\n")},
	"assigned without a name":      {"", numbered("3s   Normal   Scheduled   default-scheduler   Successfully assigned shop/web-N. to node-N\n")},
	"wrapped events":               {"LAST SEEN   TYPE   REASON   OBJECT   MESSAGE\n3s   Warning   Failed   pod/web   Failed\n", numbered("                         thing N failed\n")},
	"unfinished objects in a line": {"", func(n int) string { return "2026-01-02T03:04:05Z ERROR a" + strings.Repeat(` {"a`, 4000) + "}\n" }},
	"unfinished objects in Docker": {"", func(n int) string {
		return `{"log":"ERROR a` + strings.Repeat(` {\"a`, 100_000) + `","stream":"stderr"}` + "\n"
	}},
	"quoted keys in a line": {"", func(n int) string {
		return "E1124 00:30:00.000000 1 file.go:1] a " + strings.Repeat(`"k"="v" `, 2000) + "\n"
	}},
	"quoted keys in klogr": {"", func(n int) string {
		return "E1124 00:30:00.000000 1 file.go:1] a \"msg\"=\"b\" " + strings.Repeat(`"k"="v" `, 2000) + "\n"
	}},
	"quoted keys in Docker": {"", func(n int) string {
		return `{"log":"E1124 00:30:00.000000 1 file.go:1] a \"msg\"=\"b\" ` + strings.Repeat(`\"k\"=\"v\" `, 60_000) + `","stream":"stderr"}` + "\n"
	}},
	"statuses of many objects": {"NAME   READY   STATUS   RESTARTS   AGE\n", func(n int) string { return fmt.Sprintf("web-%d   0/1   Status%dError   0   40m\n", n, n%199) }},
	"events of many objects": {"LAST SEEN   TYPE   REASON   OBJECT   MESSAGE\n", func(n int) string {
		return fmt.Sprintf("3s   Warning   Thing%dFailed   pod/web-%d   It failed\n", n%199, n)
	}},
	"names in many namespaces": {"NAMESPACE   NAME   READY   STATUS   RESTARTS   AGE\n", func(n int) string { return fmt.Sprintf("shop-%d   web   0/1   Status%dError   0   40m\n", n, n%199) }},
	"statuses of Kubernetes": {"NAME   READY   STATUS   RESTARTS   AGE\n", func(n int) string {
		return fmt.Sprintf("web-%d   0/1   %s   0   40m\n", n, podStatuses[n%len(podStatuses)])
	}},
	"quotes in many lines": {"", func(n int) string { return `{"a` + strings.Repeat(`"kin`, 50) + "\n" }},
	"quotes in long lines": {"", func(n int) string { return `{` + strings.Repeat(`"kin" "s" `, 1500) + "\n" }},
	"underscores":          {"", func(n int) string { return "E1124 00:30:00.000000 1 file.go:1] " + strings.Repeat(`a_`, 7000) + "\n" }},
	"long names": {"", func(n int) string {
		return "E1124 00:30:00.000000 1 file.go:1] " + strings.Repeat(strings.Repeat("a", 250)+"_b ", 60) + "\n"
	}},
	"templates": {"", func(n int) string {
		return "error: " + strings.Repeat("failed to pull image failed to create error: failed to mount: ", 200) + "\n"
	}},
	"words of Go errors": {"", func(n int) string {
		return "E1124 00:30:00.000000 1 file.go:1] " + strings.Repeat("failed to pull image \"a\": ", 500) + "\n"
	}},
	"one error of Go": {`{"level":"error","ts":"1","msg":"a","error":"`, always("failed to pull image: rpc error: code = Unknown desc = ")},
	"many taints":     {"3s   Warning   FailedScheduling   pod/web   0/9 nodes are available: ", numbered("1 Insufficient example.com/gpuN, ")},
	"lines of scheduler reasons": {"", func(n int) string {
		return "3s   Warning   FailedScheduling   pod/web   0/9 nodes are available: " + strings.Repeat("1 Insufficient cpu, ", 700) + "\n"
	}},
	"spaces":                    {"", func(n int) string { return "a" + strings.Repeat(" ", 8000) + "b\n" }},
	"gaps in a row":             {"NAME   READY   STATUS   RESTARTS   AGE\n", func(n int) string { return "web" + strings.Repeat("   ", 5000) + "1m\n" }},
	"words of a row":            {"", func(n int) string { return strings.Repeat("web-1 0/1 ", 1500) + "\n" }},
	"columns in a header":       {"", func(n int) string { return "NAME " + strings.Repeat("LAST SEEN ", 190) + "\n" }},
	"paths":                     {"", func(n int) string { return strings.Repeat("/a/b.go:1 ", 1600) + "\n" }},
	"colons":                    {"", func(n int) string { return strings.Repeat("a: ", 5000) + "\n" }},
	"digits":                    {"", func(n int) string { return strings.Repeat("1234567890", 1600) + "\n" }},
	"dashes":                    {"", func(n int) string { return "a" + strings.Repeat("-", 16000) + "b\n" }},
	"brackets in a line":        {"", func(n int) string { return strings.Repeat("[a] ", 4000) + "\n" }},
	"UIDs":                      {"", numbered("pod 01234567-89ab-cdef-0123-456789abcdef failed: error N (01234567-89ab-cdef-0123-456789abcdef)\n")},
	"hexadecimal":               {"", func(n int) string { return "error: " + strings.Repeat("0123-", 3200) + "\n" }},
	"UTF-16":                    {"\xff\xfe", numbered("e\x00r\x00r\x00o\x00r\x00:\x00 \x00N\n\x00")},
	"continued scalars in YAML": {"kind: List\nitems:\n", func(n int) string { return "- a\n" + strings.Repeat("  b\n", 4000) }},
	"continued conditions":      {"Name: web\nConditions:\n  Type   Status\n", func(n int) string { return "  Ready" + strconv.Itoa(n) + "   False\n" + strings.Repeat("    b\n", 700) }},
	"continued status":          {"Name: web\nStatus:\n", func(n int) string { return "  Message " + strconv.Itoa(n) + ":  a\n" + strings.Repeat("    b\n", 700) }},
	"continued messages": {"", func(n int) string {
		return "Name:   web-" + strconv.Itoa(n) + "\nMessage:   a\n" + strings.Repeat("  b\n", 900)
	}},
	"continued states": {"Name: web\nContainers:\n", func(n int) string {
		return "  c" + strconv.Itoa(n) + ":\n    State:   Waiting\n      Reason:   Error\n      Message:   a\n" + strings.Repeat("b\n", 900)
	}},
	"causes of exceptions": {"", func(n int) string {
		return "java.lang.Exception: a\n" + strings.Repeat("\tat a.b(c)\nCaused by: a\n", 200)
	}},
	"quotes in wrapped JSON": {"", func(n int) string { return "{\"kind\": \"Pod\", \"a\": \"b\n" + strings.Repeat("c\n", 45) }},

	// Each of these is a file, or the output of a program, that is long or has many forms.
	"deep JSON":            {"{\"kind\":\"Pod\",\"metadata\":{\"name\":\"web\"},\"status\":", always(`{"a":[0,"b",`)},
	"a list in JSON":       {"{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n", numbered("        {\n            \"kind\": \"Pod\",\n            \"metadata\": {\n                \"name\": \"web-N\"\n            },\n            \"status\": {\n                \"phase\": \"Failed\",\n                \"reason\": \"ReasonN\"\n            }\n        },\n")},
	"a list in YAML":       {"apiVersion: v1\nitems:\n", numbered("- apiVersion: v1\n  kind: Pod\n  metadata:\n    annotations:\n      a/b: '{\"aN\":\"b\"}'\n    labels:\n      app: web\n    managedFields:\n    - fieldsV1:\n        f:metadata:\n          f:labels: {}\n    name: web-N\n    namespace: shop\n    uid: aN\n  spec:\n    containers:\n    - image: aN\n      name: app\n  status:\n    phase: Pending\n    conditions:\n    - lastTransitionTime: \"2026-03-02T10:00:00Z\"\n      message: '0/N nodes are available: N Insufficient cpu.'\n      reason: Unschedulable\n      status: \"False\"\n      type: PodScheduled\n")},
	"merge keys in YAML":   {"a0: &a0\n  a: b\n", numbered("aN: &aN\n  <<: *a0\n  b: [*a0, *a0]\n")},
	"deep indents in YAML": {"kind: Widget\nmetadata:\n  name: web\nspec:\n", func(n int) string { return strings.Repeat("  ", n%400+1) + "a" + strconv.Itoa(n) + ":\n" }},
	"a file in a Secret":   {"kind: Secret\nmetadata:\n  name: web\ndata:\n  a: ", randomly(76, 'A', 'z')},
	"base64":               {"", randomly(76, 'A', 'z')},
	"base64 on one line":   {"", func(n int) string { return "QUJD" + strconv.Itoa(n) }},
	"Windows":              {"\ufeffNAME   READY   STATUS   RESTARTS   AGE\r\n", numbered("web-N   0/1   StatusNError   N   40m\r\n")},
	"Japanese": {"", func(n int) string {
		return "本番の環境で、デプロイした後に「エラー」が" + strconv.Itoa(n) + "回も出て困っています。\n"
	}},
	"Japanese on one line": {"", numbered("Podが起動しない。N回、再起動した。")},
	"pairs on one line":    {`level=error msg="it failed" `, numbered(`keyN="value N failed" other=N `)},
	"pairs":                {"", numbered("time=\"2026-03-02T10:00:00Z\" level=error msg=\"thing N failed\" keyN=\"N\" error=\"bad N\"\n")},
	"prompts alone":        {"", numbered("[root@node-N ~]# \nme@host:/a/N$ ls -l N\n")},
	"a color after each letter": {"NAME   READY   STATUS   RESTARTS   AGE\n", func(n int) string {
		var b strings.Builder
		for _, r := range fmt.Sprintf("web-%d   0/1   Error   0   40m", n) {
			b.WriteRune(r)
			b.WriteString("\x1b[31m")
		}
		return b.String() + "\n"
	}},
	"fenced tables":         {"", numbered("```\nNAME   READY   STATUS   RESTARTS   AGE\nweb-N   0/1   Error   N   40m\n```\nand then\n")},
	"fences in a line":      {"", numbered("it says ```ErrorN``` and `FailedN`\n")},
	"tables of known kinds": {"", numbered("NAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb-N   0/1   1   0   40m\n\nNAME   STATUS   ROLES   AGE   VERSION\nnode-N   NotReady   <none>   40m   v1.37.0\n\nNAME   STATUS   VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   AGE\ndata-N   Pending   a   1Gi   RWO   b   40m\n\n")},
	"different events": {"LAST SEEN   TYPE   REASON   OBJECT   MESSAGE\n", func(n int) string {
		reasons := []string{"FailedMount", "FailedScheduling", "BackOff", "Unhealthy", "FailedCreate", "NodeNotReady", "FailedAttachVolume", "Evicted", "FailedCreatePodSandBox", "ProvisioningFailed"}
		return fmt.Sprintf("%ds   Warning   %s   pod/web-%d   thing %d: context deadline exceeded, timed out waiting for %d\n", n, reasons[n%len(reasons)], n, n*7919, n)
	}},
	"different errors": {"", func(n int) string {
		words := strings.Fields("cannot reach server while reading config from volume because token was rejected by webhook after timeout in namespace")
		var b strings.Builder
		b.WriteString("error: ")
		for i := range 9 {
			b.WriteString(words[(n*(i+3)+n>>i)%len(words)] + " ")
		}
		return b.String() + strconv.Itoa(n) + "\n"
	}},
	"stack traces of all languages": {"", numbered("goroutine N [running]:\nmain.f(0xN)\n\t/a/b.go:N +0x1\nException in thread \"main\" java.lang.Error: N\n\tat a.b.c(D.java:N)\n\t... N more\nTraceback (most recent call last):\n  File \"/a/b.py\", line N, in <module>\nKeyError: 'N'\nError: bad N\n    at Object.<anonymous> (/a/b.js:N:1)\n")},
	"HTML":                          {"<html><body><table>\n", numbered("<tr class=\"row\"><td>web-N</td><td>0/1</td><td>CrashLoopBackOff</td></tr>\n")},
	"HTML on one line":              {"<html><body><table>", numbered("<tr><td>web-N</td><td>CrashLoopBackOff</td></tr>")},
	"audit log":                     {"", numbered("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\",\"auditID\":\"aN\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/namespaces/shop/pods/web-N\",\"verb\":\"get\",\"user\":{\"username\":\"jane-N\"},\"objectRef\":{\"resource\":\"pods\",\"namespace\":\"shop\",\"name\":\"web-N\"},\"responseStatus\":{\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}}\n")},
	"events in JSON":                {"", numbered("{\"kind\":\"Event\",\"type\":\"Warning\",\"reason\":\"FailedN\",\"message\":\"thing N failed\",\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"web-N\",\"namespace\":\"shop\"}}\n")},
	"metrics":                       {"", numbered("# TYPE aN_total counter\naN_total{namespace=\"shop\",pod=\"web-N\",reason=\"ErrorN\"} N\n")},
	"a diff":                        {"diff -u -N /tmp/LIVE/a /tmp/MERGED/a\n", numbered("@@ -N,6 +N,6 @@\n   name: web-N\n-  image: a:N\n+  image: b:N\n")},
	"Markdown":                      {"| NAME | READY | STATUS |\n|---|---|---|\n", numbered("| web-N | 0/1 | CrashLoopBackOff |\n")},
	"CSV":                           {"name,ready,status\n", numbered("web-N,0/1,CrashLoopBackOff,N\n")},
	"a build":                       {"", numbered("#N [stage-N 3/N] RUN make thingN\n#N N.5 error: thing N failed\n#N ERROR: process did not complete successfully: exit code: N\n")},
	"GitHub Actions":                {"", numbered("2026-03-02T10:00:00.1234567Z ##[error]thing N failed\n2026-03-02T10:00:00.1234567Z thing N is done\n")},
	"a plan":                        {"", numbered("  # kubernetes_pod.webN will be created\n  + resource \"kubernetes_pod\" \"webN\" {\n      + name = \"web-N\"\n    }\n")},
	"described nodes":               {"", numbered("Name:               node-N\nRoles:              <none>\nConditions:\n  Type             Status  LastHeartbeatTime                 LastTransitionTime                Reason                       Message\n  ----             ------  -----------------                 ------------------                ------                       -------\n  MemoryPressure   True    Mon, 02 Mar 2026 10:00:00 +0000   Mon, 02 Mar 2026 10:00:00 +0000   KubeletHasInsufficientMemory   kubelet N\nNon-terminated Pods:          (1 in total)\n  Namespace   Name    CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age\n  ---------   ----    ------------  ----------  ---------------  -------------  ---\n  shop        web-N   N (5%)        0 (0%)      70Mi (0%)        170Mi (2%)     14d\n")},
	"questions":                     {"", numbered("Why does my Pod number N restart, and what is the Reason N?\n")},
	"capitals in sentences":         {"", numbered("Then The Thing Number N said BackOff or NotReady to Me\n")},
	"UTF-16 in Japanese":            {"\xff\xfe", numbered("\xa8\x30\xe9\x30\xfc\x30N\x00\n\x00")},
	"UTF-16 of a table": {"\xfe\xff", func(n int) string {
		return utf16Of(fmt.Sprintf("web-%d   0/1   CrashLoopBackOff   12 (3m ago)   40m\n", n))
	}},
	"UTF-16 of surrogates":    {"\xff\xfe", always("\x3d\xd8\x00\xde\x3d\xd8\n\x00")},
	"rows with invalid bytes": {"NAME   READY   STATUS   RESTARTS   AGE\n", numbered("web-N   0/1   Error\xff   N   40m\n")},
	"emoji":                   {"", numbered("🔥 web-N ❌ failed ✅ N\n")},
	"numbers alone":           {"", numbered("N\n")},
	"mixed line ends":         {"NAME   READY   STATUS   RESTARTS   AGE\r\n", numbered("web-N   0/1   Error   3   40m\r\r\nerror: thing N failed\n\rweb-N 1/1\r\n")},
	"percentages":             {"", numbered("N: N/N (N%)\n")},
	"assignments":             {"", numbered("KEY_N=value N\n")},
	"comments in YAML":        {"", numbered("# thing N\nkeyN: valueN\n")},
	"addresses":               {"", numbered("10.0.N.N:8080\n")},
	"words in capitals":       {"", numbered("ERRORN\n")},
	"keys without values":     {"", numbered("KeyN:\n")},
	"errors of programs":      {"", numbered("a.b.cN: error N: (bad) [N]\n")},
	"tables of one row":       {"", numbered("NAME\tSTATUS\tAGE\nweb-N\tFailedN\t40m\n")},
	"ratios":                  {"", numbered("web-N 0/1\n")},
	"no-break spaces":         {"NAME   READY   STATUS   RESTARTS   AGE\n", numbered("web-N\u00a0\u00a0\u00a00/1\u00a0\u00a0\u00a0Error\u00a0\u00a0\u00a0N\u00a0\u00a0\u00a040m\n")},
}

// utf16Of returns ASCII text in UTF-16, big endian.
func utf16Of(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteString("\x00" + s[i:i+1])
	}
	return b.String()
}

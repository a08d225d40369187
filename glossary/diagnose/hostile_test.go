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
}

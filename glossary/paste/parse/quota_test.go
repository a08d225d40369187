package parse_test

import (
	"strings"
	"testing"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
	"k8sbot/glossary/paste/parse/parsetest"
)

const quotas = `Resource Quotas
  Name:     compute
  Scopes:   NotTerminating
   * Matches all pods that do not have an active deadline.
  Resource  Used  Hard
  --------  ---   ---
  pods      3     10

  Name:     objects
  Resource  Used  Hard
  --------  ---   ---
  services  5     5

Resource Limits
  Type       Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio
  ----       --------  ---  ---  ---------------  -------------  -----------------------
  Container  cpu       -    -    100m             500m           -
`

func TestQuotas(t *testing.T) {
	p := &parse.Parser{Object: observe.Object{Kind: "namespace", Name: "shop"}}
	lines := line.Clean(quotas)
	for len(lines) > 0 {
		n := parse.ReadQuota(p, lines)
		if n == 0 && lines[0].Text != "" {
			t.Fatalf("ReadQuota does not read %q", lines[0].Text)
		}
		lines = lines[max(n, 1):]
	}
	var got []string
	for _, o := range p.Text.Observations.All() {
		got = append(got, o.Object.Namespace+"/"+o.Object.Name+" "+o.Cell("REQUEST"))
		if want := o.Object.Name == "objects"; (o.Verdict == observe.Unhealthy) != want {
			t.Errorf("quota %q is used up: %t, want %t", o.Object.Name, !want, want)
		}
	}
	if s, want := strings.Join(got, "; "), "shop/compute pods: 3/10; shop/objects services: 5/5"; s != want {
		t.Errorf("quotas %q, want %q", s, want)
	}
}

func FuzzQuota(f *testing.F) {
	f.Add(quotas)
	f.Add("Resource  Used  Hard\n--------  ----  ----\npods  10  10\n")
	f.Fuzz(func(t *testing.T, text string) { parsetest.Check(t, parse.ReadQuota, text) })
}

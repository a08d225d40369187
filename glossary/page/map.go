package page

import (
	"fmt"
	"html"
	"strings"

	"k8sbot/glossary"
)

// The map has two drawings of the same boxes: a wide one, and one for phones. Lengths are in
// the units of the drawing.

// A rect is the position and size of a box: its left and upper edges, its width and its height.
type rect struct{ x, y, w, h int }

// A box is a part of a cluster. It links to its term.
type box struct {
	term         string // the term's ID
	group        bool   // whether it contains other boxes
	wide, narrow rect
}

var wideSize, narrowSize = [2]int{960, 700}, [2]int{380, 1316}

// boxes contains the parts of a cluster. A group comes before the boxes in it.
var boxes = []box{
	{"kubectl", false, rect{16, 131, 152, 44}, rect{12, 12, 170, 42}},
	{"container-registry", false, rect{16, 288, 152, 44}, rect{198, 12, 170, 42}},
	{"ingress", false, rect{16, 352, 152, 44}, rect{12, 332, 170, 42}},
	{"service", false, rect{16, 416, 152, 44}, rect{198, 332, 170, 42}},
	{"persistent-volume", false, rect{16, 480, 152, 44}, rect{12, 894, 356, 42}},

	{"control-plane", true, rect{190, 10, 756, 196}, rect{8, 72, 364, 240}},
	{"etcd", false, rect{206, 46, 130, 44}, rect{20, 168, 166, 42}},
	{"kube-scheduler", false, rect{350, 46, 150, 44}, rect{194, 168, 166, 42}},
	{"kube-controller-manager", false, rect{514, 46, 200, 44}, rect{20, 220, 340, 36}},
	{"cloud-controller-manager", false, rect{728, 46, 204, 44}, rect{20, 266, 340, 36}},
	{"kube-apiserver", false, rect{206, 128, 726, 50}, rect{20, 106, 340, 42}},

	{"node", true, rect{190, 250, 756, 290}, rect{8, 396, 364, 474}},
	{"kubelet", false, rect{206, 288, 110, 44}, rect{20, 432, 166, 42}},
	{"container-runtime", false, rect{330, 288, 176, 44}, rect{194, 432, 166, 42}},
	{"kube-proxy", false, rect{520, 288, 112, 44}, rect{20, 484, 166, 42}},
	{"cni", false, rect{648, 288, 120, 44}, rect{194, 484, 166, 42}},
	{"static-pod", false, rect{782, 288, 150, 44}, rect{20, 816, 166, 42}},
	{"pod", true, rect{206, 352, 426, 172}, rect{20, 542, 340, 206}},
	{"init-container", false, rect{222, 388, 120, 44}, rect{32, 578, 154, 42}},
	{"container", false, rect{350, 388, 116, 44}, rect{194, 578, 154, 42}},
	{"sidecar-container", false, rect{474, 388, 142, 44}, rect{32, 632, 316, 42}},
	{"volume", false, rect{222, 464, 394, 44}, rect{32, 690, 316, 42}},
	{"coredns", false, rect{648, 388, 284, 44}, rect{20, 764, 166, 42}},
	{"ingress-controller", false, rect{648, 464, 284, 44}, rect{194, 764, 166, 42}},

	{"namespace", true, rect{16, 560, 930, 130}, rect{8, 954, 364, 354}},
	{"deployment", false, rect{32, 594, 140, 38}, rect{20, 988, 166, 38}},
	{"replicaset", false, rect{184, 594, 140, 38}, rect{194, 988, 166, 38}},
	{"statefulset", false, rect{336, 594, 140, 38}, rect{20, 1034, 166, 38}},
	{"daemonset", false, rect{488, 594, 140, 38}, rect{194, 1034, 166, 38}},
	{"job", false, rect{640, 594, 140, 38}, rect{20, 1080, 166, 38}},
	{"cronjob", false, rect{792, 594, 140, 38}, rect{194, 1080, 166, 38}},
	{"configmap", false, rect{32, 642, 108, 38}, rect{20, 1126, 166, 38}},
	{"secret", false, rect{150, 642, 90, 38}, rect{194, 1126, 166, 38}},
	{"service-account", false, rect{250, 642, 130, 38}, rect{20, 1172, 166, 38}},
	{"storage-class", false, rect{390, 642, 120, 38}, rect{194, 1172, 166, 38}},
	{"persistent-volume-claim", false, rect{520, 642, 190, 38}, rect{20, 1218, 340, 36}},
	{"horizontal-pod-autoscaler", false, rect{720, 642, 212, 38}, rect{20, 1262, 340, 36}},
}

// A line connects two parts that communicate, or a part with a part inside it.
type line struct{ x1, y1, x2, y2 int }

var (
	wideLines = []line{
		{271, 90, 271, 128}, {425, 90, 425, 128}, {614, 90, 614, 128}, {830, 90, 830, 128}, // the control plane
		{168, 153, 206, 153},                       // kubectl
		{261, 178, 261, 288}, {576, 178, 576, 288}, // kubelet, kube-proxy
		{316, 310, 330, 310}, {418, 332, 418, 352}, // kubelet, the runtime, a Pod
		{168, 310, 206, 310},                                           // images
		{92, 396, 92, 416}, {168, 438, 206, 438}, {168, 495, 222, 495}, // traffic, storage
	}
	narrowLines = []line{
		{172, 54, 172, 106}, {103, 148, 103, 168}, {277, 148, 277, 168}, // kubectl, etcd, kube-scheduler
		{182, 353, 198, 353}, {186, 453, 194, 453}, {277, 474, 277, 484}, // traffic, the runtime
		{190, 732, 190, 748}, {190, 870, 190, 894}, // storage
	}
)

// drawMaps returns a wide and a narrow version of the map as SVG, with the terms of g.
func drawMaps(g *glossary.Glossary) string {
	var b strings.Builder
	draw(&b, g, "wide", wideSize, wideLines, func(x box) rect { return x.wide })
	draw(&b, g, "narrow", narrowSize, narrowLines, func(x box) rect { return x.narrow })
	return b.String()
}

func draw(b *strings.Builder, g *glossary.Glossary, class string, size [2]int, lines []line, at func(box) rect) {
	fmt.Fprintf(b, `<svg class="%s" role="group" viewBox="0 0 %d %d" xmlns="http://www.w3.org/2000/svg">`, class, size[0], size[1])
	for _, group := range []bool{true, false} {
		if !group {
			for _, l := range lines {
				fmt.Fprintf(b, `<line x1="%d" y1="%d" x2="%d" y2="%d"/>`, l.x1, l.y1, l.x2, l.y2)
			}
		}
		for _, x := range boxes {
			t, ok := g.Term(x.term)
			if r := at(x); ok && x.group == group {
				drawBox(b, t, r, group)
			}
		}
	}
	b.WriteString("</svg>")
}

func drawBox(b *strings.Builder, t *glossary.Term, r rect, group bool) {
	shape := fmt.Sprintf(`<rect x="%d" y="%d" width="%d" height="%d" rx="8"/>`, r.x, r.y, r.w, r.h)
	x, y, class := r.x+r.w/2, r.y+r.h/2, ""
	if group {
		fmt.Fprintf(b, `<g class="group">%s</g>`, shape)
		shape, x, y, class = "", r.x+14, r.y+18, "title"
	}
	fmt.Fprintf(b, `<a href="#%s">%s`, t.ID, shape)
	en, ja := t.DisplayName(glossary.English), t.DisplayName(glossary.Japanese)
	if en == ja {
		drawLabel(b, x, y, class, en)
	} else {
		drawLabel(b, x, y, strings.TrimSpace(class+" en"), en)
		drawLabel(b, x, y, strings.TrimSpace(class+" ja"), ja)
	}
	b.WriteString("</a>")
}

func drawLabel(b *strings.Builder, x, y int, class, text string) {
	fmt.Fprintf(b, `<text x="%d" y="%d" class="%s">%s</text>`, x, y, class, html.EscapeString(text))
}

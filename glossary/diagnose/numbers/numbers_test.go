package numbers

import (
	"testing"

	"k8sbot/glossary/paste/observe"
)

func TestObjects(t *testing.T) {
	t.Parallel()
	x := New(0)
	web := observe.Object{Kind: "pod", Name: "web", Namespace: "shop"}
	in := web
	in.Container = "app"
	other := web
	other.Namespace = "test"
	if a, b, c, d := x.Of(&web), x.Of(&in), x.Of(&other), x.Of(&web); a != 0 || b != 0 || c != 1 || d != 0 {
		t.Errorf("numbers %d, %d, %d, %d; want 0, 0, 1, 0", a, b, c, d)
	}
	if a, b, c := x.List(&other), x.List(&other), x.List(&in); !a || b || !c {
		t.Errorf("List: got %v, %v, %v; want true, false, true", a, b, c)
	}
	if x.Len() != 2 || !x.Has(&in) || x.Has(&observe.Object{Name: "web"}) {
		t.Errorf("%d objects, has the container's: %t, has another kind: %t; want 2, true, false", x.Len(), x.Has(&in), x.Has(&observe.Object{Name: "web"}))
	}
	if id := New(0).Of(&observe.Object{}); id != 0 {
		t.Errorf("the number of an object without a name is %d, want 0", id)
	}
}

func TestIndex(t *testing.T) {
	t.Parallel()
	for _, ids := range [][]int32{nil, {0}, {2, 5, 9}, {5, 2, 9, 0}, {1, 4, 3}} {
		var x Index
		for _, id := range ids {
			x.Add(id)
		}
		for id := range int32(12) {
			want := -1
			for i, have := range ids {
				if have == id {
					want = i
				}
			}
			if got := x.Of(id); got != want {
				t.Errorf("%v: Of(%d) = %d, want %d", ids, id, got, want)
			}
		}
	}
}

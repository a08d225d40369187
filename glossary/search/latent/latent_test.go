package latent

import "testing"

// TestEmbedded checks that space.bin has a vector for each token.
func TestEmbedded(t *testing.T) {
	s := Embedded()
	if n := s.Tokens.Len(); n == 0 || len(s.Vectors) != n*Dimensions || len(s.IDF) != n {
		t.Fatalf("space.bin has %d tokens, %d idf and %d bytes of vectors: run go generate ./glossary/search", n, len(s.IDF), len(s.Vectors))
	}
}

// TestPoint checks that related words are nearer to each other than unrelated ones, and that
// Point and ShortPoint agree.
func TestPoint(t *testing.T) {
	s := Embedded()
	of := func(word string) Point {
		var to Sum
		to.Add(s.Vector(word), Frequency(1))
		return to.Point()
	}
	drain, cordon, dns := of("drain"), of("cordon"), of("dns")
	if near, far := drain.Dot(&cordon), drain.Dot(&dns); near <= far {
		t.Errorf("drain: got the cosine %.2f with cordon and %.2f with dns, want cordon nearer", near, far)
	}
	short := cordon.Short()
	if exact, rough := drain.Dot(&cordon), drain.DotShort(&short); exact-rough > 0.05 || rough-exact > 0.05 {
		t.Errorf("cosine: got %.3f and %.3f in short", exact, rough)
	}
	if p := of("no such token"); p != (Point{}) {
		t.Errorf("unknown word: got %v, want the zero point", p)
	}
}

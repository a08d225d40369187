package chart

import (
	"bytes"
	"image/color"
	"image/png"
	"math"
	"testing"
)

// TestBars checks the height of each bar in the picture.
func TestBars(t *testing.T) {
	shares := []float64{0.25, 1, 0, -1, 2, math.NaN(), 0.5}
	want := []int{height / 4, height, minBar, minBar, height, minBar, height / 2}
	picture, err := png.Decode(bytes.NewReader(Bars(shares)))
	if err != nil {
		t.Fatal(err)
	}
	if w := picture.Bounds().Dx(); w > 400 {
		t.Errorf("got width %d, want at most 400", w)
	}
	for i := range shares {
		got := 0
		for y := range height {
			c := color.NRGBAModel.Convert(picture.At(i*(barWidth+gap)+1, y))
			if c == bar || c == latest {
				got++
			}
			if (c == latest) && i != len(shares)-1 {
				t.Fatalf("bar %d has the color of the last one", i)
			}
		}
		if got != want[i] {
			t.Errorf("bar %d of %v: got height %d, want %d", i, shares[i], got, want[i])
		}
	}
}

func TestNoBars(t *testing.T) {
	if _, err := png.Decode(bytes.NewReader(Bars(nil))); err != nil {
		t.Error(err)
	}
}

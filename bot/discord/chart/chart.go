// Package chart draws charts without text, so that they need no font and no translation. Their
// colors are readable on Discord's light and dark themes.
package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// The sizes are in pixels. Discord shows an embed's image up to 400 pixels wide.
const (
	barWidth = 36
	gap      = 8
	height   = 96
	minBar   = 4 // the length of the bar for a share of 0
)

var (
	track  = color.NRGBA{0x80, 0x84, 0x8e, 0x40}
	bar    = color.NRGBA{0x58, 0x65, 0xf2, 0xa0}
	latest = color.NRGBA{0x58, 0x65, 0xf2, 0xff}
)

// Bars returns a PNG image with one bar for each share. The last bar stands out. Shares are clamped
// to the range from 0 to 1, and NaN counts as 0.
func Bars(shares []float64) []byte {
	picture := image.NewNRGBA(image.Rect(0, 0, max(len(shares)*(barWidth+gap)-gap, 1), height))
	for i, share := range shares {
		x := i * (barWidth + gap)
		fill := func(top int, c color.NRGBA) {
			draw.Draw(picture, image.Rect(x, top, x+barWidth, height), image.NewUniform(c), image.Point{}, draw.Src)
		}
		fill(0, track)
		c := bar
		if i == len(shares)-1 {
			c = latest
		}
		full := minBar
		if share > 0 {
			full = max(int(min(share, 1)*height+0.5), minBar)
		}
		fill(height-full, c)
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, picture); err != nil {
		panic(err) // unreachable: the size is valid, and writing to a buffer cannot fail
	}
	return buf.Bytes()
}

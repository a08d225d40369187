// Package chart draws charts as pictures without letters, so that they need no font and no
// language. Their colors are readable on Discord's light and dark themes.
package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// The sizes are in pixels. Discord shows the picture of an embed up to 400 wide.
const (
	barWidth = 36
	gap      = 8
	height   = 96
	minBar   = 4 // of a share of 0
)

var (
	track  = color.NRGBA{0x80, 0x84, 0x8e, 0x40}
	bar    = color.NRGBA{0x58, 0x65, 0xf2, 0xa0}
	latest = color.NRGBA{0x58, 0x65, 0xf2, 0xff}
)

// Bars returns a PNG with a bar for each share, from 0 to 1. The last one stands out. Shares
// out of bounds count as the nearest one, and no number as 0.
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
		panic(err) // unreachable: neither the size nor the buffer has errors
	}
	return buf.Bytes()
}

package zipped

import (
	"fmt"
	"sync"
	"testing"
)

// TestPack packs texts, and reads them concurrently in another order.
func TestPack(t *testing.T) {
	for _, n := range []int{0, 1, perBlock, 3*perBlock + 1} {
		texts := make([]string, n)
		for i := range texts {
			texts[i] = fmt.Sprintf("テキスト %d\n", i*i)
		}
		texts = append(texts, "")
		got := Unpack(Pack(texts))
		var wg sync.WaitGroup
		for from := range 3 {
			wg.Go(func() {
				for i := from; i < len(texts); i += 3 {
					if got.At(i) != texts[i] {
						t.Errorf("text %d of %d: got %q, want %q", i, len(texts), got.At(i), texts[i])
					}
				}
			})
		}
		wg.Wait()
	}
}

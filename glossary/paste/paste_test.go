package paste

import (
	"fmt"
	"testing"
)

func TestTmp(t *testing.T) {
	x := Read(t.Context(), "$ kubectl get pods -n shop\nNAME   READY   STATUS    RESTARTS   AGE\nweb-1  0/1     Pending   0          40m\n\nKIND NOTHING\nLAST SEEN   TYPE      REASON   OBJECT   MESSAGE\n2m          Warning   Failed   pod/web-1   Error: x")
	for _, o := range x.Observations {
		fmt.Printf("%+v\n", o)
	}
}

package glossary

func (g *Glossary) Strip(t *Term, l Lang) (string, bool) { return "", false }

type Comparison struct {
	Difference                          Text
	WhenToUse, WhenItFails, WhereToLook [2]Text
}

func (g *Glossary) Comparison(a, b *Term) (Comparison, bool) { return Comparison{}, false }
func (c Command) Goal(l Lang) string                         { return "" }

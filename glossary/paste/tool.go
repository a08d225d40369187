package paste

// readTool is not written yet.
func readTool(p *parser, lines []line) int { return 0 }

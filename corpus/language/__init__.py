"""English words: tokenizing, case and accent folding, stemming, spelling correction."""

"""Building the index of a corpus or of a shelf: one file, read-only and disposable, with all that answers need."""

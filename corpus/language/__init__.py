"""What the rest has to know of English words: tokens, stems, spelling."""

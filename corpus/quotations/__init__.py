"""Whether a quotation is true: parsing, alignment, word diff and verdict, over one token index."""

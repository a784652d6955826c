"""Checking quotations: parsing, alignment, word diff and verdict, over one token index."""

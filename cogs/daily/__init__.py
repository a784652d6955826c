"""Schedule a daily fact in a channel."""

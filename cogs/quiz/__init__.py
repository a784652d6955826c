"""Play a quiz together, or review on your own."""

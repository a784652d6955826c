"""The terminal: a chat for one, without a token, and plain text for pipes."""

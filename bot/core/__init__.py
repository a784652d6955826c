"""What a command is, and what the bot says, before any platform renders it."""

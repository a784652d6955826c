"""Whether the bot is well and how it does, for whoever runs it."""

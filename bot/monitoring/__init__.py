"""Health and metrics, for the person who runs the bot."""

"""Where people talk to the bot: one folder a platform, none knows another."""

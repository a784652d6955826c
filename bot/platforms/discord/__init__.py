"""Discord: features become its commands, replies its components. Nothing outside this folder imports discord.py."""

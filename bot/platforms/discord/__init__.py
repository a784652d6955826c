"""Discord: features become cogs, replies become Components V2. Nothing outside this folder imports discord.py."""

"""Slack: features become slash commands, replies become Block Kit. Nothing outside this folder imports slack_bolt."""

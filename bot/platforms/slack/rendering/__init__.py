"""Pure: from a Reply to Slack's blocks."""

"""Pure: from a Reply to Discord's components."""

"""People, events and topics by name, who speaks, and where somebody is mentioned."""

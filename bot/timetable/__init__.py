"""When something is due: as people say it, and as clocks have it. It knows no platform, store or clock of its own."""

"""Smolny: a study companion for Discord and Slack."""

import zoneinfo

__version__ = "0.1.0"

# Python takes a machine's own time zone files before the package tzdata, however old they are. The names of zones are
# the package's, so the rules are too.
zoneinfo.reset_tzpath(())
zoneinfo.ZoneInfo.clear_cache()

"""Limits of checked quotations: how short, how long and how many. Whoever names them need not load the checker."""

from __future__ import annotations

ENOUGH = 5
"""Words of a quotation that is checked: fewer are anybody's."""
LONGEST = 20_000
"""Characters of a quotation that are judged at most, or of a message."""
MOST = 300
"""Quotations of one text that are checked."""

"""Regular expressions that are compiled at their first use.

Compiling all of them would be a twentieth of a start and a megabyte; most processes never use most of them.
"""

from __future__ import annotations

import re
from typing import Any, cast

_ATTRIBUTES = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives. Call its methods: functions such as `re.sub` do not take it for a pattern."""
    return cast("re.Pattern[str]", LazyPattern(pattern, flags))


class LazyPattern:
    """A pattern that is not compiled yet. At the first use it gets all that a compiled one has."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._arguments)
        # Python asks here for what it finds nowhere else, so from now on no more.
        vars(self).update({one: getattr(compiled, one) for one in _ATTRIBUTES})
        return getattr(compiled, name)

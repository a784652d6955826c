"""Memory: what large arrays took is given back to the system when they are freed."""

from __future__ import annotations

from contextlib import suppress

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of mallopt(3)
_LARGE = 6 << 20  # bytes
_KEPT = 16 << 20  # bytes that stay at hand for each thread


def give_back_large_arrays() -> None:
    """Has glibc map each large array by itself, and unmap it.

    Otherwise it learns from the first one to keep what is freed, for each thread: 85 MB at a million sentences.
    """
    from ctypes import CDLL

    with suppress(AttributeError, OSError, TypeError):  # other C libraries have no such function
        mallopt = CDLL(None).mallopt
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_TRIM_THRESHOLD, _KEPT)

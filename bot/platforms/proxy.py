"""The proxy through which a platform is reached."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def https_proxy(url: str) -> str | None:
    """The proxy that HTTPS_PROXY names, unless NO_PROXY exempts a URL's host. No client library reads both."""
    return None if proxy_bypass(urlsplit(url).netloc) else getproxies().get("https")

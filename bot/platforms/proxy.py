"""The proxy through which platforms are reached, and what is wrong where it lets nobody through."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

_ENCRYPTED = {"https", "wss"}
_UNAUTHORIZED = 407


def https_proxy(url: str) -> str | None:
    """The proxy that HTTPS_PROXY names for a URL, unless NO_PROXY exempts its host. No client library reads both.

    A plain http:// address is one of this machine's own network, such as a rate-limiting proxy: it needs none.
    """
    parts = urlsplit(url)
    if parts.scheme not in _ENCRYPTED or proxy_bypass(parts.netloc):
        return None
    return _proxy_url()


def _proxy_url() -> str | None:
    proxy = getproxies().get("https")
    return f"http://{proxy}" if proxy and "://" not in proxy else proxy


def proxy_remedy(error: BaseException | None) -> str:
    """What to do where a proxy, and not what is behind it, is why a request failed; empty where it is not."""
    if isinstance(error, aiohttp.ClientHttpProxyError):
        if error.status == _UNAUTHORIZED:
            return "the proxy wants a user and a password: write HTTPS_PROXY=http://user:password@host:port"
        return f"the proxy of HTTPS_PROXY answers {error.status}: let it pass to Discord and Slack, or set another one"
    # A proxy whose name is not known is reported as any other host.
    if isinstance(error, aiohttp.ClientConnectorError) and error.host == urlsplit(_proxy_url() or "").hostname:
        return "the proxy of HTTPS_PROXY cannot be reached: see that it runs, and that its host and port are right"
    return ""


def proxy_advice(error: BaseException) -> dict[str, str]:
    """The same for a line of the log."""
    remedy = proxy_remedy(error)
    return {"remedy": remedy} if remedy else {}

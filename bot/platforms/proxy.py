"""The proxy through which platforms are reached, and what to do where it or a certificate is in the way."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

_ENCRYPTED = {"https", "wss"}
_UNAUTHORIZED = 407
_AT_ANOTHER_TIME = (9, 10)
"""OpenSSL's codes for a certificate that is not valid yet, and for one that no longer is."""


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


def connection_remedy(error: BaseException | None) -> str:
    """What to do where a proxy or a certificate is why a request failed; empty where neither is."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return _certificate_remedy(error)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        if error.status == _UNAUTHORIZED:
            return "the proxy wants a user and a password: write HTTPS_PROXY=http://user:password@host:port"
        return f"the proxy of HTTPS_PROXY answers {error.status}: let it pass to Discord and Slack, or set another one"
    # A proxy whose name is not known is reported as any other host.
    if isinstance(error, aiohttp.ClientConnectorError) and error.host == urlsplit(_proxy_url() or "").hostname:
        return "the proxy of HTTPS_PROXY cannot be reached: see that it runs, and that its host and port are right"
    return ""


def _certificate_remedy(error: aiohttp.ClientConnectorCertificateError) -> str:
    code = getattr(error.certificate_error, "verify_code", None)
    if code in _AT_ANOTHER_TIME:
        return f"by this machine's clock the certificate of {error.host} is not valid: see that the clock is right"
    return f"this machine does not trust the certificate of {error.host}: where a company signs it, set SSL_CERT_FILE"


def connection_advice(error: BaseException) -> dict[str, str]:
    """The same for a line of the log."""
    remedy = connection_remedy(error)
    return {"remedy": remedy} if remedy else {}

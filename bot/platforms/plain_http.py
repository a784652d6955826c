"""A warning where a token would go through foreign networks unencrypted."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.logger import Logger

log = Logger(__name__)


def warn_of_plain_http(url: str, setting: str) -> None:
    """Say in the log where an API's address, which a setting gives, would have a token sent unencrypted."""
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_nearby(parts.hostname or ""):
        log.warning("the token is sent unencrypted", host=parts.hostname, remedy=f"{setting} with https://")


def _is_nearby(host: str) -> bool:
    """Whether a host is this machine or one of its own network, such as another container."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal"))

"""What Slack's refusals and the network's mean for a message: gone, forbidden, or try later."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.core.platform import Forbidden, Gone, TryLater, Undelivered

NETWORK = (aiohttp.ClientError, OSError, TimeoutError, SlackRequestError)
"""What is raised where Slack cannot be reached, where its answer is lost, or where a file does not get through."""

FAILURES = (SlackApiError, *NETWORK)

_GONE = {
    "account_inactive": "the app was removed from the workspace",
    "token_revoked": "the app was removed from the workspace",
    "channel_not_found": "the channel was deleted, or I am not in it",
    "is_archived": "the channel is archived",
    "message_not_found": "the message was deleted",
    "user_not_found": "the person is not there",
    "user_disabled": "the person's account is closed",
}
_FORBIDDEN = {
    "not_in_channel": "I am not in the channel: /invite me there",
    "missing_scope": "the app lacks a permission: reinstall it from its manifest",
    "cannot_dm_bot": "bots get no direct messages",
    "messages_tab_disabled": "the app's Messages tab is switched off",
}
_TOKEN = {"invalid_auth", "not_authed", "token_expired"}
_PASSING = {"service_unavailable", "request_timeout", "ratelimited", "rate_limited", "message_limit_exceeded"} | _TOKEN
_DOUBTFUL = {"fatal_error", "internal_error"}
"""Slack says of these that some of what was asked may have happened."""


def code_of(error: SlackApiError) -> str:
    """Slack's short name for what is wrong, such as `channel_not_found`; empty where Slack gave none."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def status_of(error: SlackApiError) -> int:
    return int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))


def undelivered(error: SlackApiError) -> Undelivered:
    """The class of a refusal. Neither the message nor a token is in the reason."""
    code, status = code_of(error), status_of(error)
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return TryLater("Slack asks to slow down", _retry_after(error))
    if code in _GONE:
        return Gone(_GONE[code])
    if code in _FORBIDDEN or code.startswith(("restricted_action", "posting_to_", "ekm_access")):
        return Forbidden(_FORBIDDEN.get(code, f"the workspace does not let me post there ({code})"))
    if code in _PASSING:
        return TryLater(f"Slack says {code}")
    if code in _DOUBTFUL or not code:
        return TryLater(f"Slack says {code or status}", unknown=True)
    return Undelivered(f"Slack refuses the message ({code})")


def lacks_token(error: SlackApiError) -> bool:
    """Whether the workspace's token is no longer good: the app was removed, or has to be installed again."""
    return code_of(error) in {*_TOKEN, "account_inactive", "token_revoked"}


def lasting(error: SlackApiError) -> bool:
    """Whether trying again is no use before somebody changes a setting."""
    return code_of(error) in _TOKEN or not isinstance(undelivered(error), TryLater)


def unreached(error: BaseException) -> TryLater:
    """Slack was not reached; or it was, and its answer was lost."""
    never_sent = isinstance(error, aiohttp.ClientConnectorError)
    return TryLater(f"Slack cannot be reached ({type(error).__name__})", unknown=not never_sent)


def _retry_after(error: SlackApiError) -> float | None:
    wait = getattr(error.response, "headers", {}).get("Retry-After", "")
    return float(wait) if str(wait).isdigit() else None

"""Requests that are not what their sender should send, and what the log may say of them."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.log import details_of

MARK = "gunp0wder"
"""A word that is in whatever is sent, and may be in no line of the log."""

_JUNK: list[Any] = [None, True, 7, -1, 1e300, "", MARK, [], [7], [MARK], {}, {"id": MARK}, [{}]]

BYTES: list[bytes] = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"7",
    b"{}",
    b"[" * 9_000,
    b'{"a":' * 9_000,
    b"\xff\xfe",
    b'{"type":"\xff"}',
    MARK.encode("utf-16"),
    f'{{"type":"{MARK}'.encode(),
    f'["{MARK}"]'.encode(),
    f'{{"{MARK}":1}}'.encode(),
    MARK.encode(),
    f"a={MARK}".encode(),
]
"""Bodies that are no request of any platform's."""


def spoilt(payload: Any) -> st.SearchStrategy[Any]:
    """A payload in which one value, however deep, is another or is missing."""
    return st.sampled_from(list(_paths(payload))).flatmap(
        lambda path: st.one_of(
            st.just(_without(payload, path)), st.sampled_from(_JUNK).map(lambda junk: _with(payload, path, junk))
        )
    )


def broken_off(body: bytes) -> st.SearchStrategy[bytes]:
    return st.integers(0, len(body) - 1).map(lambda end: body[:end])


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Any:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from _paths(one, (*path, key))


def _with(payload: Any, path: tuple[Any, ...], value: Any) -> Any:
    copy = json.loads(json.dumps(payload))
    _parent(copy, path)[path[-1]] = value
    return copy


def _without(payload: Any, path: tuple[Any, ...]) -> Any:
    copy = json.loads(json.dumps(payload))
    del _parent(copy, path)[path[-1]]
    return copy


def _parent(payload: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        payload = payload[key]
    return payload


def check_log(records: list[logging.LogRecord]) -> None:
    """No traceback, and no word of what was sent."""
    for one in records:
        assert not one.exc_info, one
        assert "\n" not in one.getMessage()
        assert MARK not in f"{one.getMessage()} {details_of(one)}", one


def news(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """What was logged since the last look, from warnings on."""
    records = [one for one in caplog.records if one.levelno >= logging.WARNING]
    caplog.clear()
    return records


RAW = {
    "no HTTP": b"\x16\x03\x01\x02\x00\r\n\r\n",
    "a method that is none": f"{MARK} / HTTP/1.1\r\n\r\n".encode(),
    "a length that is none": b"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: " + MARK.encode() + b"\r\n\r\n",
    "a chunk that is none": b"POST {path} HTTP/1.1\r\nHost: a\r\n{headers}Transfer-Encoding: chunked\r\n\r\n"
    + MARK.encode()
    + b"\r\n",
    "half a body": b"POST {path} HTTP/1.1\r\nHost: a\r\n{headers}Content-Length: 99\r\n\r\n" + MARK.encode(),
    "bytes in the address": b"GET {path}?a=" + MARK.encode() + b"\xff HTTP/1.1\r\nHost: a\r\n\r\n",
    "bytes in a header": b"GET {path} HTTP/1.1\r\nHost: \xff\r\nAccept: \xff\r\nCookie: "
    + MARK.encode()
    + b"\xff\r\n\r\n",
    "an odd Accept": b"GET {path} HTTP/1.1\r\nHost: a\r\nAccept: ;;,=;q=x,text/plain;version=x\r\n\r\n",
    "another": b"GET {path} HTTP/1.1\r\nHost: a\r\nAccept: application/openmetrics-text;version=1.0.\xff\r\n\r\n",
    "an odd address": b"GET //[{path}?%ff%00=%ED%A0%80 HTTP/1.1\r\nHost: a\r\n\r\n",
}
"""Requests that strangers send, as bytes."""


async def send_raw(port: int, request: bytes, path: str, headers: dict[str, str]) -> list[int]:
    """Send bytes to a path, and then nothing more; gives the status of the answer if there is one."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.replace(b"{path}", path.encode()).replace(b"{headers}", lines.encode()))
    if b"Content-Length: 99" in request:
        writer.write_eof()
    answer = await asyncio.wait_for(reader.read(), 60)
    writer.close()
    return [int(answer.split()[1])] if answer else []

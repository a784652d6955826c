"""Connection leases: which process serves a connection to a platform."""

from __future__ import annotations

from msgspec import Struct

from bot.storage.session import Session, query


class Connection(Struct, frozen=True):
    """A lease. Its owner counts `beats` up while it is alive."""

    name: str
    owner: str
    beats: int


@query("SELECT name, owner, beats FROM connections WHERE name = :name")
async def get_connection(session: Session, name: str) -> Connection | None:
    """The lease of a connection; None where nobody serves it."""


@query("SELECT name, owner, beats FROM connections")
async def all_connections(session: Session) -> list[Connection]:
    """Every lease."""


@query(
    """
    INSERT INTO connections (name, owner, beats) VALUES (:name, :owner, 0)
    ON CONFLICT (name) DO NOTHING
    """
)
async def claim_connection(tx: Session, name: str, owner: str) -> bool:
    """Take a connection that nobody serves. False: somebody was first."""


@query(
    """
    UPDATE connections SET owner = :heir, beats = beats + 1
    WHERE name = :name AND owner = :owner AND beats = :beats
    """
)
async def take_over_connection(tx: Session, connection: Connection, heir: str) -> bool:
    """Take a connection whose owner was last seen like this. False: the owner is alive, or somebody was first."""


@query("UPDATE connections SET beats = beats + 1 WHERE name = :name AND owner = :owner")
async def renew_connection(tx: Session, name: str, owner: str) -> bool:
    """Say that the owner is alive. False: somebody else has taken over."""


@query("DELETE FROM connections WHERE name = :name AND owner = :owner")
async def release_connection(tx: Session, name: str, owner: str) -> bool:
    """Let another process have the connection at once."""

"""Server policy: where in a server the bot answers, and whether look-ups there are private."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.context import Context, Place
from bot.core.errors import UserError
from bot.core.platform import Undelivered
from bot.storage.revision import Revision, RevisionCache
from bot.storage.server_rules import ServerRules, get_rules, put_rules
from bot.storage.store import Store
from corpus.language.phrasing import and_list

_KNOWN = 10_000
"""Servers whose rules are remembered."""
_USUAL = ServerRules()


class ServerPolicy:
    """The rules of all servers, as of a few seconds ago at most. Without a store they are the usual ones."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._revision = Revision(store, "server_rules") if store else None
        self._rules = RevisionCache[tuple[str, str], ServerRules](_KNOWN)

    async def rules(self, place: Place) -> ServerRules:
        """The rules of a place's server."""
        if self._store is None or self._revision is None or place.server is None:
            return _USUAL
        key = (place.platform, place.server)
        revision = await self._revision.current()
        if (known := self._rules.get(key, revision)) is not None:
            return known
        return self._rules.put(key, revision, await get_rules(self._store.reader, *key))

    async def rules_in(self, place: Place) -> ServerRules:
        """The rules that hold in a place: in private messages the usual ones."""
        return _USUAL if place.private else await self.rules(place)

    async def change(self, place: Place, change: Callable[[ServerRules], ServerRules]) -> ServerRules:
        """Change the rules of a place's server. Raises UserError where there is none, and what `change` raises."""
        if self._store is None or self._revision is None or place.server is None:
            raise UserError("Settings belong to a server. Try again in a channel that I was added to.")
        key = (place.platform, place.server)
        async with self._store.transaction() as tx:
            # Held, so that of two changes at once neither is lost.
            await tx.hold(f"rules of {place.platform} {place.server}")
            rules = change(await get_rules(tx, *key))
            await put_rules(tx, *key, rules)
            await self._revision.change(tx)
        return self._rules.put(key, await self._revision.current(), rules)


async def check_channel(rules: ServerRules, ctx: Context) -> None:
    """Raises UserError where the server keeps the bot to other channels; it names those that the asker may see."""
    channels = rules.channel_ids
    if not channels or ctx.place.channel in channels or ctx.place.parent in channels:
        return
    names = and_list(await _visible_names(channels, ctx))
    where = f"Here I answer only in {names}: please ask me there." if names else "I don't answer in this channel."
    raise UserError(f"{where} /settings changes that." if (await ctx.asker.person()).admin else where)


async def _visible_names(channels: tuple[str, ...], ctx: Context) -> tuple[str, ...]:
    if ctx.platform is None:
        return tuple(f"#{one}" for one in channels)
    try:
        return tuple((await ctx.platform.visible_channels(ctx.asker.id, ctx.place.server, channels)).values())
    except Undelivered:
        return ()

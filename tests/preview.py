"""`make preview`: the real bot in a simulated Discord, on a local page. No token, no network; Ctrl-C ends it."""

from __future__ import annotations

import asyncio
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import discord
import simcord

from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from bot.storage.store import Store
from cogs import FEATURES
from corpus import SHIPPED
from corpus.corpus import Corpus


@asynccontextmanager
async def preview() -> AsyncIterator[simcord.Preview]:
    """The page, open. What is stored is forgotten at the end."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        corpus = await Corpus.open(SHIPPED, folder)
        stack.push_async_callback(corpus.close)
        store = await Store.open(f"sqlite:///{folder / 'smolny.db'}")
        stack.push_async_callback(store.close)
        client = Discord(App(FEATURES, corpus, store), token="").client
        env = await stack.enter_async_context(simcord.run(client))
        if client.user:
            await client.user.edit(username="Smolny")
        guild = env.create_guild("Study group")
        managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
        reader = guild.add_member(env.create_user("reader", global_name="A reader"))
        manager = guild.add_member(env.create_user("manager", global_name="Who runs the group"), roles=[managers])
        channel = guild.create_text_channel("october-1917")
        yield await stack.enter_async_context(env.preview(channel, viewers=[reader, manager], layout="channel"))


async def main() -> None:
    async with preview() as page:
        print(f"Smolny answers here: {page.url}\nType / in the page for the commands. Ctrl-C ends it.")  # noqa: T201 - a program that speaks
        # A browser in the terminal stays until it is left, and wants the page meanwhile.
        await asyncio.to_thread(webbrowser.open, page.url)
        await page.wait_closed()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(main())

"""`make preview`: the real bot in a simulated Discord, on a local page. No token, no network; Ctrl-C ends it."""

from __future__ import annotations

import asyncio
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

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
    with tempfile.TemporaryDirectory() as folder:
        corpus = await Corpus.open(SHIPPED, Path(folder))
        store = await Store.open(f"sqlite:///{folder}/smolny.db")
        bot = Discord(App(FEATURES, corpus, store), token="")
        async with simcord.run(bot.client) as env:
            if bot.client.user:
                await bot.client.user.edit(username="Smolny")
            guild = env.create_guild("Study group")
            channel = guild.create_text_channel("october-1917")
            reader = guild.add_member(env.create_user("reader", global_name="A reader"))
            async with env.preview(channel, viewers=[reader], layout="channel") as page:
                yield page
        await store.close()
        await corpus.close()


async def main() -> None:
    async with preview() as page:
        print(f"Smolny answers here: {page.url}\nType / in the page for the commands. Ctrl-C ends it.")  # noqa: T201 - a program that speaks
        webbrowser.open(page.url)
        await page.wait_closed()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(main())

"""`make look`: every kept reply as Discord would show it, on a phone and on a desktop, in Debian's headless Chromium.

It writes look/index.html, the sheet of all replies at both widths, with their heights and the contrast of their words,
and fails where a reply is higher than a phone's screen and a half, or words are too faint to read.
"""

from __future__ import annotations

import asyncio
import html
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Locator, Page, async_playwright

from tests.preview import SHOWN_LINES, Room, options, preview

FOLDER = Path("look")
PHONE, DESKTOP = 390, 1280
WIDTHS = (PHONE, DESKTOP)
TALL = 2_000
"""Pixels of the window: the page's own bar would cover what does not fit."""
HIGHEST = 1_200
"""Pixels of an answer on a phone: a screen and a half. Who asks for more may get more."""
ASKED_FOR_MORE = frozenset({"read", "read-chapter"})
FAINTEST = 4.5
"""The least contrast of words, by WCAG 2 level AA."""
# The words of an element, and what is behind them: the nearest background that is not transparent.
CONTRAST = """article => {
  // What the page itself draws in its own colours: times, sizes of files, what is disabled.
  const UNJUDGED = '[disabled], .visually-hidden, time, [class*=timestamp], [class*=file-], [class*=attachment]';
  const channels = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const luminance = rgb => rgb.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const below = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.9) return colour;
    }
    return [255, 255, 255];
  };
  article = article.querySelector('.message-components') || article;
  const words = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  let least = [21, ''];
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || element.closest(UNJUDGED)) continue;
    const [ink, paper] = [channels(getComputedStyle(element).color), below(element)].map(luminance);
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < least[0]) least = [ratio, words.currentNode.data.trim().slice(0, 40)];
  }
  return least;
}"""


PICTURES = "() => [...document.querySelectorAll('article img')].every(one => one.naturalWidth)"
"""Whether all pictures are there: the page gets each by itself, after the words."""
PATIENCE = 60_000
"""Milliseconds that a busy machine may take for them."""


class Look(NamedTuple):
    """A reply at one width: its height in pixels, over all its messages, and its faintest words with their contrast."""

    name: str
    line: str
    width: int
    height: float
    contrast: float
    faintest: str
    pictures: Sequence[str]

    @property
    def faults(self) -> list[str]:
        """What is wrong with it, in words."""
        high = self.width == PHONE and self.height > HIGHEST and self.name not in ASKED_FOR_MORE
        faint = self.contrast < FAINTEST
        return [
            *([f"{self.name} is {self.height:.0f} px high at {self.width} px"] if high else []),
            *([f"{self.name}: “{self.faintest}” has a contrast of {self.contrast:.1f}"] if faint else []),
        ]


async def look(room: Room, pages: dict[int, Page], name: str, line: str) -> list[Look]:
    """Type a line as the person who runs the group, and look at what comes at each width."""
    command, typed = options(room, line)
    before = await _shown(room, pages[PHONE])
    await room.manager.slash(room.channel, command, **typed)
    await room.page.refresh()
    for page in pages.values():
        await _open(room, page)  # a page that was open already does not get new pictures
    return [await _measured(name, line, width, page, before) for width, page in pages.items()]


async def _shown(room: Room, page: Page) -> set[str]:
    await room.page.refresh()
    await page.wait_for_timeout(300)
    return {str(await one.get_attribute("data-message-id")) for one in await page.locator("article").all()}


async def _measured(name: str, line: str, width: int, page: Page, before: set[str]) -> Look:
    articles = await _new(page, before)
    # Of all messages: those above move the new one when their pictures come.
    await page.wait_for_function(PICTURES, polling=200, timeout=PATIENCE)
    height, contrasts, pictures = 0.0, [(21.0, "")], []
    for number, article in enumerate(articles):
        await article.scroll_into_view_if_needed()
        box = await article.bounding_box()
        height += box["height"] if box else 0
        contrasts.append(tuple(await article.evaluate(CONTRAST)))
        pictures.append(f"{name}-{width}-{number}.png")
        await article.screenshot(path=FOLDER / pictures[-1])
    return Look(name, line, width, height, *min(contrasts), pictures)


async def _new(page: Page, before: set[str]) -> list[Locator]:
    """The messages that came since; a reply takes a moment to be drawn."""
    for _ in range(20):
        await page.wait_for_timeout(200)
        articles = await page.locator("article.channel-message").all()
        found = [one for one in articles if await one.get_attribute("data-message-id") not in before]
        if found:
            return found
    return []


@asynccontextmanager
async def browser_pages(room: Room) -> AsyncIterator[dict[int, Page]]:
    """The preview's page at each width, seen as the person who runs the group."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("make look needs Chromium. On Debian: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        pages = {width: await browser.new_page(viewport={"width": width, "height": TALL}) for width in WIDTHS}
        for page in pages.values():
            await _open(room, page)
        yield pages
        await browser.close()


async def _open(room: Room, page: Page) -> None:
    await page.goto("about:blank")  # from the page itself, its address with a key in it would only be a jump
    await page.goto(str(room.page.url))
    await page.get_by_label("Viewing as").select_option(label="Who runs the group")


def sheet(looks: Sequence[Look]) -> str:
    """All replies on one page: a row each, the phone beside the desktop."""
    rows: dict[str, list[Look]] = {}
    for one in looks:
        rows.setdefault(one.line, []).append(one)
    cells = "".join(f"<tr><th>{html.escape(line)}</th>{''.join(map(_cell, row))}</tr>" for line, row in rows.items())
    return (
        "<!doctype html><meta charset=utf-8><title>All replies</title>"
        "<style>body{font:14px sans-serif;background:#1e1f22;color:#ddd}td,th{vertical-align:top;text-align:left;"
        "padding:8px;border-top:1px solid #555}img{display:block}th{max-width:160px}</style>"
        f"<table>{cells}</table>"
    )


def _cell(one: Look) -> str:
    pictures = "".join(f'<img src="{name}" width="{one.width * 2 // 3}" loading="lazy">' for name in one.pictures)
    faults = "".join(f"<br><b>{html.escape(fault)}</b>" for fault in one.faults)
    return f"<td>{one.width} px: {one.height:.0f} px high, contrast {one.contrast:.1f}{faults}{pictures}</td>"


async def looks_of_all() -> list[Look]:
    """Every line, typed once."""
    looks: list[Look] = []
    with tempfile.TemporaryDirectory() as data:
        async with preview(Path(data)) as room, browser_pages(room) as pages:
            for name, line in SHOWN_LINES.items():
                looks += await look(room, pages, name, line)
    return looks


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    looks = asyncio.run(looks_of_all())
    (FOLDER / "index.html").write_text(sheet(looks), "utf-8")
    for one in sorted((one for one in looks if one.width == PHONE), key=lambda one: -one.height)[:10]:
        print(f"{one.height:6.0f} px  contrast {one.contrast:4.1f}  {one.line}")  # noqa: T201 - a program that speaks.
    faults = [fault for one in looks for fault in one.faults]
    print(*faults, f"The sheet: {FOLDER / 'index.html'}", sep="\n")  # noqa: T201 - a program that speaks.
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

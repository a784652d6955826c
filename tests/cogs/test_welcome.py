"""The hello where the bot was added: each of its buttons leads somewhere."""

from __future__ import annotations

from bot.core.app import App
from bot.core.reply import Code, Quote
from bot.platforms.typed_commands import parse_line
from tests.conftest import Press


async def test_each_button_of_the_hello_works(press: Press) -> None:
    hello = await press("welcome", "")
    assert not hello.private
    quotation, quiz, daily = [await press(button.action, button.value) for button in hello.buttons]
    assert isinstance(quotation.parts[0], Quote)
    assert not quotation.private
    assert not quiz.incident
    assert daily.private


async def test_the_example_of_a_daily_fact_is_understood(press: Press, app: App) -> None:
    (example,) = [part.words for part in (await press("welcome.daily", "")).parts if isinstance(part, Code)]
    call = parse_line(example, app.commands)
    assert call.name == "daily set"
    assert call.arguments == {"channel": "#general", "time": "9:00", "timezone": "Berlin", "days": "weekdays"}

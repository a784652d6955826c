"""The hello where the bot was added: each of its buttons leads somewhere."""

from __future__ import annotations

from bot.core.app import App
from bot.core.calls import FORM, Form
from bot.core.context import Context
from bot.core.reply import Quote
from tests.conftest import Press


async def test_each_button_of_the_hello_works(press: Press) -> None:
    hello = await press("welcome", "")
    assert not hello.private
    quotation, quiz = [await press(button.action, button.value) for button in hello.buttons[:2]]
    assert isinstance(quotation.parts[0], Quote)
    assert not quotation.private
    assert not quiz.incident


async def test_the_daily_fact_is_set_up_in_a_form(press: Press, app: App, ctx: Context) -> None:
    for button in ((await press("welcome", "")).buttons[2], (await press("welcome.daily", "")).buttons[0]):
        assert button.action == FORM
        form = await app.pressed_form(button.value, ctx)
        assert isinstance(form, Form)
        assert form.command.name == "setup"
        assert form.typed["channel"] == "general"

"""Names and descriptions of commands in the user's language: Discord shows those of the language that it is set to."""

from __future__ import annotations

from typing import Any

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location

from bot.core.translations import NAME, translated

_NAMES = (Location.command_name, Location.group_name, Location.parameter_name)


class CatalogueTranslator(app_commands.Translator):
    """Looks translations up in the message catalogues."""

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: app_commands.TranslationContext[Any, Any]
    ) -> str | None:
        is_menu = isinstance(context.data, app_commands.ContextMenu)
        kind = NAME if context.location in _NAMES and not is_menu else ""
        found = translated(string.message, locale.value, kind)
        return None if found == string.message else found

"""Questions about events and people in German, Russian and French, as the same ones in English: `wann starb Lenin`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from corpus.language.alternation import any_folded
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.small_words import THE
from corpus.language.tokens import folded

_LONGEST: Final = 200
"""Characters of the longest question; nothing longer is looked at."""


class ForeignQuestion(NamedTuple):
    """What is asked for, with its name in English and behind it: "when did {} die". `{}` alone is who or what it is."""

    form: str
    name: str

    def in_english(self, name: str) -> str:
        """The question in English about a name."""
        return self.form.format(name)


_DIED, _BORN, _KILLED, _KILLER, _LENGTH, _ABDICATED, _ESCAPED, _BANISHED, _DEPORTED, _EXPELLED, _JOINED, _IS = (
    "when did {} die",
    "when was {} born",
    "when was {} murdered",
    "who killed {}",
    "how long was {}",
    "when did {} abdicate",
    "when did {} escape",
    "when was {} banished",
    "when was {} deported",
    "when was {} expelled from the party",
    "when did {} join the bolsheviks",
    "{}",
)
_NAME: Final = "(?P<name>.+?)"

_DE_ASKED: Final = any_folded("wann, wo, wie, woran, warum, wieso, in welchem jahr, an welchem tag")
_DE_KILLED: Final = any_folded("ermordet, getötet, umgebracht, erschossen, erschlagen, hingerichtet")
_DE_WAS: Final = any_folded("war, waren, ist, sind, wurde, wurden")
_DE_HAPPENED: Final = any_folded("""
war, waren, ist, sind, geschah, geschahen, passierte, fand, fanden, begann, begannen, endete, endeten, ereignete sich,
erfolgte, gab es, kam es zu, kam es zum, kam es zur, wurde, wurden
""")
_DE_AT: Final = any_folded("am, im, in, bei, beim, während, auf, mit, nach")
_DE_NAME: Final = rf"{THE}?{_NAME}"
_DE_END: Final = any_folded(
    "statt, zu ende, passiert, geschehen, los, gegründet, gebildet, eröffnet, beschlossen, verabschiedet, aufgelöst"
)

_RU_ASKED: Final = any_folded("когда, где, как, отчего, почему, в каком году, какого числа")
_RU_DIED: Final = any_folded("умер, умерла, умерли, скончался, скончалась, погиб, погибла")
_RU_KILLED: Final = any_folded("убили, убил, убила, застрелили, застрелил, казнили")
_RU_IS_KILLED: Final = any_folded("был убит, была убита, убит, убита, был казнён, был казнен")
_RU_HAPPENED: Final = any_folded("""
был, была, было, были, произошёл, произошел, произошла, произошло, произошли, случился, случилась, случилось,
случились, начался, началась, началось, начались, закончился, закончилась, закончилось, кончилась, состоялся,
состоялась, состоялось, проходил, проходила, прошёл, прошел, прошла, приняли, принят, был принят, такое, такая,
образован, образовано, образовали, создан, создана, создано, основан, основана, основано, была создана, была основана,
было создано, был основан, была принята
""")
_RU_AT: Final = any_folded("в, во, на, при, во время, с")  # noqa: RUF001 - Russian.

_FR_ASKED: Final = any_folded("quand, où, comment, pourquoi, en quelle année, à quelle date")
_FR_KILLED: Final = any_folded("assassiné, assassinée, tué, tuée, exécuté, exécutée")
_FR_HAPPENED: Final = any_folded("""
a eu lieu, ont eu lieu, a commencé, ont commencé, a fini, est, était, étaient, fut, furent, s'est passé, s'est passée,
s'est déroulé, s'est déroulée, a été, a été fondé, a été fondée, a été créé, a été créée, a été signé, a été signée
""")
_FR_NAME: Final = rf"(?:{THE}|du |de la |d')?{_NAME}"

_OTHER_ASKED: Final = any_folded(
    "wer, was, von wem, durch wen, кто, что, сколько, qui, que, combien, qu', quien, quienes, chi, quem"
)
_BEGINNING: Final = lazy_pattern(rf"(?:{_DE_ASKED}|{_RU_ASKED}|{_FR_ASKED}|{_OTHER_ASKED})\b")
"""What each of them begins with, which most of what is typed does not."""
_FORMS: Final[Mapping[str, tuple[re.Pattern[str], ...]]] = {
    form: tuple(map(lazy_pattern, patterns))
    for form, patterns in {
        _DIED: (
            rf"{_DE_ASKED} (?:ver)?starb {_DE_NAME}",
            rf"{_DE_ASKED} ist {_DE_NAME} (?:ge|ver)storben",
            rf"{_RU_ASKED} {_RU_DIED} {_NAME}",
            rf"{_RU_ASKED} {_NAME} {_RU_DIED}",
            rf"{_FR_ASKED} (?:est[ -]morte?|mourut|est decedee?|meurt) {_FR_NAME}",
            rf"{_FR_ASKED} {_FR_NAME} (?:est[ -](?:il|elle) (?:morte?|decedee?)|mourut-(?:il|elle)|est morte?)",
        ),
        _BORN: (
            rf"{_DE_ASKED} {_DE_WAS} {_DE_NAME} geboren",
            rf"{_RU_ASKED} (?:родился|родилась) {_NAME}",
            rf"{_RU_ASKED} {_NAME} (?:родился|родилась)",
            rf"{_FR_ASKED} (?:est|etait) nee? {_FR_NAME}",
            rf"{_FR_ASKED} {_FR_NAME} est[ -](?:il|elle) nee?",
        ),
        _KILLED: (
            rf"{_DE_ASKED} {_DE_WAS} {_DE_NAME} {_DE_KILLED}",
            rf"{_RU_ASKED} {_RU_KILLED} {_NAME}",
            rf"{_RU_ASKED} {_RU_IS_KILLED} {_NAME}",
            rf"{_RU_ASKED} {_NAME} {_RU_IS_KILLED}",
            rf"{_FR_ASKED} (?:a ete|fut|est) {_FR_KILLED} {_FR_NAME}",
            rf"{_FR_ASKED} {_FR_NAME} (?:a-t-(?:il|elle) ete|a ete|fut-(?:il|elle)|fut) {_FR_KILLED}",
        ),
        _KILLER: (
            rf"wer hat {_DE_NAME} {_DE_KILLED}",
            rf"wer (?:ermordete|totete|erschoss|erschlug) {_DE_NAME}",
            rf"(?:von wem|durch wen) {_DE_WAS} {_DE_NAME} {_DE_KILLED}",
            rf"кто {_RU_KILLED} {_NAME}",
            rf"qui (?:a|avait) {_FR_KILLED} {_FR_NAME}",
        ),
        _LENGTH: (
            rf"wie lange (?:dauerte|dauerten|wahrte|war|ging) {_DE_NAME}",
            rf"(?:как долго|сколько|сколько времени) (?:длился|длилась|длилось|продолжалась|продолжался|шла) {_NAME}",
            rf"combien de temps (?:a dure|dura) {_FR_NAME}",
        ),
        _ABDICATED: (
            rf"{_DE_ASKED} dankte {_DE_NAME} ab",
            rf"{_DE_ASKED} trat {_DE_NAME} zuruck",
            rf"{_DE_ASKED} (?:hat|ist) {_DE_NAME} (?:abgedankt|zuruckgetreten)",
            rf"{_RU_ASKED} отр[её]кся {_NAME}(?: от (?:престола|власти|трона))?",
            rf"{_RU_ASKED} {_NAME} отр[её]кся(?: от (?:престола|власти|трона))?",
            rf"{_FR_ASKED} (?:abdiqua|a abdique) {_FR_NAME}",
            rf"{_FR_ASKED} {_FR_NAME} (?:a-t-(?:il|elle) abdique|a abdique|abdiqua-t-(?:il|elle)|abdiqua)",
        ),
        _ESCAPED: (
            rf"{_DE_ASKED} (?:floh|fluchtete|entkam) {_DE_NAME}",
            rf"{_DE_ASKED} ist {_DE_NAME} (?:geflohen|gefluchtet|entkommen)",
            rf"{_RU_ASKED} (?:бежал|сбежал) {_NAME}",
            rf"{_RU_ASKED} {_NAME} (?:бежал|сбежал)",
            rf"{_FR_ASKED} {_FR_NAME} (?:s'est-(?:il|elle) (?:evade|enfui)|s'est (?:evade|enfui)|s'evada-t-il)",
        ),
        _BANISHED: (
            rf"{_DE_ASKED} (?:wurde|war) {_DE_NAME} verbannt",
            rf"{_RU_ASKED} (?:сослали|был сослан) {_NAME}",
            rf"{_RU_ASKED} {_NAME} (?:сослали|был сослан)",
            rf"{_FR_ASKED} {_FR_NAME} (?:a-t-(?:il|elle) ete|fut-(?:il|elle)|a ete|fut) bannie?",
        ),
        _DEPORTED: (
            rf"{_DE_ASKED} (?:wurde|war) {_DE_NAME} (?:ausgewiesen|deportiert|abgeschoben)",
            rf"{_RU_ASKED} (?:выслали|был выслан) {_NAME}",
            rf"{_RU_ASKED} {_NAME} (?:выслали|был выслан)",
            rf"{_FR_ASKED} {_FR_NAME} (?:a-t-(?:il|elle) ete|fut-(?:il|elle)|a ete|fut) (?:expulse|deporte)e?",
        ),
        _EXPELLED: (
            rf"{_DE_ASKED} (?:wurde|war) {_DE_NAME} aus der partei (?:ausgeschlossen|geworfen)",
            rf"{_RU_ASKED} (?:исключили|был исключ[её]н) {_NAME} из партии",
            rf"{_RU_ASKED} {_NAME} (?:исключили|был исключ[её]н) из партии",
            rf"{_FR_ASKED} {_FR_NAME} (?:a-t-(?:il|elle) ete|fut-(?:il|elle)|a ete|fut) exclue? du parti",
        ),
        _JOINED: (
            rf"{_DE_ASKED} (?:trat|schloss sich) {_DE_NAME} (?:den bolschewiki|der partei) (?:bei|an)",
            rf"{_RU_ASKED} {_NAME} (?:вступил в партию|присоединился к большевикам|стал большевиком)",
        ),
        _IS: (
            rf"(?:wer|was) {_DE_WAS} {_DE_NAME}",
            rf"(?:{_DE_ASKED}|was) {_DE_HAPPENED} (?:{_DE_AT} )?{_DE_NAME}(?: {_DE_END})?",
            rf"кто (?:такой|такая|такие|это|был|была|были) {_NAME}",
            rf"(?:{_RU_ASKED}|что) {_RU_HAPPENED} (?:{_RU_AT} )?{_NAME}",
            rf"{_RU_ASKED} {_NAME} {_RU_HAPPENED}",
            rf"qui (?:est|etait|etaient|sont|fut) {_FR_NAME}",
            rf"(?:quien|quienes|chi|quem) (?:era|eran|erano|eram|es|e|fue|fu|foi) {_NAME}",
            rf"{_FR_ASKED} {_FR_HAPPENED} {_FR_NAME}",
            rf"{_FR_ASKED} {_FR_NAME} (?:a-t-(?:il|elle) (?:eu lieu|commence)|a eu lieu|s'est-(?:il|elle) passee?)",
            rf"(?:que|qu'est-ce qui) s'est[ -](?:il )?passe (?:(?:en|le|a|au|pendant|lors de) )?{_FR_NAME}",
            rf"qu'est-ce que (?:c'est que )?{_FR_NAME}",
        ),
    }.items()
}


def foreign_question(typed: str) -> ForeignQuestion | None:
    """The question in another language that the whole of `typed` is, its name folded; None where it is none."""
    words = " ".join(folded(typed).split()).strip(" ?!.") if len(typed) <= _LONGEST else ""
    return next(_questions(words), None) if _BEGINNING.match(words) else None


def _questions(words: str) -> Iterator[ForeignQuestion]:
    for form, patterns in _FORMS.items():
        for pattern in patterns:
            if match := pattern.fullmatch(words):
                yield ForeignQuestion(form, match["name"])

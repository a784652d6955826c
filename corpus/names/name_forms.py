"""Forms of names: what in a frame around a quotation looks like somebody's name, and what never is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from corpus.language.english import STOP_WORDS
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.negations import NEGATIONS
from corpus.language.tokens import folded
from corpus.names.people import TITLES

_NAME_WORD = lazy_pattern(r"[^\W\d_](?:[^\W\d]|[.'’-])*")
_NO_NAME_WORDS = """
agreed amazing amen anon anonymous answer applause article aufgabe author awesome beautiful beispiel best book breaking
brilliant caption check cheers citation claim class comment context contrary correct course deep details discuss
discussion edit editor elle emphasis english er evidence exactly example excerpt exercise experts fact fake false
famous famously favorite favourite find frage friday german google great haha hat headline hello help hey hi historians
history homework honestly however ibid il incredible indeed inspirational interesting internet italics laughter legend
lol man meanwhile misquotation misquote monday moscow name narrator news nice note okay omg opinion original page
paragraph passage people perfect petrograd phrase please poll post powerful probably prompt ps quelle question qui
quien quotation quote quotes read reading reminder reply reportedly reporter respect rt rumor rumour russia russian
saturday scholars seriously sic sie snippet source sources speaker speech statement stop students sunday teacher text
thanks thema thought thoughts thread thursday til title today tomorrow topic tradition transcript translated
translation trivia true tuesday tweet unknown update urgent verify via warning wednesday wer wisdom word words wow
writer
yesterday zitat как кто он она они слова цитата что
als nachdem wahrend weil wenn cuando lorsque mientras quand quando tandis если когда пока хотя
"""
NO_NAMES = STOP_WORDS | NEGATIONS | frozenset(_NO_NAME_WORDS.split())
"""Words with a capital that are no names where a name may be: remarks, labels, days, nameless people."""
_LABELS = """
admin appendix assignment aufgaben back background bild bot chat classmate comments conclusion dad discord document
draft entry essay exam facebook feedback film flashcard folie friend friends front fyi goodreads handout hausaufgabe
hausaufgaben hint host image important info instagram intro introduction kapitel lecture lehrer lesson link material
meme mod moderator module mom movie mum myth notes option part partner photo picture podcast poster prof professor
project quelle quiz quora reddit reference result script seite session slack slide slides song spoiler student
subject summary task test textbook thesis tiktok tip tumblr twitter unit user video vocab vocabulary wiki wikipedia
worksheet youtube
"""
LABELS = NO_NAMES | frozenset(_LABELS.split())
"""Words before a colon that say what follows it. Nothing that begins with one is a name: “Document B”."""
_OFFICE_WORDS = """
activist admiral affairs agitator army aussenminister author bolshevik camarade capo captain chairman chancellor
chef chief col colonel comisario commander commissaire commissar commissario communist compagno companero comrade
czar delegate deputy dictator diktator director dirigeant emperador empereur emperor exile famous fellow foreign
founder generalsekretar genosse great historian imperator imperatore journalist kaiser kamerad kanzler king
kommissar konig kriegsminister late leader legendary leiter lider lieutenant marshal marxist menshevik military
minister ministerprasident ministerpresident ministre ministro notorious officer old orator people politician
prasident premier premierminister presidente prime primo red reichskanzler revolutionar revolutionary
revolutionnaire rt schriftsteller secretaire secretario secretary segretario sergeant socialist soviet speaker
statesman theorist tsar vladyka volkskommissar vorsitzender war writer young zar большевик вождь генерал генсек
господин гражданин диктатор император комиссар лидер министр нарком народный писатель председатель президент премьер
революционер секретарь тов товарищ царь
"""
_OFFICES = frozenset(_OFFICE_WORDS.split())
_RELATIVE_WORDS = """
brother daughter father frau genossin lady madame miss mme mother mrs ms sister son widow wife жена
"""
_RELATIVES = frozenset(_RELATIVE_WORDS.split())
"""Before a name they make it a relative's: “Mrs Trotsky”."""
_GIVEN_WORDS = """
abe abraham adam adrian agatha al alan albert aleksandr alex alexander alexandra alexei alfred ali amy andrew andy
angela ann anna anne anthony anton antonio aristide arthur auguste barack barbara ben benazir benito benjamin bernard
betty bill bob boris brad brian bruce calvin carl carol catherine charles charlie chris christian clara claude dan
daniel dave david dean dennis desmond diego dmitri don donald donna dorothy doug dwight edmond edward eli elizabeth
elon elvis emil emile emiliano emily emma eric erik ernest ernesto ernst esther ethan eva evan felix fidel francois
frank franklin fred freddie frederick frida friedrich fyodor gabriel galileo gary george georges georgi gerald gerhard
giuseppe gordon grant greg grigori grigory gustave haile hannah hans harriet harry helen helmut henry herbert hillary
hugo ian immanuel indira inessa iosif ira isaac ivan jack jacob jacques james jan jane jason jawaharlal jay jean
jennifer jeremy jessica jim jimmy joe johann john jon jonas jonathan jordan jorge josef joseph josh jules julia justin
karl kate keith ken kevin kim konrad kurt kwame kyle larry laura lee leo leon leonardo leonid lev lewis linda lisa
louis ludwig luke lyndon mahatma malcolm marc margaret maria marie mark martin mary matthew max maxim maximilien
michael michel mike mikhail miriam mitch mohandas muhammad nadezhda neil nelson niccolo nicholas nick nikita nikolai
nikolay nina noah olaf oleg oliver oprah oscar otto owen pablo pat patricia paul pete peter phil philip pierre pyotr
rachel ralph ray rebecca ringo rob robert roger roman ron ronald rosa ross roy ruth ryan salvador sam samuel sarah
sasha scott sean sergei sigmund simon simone sophie steve stuart sue susan ted theodore theresa thomas tim todd tom
tony toussaint umberto vera victor vlad vladimir wade walter warren wilhelm will william willy winston wolf wolfgang
woodrow yuri zoe
"""
GIVEN_NAMES = frozenset(_GIVEN_WORDS.split())
"""First names of today and of famous people, some of which are surnames too: “Dan” in a chat is hardly Fyodor Dan."""
_ALSO_WORDS = """
bill bob christian dan don frank grant jack jean mark max pat ray roman sue ted will wolf
"""
_SURELY_GIVEN = GIVEN_NAMES - frozenset(_ALSO_WORDS.split())
"""First names that are no other words."""
_LINK_WORDS = "& about against and but by for from in like of on or than to under versus vs with without"
_LINKS = frozenset(_LINK_WORDS.split())
_JOINT = lazy_pattern(r"\s*[/&,+]\s*|\s+(?:and|or|und|oder|et|ou|y|o|и|или)\s+", re.IGNORECASE)
_PARTICLES = frozenset(("&", "and", "de", "la", "of", "the", "von", "van", "der", "den", "bin", "al"))


class NameForm(IntEnum):
    """What counts as a name: one that is known, or in what form one that nobody knows, each beside those before it."""

    KNOWN = 0
    FULL = 1
    """Two words or more with capitals: “Winston Smith”."""
    SINGLE = 2
    """One word with a capital: “Napoleon”, “de Gaulle”, “the Times”."""
    LOWER_CASE = 3
    """Without capitals, as people type in chats: “napoleon”."""


def form_of_name(words: str) -> int:
    """The form of the name that words look like; more than any form where they look like none."""
    found = [word for word in words.split() if word.lower() not in _PARTICLES and word not in TITLES]
    if not found or folded(found[0]).strip(".") in LABELS or not all(map(_is_name_word, found)):
        return NameForm.LOWER_CASE + 1
    if not all(word[0].isupper() for word in found):
        return NameForm.LOWER_CASE if not any(word[0].isupper() for word in found) else NameForm.LOWER_CASE + 1
    if len(found) == 1 and len(found[0]) == 1:
        return NameForm.LOWER_CASE + 1  # a letter
    return NameForm.FULL if len(found) > 1 else NameForm.SINGLE


def is_full_name_in_small_letters(words: str) -> bool:
    """Whether words without capitals begin with a first name that is no other word, as “karl marx” does."""
    first, *others = words.split() or [""]
    return bool(others) and first in _SURELY_GIVEN and form_of_name(words) == NameForm.LOWER_CASE


def joint_names(words: str) -> list[str]:
    """The names in “Lenin and Trotsky” or “Lenin/Trotsky”, or the one there is."""
    return [one for one in _JOINT.split(words.strip()) if one] or [words]


def are_titles(words: Sequence[str], name: str) -> bool:
    """Whether words before a name are offices and the like: “People's Commissar” Trotsky, and no “Natalia” Trotsky.

    Words without capitals are no first names, nor is anything before a name that has one: “War Commissar Leon Trotsky”.
    """
    plain = [folded(word).strip(".,") for word in words]
    if not _RELATIVES.isdisjoint(plain) or plain[-1] in _LINKS or folded(name.split()[0]) in _LINKS:
        return False
    if _is_office(plain[0]) or _is_office(plain[-1]):
        return True
    is_full = len(name.split()) > 1
    return all(
        plain_word in _PARTICLES
        or _is_office(plain_word)
        or (plain_word not in LABELS and (is_full or (word.islower() and name[0].isupper())))
        for word, plain_word in zip(words, plain, strict=True)
    )


def _is_office(word: str) -> bool:
    parts = re.split(r"[-‑]", word.removesuffix("'s").removesuffix("’s"))  # noqa: RUF001 - both hyphens that names have.
    return not _OFFICES.isdisjoint(parts)


def _is_name_word(word: str) -> bool:
    return (
        bool(_NAME_WORD.fullmatch(word)) and not word.endswith(("'s", "’s")) and folded(word).strip(".") not in NO_NAMES
    )

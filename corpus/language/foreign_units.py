"""Units of time and numbers in German, French and Russian, as they are in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from corpus.language.alternation import any_of, phrases
from corpus.language.tokens import folded


def english_words(table: Mapping[str, str]) -> dict[str, str]:
    """The English word for each word of a table, folded."""
    return {folded(word): english for english, words in table.items() for word in phrases(words)}


def any_word(words: Mapping[str, str]) -> str:
    """A pattern for any of the words, the longest first."""
    return any_of(sorted(words, key=len, reverse=True))


UNITS: Final = english_words({
    "day": "tag, tage, tagen, jour, jours, день, дня, дней, днями, сутки, суток",
    "week": "woche, wochen, semaine, semaines, неделя, неделю, неделе, недели, недель, неделями",
    "month": "monat, monate, monaten, mois, месяц, месяца, месяце, месяцев, месяцами",
    "year": "jahr, jahre, jahren, an, ans, année, années, год, года, году, лет, годами",
    "fortnight": "quinzaine, quinze jours",
    "half a year": "halbes jahr, halben jahr, полгода",
    "decade": "jahrzehnt, jahrzehnte, jahrzehnten, décennie, décennies, десятилетие, десятилетия, десятилетий",
})  # fmt: skip
NUMBERS: Final = english_words({
    "1": "ein, eine, einen, einem, einer, un, une, один, одну, одна",
    "2": "zwei, deux, два, две, двумя",
    "3": "drei, trois, три, тремя",
    "4": "vier, quatre, четыре",
    "5": "fünf, cinq, пять",
    "6": "sechs, six, шесть",
    "7": "sieben, sept, семь",
    "8": "acht, huit, восемь",
    "9": "neun, neuf, девять",
    "10": "zehn, dix, десять",
    "11": "elf, onze, одиннадцать",
    "12": "zwölf, douze, двенадцать",
    "13": "dreizehn, treize, тринадцать",
    "14": "vierzehn, quatorze, четырнадцать",
    "15": "fünfzehn, quinze, пятнадцать",
    "16": "sechzehn, seize, шестнадцать",
    "17": "siebzehn, dix-sept, семнадцать",
    "18": "achtzehn, dix-huit, восемнадцать",
    "19": "neunzehn, dix-neuf, девятнадцать",
    "20": "zwanzig, vingt, двадцать",
    "30": "dreissig, dreißig, trente, тридцать",
    "40": "vierzig, quarante, сорок",
    "50": "fünfzig, cinquante, пятьдесят",
    "60": "sechzig, soixante, шестьдесят",
    "70": "siebzig, soixante-dix, семьдесят",
    "80": "achtzig, quatre-vingts, восемьдесят",
    "90": "neunzig, quatre-vingt-dix, девяносто",
    "100": "hundert, cent, сто",
    "a few": "ein paar, einige, einigen, wenige, wenigen, quelques, несколько, несколькими",
})  # fmt: skip
NUMBER: Final = rf"(?:[0-9]{{1,4}}|(?!quinze jours\b){any_word(NUMBERS)})"
"""A number in figures or in words; “quinze jours” is no number of days, but a fortnight."""

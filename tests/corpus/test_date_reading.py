"""Dates and ranges of dates as people type them."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from corpus.calendar import MONTHS, Calendar, DateQuery, DateRange, HistoricalDate
from corpus.date_reading import Dates, YearMissing, depends_on_today, leading_dates, read_date, read_dates
from corpus.errors import NotUnderstood

CALENDARS: list[Calendar] = ["julian", "gregorian"]
days = st.dates(date(1500, 1, 1), date(2100, 12, 31))

DAYS = """
20 August 1940; August 20, 1940; 20th of August 1940; the 20th of August, 1940; on 20 August 1940; 1940-08-20;
20.8.1940; 20/08/1940; 8/20/1940; 20-8-1940; 1940/08/20; 20 Aug 1940; Aug. 20, 1940; aug 20th 1940; 20Aug1940;
1940 August 20; 19400820; 20 août 1940; le 20 août 1940; 20 de agosto de 1940; 20 agosto 1940; 20 августа 1940 г.;
August 20, nineteen forty; the twentieth of August nineteen-forty;
20\u20138\u20131940;  20   AUGUST   1940 ; \uff12\uff10 August \uff11\uff19\uff14\uff10; 20\u200b August 1940
"""


@pytest.mark.parametrize("typed", DAYS.split(";"))
def test_every_usual_form_of_a_day_is_read(typed: str) -> None:
    assert read_date(typed) == DateQuery(1940, 8, 20)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("August 1940", DateQuery(1940, 8)),
        ("1940-08", DateQuery(1940, 8)),
        *((typed, DateQuery(1940, 8)) for typed in ("8/1940", "08/1940", "8.1940", "08-1940", "8. 1940", "VIII.1940")),
        ("10/1917 O.S.", DateQuery(1917, 10, None, "julian")),
        ("what happened in 11/1917?", DateQuery(1917, 11)),
        *((typed, DateQuery(1917, 11, 7)) for typed in ("on 7.11.1917", "on 1917-11-07", "am 7.XI.1917")),
        ("in 1917-10", DateQuery(1917, 10)),
        ("Sept 1917", DateQuery(1917, 9)),
        ("1917", DateQuery(1917)),
        ("nineteen seventeen", DateQuery(1917)),
        ("seventeen eighty-nine", DateQuery(1789)),
        ("nineteen o five", DateQuery(1905)),
        ("MCMXVII", DateQuery(1917)),
        ("7 November MCMXVII", DateQuery(1917, 11, 7)),
        ("MDCCCXLVIII", DateQuery(1848)),
        ("nineteen hundred and five", DateQuery(1905)),
        ("nineteen oh five", DateQuery(1905)),
        ("eighteen seventy-nine", DateQuery(1879)),
        ("mars 1917", DateQuery(1917, 3)),
        ("7 ноября", DateQuery(None, 11, 7)),
        ("in 1917", DateQuery(1917)),
        ("Aug 20", DateQuery(None, 8, 20)),
        ("20 aug", DateQuery(None, 8, 20)),
        ("29 February", DateQuery(None, 2, 29)),
        ("3.3.1917", DateQuery(1917, 3, 3)),
        ("12/25", DateQuery(None, 12, 25)),
        ("25/12", DateQuery(None, 12, 25)),
        ("12/13", DateQuery(None, 12, 13)),
        ("13/12", DateQuery(None, 12, 13)),
        ("12/14/1917", DateQuery(1917, 12, 14)),
        ("29 Feb 1900", DateQuery(1900, 2, 29)),
        *(
            (f"25 октября 1917{style}", DateQuery(1917, 10, 25, "julian"))
            for style in (" года по старому стилю", " г. старого стиля", " (ст. ст.)", " ст.ст.")
        ),
        *((f"7 ноября 1917 {style}", DateQuery(1917, 11, 7, "gregorian")) for style in ("по новому стилю", "(н. ст.)")),
        ("25 octobre 1917, vieux style", DateQuery(1917, 10, 25, "julian")),
        ("7 novembre 1917 (nouveau style)", DateQuery(1917, 11, 7, "gregorian")),
        ("в 1917 году", DateQuery(1917)),
        ("24 October 1917 OS", DateQuery(1917, 10, 24, "julian")),
        ("24 October 1917 (O.S.)", DateQuery(1917, 10, 24, "julian")),
        ("October 24, 1917, Old Style", DateQuery(1917, 10, 24, "julian")),
        ("6 nov 1917 n.s.", DateQuery(1917, 11, 6, "gregorian")),
        ("1917-11-06 new style", DateQuery(1917, 11, 6, "gregorian")),
    ],
)
def test_parts_and_calendars_are_read(typed: str, query: DateQuery) -> None:
    assert read_date(typed) == query


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "gunpowder",
        "dec",
        "the",
        "on the",
        "wednesday",
        "Wednesday 1917",
        "today",
        "what happened",
        "25 October os ns 1917",
        "7 or 8 November 1917",
        "7-9",
        "7 to 9, 1917",
        "between 7 and 9",
        "20 jails 1917",
        "4.2",
        "speech 4.2",
        "24",
        "1917 uprising",
        "OS",
        "Aug 201940",
        *("summer", "winter palace", "the end of the war", "third week of 1917", "winter 1917-19", "31/31", "13/14"),
        *("13/1917", "0/1917", "XIII.1917", "7-9/1917", "4.19170"),
        *("first century", "fourth international", "the second congress", "last quarter of November 1917"),
    ],
)
def test_what_is_no_date_is_none(typed: str) -> None:
    assert read_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("30 February 1917", "There is no 30 February 1917: February 1917 has 28 days."),
        ("31 April", "There is no 31 April: April has 30 days."),
        ("Aug 40", "four figures"),
        ("1917-13", "There is no month 13"),
        ("32.13.1917", "There is no month"),
        ("29 Feb 1900 NS", "29 February 1900 Old Style"),
        ("29 Feb 1901 OS", "February 1901 has 28 days"),
        ("0000", "The year 0 is out of reach; write all four figures"),
        ("07/11/17", "That can be two dates, so please write the month's name and all four figures of the year"),
        ("1917-W60", "There is no week 60 in 1917"),
        ("week 53 of 1917", "There is no week 53 in 1917"),
        ("9999", "out of reach; write one from 100 to 9900"),
        ("until 31 April 1917", "There is no 31 April 1917"),
        ("7-31 November 1917", "There is no 31 November 1917"),
        ("before 31 April 1917", "There is no 31 April 1917"),
        ("March to May", "Which year is March"),
        ("until 7 November", "Which year is 7 November"),
        ("before May", "Which year is May"),
        ("0 May 1917", "May 1917 has 31 days"),
        ("early November", r"Which year\? Please add it, as in early November 1889"),
    ],
)
def test_a_date_that_does_not_exist_is_told(typed: str, says: str) -> None:
    with pytest.raises(NotUnderstood, match=says):
        read_date(typed)


def test_a_date_that_people_read_in_two_ways_is_asked_about() -> None:
    with pytest.raises(NotUnderstood, match="month's name") as raised:
        read_date("3/4/1917")
    assert raised.value.near == ("3 April 1917", "4 March 1917")
    assert "1917" not in str(raised.value), "what they may have meant is said once"
    assert [read_date(near) for near in raised.value.near] == [DateQuery(1917, 4, 3), DateQuery(1917, 3, 4)]


def test_a_day_and_a_month_in_figures_are_asked_about_where_both_may_be_the_month() -> None:
    with pytest.raises(NotUnderstood, match="month's name") as raised:
        read_date("7/11")
    assert raised.value.near == ("7 November", "11 July")
    assert read_date("25/10") == read_date("10/25") == DateQuery(None, 10, 25)
    assert read_date("7/7") == DateQuery(None, 7, 7)


OTHER_LANGUAGES = {
    DateQuery(1917, 10): "X 1917, в октябре 1917 года, en octobre 1917, октябрь 1917",
    DateQuery(1918, 3): "III 1918, в марте 1918, en mars 1918",
    DateQuery(1917): "en 1917, в 1917 году",
    DateRange(DateQuery(1917), None): "1917 on, from 1917 on, с 1917 года, depuis 1917",
    DateRange(DateQuery(1917, 10), None): "October 1917 on",
    DateRange(DateQuery(1917, 10, 24), DateQuery(1917, 10, 25)): (
        "the night of 24-25 October 1917, in der Nacht vom 24. auf den 25. Oktober 1917, "
        "dans la nuit du 24 au 25 octobre 1917, в ночь с 24 на 25 октября 1917, ночь с 24 на 25 октября 1917 года, "
        "on the night of 24 October to 25 October 1917"
    ),
    DateRange(DateQuery(1917, 2), DateQuery(1917, 10)): (
        "между февралём и октябрём 1917, между февралем и октябрем 1917 года, entre février et octobre 1917, "
        "с февраля по октябрь 1917, du février au octobre 1917"
    ),
    DateRange(DateQuery(1917, 11, 7), None): "7 November 1917 on",
    DateRange(DateQuery(1917, 6), DateQuery(1917, 8)): "летом 1917 года, лето 1917, l'été 1917, été 1917",
    DateRange(DateQuery(1917, 9), DateQuery(1917, 11)): "осенью 1917, осень 1917 года, automne 1917",
    DateRange(DateQuery(1917, 12), DateQuery(1918, 2)): "зима 1917, зимой 1917-18, hiver 1917",
    DateRange(DateQuery(1917, 9), DateQuery(1917, 12)): "в конце 1917 года, конец 1917, fin 1917, à la fin de 1917",
    DateRange(DateQuery(1917, 1), DateQuery(1917, 4)): "начало 1917, début 1917",
    DateRange(DateQuery(1917, 10, 21), DateQuery(1917, 10, 31)): "fin octobre 1917, в конце октября 1917",
    DateRange(DateQuery(1920), DateQuery(1929)): "1920-е годы, в 1920-х, dans les années 1920",
    DateRange(DateQuery(1901), DateQuery(2000)): "XX век, в XX веке, XXe siècle, le 20e siècle",
}


@pytest.mark.parametrize(
    ("dates", "typed"), [(key, one) for key, all_ in OTHER_LANGUAGES.items() for one in all_.split(", ")]
)
def test_months_seasons_and_parts_of_years_are_read_in_russian_and_french(dates: Dates, typed: str) -> None:
    assert read_dates(typed) == dates


@pytest.mark.parametrize("typed", ["1/4/1917", "4-1-1917", "11/12/1917", "12/1/1917"])
def test_all_such_numbers_are_asked_about(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="month's name") as raised:
        read_date(typed)
    assert len({read_date(near) for near in raised.value.near}) == 2


def test_between_stops_the_day_comes_first() -> None:
    assert read_date("7.11.1917") == read_date("7. 11. 1917") == DateQuery(1917, 11, 7)
    assert read_date("24.10.") == DateQuery(None, 10, 24)


STYLED = """
24 October 1917 (O.S.); O.S. 24 October 1917; (O.S.) 24 October 1917; 24 October (O.S.) 1917; 24 October OS 1917;
24 Oct. o. s. 1917; Old Style 24 October 1917; 24 October [Old Style] 1917; 24 October 1917, Julian calendar;
1917-10-24 OS; 24.10.1917 O.S.; 24 X 1917 O.S.; 24. Oktober 1917 alten Stils; 24. Oktober 1917 (a. St.);
24 October (6 November) 1917; 24 October 1917 (6 November 1917); 24 October [6 November] 1917;
24 October/6 November 1917; 24 October / 6 November, 1917; 24 October O.S. (6 November N.S.) 1917;
24 (6 November) October 1917; 24.10.1917 (6.11.1917); 24. Oktober (6. November) 1917; October 24 (November 6), 1917;
Tuesday, 24 October 1917 (6 November); Tuesday 24 October 1917; 24 October 1917 (Tuesday); Dienstag, 24. Oktober 1917;
24th October (6th November) 1917; the 24th of October 1917 O.S.
"""


@pytest.mark.parametrize("typed", STYLED.split(";"))
def test_the_calendar_is_read_wherever_it_is_said(typed: str) -> None:
    found = read_date(typed)
    assert found is not None
    assert (found.year, found.month, found.day, found.calendar) == (1917, 10, 24, "julian")
    assert found.remark in ("", "24 October 1917 was a Tuesday in the Old Style only, so I read it in that.")


DAYS_OF_THE_REVOLUTION = """
7 November 1917; 7. November 1917; the 7th of November, 1917; 07.11.1917; 7.XI.1917; 7/XI/1917; 7 XI 1917; 7-XI-1917;
1917-11-07T21:40; 1917-11-07 21:40; 1917-11-07T21:40:05.25Z; 1917-11-07T21:40+02:00; 7 November 1917, 21:40;
7 November 1917 at 9:40 p.m.; 7. November 1917 um 21:40 Uhr; November the seventh, 1917; the seventh of November 1917;
seventh November 1917; am siebten November 1917; der siebte November 1917; circa 7 November 1917; c. 7 November 1917;
on the night of 7 November 1917; what happened on 7 November 1917; What happened on 7 November 1917?;
what took place on November 7, 1917?; was geschah am 7. November 1917?; events of 7 November 1917; 7 Nov. 1917.
"""


@pytest.mark.parametrize("typed", DAYS_OF_THE_REVOLUTION.split(";"))
def test_a_day_is_read_in_figures_words_and_questions(typed: str) -> None:
    assert read_date(typed) == DateQuery(1917, 11, 7)


@pytest.mark.parametrize("name", [*MONTHS, "Januar", "März", "Mai", "Juni", "Juli", "Oktober", "Dezember", "Jänner"])
def test_a_month_alone_is_that_month_of_any_year(name: str) -> None:
    found = read_date(name)
    assert found is not None
    assert (found.year, found.day) == (None, None)
    assert read_date(f"in {name.upper()}") == found
    assert read_date(f"{name} 1917") == DateQuery(1917, found.month)


ORDINALS = {1: "first", 2: "second", 3: "third", 12: "twelfth", 20: "twentieth", 25: "twenty-fifth", 31: "thirty-first"}
GERMAN = {1: "ersten", 3: "dritten", 7: "siebten", 12: "zwölften", 16: "sechzehnten", 30: "dreißigsten"}


@pytest.mark.parametrize(
    ("day", "words"), [*ORDINALS.items(), *GERMAN.items(), (21, "twenty first"), (25, "fünfundzwanzigster")]
)
def test_days_are_read_in_words(day: int, words: str) -> None:
    assert read_date(f"the {words} of May 1917") == DateQuery(1917, 5, day)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("until 1917", "until 1917"),
        ("to 1917", "until 1917"),
        ("till 1917", "until 1917"),
        ("up to 7 November 1917", "until 7 November 1917"),
        ("bis März 1917", "until March 1917"),
        ("before 1917", "until 1916"),
        ("pre-1917", "until 1916"),
        ("pre-March 1917", "until February 1917"),
        ("before January 1917", "until December 1916"),
        ("before 1 January 1917", "until 31 December 1916 (New Style)"),
        ("before 1 January 1917 OS", "until 31 December 1916 (Old Style)"),
        ("before 29 February 1900", "until 28 February 1900 (Old Style)"),
        ("vor 1917", "until 1916"),
        ("1917 or earlier", "until 1917"),
        ("since 1917", "since 1917"),
        ("from 1917", "since 1917"),
        ("from 1917 on", "since 1917"),
        ("1917 onwards", "since 1917"),
        ("1917-", "since 1917"),
        ("as of 1917", "since 1917"),
        ("seit 1917", "since 1917"),
        ("after 1917", "since 1918"),
        ("post-1917", "since 1918"),
        ("after December 1917", "since January 1918"),
        ("after 7 November 1917", "since 8 November 1917 (New Style)"),
        ("after the 1920s", "since 1930"),
        ("before the 1920s", "until 1919"),
        ("1917\u20131918", "1917 to 1918"),
        ("1917-18", "1917 to 1918"),
        ("1917/18", "1917 to 1918"),
        ("1917 to 1920", "1917 to 1920"),
        ("1920 to 1917", "1917 to 1920"),
        ("between 1917 and 1918", "1917 to 1918"),
        ("what happened between March and November 1917?", "March 1917 to November 1917"),
        ("zwischen 1917 und 1918", "1917 to 1918"),
        ("from March to November 1917", "March 1917 to November 1917"),
        ("von März bis November 1917", "March 1917 to November 1917"),
        ("October\u2013November 1917", "October 1917 to November 1917"),
        ("October/November 1917", "October 1917 to November 1917"),
        ("March 1917 to 9 November 1917", "March 1917 to 9 November 1917"),
        ("7-9 November 1917", "7 November 1917 to 9 November 1917"),
        ("November 7-9, 1917", "7 November 1917 to 9 November 1917"),
        ("the 7th to the 9th of November 1917", "7 November 1917 to 9 November 1917"),
        ("24.-25. Oktober 1917", "24 October 1917 to 25 October 1917"),
        ("24.10.-25.10.1917", "24 October 1917 to 25 October 1917"),
        ("24/25 October 1917", "24 October 1917 to 25 October 1917"),
        ("24-25 October 1917 OS", "24 October 1917 (Old Style) to 25 October 1917 (Old Style)"),
        ("24\u201325 October (6\u20137 November) 1917", "24 October 1917 (Old Style) to 25 October 1917 (Old Style)"),
        ("1917-10-24 to 1917-11-07", "24 October 1917 to 7 November 1917"),
        ("1917-03/1917-11", "March 1917 to November 1917"),
        ("3/1917 to 11/1917", "March 1917 to November 1917"),
        ("03/1917-11/1917", "March 1917 to November 1917"),
        ("1920s", "1920 to 1929"),
        ("in the 1920's", "1920 to 1929"),
        ("the roaring twenties", "1920 to 1929"),
        ("the early thirties", "1930 to 1933"),
        ("die 1920er Jahre", "1920 to 1929"),
        ("the 1900s", "1900 to 1999"),
        ("early 1917", "January 1917 to April 1917"),
        ("mid-1917", "May 1917 to August 1917"),
        ("1917 to present", "since 1917"),
        ("from March 1917 to today", "since March 1917"),
        ("7 thru 9 November 1917", "7 November 1917 to 9 November 1917"),
        ("at the end of October 1917", "21 October 1917 to 31 October 1917"),
        ("the end of 1917", "September 1917 to December 1917"),
        ("early October 1917", "1 October 1917 to 10 October 1917"),
        ("mid-October 1917", "11 October 1917 to 20 October 1917"),
        ("late October 1917", "21 October 1917 to 31 October 1917"),
        ("Ende Oktober 1917", "21 October 1917 to 31 October 1917"),
        ("late 1920s", "1927 to 1929"),
        ("spring 1917", "March 1917 to May 1917"),
        ("in the autumn of 1917", "September 1917 to November 1917"),
        ("Sommer 1917", "June 1917 to August 1917"),
        ("winter 1917", "December 1917 to February 1918"),
        ("the winter of 1917-18", "December 1917 to February 1918"),
        ("winter 1917/1918", "December 1917 to February 1918"),
        ("until winter 1917", "until February 1918"),
        ("late in the summer of 1917 or earlier", "until August 1917"),
        ("spring of 1917", "March 1917 to May 1917"),
        ("spring to autumn 1917", "March 1917 to November 1917"),
        ("early 1917 to mid-1918", "January 1917 to August 1918"),
        ("from October 1917 to the spring of 1918", "October 1917 to May 1918"),
        ("from the 1920s until the 1930s", "1920 to 1939"),
        ("19th century", "1801 to 1900"),
        ("the nineteenth century", "1801 to 1900"),
        ("im 19. Jahrhundert", "1801 to 1900"),
        ("since the 19th century", "since 1801"),
        ("mid-19th century", "1835 to 1867"),
        ("early twentieth century", "1901 to 1934"),
        ("the first half of the 20th century", "1901 to 1950"),
        ("first half of 1917", "January 1917 to June 1917"),
        ("the latter half of 1917", "July 1917 to December 1917"),
        ("zweite H\u00e4lfte 1917", "July 1917 to December 1917"),
        ("second half of November 1917", "16 November 1917 to 30 November 1917"),
        ("the last quarter of 1917", "October 1917 to December 1917"),
        ("Q4 1917", "October 1917 to December 1917"),
        ("the first week of November 1917", "1 November 1917 to 7 November 1917"),
        ("last week of February 1917", "22 February 1917 to 28 February 1917"),
    ],
)
def test_ranges_are_read(typed: str, shown: str) -> None:
    found = read_dates(typed)
    assert isinstance(found, DateRange)
    assert str(found) == shown
    assert read_dates(shown) == found
    assert read_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("today", DateQuery(None, 11, 22)),
        ("on this day", DateQuery(None, 11, 22)),
        ("This day in history", DateQuery(None, 11, 22)),
        ("what happened today?", DateQuery(None, 11, 22)),
        ("today in 1917", DateQuery(1917, 11, 22)),
        ("tomorrow", DateQuery(None, 11, 23)),
        ("yesterday", DateQuery(None, 11, 21)),
        ("the day before yesterday", DateQuery(None, 11, 20)),
        ("day after tomorrow", DateQuery(None, 11, 24)),
        ("vorgestern", DateQuery(None, 11, 20)),
        ("übermorgen", DateQuery(None, 11, 24)),
        ("heute", DateQuery(None, 11, 22)),
        ("gestern", DateQuery(None, 11, 21)),
        ("morgen", DateQuery(None, 11, 23)),
        ("this month", DateQuery(None, 11)),
        ("next month", DateQuery(None, 12)),
        ("last month", DateQuery(None, 10)),
        ("tonight", DateQuery(None, 11, 22)),
        ("this year", DateQuery(2026)),
        ("last year", DateQuery(2025)),
        ("next year", DateQuery(2027)),
        ("100 years ago", DateQuery(1926)),
        ("a hundred years ago", DateQuery(1926)),
        ("two hundred years ago", DateQuery(1826)),
        ("what happened twenty-five years ago?", DateQuery(2001)),
        ("a century ago", DateQuery(1926)),
        ("two decades ago", DateQuery(2006)),
        ("109 years ago today", DateQuery(1917, 11, 22)),
        ("vor 100 Jahren", DateQuery(1926)),
        ("vor einem Jahrhundert", DateQuery(1926)),
        ("a month ago", DateQuery(2026, 10)),
        ("eleven months ago", DateQuery(2025, 12)),
        ("3 weeks ago", DateQuery(2026, 11, 1)),
        ("vor 2 Tagen", DateQuery(2026, 11, 20)),
        *((typed, DateQuery(None, 11, 22)) for typed in ("aujourd'hui", "сегодня", "в этот день")),
        *((typed, DateQuery(None, 11, 21)) for typed in ("hier", "вчера")),
        *((typed, DateQuery(None, 11, 24)) for typed in ("après-demain", "послезавтра")),
        *(
            (typed, DateQuery(1926))
            for typed in ("il y a 100 ans", "il y a cent ans", "100 лет назад", "сто лет назад")
        ),
        *((typed, DateQuery(1926)) for typed in ("il y a un siècle", "век назад", "столетие назад")),
        *((typed, DateQuery(1926, 11, 22)) for typed in ("heute vor 100 Jahren", "aujourd'hui il y a cent ans")),
        *((typed, DateQuery(2026, 11, 20)) for typed in ("il y a deux jours", "два дня назад")),
        *((typed, DateQuery(2025)) for typed in ("il y a un an", "год назад")),
        *((typed, DateQuery(2011)) for typed in ("il y a quinze ans", "vor fünfzehn Jahren", "пятнадцать лет назад")),
        *((typed, DateQuery(1976)) for typed in ("il y a cinquante ans", "vor fünfzig Jahren", "пятьдесят лет назад")),
        *((typed, DateQuery(2026, 11, 8)) for typed in ("il y a quinze jours", "a fortnight ago", "vor zwei Wochen")),
        *((typed, DateQuery(2026, 5)) for typed in ("vor einem halben Jahr", "полгода назад")),
    ],
)
def test_today_and_its_neighbours_are_days_of_any_year(typed: str, query: DateQuery) -> None:
    assert read_dates(typed, date(2026, 11, 22)) == query
    assert read_date(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["nineteen", "nineteen canteen", "mix", "mild", "MCMIIX", "MMM", "mars", "agosto", "19401320", "июнь"],
)
def test_other_words_are_no_dates(typed: str) -> None:
    assert read_dates(typed) is None


@pytest.mark.parametrize("typed", ["this week", "what happened last week?", "diese Woche"])
def test_a_week_is_asked_about(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="name a day or a month"):
        read_dates(typed, date(2026, 11, 22))


@pytest.mark.parametrize("typed", ["vor Jahren", "vor einigen Jahren", "il y a quelques années", "несколько лет назад"])
def test_what_is_some_time_ago_is_no_date(typed: str) -> None:
    assert read_dates(typed, date(2026, 11, 22)) is None


def test_more_years_ago_than_any_calendar_has_are_refused() -> None:
    with pytest.raises(NotUnderstood, match="out of reach"):
        read_dates("9999 years ago", date(2026, 11, 22))


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("'17", "1917"),
        ("Oct ’17", "Oct 1917"),
        ("25 October '17", "25 October 1917"),
        ("summer of '17", "summer of 1917"),
        ("the '20s", "the 1920s"),
        ("'17 to '18", "1917 to 1918"),
        ("20s", "1920s"),
        ("in the 20s", "in the 1920s"),
        ("late 20's", "late 1920's"),
        ("die 20er Jahre", "die 1920er Jahre"),
        ("les années 20", "les années 1920"),
        ("20-е годы", "1920-е годы"),
        ("7.11.17", "7 November 1917"),
        ("7 Nov 17", "7 November 1917"),
        ("25.X.17", "25 October 1917"),
        ("25/10/17", "25 October 1917"),
        ("November 7, 17", "7 November 1917"),
        ("7.11.17 OS", "7 November 1917 (Old Style)"),
        ("25.10.17-8.11.17", "25 October 1917 to 8 November 1917"),
        ("after 7.11.17", "7 November 1917"),
    ],
)
def test_of_a_year_without_a_century_the_century_is_asked_for(typed: str, near: str) -> None:
    with pytest.raises(NotUnderstood, match="Which century") as error:
        read_dates(typed)
    assert error.value.near[0] == near
    assert read_dates(near)


@pytest.mark.parametrize("typed", ["rock '17 roll", "the class of '17", "o'17", "'173", "d'17"])
def test_other_figures_behind_an_apostrophe_are_no_years(typed: str) -> None:
    assert read_dates(typed) is None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1917年11月7日", "7 November 1917"),
        ("1917年11月", "November 1917"),
        ("1917年", "1917"),
        ("1917년 11월 7일", "7 November 1917"),
        ("१९१७", "1917"),
        ("٧ نوفمبر ١٩١٧".replace("نوفمبر", "November"), "7 November 1917"),
        ("１９１７－１１－０７", "7 November 1917"),
        ("1917, 1918", "1917 to 1918"),
        ("7, 8 November 1917", "7 November 1917 to 8 November 1917"),
    ],
)
def test_figures_of_any_script_and_lists_of_two_are_read(typed: str, shown: str) -> None:
    assert str(read_dates(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "name", "of_1917"),
    [
        ("24/25 October", "24 October to 25 October", "24 October 1917 to 25 October 1917"),
        ("October 24-25", "24 October to 25 October", "24 October 1917 to 25 October 1917"),
        ("from 24 Oct to 8 Nov", "24 October to 8 November", "24 October 1917 to 8 November 1917"),
        ("October to November", "October to November", "October 1917 to November 1917"),
        ("30 December to 2 January", "30 December to 2 January", "30 December 1917 to 2 January 1918"),
    ],
)
def test_a_range_of_any_year_can_be_had_of_each(typed: str, name: str, of_1917: str) -> None:
    with pytest.raises(YearMissing, match="Which year") as error:
        read_dates(typed)
    assert error.value.name == name
    assert str(error.value.of_year(1917)) == of_1917


def test_a_range_with_a_leap_day_is_of_no_other_year() -> None:
    with pytest.raises(YearMissing) as error:
        read_dates("28 to 29 February")
    assert error.value.of_year(1917) is None
    assert error.value.of_year(1916)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("May Day", DateQuery(None, 5, 1)),
        ("christmas 1917", DateQuery(1917, 12, 25)),
        ("on New Year's Eve of 1917", DateQuery(1917, 12, 31)),
        ("Silvester 1917", DateQuery(1917, 12, 31)),
        ("what happened on International Women's Day 1917?", DateQuery(1917, 3, 8)),
    ],
)
def test_a_feast_is_its_day(typed: str, query: DateQuery) -> None:
    assert read_date(typed) == query


def test_a_weekday_that_fits_both_calendars_decides_nothing() -> None:
    assert read_date("Thursday 1 December 2101") == DateQuery(2101, 12, 1)


def test_tomorrow_may_be_another_month_or_year() -> None:
    assert read_dates("tomorrow", date(2026, 12, 31)) == DateQuery(None, 1, 1)
    assert read_dates("today", date(2028, 2, 29)) == DateQuery(None, 2, 29)
    assert read_dates("next month", date(2026, 12, 31)) == DateQuery(None, 1)
    assert read_dates("last month", date(2026, 1, 1)) == DateQuery(None, 12)


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("Wednesday 7 November 1917", ""),
        ("7 November 1917, Wednesday", ""),
        (
            "Friday 7 November 1917",
            "7 November 1917 was a Wednesday (New Style) or a Tuesday (Old Style), not a Friday.",
        ),
        ("Friday 7 November 1917 NS", "7 November 1917 was a Wednesday (New Style), not a Friday."),
        ("Sunday 25 October 1917 O.S.", "25 October 1917 was a Wednesday (Old Style), not a Sunday."),
        ("Sonntag 7. bis Mittwoch 9. November 1917", None),
        ("Friday 7 November", ""),
        ("Thursday 1 December 2101", ""),
        ("Wednesday 25 October 1917 O.S.", ""),
        ("Wednesday 25 October 1917", "25 October 1917 was a Wednesday in the Old Style only, so I read it in that."),
        ("Tuesday 7 November 1917", "7 November 1917 was a Tuesday in the Old Style only, so I read it in that."),
    ],
)
def test_a_wrong_day_of_the_week_is_noticed(typed: str, remark: str | None) -> None:
    found = read_dates(typed)
    assert found is not None
    if remark is None:
        assert "not a Sunday." in found.remark
        assert "not a Wednesday." in found.remark
    else:
        assert found.remark == remark


@given(days, st.sampled_from(CALENDARS))
def test_a_day_given_in_both_calendars_is_one_day(day: date, calendar: Calendar) -> None:
    typed = HistoricalDate.of(day, calendar)
    again = HistoricalDate.of(day, "gregorian" if calendar == "julian" else "julian")
    wanted = DateQuery(typed.year, typed.month, typed.day, calendar)
    for form in (f"{typed} ({again})", f"{typed} [{again}]", f"{typed.styled()} ({again})"):
        assert read_date(form) == wanted
    if typed.year == again.year:
        assert read_date(f"{typed.day} {MONTHS[(typed.month or 1) - 1]}/{again}") == wanted


@pytest.mark.parametrize(
    "typed", ["25 October (8 November) 1917", "25 October/8 November 1917", "8 November 1917 (25 October 1917)"]
)
def test_a_day_that_differs_in_the_two_calendars_is_told(typed: str) -> None:
    with pytest.raises(
        NotUnderstood, match=r"25 October 1917 \(Old Style\) is 7 November 1917 \(New Style\)"
    ) as raised:
        read_dates(typed)
    assert raised.value.near == ("25 October 1917 (Old Style)", "8 November 1917 (New Style)")
    assert all(read_date(near) for near in raised.value.near)


@given(days, days, st.sampled_from(["{} to {}", "{} - {}", "from {} to {}", "between {} and {}", "{} bis {}"]))
def test_a_range_has_the_days_between_its_ends_in_either_order(one: date, other: date, form: str) -> None:
    first, last = sorted((one, other))
    for ends in ((one, other), (other, one)):
        found = read_dates(form.format(*(f"{day.day} {MONTHS[day.month - 1]} {day.year} NS" for day in ends)))
        assert isinstance(found, DateRange) or one == other
        if isinstance(found, DateRange):
            assert found.as_interval() == (first, last)
            assert found.matches(HistoricalDate(first.year, first.month, first.day))
            assert not found.matches(HistoricalDate(last.year + 1))


def test_an_open_range_has_all_on_one_side() -> None:
    until, since, before = read_dates("until 1917"), read_dates("since 1917"), read_dates("before 1917")
    assert isinstance(until, DateRange)
    assert isinstance(since, DateRange)
    assert isinstance(before, DateRange)
    year, later = HistoricalDate(1917), HistoricalDate(1940, 8, 20)
    assert [until.matches(year), since.matches(year), before.matches(year)] == [True, True, False]
    assert [until.matches(later), since.matches(later), before.matches(later)] == [False, True, False]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("before 1 January 1918", "until 31 December 1917 (New Style)"),
        ("before March 1, 1900 OS", "until 29 February 1900 (Old Style)"),
        ("after 31 December 1917", "since 1 January 1918 (New Style)"),
        ("pre-1917", "until 1916"),
        ("pre-March 1917", "until February 1917"),
        ("before January 1917", "until December 1916"),
        ("after November 1917", "since December 1917"),
        ("post-1917", "since 1918"),
        ("after December 1917", "since January 1918"),
        ("after 1917", "since 1918"),
        ("before 1917-18", "until 1916"),
        ("after 1917-18", "since 1919"),
        ("since 1917-18", "since 1917"),
        ("until 1917-18", "until 1918"),
    ],
)
def test_what_is_before_or_after_a_time_leaves_it_out(typed: str, shown: str) -> None:
    assert str(read_dates(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1917-18", "1917 to 1918"),
        ("1912-13", "1912 to 1913"),
        ("1917/19", "1917 to 1919"),
        ("1910-12", "December 1910"),
    ],
)
def test_a_second_number_that_is_no_month_is_a_later_year(typed: str, shown: str) -> None:
    assert str(read_dates(typed)) == shown
    with pytest.raises(NotUnderstood, match="no month 17"):
        read_dates("1917-17")


def test_what_is_longer_than_any_date_or_full_of_marks_is_none() -> None:
    for length, is_read in ((100, True), (101, False)):
        assert (read_date("8 November 1917".rjust(length)) is not None) is is_read
        assert depends_on_today("today".rjust(length)) is is_read
    for marks, is_read in ((8, True), (9, False)):
        assert (read_date(f"8{'-' * marks}November 1917") is not None) is is_read


@pytest.mark.parametrize(
    ("typed", "shown", "rest"),
    [
        ("March 1917 to 9 November 1917 war and peace", "March 1917 to 9 November 1917", "war and peace"),
        ("until 1917, war", "until 1917", "war"),
        ("25 October (7 November) 1917 war", "25 October 1917 (Old Style)", "war"),
        ("war 1917", "None", "war 1917"),
        ("", "None", ""),
    ],
)
def test_the_dates_at_the_beginning_are_parted_from_the_rest(typed: str, shown: str, rest: str) -> None:
    found, words = leading_dates(typed)
    assert (str(found), words) == (shown, rest)


@given(days, st.sampled_from(CALENDARS), st.sampled_from(["day", "month", "year"]))
def test_what_is_shown_is_read_back(day: date, calendar: Calendar, precision: str) -> None:
    parts = {"year": (day.year,), "month": (day.year, day.month), "day": (day.year, day.month, min(day.day, 28))}[
        precision
    ]
    shown = HistoricalDate(*parts, calendar=calendar)  # type: ignore[misc, arg-type]  # one to three numbers
    for query in (read_date(str(shown)), read_date(f"{shown} {'OS' if calendar == 'julian' else 'NS'}")):
        assert query is not None
        assert query.matches(shown)
        interval = query.as_interval()
        assert interval is not None
        assert interval[0] <= shown.first <= shown.last <= interval[1]


WORDS = (
    *MONTHS,
    *(
        "Aug",
        "20th",
        "1917",
        "29",
        "31",
        "2",
        " ",
        "-",
        ".",
        "/",
        ",",
        "of",
        "OS",
        "(N.S.)",
        "٣",
        "\x00",
        "(",
        ")",
        "[",
    ),
    *(
        "to",
        "until ",
        "from ",
        " and ",
        "between ",
        "before ",
        "after ",
        "1920s",
        "early ",
        "late ",
        " or earlier",
        "X",
    ),
    *("Wednesday", "Mi", "seventh", "twenty-fifth", "T21:40", "today", "what happened ", "bis", "7.", " on", "c. "),
)
pieces = st.lists(st.sampled_from(WORDS), max_size=14).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda gap: gap.join(words))
)


@given(st.one_of(st.text(st.characters(exclude_categories=()), max_size=120), pieces))
def test_no_string_raises_anything_else(typed: str) -> None:
    try:
        found = read_dates(typed, date(2026, 11, 22))
        leading_dates(typed)
    except NotUnderstood as problem:
        assert str(problem).endswith((".", "”."))
        assert all(read_dates(near) for near in problem.near)
    else:
        if isinstance(found, DateQuery):
            assert found.year or found.month
            assert found.as_interval() or not found.year
        elif found:
            starts, ends = found.as_interval()
            assert starts <= ends
            assert read_dates(str(found)) == DateRange(
                *(end and structs.replace(end, weekday=None) for end in (found.first, found.last))
            )


@pytest.mark.parametrize(
    "unit", ["/", "-", "- ", "(", "1", "1 ", "1-", "to ", "to 1 ", "os ", "[7] ", ".", " ", "may ", "'"]
)
def test_what_is_long_is_read_as_fast_as_it_is_long(unit: str) -> None:
    """The longest that is looked at costs no more than a moment, and what is longer nothing at all."""
    for length in (100, 20_000):
        typed = (unit * length)[:length]
        started = time.thread_time()
        with suppress(NotUnderstood):
            read_dates(typed)
        with suppress(NotUnderstood):
            leading_dates(typed)
        assert time.thread_time() - started < 0.5


@pytest.mark.parametrize(
    ("typed", "old", "new"),
    [
        ("25 October (6 November) 1917", "25 October 1917", "7 November 1917"),
        ("20 December 1917 (6 January 1918)", "20 December 1917", "2 January 1918"),
    ],
)
def test_two_days_that_are_not_the_same_are_named(typed: str, old: str, new: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_date(typed)
    assert str(refused.value).startswith(f"Those are two days: {old} (Old Style) is {new} (New Style).")


@pytest.mark.parametrize(
    ("typed", "depends"),
    [("today", True), ("what happened on this day?", True), ("7 November 1917", False), ("", False),
     (f"today{' ' * 200}", False)],
)  # fmt: skip
def test_only_what_names_no_day_depends_on_today(typed: str, depends: bool) -> None:
    assert depends_on_today(typed) == depends


@pytest.mark.parametrize(
    "typed",
    [
        *("1917-W45", "1917W45", "week 45 of 1917", "week 45, 1917", "calendar week 45 1917", "the 45th week of 1917"),
        *("KW 45 1917", "KW 45/1917", "in der Kalenderwoche 45 1917", "45. Woche 1917", "semaine 45 de 1917"),
    ],
)
def test_a_numbered_week_goes_from_monday_to_sunday_in_the_new_style(typed: str) -> None:
    monday, sunday = DateQuery(1917, 11, 5, "gregorian"), DateQuery(1917, 11, 11, "gregorian")
    assert read_dates(typed) == DateRange(monday, sunday)


@given(days, st.booleans())
def test_every_day_is_found_by_its_week(day: date, has_hyphens: bool) -> None:
    week = day.strftime("%G-W%V-%u" if has_hyphens else "%GW%V%u")
    found = read_date(week)
    assert found is not None
    assert (found.year, found.month, found.day) == (day.year, day.month, day.day)


@pytest.mark.parametrize(
    "typed", ["the twenties", "die Zwanziger", "in den zwanziger Jahren", "les années vingt", "двадцатые годы", "1920s"]
)
def test_a_decade_is_read_by_its_name(typed: str) -> None:
    assert read_dates(typed) == DateRange(DateQuery(1920), DateQuery(1929))


@pytest.mark.parametrize("typed", ["thirteen", "les cinquante", "20", "30 days", "4.20s"])
def test_other_numbers_are_no_decades(typed: str) -> None:
    assert read_dates(typed) is None or isinstance(read_dates(typed), DateQuery)


def test_days_that_russia_left_out_say_so() -> None:
    for day in range(1, 14):
        for style in ("", " OS"):
            query = read_date(f"{day} February 1918{style}")
            assert query is not None
            assert query.remark.startswith("In Russia no day had this date: 31 January 1918 (Old Style)")
    for typed in ("31 January 1918", "14 February 1918", "1 February 1918 NS", "1 February 1917", "1 March 1918"):
        query = read_date(typed)
        assert query is not None
        assert not query.remark

"""The texts, the table and the plot of `make bench-scale`."""

from __future__ import annotations

from xml.etree import ElementTree

from msgspec import structs

from tests.bench.scale import Size, table
from tests.bench.scale_plot import plot
from tests.bench.scale_run import Measurement, Run
from tests.bench.scale_texts import OF_A_TEXT, scale_texts, shipped_sentences

RUN = Run(
    1.0,
    50.0,
    60.0,
    12.0,
    0.998,
    (Measurement("/who", 1.0, 2.0, 3.0, 50.0, 0.5, 1.5), Measurement("completion", 0.5, 900.0, 20.0, 60.0, 0.4, 30.0)),
)
KINDS = ("/quote three words", "/quote stop words", "/check an altered one", "/word the most common")


def test_texts_have_as_many_sentences_as_asked_for_and_are_the_same_again() -> None:
    source = shipped_sentences()
    made = list(scale_texts(OF_A_TEXT + 7, source))
    assert [len(list(text.sentences())) for text in made] == [OF_A_TEXT, 7]
    assert made == list(scale_texts(OF_A_TEXT + 7, source))
    assert all(words and words == words.strip() for text in made for _, words in text.sentences())


def test_table_and_plot_show_every_kind_at_every_size() -> None:
    others = (Measurement(kind, 1.0, 2.0, 3.0, 4.0, 0.5, 1.0) for kind in KINDS)
    run = structs.replace(RUN, measurements=(*RUN.measurements, *others))
    sizes = [Size(1_000, 2.0, 3.0, 0.5, run), Size(1_000_000, 100.0, 900.0, 0.6, run)]
    assert "| completion | 0.4 / 30 (0.5 / 900) | 0.4 / 30 (0.5 / 900) |" in table(sizes)
    root = ElementTree.fromstring(plot(sizes))  # noqa: S314 - our own SVG.
    assert len(root.findall("{http://www.w3.org/2000/svg}polyline")) == 6

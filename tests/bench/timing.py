"""Figures beside those that they are compared with, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import quantiles
from typing import NamedTuple


class Comparison(NamedTuple):
    """What was measured, its unit, the figure that it is compared with, and ours."""

    name: str
    unit: str
    base: float
    ours: float

    @property
    def ratio(self) -> float:
        return self.ours / self.base


def percentile(values: Sequence[float], n: int) -> float:
    """The value that `n` in a hundred do not exceed."""
    return quantiles(values, n=100, method="inclusive")[n - 1]


def table(rows: Sequence[Comparison], base: str) -> str:
    """Rows for people, the ratio first."""
    lines = [f"{'':38}{'ratio':>7}{'ours':>10}{base:>10}"]
    lines += [f"{one.name:38}{one.ratio:7.2f}{one.ours:10.2f}{one.base:10.2f} {one.unit}" for one in rows]
    return "\n".join(lines)


def as_json(rows: Sequence[Comparison]) -> Mapping[str, Mapping[str, float | str]]:
    """Rows by name, for programs."""
    return {one.name: {"ratio": one.ratio, "ours": one.ours, "base": one.base, "unit": one.unit} for one in rows}

"""The comparison of a class's tables to take home: every number of a table can be read."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from makersphere_server.classes.compare_page import compare_page

NEAR = [5.0, 5.05, 5.1, 9.0]
ALIKE = [3.0] * 24


def page(values: list[float], language: str = "en") -> str:
    """Return the page of tables whose one figure has these values."""
    tables = [{"table": number, "figures": {"deals": value}} for number, value in enumerate(values, 1)]
    about = {"scenario": "classroom", "seasons": 3}
    group = {**about, "code": "K7QF234", "name": "10b", "tables": len(values), "figures": {"deals": [5.0]}}
    found = {
        "figures": ["deals"],
        "tables": tables,
        "groups": [group],
        "named": [],
        "can_name": False,
        "not_measured": "",
    }
    return compare_page(found, language).decode()


def lines(drawn: str) -> list[tuple[float, float, str]]:
    """Return what is written below a scale, each with its height and its middle."""
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</text>', drawn)
    return sorted((float(y), float(x), said) for x, y, said in found)


@pytest.mark.parametrize("values", [[1.0, 1.0], NEAR, ALIKE, [*ALIKE, 90.0, 90.0], [float(n % 5) for n in range(60)]])
def test_no_number_of_a_table_lies_on_another(values: list[float]) -> None:
    """Of values that are equal or near; every table is there once, and nothing reaches beyond the picture."""
    drawn = page(values)
    written = lines(drawn)
    assert sorted(int(number) for _, _, said in written for number in said.split()) == [*range(1, len(values) + 1)]
    half = {said: 7.3 * len(said) / 2 for _, _, said in written}
    for (y, x, said), (below, right, other) in pairwise(written):
        assert below - y >= 13 or (below == y and right - half[other] >= x + half[said]), (said, other)
    height = float(re.findall(r'viewBox="0 0 320 (\d+)"', drawn)[0])
    assert all(half[said] <= x <= 320 - half[said] and y < height for y, x, said in written)


def test_a_number_stands_below_the_dot_of_its_table() -> None:
    """Alone where there is room, with those of the same value side by side."""
    drawn = page([1.0, 5.0, 5.0, 9.0])
    dots = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', drawn)]
    assert [(x, said) for _, x, said in lines(drawn)] == [(dots[0], "1"), (dots[1], "2 3"), (dots[3], "4")]


def test_tables_that_are_nearly_equal_lie_near_each_other() -> None:
    """Though there are no others: they stood at the two ends of the scale."""
    near = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', page([20.67, 20.90]))]
    far = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', page([20.0, 30.0]))]
    assert 0 < near[1] - near[0] < 30
    assert far == [16, 304]


def test_one_table_is_one() -> None:
    """The page said "1 tables"; and where no table can be named it says nothing of being named by chance."""
    drawn = page([5.0])
    assert "one table" in drawn
    assert "1 tables" not in drawn
    assert "by chance" not in drawn

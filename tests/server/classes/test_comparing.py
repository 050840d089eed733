"""Tables of different length beside each other: each is held against those that played as long alone."""

from __future__ import annotations

from typing import Any

import pytest

from makersphere_rules.compared.figures import BOUNDS, COMPARED, Reading
from makersphere_server.classes.compare_page import compare_page
from makersphere_server.classes.comparing import Group, PlayedTable, compared

LOW, USUAL = 1.0, 50.0


def _table(number: int, seasons: int, value: float, acts: int = 0) -> PlayedTable:
    """Return a table of `classroom` with the same value in each figure, whose makers did something so often."""
    readings = {name: Reading(value, value) for name in COMPARED} if seasons else {}
    return PlayedTable(
        room=f"ROOM{number}",
        scenario="classroom",
        seats=12,
        seasons=seasons,
        readings=readings,
        rules={},
        chosen=(),
        decided={"person": 1, "bot": 0, "default": 0},
        acts={("maker", "pitch"): (acts, 10 * max(seasons, 1))},
        number=number,
        game=1,
    )


def _told(*tables: PlayedTable) -> dict[str, Any]:
    return compared(Group("K7QF234", "10b", tables), ())


def _short(*values: float) -> list[PlayedTable]:
    return [_table(number, 2, value) for number, value in enumerate(values, 1)]


@pytest.mark.parametrize(
    ("language", "apart", "left_out"),
    [
        ("en", "Table 3 lies apart from the others of its scenario and length: it has less", "Table 5, Table 6"),
        ("zh", "3 \u53f7\u684c\u5728\u540c\u573a\u666f\u3001\u540c\u5b63\u6570", "5 \u53f7\u684c\u30016 \u53f7\u684c"),
    ],
)
def test_a_table_lies_apart_from_those_that_played_as_long(language: str, apart: str, left_out: str) -> None:
    """Others may have the same value: the page says of whom it is told, and who is not among them."""
    long = [_table(number, 3, LOW) for number in (5, 6)]
    found = _told(*_short(USUAL, USUAL, LOW, USUAL), *long)
    assert [one["table"] for one in found["named"]] == [3]
    assert ["apart" in one for one in found["tables"]] == [True] * 4 + [False] * 2
    page = compare_page(found, language).decode()
    assert apart in page
    assert left_out in page


def test_where_all_have_played_as_long_nobody_is_left_out() -> None:
    """A table without a figure is on no scale, and needs no word."""
    page = compare_page(_told(*_short(USUAL, USUAL, LOW, USUAL), _table(5, 0, LOW)), "en").decode()
    assert "Table 3 lies apart" in page
    assert "not among" not in page


def test_what_people_did_is_held_against_tables_that_played_as_long() -> None:
    """In a longer game they do it less often, and at a table that ended in its first phase not at all."""
    short = [_table(number, 1, USUAL, acts=40) for number in (1, 2, 3)]
    long = [_table(number, 3, USUAL, acts=acts) for number, acts in ((4, 30), (5, 30), (6, 30), (8, 120))]
    found = _told(*short, *long, _table(7, 0, USUAL))
    assert {one["table"]: one["did"] for one in found["tables"] if "did" in one} == {
        8: [{"role": "maker", "command": "pitch", "each": 4.0, "others": 1.0}]
    }


def test_an_interval_ends_where_its_figure_can_be_no_further() -> None:
    """Three tables far from each other: by chance alone it would reach below zero, and a share above a hundred."""
    low, high = (compared(Group("K", "", tuple(_short(*some))), ())["groups"][0] for some in ((1, 2, 40), (55, 99, 99)))
    for name, (least, most) in BOUNDS.items():
        assert low["figures"][name][:2] == [14.33, least], name
        told = {"spirit": 99}.get(name, min(most, 147.4))  # what a table has can be
        assert high["figures"][name][::2] == [84.33, told], name

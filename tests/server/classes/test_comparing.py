"""Tables of different length beside each other: each is held against those that played as long alone."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from makersphere_rules.compared.figures import BOUNDS, COMPARED, Reading
from makersphere_rules.shipped import scenario
from makersphere_server.classes.compare_page import compare_page
from makersphere_server.classes.comparing import Group, PlayedTable, compared, rules_of

LOW, USUAL = 1.0, 50.0
AS_SHIPPED = rules_of(scenario("classroom"))
WHOLE = scenario("classroom").seasons
Rules = dict[str, Any] | None


def _table(number: int, seasons: int, value: float, acts: int = 0, rules: Rules = None) -> PlayedTable:
    """Return a table of `classroom` with the same value in each figure, whose makers did something so often."""
    readings = {name: Reading(value, value) for name in COMPARED} if seasons else {}
    return PlayedTable(
        room=f"ROOM{number}",
        scenario="classroom",
        seats=12,
        seasons=seasons,
        readings=readings,
        rules=rules or AS_SHIPPED,
        chosen=(),
        decided={"person": 1, "bot": 0, "default": 0},
        acts={("maker", "pitch"): (acts, 10 * max(seasons, 1))},
        number=number,
        game=1,
    )


def _told(*tables: PlayedTable) -> dict[str, Any]:
    return compared(Group("K7QF234", "10b", tables), ())


def _whole(*values: float) -> list[PlayedTable]:
    return [_table(number, WHOLE, value) for number, value in enumerate(values, 1)]


@pytest.mark.parametrize(
    ("language", "apart", "left_out"),
    [
        ("en", "Table 3 lies apart from the others of its scenario and length: it has less", "Table 5, Table 6"),
        ("zh", "3 \u53f7\u684c\u5728\u540c\u573a\u666f\u3001\u540c\u5b63\u6570", "5 \u53f7\u684c\u30016 \u53f7\u684c"),
    ],
)
def test_a_table_lies_apart_from_those_that_played_as_long(language: str, apart: str, left_out: str) -> None:
    """Others may have the same value: the page says of whom it is told, and who is not among them."""
    cut = [_table(number, 2, LOW) for number in (5, 6)]
    found = _told(*_whole(USUAL, USUAL, LOW, USUAL), *cut)
    assert [one["table"] for one in found["named"]] == [3]
    assert ["apart" in one for one in found["tables"]] == [True] * 4 + [False] * 2
    page = compare_page(found, language).decode()
    assert apart in page
    assert left_out in page


def test_where_all_have_played_as_long_nobody_is_left_out() -> None:
    """A table without a figure is on no scale, and needs no word."""
    page = compare_page(_told(*_whole(USUAL, USUAL, LOW, USUAL), _table(5, 0, LOW)), "en").decode()
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
    low, high = (compared(Group("K", "", tuple(_whole(*some))), ())["groups"][0] for some in ((1, 2, 40), (55, 99, 99)))
    for name, (least, most) in BOUNDS.items():
        assert low["figures"][name][:2] == [14.33, least], name
        told = {"spirit": 99}.get(name, min(most, 147.4))  # what a table has can be
        assert high["figures"][name][::2] == [84.33, told], name


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("tables", [1, 2, 4])
@pytest.mark.parametrize("seasons", [1, WHOLE + 1])
def test_games_of_another_length_are_held_against_no_games_of_bots(seasons: int, tables: int, language: str) -> None:
    """These were measured whole: there is no band and nobody is named, and the page says why."""
    values = [USUAL, USUAL, LOW, USUAL][:tables]
    found = _told(*(_table(number, seasons, value) for number, value in enumerate(values, 1)))
    assert (found["named"], found["can_name"], "usual" in found) == ([], False, False)
    assert (found["not_measured"], found["lengths"]) == ("seasons", [seasons, WHOLE])
    page = compare_page(found, language).decode()
    said = {"en": f"had {WHOLE} seasons, these tables {seasons}", "zh": f"\u6709 {WHOLE} \u5b63"}[language]
    assert said in page
    assert "ui.class" not in page


@pytest.mark.parametrize("tables", [1, 2, 3])
def test_of_a_scenario_that_nobody_has_measured_it_is_said_of_however_many_tables(tables: int) -> None:
    """One of somebody's own is in no measurement."""
    own = [attrs.evolve(_table(number, 3, USUAL), scenario="their_own") for number in range(1, tables + 1)]
    found = _told(*own)
    assert (found["can_name"], found["not_measured"], "usual" in found) == (False, "scenario", False)
    assert "was not measured" in compare_page(found, "en").decode()


@pytest.mark.parametrize(("changed", "why"), [(0, ""), (1, ""), (2, ""), (3, "rules"), (4, "rules")])
def test_tables_that_most_played_by_another_rule_are_held_against_no_games_of_bots(changed: int, why: str) -> None:
    """Of a few that did so, it is told what they differ in."""
    path = next(path for path, value in AS_SHIPPED.items() if isinstance(value, int))
    other = {**AS_SHIPPED, path: -1}
    values = [USUAL, USUAL, LOW, USUAL]
    tables = [
        _table(number, WHOLE, value, rules=other if number <= changed else None)
        for number, value in enumerate(values, 1)
    ]
    found = _told(*tables)
    assert (found["not_measured"], "usual" in found, bool(found["named"])) == (why, not why, not why)
    assert ("by other rules" in compare_page(found, "en").decode()) == bool(why)


def test_a_column_of_means_is_of_one_scenario_and_length() -> None:
    """Another class's tables of another kind have one by themselves; what its rules differ in is told of it."""
    path = next(path for path, value in AS_SHIPPED.items() if isinstance(value, int))
    other = [_table(0, 1, LOW) for _ in range(4)]
    other += [_table(0, WHOLE, value, rules={**AS_SHIPPED, path: -1}) for value in (40.0, 50.0, 60.0)]
    groups = (Group("K7QF234", "10b", tuple(_whole(USUAL, USUAL))), Group("ABCD234", "10c", tuple(other)))
    found = compared(groups[0], groups[1:])
    about = [(one["code"], one["tables"], one["seasons"], one["figures"]["demand"][0]) for one in found["groups"]]
    assert about == [("K7QF234", 2, WHOLE, USUAL), ("ABCD234", 3, WHOLE, 50.0), ("ABCD234", 4, 1, LOW)]
    assert [one.get("rules") for one in found["groups"]] == [
        None,
        [{"path": path, "is": -1, "usual": AS_SHIPPED[path]}],
        None,
    ]
    page = compare_page(found, "en").decode()
    assert f"Mean of 10c \N{MIDDLE DOT} 3 tables \N{MIDDLE DOT} Classroom, seasons: {WHOLE}" in page

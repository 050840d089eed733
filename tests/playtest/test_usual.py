"""What usually happens in a lesson is made by a command: how it comes into a file, and that what ships still holds."""

from __future__ import annotations

import tomllib

import pytest

from makersphere_playtest.usual import OUTCOMES, digest, lines, measure, sizes, written
from makersphere_rules import shipped
from makersphere_rules.lessons.packs import Usual, pack

WITH_A_LESSON = [name for name in shipped.scenario_names() if pack(name)]
OF_ALL = [(name, usual.seats) for name in WITH_A_LESSON for usual in getattr(pack(name), "usual", ())]


def shown(name: str) -> dict[int, Usual]:
    """Return what usually happens in a scenario, by seats."""
    found = pack(name)
    assert found is not None
    return {usual.seats: usual for usual in found.usual}


@pytest.mark.parametrize(("name", "seats"), OF_ALL)
def test_what_usually_happens_is_of_todays_rules(name: str, seats: int) -> None:
    """The first games go as they went when it was made; else: `python -m makersphere_playtest.usual NAME --write`."""
    usual = shown(name)[seats]
    assert usual.digest == digest(name, seats)
    assert usual.games == (400 if seats == shipped.scenario(name).seats else 100)
    assert set(usual.figures) == set(OUTCOMES)
    assert all(least <= middle <= most for least, middle, most in usual.figures.values())


@pytest.mark.parametrize("name", WITH_A_LESSON)
def test_every_size_of_class_has_its_own(name: str) -> None:
    """From the smallest class to the largest that is measured, as the command would measure them."""
    assert [*shown(name)] == sizes(name)


def test_tables_are_written_behind_all_else_and_replace_those_before() -> None:
    """The file is read as before, with the new numbers."""
    few = Usual(8, 6, "c0ffee", ("look",), {"births": (1.0, 2.0, 3.0)})
    more = Usual(4, 12, "facade", (), {"births": (2.0, 3.0, 4.0)})
    once = written('questions = ["born"]\n', [*lines("quickstart", [few, more])])
    twice = written(once, [*lines("quickstart", [few, more])])
    assert twice == once
    read = tomllib.loads(once)
    assert read["questions"] == ["born"]
    assert [usual["seats"] for usual in read["usual"]] == [6, 12]
    figures = {"births": [1.0, 2.0, 3.0]}
    assert read["usual"][0] == {"games": 8, "seats": 6, "digest": "c0ffee", "unused": ["look"], "figures": figures}


def test_it_is_measured_of_as_many_games_as_one_asks_for() -> None:
    """Bots play them; of each outcome three values are told, the least first."""
    played: list[int] = []
    found = {usual.seats: usual for usual in measure(["quickstart"], 10, 2, played.append)["quickstart"]}
    own = shipped.scenario("quickstart").seats
    assert (found[own].games, sum(played)) == (10, 10 + 2 * (len(found) - 1))
    assert found[own].figures["births"][0] <= found[own].figures["births"][2]

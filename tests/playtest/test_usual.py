"""What usually happens in a lesson is made by a command: how it comes into a file, and that what ships still holds."""

from __future__ import annotations

import tomllib

import pytest

from makersphere_playtest.usual import OUTCOMES, digest, lines, measure, written
from makersphere_rules import shipped
from makersphere_rules.lessons.packs import Usual, pack

WITH_A_LESSON = [name for name in shipped.scenario_names() if pack(name)]


@pytest.mark.parametrize("name", WITH_A_LESSON)
def test_what_usually_happens_is_of_todays_rules(name: str) -> None:
    """The first games go as they went when it was made; else: `python -m makersphere_playtest.usual NAME --write`."""
    found = pack(name)
    assert found is not None
    assert found.usual is not None
    assert found.usual.digest == digest(name)
    assert (found.usual.games, set(found.usual.figures)) == (400, set(OUTCOMES))
    assert all(least <= middle <= most for least, middle, most in found.usual.figures.values())


def test_a_table_is_written_behind_all_else_and_replaces_the_one_before() -> None:
    """The file is read as before, with the new numbers."""
    usual = Usual(8, 6, "c0ffee", {"births": (1.0, 2.0, 3.0)})
    once = written('questions = ["born"]\n', [*lines("quickstart", usual)])
    twice = written(once, [*lines("quickstart", usual)])
    assert twice == once
    assert tomllib.loads(once) == {
        "questions": ["born"],
        "usual": {"games": 8, "seats": 6, "digest": "c0ffee", "figures": {"births": [1.0, 2.0, 3.0]}},
    }


def test_it_is_measured_of_as_many_games_as_one_asks_for() -> None:
    """Bots play them; of each outcome three values are told, the least first."""
    played: list[int] = []
    found = measure(["quickstart"], 10, played.append)["quickstart"]
    assert (found.games, found.seats, sum(played)) == (10, shipped.scenario("quickstart").seats, 10)
    assert found.figures["births"][0] <= found.figures["births"][2]

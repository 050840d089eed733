"""The table of targets on not playing: which scenario is held at which size, and what is said of all together."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.plans.findings import Findings, findings
from makersphere_playtest.plans.playtests import Played, run
from makersphere_playtest.plans.sweeps import FORGOING, plan
from makersphere_playtest.plans.targets_by_size import SIZES, entries, plans
from makersphere_rules.shipped import scenario
from tests.playtest.made_up_games import game

_NAMES = ("quickstart", "classroom", "rivals", "training")


def test_each_scenario_is_held_at_each_size_that_it_is_made_for() -> None:
    """Every act is forgone at every size; in a large room there are three games for eight."""
    planned = [*plans(map(scenario, _NAMES), SIZES, 400, 1)]
    assert Counter(one.scenario for one in planned) == {"quickstart": 4, "classroom": 6, "rivals": 3, "training": 6}
    assert {(one.seats > 18, one.games) for one in planned} == {(False, 400), (True, 150)}
    for one in planned:
        assert [cell.swap for cell in one.cells] == [None, *FORGOING]
        assert one.seats in SIZES


def test_every_role_and_act_has_its_target() -> None:
    """Scores of who only presses buttons, capital's worth by the length of the game, and each act by its loss."""
    (planned,) = plans([scenario("quickstart")], [6], 2, 5)
    (entry,) = entries([findings(run(planned, cores(1)))])
    assert (entry.scenario, entry.seats, entry.games) == ("quickstart", 6, 2)
    asked = {(one.name, one.of): one.hi for one in entry.targets}
    acts = [(role, name) for role, name in FORGOING if name not in ("ready", "yellow")]
    assert asked == {
        **{("ready", role): 66.6 for role in ("maker", "investor", "operator")},
        **{("yellow", role): 85 for role in ("maker", "investor", "operator")},
        **{("forbidden", f"{role}: {name}"): 0 for role, name in acts},
        ("capital", "investor"): 90,
    }


def _made_up(number: int, kept: float, games: int = 150) -> Findings:
    """Return a playtest of made-up games in which a seat without capital keeps so much of its score."""
    rng = Random(number)
    swap = ("investor", "standard-capital")
    rows = []
    for at in range(games):
        free = game(rng, at)
        seats = [
            {**seat, "score": round(kept * seat["score"] + rng.gauss(0, 20))} if seat["role"] == "investor" else seat
            for seat in free["seats"]
        ]
        rows += [free, {**free, "cell": "investor: standard-capital", "seats": seats}]
    return findings(Played(plan(scenario("seminar").source, 12, games, number, swaps=[swap]), rows))


@pytest.mark.parametrize(("kept", "told"), [(0.6, "met"), (0.95, "missed")])
def test_capital_is_worth_a_fifth_or_it_is_said(kept: float, told: str) -> None:
    """Of four seasons: 60 % of the standard bot's score without it is little enough, 95 % is not."""
    (entry,) = entries([_made_up(1, kept)])
    (capital,) = [one for one in entry.targets if one.name == "capital"]
    assert capital.verdict == told
    assert capital.measured.mean == pytest.approx(100 * kept, abs=2)


def test_what_is_missed_is_sure_for_the_whole_table() -> None:
    """What one playtest alone would call missed is not sure among ten, of which one may well be so by chance."""
    near, others = _made_up(0, 0.84, 60), [_made_up(number, 0.7, 60) for number in range(1, 10)]
    ((_, alone), *_), ((_, among), *_) = (
        [one.targets for one in entries(found)] for found in ([near], [near, *others])
    )
    assert (alone.name, alone.verdict, among.verdict) == ("capital", "missed", "open")

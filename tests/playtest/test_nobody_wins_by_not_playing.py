"""Nobody wins by not playing, in a few real games: what shows in seconds is held here, the rest by the whole table."""

from __future__ import annotations

import pytest

from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.measured.certainty import MET
from makersphere_playtest.plans.findings import findings
from makersphere_playtest.plans.playtests import run
from makersphere_playtest.plans.targets_by_size import entries, plans
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.shipped import scenario

_DEALS, _TIES = (MAKER, "standard-deals"), (MAKER, "standard-exchange")
_HOURS, _LEVELS = (INVESTOR, "standard-hours"), (OPERATOR, "standard-levels")


@pytest.mark.parametrize(
    ("name", "seats", "games", "acts"),
    [("quickstart", 8, 30, [_DEALS, _TIES, _HOURS]), ("classroom", 12, 12, [_DEALS, _TIES, _HOURS, _LEVELS])],
)
def test_who_forgoes_the_main_act_of_its_role_surely_scores_less(
    name: str, seats: int, games: int, acts: list[tuple[str, str]]
) -> None:
    """Without deals, ties, hours or levels a seat has surely fewer points than the standard bot in its place."""
    (planned,) = plans([scenario(name)], [seats], games, 160001, acts)
    (entry,) = entries([findings(run(planned, cores(1)))])
    assert {one.of: one.verdict for one in entry.targets} == {f"{role}: {act}": MET for role, act in acts}

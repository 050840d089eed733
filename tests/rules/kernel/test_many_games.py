"""Two thousand random games in each run: whatever is played, the books are right after every event.

After each event: accounts sum to zero and none is below zero that may not be, cap tables sum to 10,000, no space has
more ventures than desks, nobody has hours below zero. At the end of each game a replay of its log is the same
game, and no clearing of it has left a blocking pair. Now and then views are made anew and compared. The plan is a
list, so that less cannot be played unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

from makersphere_rules.ecosystem.figures.clearing_record import Clearing
from makersphere_rules.kit import conformance
from makersphere_rules.kit.conformance import Game
from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.modules.clearinghouse.capital import ClearinghouseCapital
from makersphere_rules.modules.clearinghouse.events import CapitalCleared, Cleared
from tests.rules.plan import PLAYED, scenario_of
from tests.rules.variants import VARIANTS

GAMES: Final = 2_000
BATCH: Final = 20  # games of one test, so that workers share them evenly
CLOSELY: Final = 5  # one game in so many is compared after every order
_BATCHES: Final[Mapping[str, int]] = {
    "counter": 12,
    "classroom": 3,
    "seminar": 2,
    "mechanisms": 2,
    "rivals": 2,
    "training": 1,
}


def _batches() -> list[tuple[str, int]]:
    """Return the whole plan: a few batches of what is long, the rest shared by what is short."""
    short = [name for name in PLAYED if name not in _BATCHES]
    left = GAMES // BATCH - sum(_BATCHES.values())
    plan = {**_BATCHES, **dict.fromkeys(short, -(-left // len(short)))}
    return [(name, number) for name in PLAYED for number in range(plan[name])]


PLAN: Final = _batches()


def _clears(name: str) -> bool:
    """Return whether a scenario has a clearinghouse, in any of its runs."""
    rules = scenario_of(name)
    modules = (module for one in (rules, *(run.rules for run in rules.runs)) for module in one.modules)
    return any(isinstance(module, Clearinghouse | ClearinghouseCapital) for module in modules)


def _clearings(played: Game) -> list[Clearing]:
    """Return every clearing that a game has had, its earlier runs included."""
    events = (event for entry in played.log for event in entry)
    return [event.clearing for event in events if isinstance(event, Cleared | CapitalCleared)]


@pytest.mark.parametrize(("name", "number"), PLAN)
def test_invariants_hold_after_every_event(name: str, number: int) -> None:
    """A batch of games of one to six seats, each to its end."""
    over = events = clearings = 0
    for game in range(BATCH * number, BATCH * (number + 1)):
        seats = 1 + game % 6
        played = conformance.play(
            scenario_of(name), seats, f"many:{name}:{game}", orders=1 + game % 2, closely=game % CLOSELY == 0
        )
        over += played.state.game.status == "over"
        events += played.events
        assert played.events == sum(len(entry) for entry in played.log) > 0
        found = _clearings(played)
        assert [clearing for clearing in found if any(clearing.blocking)] == []
        clearings += sum(len(clearing.blocking) > 0 for clearing in found)

    assert over == BATCH
    assert (clearings >= BATCH) is _clears(name)
    assert events > 6 * BATCH


def test_the_plan_is_two_thousand_games() -> None:
    """Of every scenario and every variant, and none twice."""
    assert len(PLAN) * BATCH >= GAMES
    assert len(set(PLAN)) == len(PLAN)
    assert {name for name, _ in PLAN} == {*PLAYED, *VARIANTS}

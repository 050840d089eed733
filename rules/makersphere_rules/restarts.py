"""A game that does not simply go on: dealt anew for a run, played on by other rules, or taken back to an earlier start.

Answers how the whole state changes then, for the events `RunBegan`, `RulesChanged` and `Rewound`. It knows no rule and
decides nothing. Source: docs/adr/0013-runs-rewind-and-fork.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from makersphere_rules.entity import Entity, Key
from makersphere_rules.run_history import History
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import Kinds, State

__all__ = ["change_rules", "deal_anew", "go_back", "lay_ready"]


def deal_anew(state: State, scenario: Scenario) -> None:
    """Take everything off the table that does not outlast a run, and play on by the scenario of the next run."""
    state.scenario = scenario
    state.history = History()
    for cls in state.kinds:
        if not cls.lasts:
            state.clear(cls)
    state.entries = {}
    state.settle()


def change_rules(state: State, scenario: Scenario) -> None:
    """Play on by other rules; a start of an earlier phase than the present one cannot be gone back to any more."""
    state.scenario = scenario
    state.forms.clear()
    here = state.game.season, state.game.phase
    was_ready, state.pasts = here in state.pasts, {}
    if was_ready:
        lay_ready(state, *here)


def lay_ready(state: State, season: int, phase: str) -> None:
    """Keep what stands now as the start of a phase, so that the game can go back to it."""
    past = state.copy()
    past.pasts = {}
    state.pasts = {**state.pasts, (season, phase): past}


def go_back(state: State, season: int, phase: str) -> None:
    """Let everything stand as at the start of a phase that is laid ready; later starts are not laid ready any more.

    The rules in force stay: a game goes back within a run, and a fork keeps the rules that it was founded with.

    Raises:
        KeyError: that start is not laid ready.
    """
    past = state.pasts[season, phase].copy()
    order = list(state.pasts)
    state.pasts = {start: state.pasts[start] for start in order[: order.index((season, phase)) + 1]}
    for cls, differing in _differing(state.kinds, past.kinds):
        state.touched[cls].update(differing)
        if cls.shows_at_first:
            state.shown_anew[cls].update(differing)
        state.kinds[cls] = past.kinds.get(cls, {})
    for cls, differing in _differing(state.settled_kinds, past.settled_kinds):
        state.shown_anew[cls].update(differing)
        state.settled_kinds[cls] = past.settled_kinds.get(cls, {})
    state.game = past.game
    state.owned, state.unsettled = past.owned, past.unsettled
    state.entries, state.history = past.entries, past.history
    state.forget_what_was_derived()


def _differing(ours: Kinds, theirs: Kinds) -> Iterator[tuple[type[Entity], dict[Key, Any]]]:
    """Yield each kind of either, with the keys of those entities that are not the same in both."""
    for cls in (*ours, *(cls for cls in theirs if cls not in ours)):
        before, after = ours.get(cls, {}), theirs.get(cls, {})
        yield cls, {key: None for key in (*before, *after) if before.get(key) != after.get(key)}

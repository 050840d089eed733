"""A game being played by the policy of the playthroughs, and told: what may be sent, what was, what came of it.

Answers lines of text. Nothing but a rule moves them: the policy reads forms alone, and each phase begins with what may
be sent and ends with the books.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from makersphere_playtest.playthrough import told
from makersphere_playtest.playthrough.policy import chosen
from makersphere_rules import engine
from makersphere_rules.refusals import Refusal
from makersphere_rules.seen.views import Views
from makersphere_rules.state import State

__all__ = ["Playthrough", "playthrough"]

_ROUNDS: Final = 3  # in which seats are asked, so that what one proposes another may answer


class Playthrough:
    """A game being played and told."""

    def __init__(self, state: State, silent: frozenset[int] = frozenset()) -> None:
        """Take a game; silent seats send nothing."""
        self._state = state
        self._seats = state.seats()
        self._silent = silent
        self._lists: list[told.Tree] = []
        self._views = Views(state)
        for seat in self._seats:
            self._views.hand(seat)

    def order(self, actor: int, order: engine.Order) -> Iterator[str]:
        """Carry an order out and yield what comes of it."""
        yield told.order(actor, order)
        outcome = engine.step(self._state, actor, order)
        if isinstance(outcome, Refusal):
            yield told.refused(outcome)
            return
        told_as = told.Outcome(self._state, order, self._lists)
        for event in outcome:
            yield from told_as.event(event)
        table, hands = deepcopy(self._views.table), {seat: deepcopy(self._views.hand(seat)) for seat in self._seats}
        yield from told_as.changes(self._views.refresh(), table, hands)

    def phase(self) -> Iterator[str]:
        """Let every seat that is not silent send what it may, close the phase, and yield all of it."""
        state = self._state
        yield f"## season {state.game.season}, {state.game.phase}"
        yield from told.may(state)
        sent: dict[int, frozenset[str]] = dict.fromkeys(self._seats, frozenset())
        at = engine.At(state.game.season, state.game.phase)
        for _ in range(_ROUNDS):
            for seat in sorted({*self._seats} - self._silent):
                for name, args in chosen(seat, engine.legal(state, seat), sent[seat]):
                    sent[seat] |= {name}
                    yield from self.order(seat, engine.Order(name, args, at))
        yield from self.order(engine.ROOM, engine.Order("close"))
        yield told.sums(state)


def playthrough(state: State, phases: int) -> Iterator[str]:
    """Yield the lines of a game from its lobby on, so many phases of it at most."""
    text = Playthrough(state)
    yield from text.order(engine.ROOM, engine.Order("start"))
    for _ in range(phases):
        if state.game.status != "running":
            return
        yield from text.phase()

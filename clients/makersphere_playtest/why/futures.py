"""Futures of two games that differ in one fact: bots play both to the end of the run on one set of dice.

Answers for each future what mattered in both: whether a venture was born and lives, how far it came, final scores, and
what the world fed into the ecosystem. Bots choose in both by the same random streams, so what differs in the end comes
of the fact. Where nothing differs any more, one of the two is played on, and stands for both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from makersphere_bots.catalogue import policy
from makersphere_bots.levels import LEVELS, NORMAL
from makersphere_playtest.games.headless import ANY, Asker, seed_bytes, uncollected
from makersphere_playtest.why.paired import Paired
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.ratings import Figures, Score
from makersphere_rules.engine import ROOM, Order, step
from makersphere_rules.state import CurrentRun, Kinds, State

__all__ = ["Futures", "Matters", "measured", "played"]

_YES: Final = 100  # of a hundred futures
_END: Final = Order("end")


@attrs.frozen
class Matters:
    """What matters of a future: a venture (0: none) and the seats that are concerned."""

    venture: int
    seats: tuple[int, ...]


@attrs.define
class Futures:
    """Some futures of both games.

    Attributes:
        sums: by what matters, the pairs.
        alike: in how many of them nothing differed before the end.
    """

    sums: dict[str, Paired] = attrs.field(factory=dict)
    alike: int = 0

    def add(self, was: Mapping[str, int], might: Mapping[str, int]) -> None:
        """Take in a future; what only one of the two games has is left out."""
        for name, value in was.items():
            if name in might:
                self.sums.setdefault(name, Paired()).add(value, might[name])

    def merge(self, other: Futures) -> None:
        """Take in others."""
        self.alike += other.alike
        for name, sums in other.sums.items():
            self.sums.setdefault(name, Paired()).merge(sums)


def played(was: State, might: State, matters: Matters, seed: str, numbers: Iterable[int]) -> Futures:
    """Play some futures of two games.

    Args:
        was: the game as it was.
        might: the game as it might have been.
        matters: what is measured.
        seed: of the futures; not that of the room's dice.
        numbers: which futures; a number has the same dice in both games, and in every process.
    """
    found = Futures()
    for number in numbers:
        with uncollected():
            one, other = _Future(was, f"{seed}:{number}"), _Future(might, f"{seed}:{number}")
            while not one.is_over:
                if _are_the_same(one.state, other.state):
                    one.play_to_end()
                    other = one
                    found.alike += 1
                    break
                one.play_phase()
                other.play_phase()
            found.add(measured(one.state, matters), measured(other.state, matters))
            del one, other
    return found


def measured(state: State, matters: Matters) -> dict[str, int]:
    """Return what matters of a game that is over, each a whole number; shares are 0 or 100."""
    found: dict[str, int] = {}
    venture = state.find(Venture, matters.venture)
    if venture is not None:
        lives = not venture.closed
        found |= {"born": _YES * venture.born, "stage": venture.stage, "lives": _YES * lives}
    for seat in matters.seats:
        score = state.find(Score, seat)
        if score is not None and score.final is not None:
            found[f"score_{seat}"] = score.final
    figures = state.all(Figures).values()
    if figures:
        found["energy"] = sum({**one.values, **one.opened}.get("energy_in", 0) for one in figures)
    return found


class _Future:
    """One future of one game."""

    def __init__(self, state: State, name: str) -> None:
        """Take a copy of the game, with other dice from here on."""
        self.state = state.copy()
        self.state.dice = SeededDice(seed_bytes(f"why:{name}"))
        root = hashlib.sha256(b"why:policies:" + name.encode()).hexdigest()
        self._asker = Asker(self.state, root, {ANY: policy(LEVELS[NORMAL])}, keep=False)
        self._run = self.state.find(CurrentRun)

    @property
    def is_over(self) -> bool:
        """Return whether the run has ended."""
        return self.state.game.status != "running"

    def play_phase(self) -> None:
        """Let the bots play the phase that is open; the last of a run ends the game, whatever would be dealt next."""
        if self.is_over:
            return
        self._asker.ask_all()
        game = self.state.game
        is_last = game.season == game.seasons and game.phase_number + 1 == len(self.state.scenario.phases)
        if is_last and self._run is not None:
            step(self.state, ROOM, _END)
        else:
            self._asker.close()

    def play_to_end(self) -> None:
        """Let the bots play until the run is over."""
        while not self.is_over:
            self.play_phase()


def _are_the_same(one: State, other: State) -> bool:
    """Return whether two games have the same entities in the same order, so that they go on alike."""
    return _alike(one.kinds, other.kinds) and _alike(one.settled_kinds, other.settled_kinds)


def _alike(some: Kinds, others: Kinds) -> bool:
    return some == others and all(list(kind) == list(others[cls]) for cls, kind in some.items())

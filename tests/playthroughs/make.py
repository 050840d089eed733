"""Write the golden playthroughs: `python -m tests.playthroughs.make` says which differ; then read the difference.

A playthrough is a scene of play as text (`scenes`): what each seat may send, what it sends, the events, what changes on
the table and in each hand, and the sums of the accounts (`told`, `words`). It is played by a policy that is kept for it
(`policy`), and most begin at a table that is laid by hand, so that a rule moves the text of the phases that it is about
and no other. Made by this command, reviewed as a difference, and never edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Final

from makersphere_rules import engine
from makersphere_rules.ledger import Account, Flow
from makersphere_rules.refusals import Refusal
from makersphere_rules.seen.views import Views
from makersphere_rules.state import Game, Seat, State
from tests.playthroughs import told
from tests.playthroughs.policy import chosen
from tests.playthroughs.scenes import SCENES

FOLDER: Final = Path(__file__).parent
_NOT_TOLD: Final = frozenset((Game, Seat, Account, Flow))  # of a table that is laid: what it brings with it
_ROUNDS: Final = 3  # in which seats are asked, so that what one proposes another may answer


class _Text:
    """A game being played and told."""

    def __init__(self, state: State, silent: frozenset[int]) -> None:
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


def lines_of(name: str) -> Iterator[str]:
    """Yield the lines of a playthrough."""
    scene = SCENES[name]
    state = scene.lay()
    text = _Text(state, scene.silent)
    yield f"# {name}: {scene.about}"
    if state.game.status == "running":
        yield from told.given(state, _NOT_TOLD)
    else:
        yield from text.order(engine.ROOM, engine.Order("start"))
    for _ in range(scene.phases):
        yield from text.phase()


def text_of(name: str) -> str:
    """Return a playthrough as it should stand in its file."""
    return "\n".join(lines_of(name)) + "\n"


def main(folder: Path = FOLDER) -> None:
    """Write the files that differ from what stands there, and print which those are."""
    differing = []
    for name in SCENES:
        file, text = folder / f"{name}.txt", text_of(name)
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            differing.append(name)
    differ = f"{len(differing)} of {len(SCENES)} playthroughs differ: {', '.join(differing)}"
    print(differ if differing else "none differs: no scene shows this")  # noqa: T201  (to whoever made them)


if __name__ == "__main__":
    main()

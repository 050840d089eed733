"""A change of one recorded fact, and the phase played again with it.

Answers the game at the end of a phase whose lines are decided again: as they are recorded, or with one order in
another's place, one draw that fell otherwise, or one bar that stood elsewhere. All other lines of the phase stay; what
the rules refuse then is left out. Never changes the state that it is handed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from makersphere_playtest.why.recorded import Stretch
from makersphere_rules.dice import Dice
from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.engine import Order, step
from makersphere_rules.entity import Key, changed
from makersphere_rules.refusals import Refusal
from makersphere_rules.state import State

__all__ = ["NOTHING", "Change", "Draw", "Impossible", "Said", "again"]

Said = tuple[int, Order]  # a seat, and what it orders
Draw = tuple[str, Key, int]  # purpose, entity and number
Draws = Mapping[Draw, int]  # what came


class Impossible(Exception):
    """The rules refuse what would have been said instead."""


@attrs.frozen
class Change:
    """What is otherwise in a phase.

    Attributes:
        instead: by the `seq` of a line, what is ordered in its place; empty: nothing is.
        before_close: what is ordered besides, before the phase closes.
        draws: draws of the phase that fall otherwise.
        bar: a space, and where its bar for makers stands at this close.
    """

    instead: Mapping[int, tuple[Said, ...]] = attrs.field(factory=dict)
    before_close: tuple[Said, ...] = ()
    draws: Draws = attrs.field(factory=dict)
    bar: tuple[int, int] | None = None


NOTHING = Change()


@attrs.frozen
class _TurnedDice:
    """Dice of a room of which some draws of this phase fall otherwise."""

    dice: Dice
    turned: Draws

    def draw(self, season: int, phase: str, purpose: str, entity: Key, number: int, sides: int) -> int:
        """Return a whole number from 1 to `sides`."""
        found = self.turned.get((purpose, entity, number))
        return self.dice.draw(season, phase, purpose, entity, number, sides) if found is None else found


def again(stretch: Stretch, change: Change = NOTHING) -> State:
    """Return the game when a phase has closed that is decided again, and the next one has opened.

    Raises:
        Impossible: what a change orders is refused.
    """
    state = stretch.opened.copy()
    dice = state.dice
    state.dice = _TurnedDice(dice, change.draws)
    bar = _set_bar(state, change.bar)
    for (actor, order), is_new in _orders(stretch, change):
        if isinstance(step(state, actor, order), Refusal) and is_new:
            raise Impossible
    _set_bar(state, bar, is_settled=True)
    state.dice = dice
    state.forget_changes()
    return state


def _orders(stretch: Stretch, change: Change) -> Iterator[tuple[Said, bool]]:
    """Yield what is ordered, and whether it is of the change; the last line closes the phase."""
    for told in stretch.told:
        line = told.line
        if told is stretch.told[-1]:
            yield from ((said, True) for said in change.before_close)
        if line.seq in change.instead:
            yield from ((said, True) for said in change.instead[line.seq])
        elif line.order is not None:
            yield (line.actor, line.order), False


def _set_bar(state: State, bar: tuple[int, int] | None, *, is_settled: bool = False) -> tuple[int, int] | None:
    """Set the bar of a space; return the space with the bar that stood there."""
    if bar is None:
        return None
    number, height = bar
    before = state.one(Space, number)
    state.put(changed(before, maker_bar=height))
    if is_settled:  # the close has shown the other one
        shown = state.settled_kinds[Space]
        shown[number] = changed(shown[number], maker_bar=height)
    return number, before.maker_bar

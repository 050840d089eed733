"""Counter: the smallest rule module there is. Copy it to begin one of your own.

Purpose: a tutorial, the load of the benchmarks, and the first test.
Phase: whichever names it; it has no opening, no closing and no default move.
Commands: `count` {`by`: 1 to `most`}, at once, any role.
Events: `counted`.
Parameters: `most` (10; 1 to 1,000), the largest step.
Secrets: none. The table shows each seat's count, the total and who was last.
Source: the rulebook's "Scenarios to ship".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, cast

import attrs

from makersphere_rules.entity import Entity, table
from makersphere_rules.events import Event, Line
from makersphere_rules.forms import Args, Form, Whole
from makersphere_rules.frozen import frozen
from makersphere_rules.module import Command, Draft, RuleModule
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["Count", "Counted", "Counter", "Tally"]


@frozen(slots=False)
class Count(Entity):
    """What one seat has counted."""

    kind: ClassVar[str] = "count"

    seat: int = table()
    count: int = table(0)

    @property
    def key(self) -> int:
        """Return the seat."""
        return self.seat


@frozen(slots=False)
class Tally(Entity):
    """The sum of all counts, and the seat that counted last (0: nobody yet)."""

    kind: ClassVar[str] = "tally"
    single: ClassVar[bool] = True

    total: int = table(0)
    last: int = table(0)


@frozen
class Counted(Event):
    """A seat has counted on; the new count is in the fact."""

    type: ClassVar[str] = "counted"

    seat: int
    by: int
    count: int
    total: int

    def apply(self, state: State) -> None:
        """Set the two numbers."""
        state.put(Count(self.seat, self.count))
        state.put(Tally(self.total, self.seat))

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("counted", {"seat": self.seat, "by": self.by, "total": self.total}),)


@attrs.frozen
class CounterParams:
    """The parameters of the counter."""

    most: int = param(10, 1, 1000, "The largest step that a seat may count at once.")


def _form(state: State, seat: int) -> Form:
    return Form({"by": Whole(1, state.scenario.params(CounterParams).most)})


def _count(draft: Draft, seat: int, args: Args) -> None:
    state, by = draft.state, cast(int, args["by"])
    mine = state.find(Count, seat)
    tally = state.find(Tally)
    draft.emit(Counted(seat, by, (mine.count if mine else 0) + by, (tally.total if tally else 0) + by))


class Counter(RuleModule):
    """Count together."""

    name: ClassVar[str] = "counter"
    params: ClassVar[type | None] = CounterParams
    commands: ClassVar[Sequence[Command]] = (Command("count", (), _form, _count),)
    events: ClassVar[Sequence[type[Event]]] = (Counted,)
    entities: ClassVar[Sequence[type[Entity]]] = (Count, Tally)

    def invariants(self, state: State) -> Iterator[str]:
        """The total is the sum of the counts."""
        tally = state.find(Tally)
        total = sum(count.count for count in state.all(Count).values())
        if tally is not None and tally.total != total:
            yield f"the total is {tally.total}, the counts sum to {total}"

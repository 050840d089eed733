"""Counter: the smallest rule module there is. Copy it to begin one of your own.

Purpose: a tutorial, the load of the benchmarks, and the first test.
Phase: whichever names it; it has no opening, no closing and no default move.
Commands: `count` {`by`: 1 to `most`}, at once, any role.
Events: `counted`.
Parameters: `most` (10; 1 to 1,000), the largest step.
Secrets: none. The table shows each seat's count, the total and who was last.
Source: the rulebook's "Scenarios to ship".
"""

from collections.abc import Iterator

from makersphere_rules.author import (
    Args,
    Command,
    Draft,
    Entity,
    Event,
    Form,
    Line,
    RuleModule,
    State,
    Whole,
    frozen,
    param,
    table,
    whole,
)

__all__ = ["Count", "Counted", "Counter", "Tally"]


@frozen
class Count(Entity):
    """What one seat has counted."""

    seat: int = table(key=True)
    count: int = table(0)


@frozen
class Tally(Entity, single=True):
    """The sum of all counts, and the seat that counted last (0: nobody yet)."""

    total: int = table(0)
    last: int = table(0)


@frozen
class Counted(Event):
    """A seat has counted on; the new count is in the fact."""

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


@frozen
class CounterParams:
    """The parameters of the counter."""

    most: int = param(10, 1, 1000, "The largest step that a seat may count at once.")


def _form(state: State, seat: int) -> Form:
    return Form({"by": Whole(1, state.scenario.params(CounterParams).most)})


def _count(draft: Draft, seat: int, args: Args) -> None:
    state, by = draft.state, whole(args, "by")
    mine, tally = state.find(Count, seat) or Count(seat), state.find(Tally) or Tally()
    draft.emit(Counted(seat, by, mine.count + by, tally.total + by))


class Counter(RuleModule):
    """Count together."""

    name = "counter"
    params = CounterParams
    commands = (Command.at_once("count", _form, _count),)
    events = (Counted,)
    entities = (Count, Tally)

    def invariants(self, state: State) -> Iterator[str]:
        """The total is the sum of the counts."""
        tally = state.find(Tally) or Tally()
        total = sum(count.count for count in state.all(Count).values())
        if tally.total != total:
            yield f"the total is {tally.total}, the counts sum to {total}"

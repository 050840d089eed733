"""The contract of a rule module.

A module owns a phase or a part of one: its commands, events, entities, parameters, defaults, closing
steps and invariants. It never imports the engine, the views or another module. Modules of other
people are found through the entry point group `makersphere.rules` (`written/packages.py`).

A scenario names its modules, and a module reads its scenario: this is the one circle of the kernel. It is one of types
alone, under TYPE_CHECKING in `scenario.py`; everything else in the kernel imports downwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

import attrs
import msgspec

from makersphere_rules.asked.advice import Seen
from makersphere_rules.asked.fates import Fate, Foreseen
from makersphere_rules.bookkeeping import refuse_undeclared
from makersphere_rules.dice import Draw
from makersphere_rules.entity import Entity, Key
from makersphere_rules.events import ChoiceMade, Drawn, Event
from makersphere_rules.forms import Arg, Args, Form, Start
from makersphere_rules.mistakes import Mistake
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State

__all__ = ["Command", "Draft", "Fate", "Foreseen", "Move", "RuleModule", "Stands", "nought"]

Move = tuple[str, Args]


class Draft(msgspec.Struct, eq=False):
    """The events of one decision in the making.

    For a command of a seat the events are only collected: read first, then emit. For a closing the
    draft stands on a copy of the state and applies what is emitted, so that each step sees the one before.

    Attributes:
        state: what it stands on; changed only if the draft applies (then it must be a copy).
        applies: whether it does.
        events: the facts so far.
        draws: the draws that they rest on.
    """

    state: State
    applies: bool
    events: list[Event] = msgspec.field(default_factory=list)
    draws: list[Draw] = msgspec.field(default_factory=list)

    def emit(self, event: Event) -> None:
        """Add a fact.

        Raises:
            Undeclared: it moves credits by an account or a reason that no module of the game has declared.
        """
        if not event.is_shipped:
            refuse_undeclared(self.state.scenario, event)
        self.events.append(event)
        if self.applies:
            event.apply(self.state)

    def draw(self, purpose: str, entity: Key, sides: int, number: int = 0) -> int:
        """Draw a whole number from 1 to `sides` and keep the draw as a fact."""
        game = self.state.game
        value = self.state.dice.draw(game.season, game.phase, purpose, entity, number, sides)
        self.draws.append(Draw(game.season, game.phase, purpose, entity, number, sides, value))
        return value

    def shuffle(self, purpose: str, count: int, entity: Key = 0) -> list[int]:
        """Return 0 to `count` - 1 in an order drawn by the dice (Fisher and Yates 1938; Durstenfeld 1964)."""
        order = list(range(count))
        for last in range(count - 1, 0, -1):
            other = self.draw(purpose, entity, last + 1, last) - 1
            order[last], order[other] = order[other], order[last]
        return order

    def finish(self) -> tuple[Event, ...]:
        """Return the events, the draws they rest on first."""
        return (Drawn(tuple(self.draws)), *self.events) if self.draws else tuple(self.events)


def _one_target(_: Args) -> str:
    return ""


def _no_starts(_state: State, _seat: int) -> Sequence[Start]:
    return ()


def nought(_state: State, _seat: int) -> int:
    """Return what a number counts as until it is introduced, where that is 0."""
    return 0


Forms = Callable[[State, int], Form | Refusal]  # what a command takes from a seat now, or why it takes nothing now
Stands = Callable[[State, int], Arg]  # what a field of a seat's counts as until it is introduced
Starts = Callable[[State, int], Sequence[Start]]  # what a form that a seat is offered begins with
Numbers = Callable[[State, int, Args], Mapping[str, int]]  # what arguments that can be sent come to, for their sender
Decides = Callable[[Draft, int, Args], Refusal | None]  # emits what follows from a seat's arguments, or refuses them


@attrs.frozen(kw_only=True)
class Command:
    """A command that a seat may send: `Command.at_once` or `Command.sealed`.

    Attributes:
        name: as it goes over the wire.
        form: what it takes from this seat now, or why it takes nothing now. It is made anew when something has changed,
            but not for a sealed choice or a seat that is ready: neither may be read for it.
        roles: the roles that may send it; empty: all.
        is_sealed: what a seat sends is sealed for the close; else it happens at once.
        decide: what follows from it; None: the choice that a seat has sealed, and nothing else.
        target: for a sealed command, what a later one of the same target replaces.
        previews: whether a seat may be shown beforehand what follows; not where that rests on another's hand.
        scored: whether it can change a final score: a role without such a command in a phase is idle there.
        later: the fields that a scenario may introduce in a later season, each with what it counts as until then, which
            no sealed choice may change.
        acts_on: what somebody must have seen as it is now who sends it: a kind of entity, and the field that names
            which; "": the seat's own. A sealed choice can be changed until the close, so it needs none.
        starts: what its form begins with for a seat that is offered it, as that seat may know.
        numbers: what arguments come to, beside what they change: said to the seat that previews them, and no more than
            it may know.
    """

    name: str
    form: Forms
    roles: tuple[str, ...]
    is_sealed: bool
    decide: Decides | None
    target: Callable[[Args], str]
    previews: bool
    scored: bool
    later: Mapping[str, Stands] = MappingProxyType({})
    acts_on: tuple[type[Entity], str] | None = None
    starts: Starts = _no_starts
    numbers: Numbers | None = None

    @classmethod
    def at_once(
        cls,
        name: str,
        form: Forms,
        decide: Decides,
        *,
        roles: tuple[str, ...] = (),
        previews: bool = True,
        scored: bool = True,
        later: Mapping[str, Stands] = MappingProxyType({}),
    ) -> Command:
        """Return a command that happens at once: `decide` emits what follows, and everybody sees it who may."""
        return cls(
            name=name,
            form=form,
            roles=roles,
            is_sealed=False,
            decide=decide,
            target=_one_target,
            previews=previews,
            scored=scored,
            later=later,
        )

    @classmethod
    def sealed(
        cls,
        name: str,
        form: Forms,
        *,
        roles: tuple[str, ...] = (),
        target: Callable[[Args], str] = _one_target,
        decide: Decides | None = None,
        scored: bool = True,
        later: Mapping[str, Stands] = MappingProxyType({}),
    ) -> Command:
        """Return a command that is sealed until the close, which reads it with `state.choice`.

        A seat may send it again: the last one counts, of each `target` where a seat may seal several. With `decide` the
        module looks at the arguments where a form cannot say what is wrong with them, and emits `ChoiceMade` itself.
        """
        return cls(
            name=name,
            form=form,
            roles=roles,
            is_sealed=True,
            decide=decide,
            target=target,
            previews=True,
            scored=scored,
            later=later,
        )

    def acting_on(self, kind: type[Entity], field: str = "") -> Command:
        """Return the command with what its sender must have seen as it is now: what `field` names, or its own."""
        return attrs.evolve(self, acts_on=(kind, field))

    def telling(self, *, starts: Starts = _no_starts, numbers: Numbers | None = None) -> Command:
        """Return the command with what it tells people beside its bounds: see `starts` and `numbers` above."""
        return attrs.evolve(self, starts=starts, numbers=numbers)

    def carry_out(self, state: State, seat: int, args: Args) -> tuple[Event, ...] | Refusal:
        """Return what follows from the command: what it decides, or a sealed choice."""
        if self.decide is None:
            return (ChoiceMade(seat, self.name, self.target(args), dict(args)),)
        draft = Draft(state, applies=False)
        refusal = self.decide(draft, seat, args)
        return draft.finish() if refusal is None else refusal


class RuleModule:
    """Base of a rule module; its module's docstring is its rule sheet.

    Attributes:
        name: unique, as in scenario files.
        params: attrs class of parameters made with `scenario.param`, or `scenario.measured`, or None.
        earlier_params: parameters of earlier versions, which stored scenarios may name; they say nothing any more.
        commands: what seats may send while the module's phase is open.
        events: the event types that it emits; entities: the kinds that it keeps.
        phase: the name of the only phase that it plays in; "": it plays in none; None: in any.
        part: what it is for, where a scenario may have one module only for that: `payout`, `elimination`.
        needs: the parts without which it cannot be played; after: those that must close before it.
        foresees: phases, besides its own, in which it is asked what a seat can foresee.
        reading: its phase is for reading, so nobody who may not act there is idle.
        texts: sentences by language and key (`command.NAME`, `log.TEXT`, `refusal.TEXT` ...), for modules that
            are not the game's own; without one a name is shown as it is.
        withholds: commands of other modules of its phase that mean nothing beside it and are not offered.
        seating_params: parameters that only `seating` reads; seats last over all runs, so no run changes them.
        fixed_by: parameters that are fixed before they are played: by `game` as it is dealt, by `season` as one begins,
            by a phase as it opens; other rules begin no later (`kit/beginnings.py`).
        counts_in: parameters that count until the close of a later phase than the module's own.
        seats_latecomers: it gives a role to seats that are added during play, at the latest in the next season.
        accounts: the sorts of account that it adds to the ledger (`crowd` of `crowd:3`), each with whose credits lie in
            it: `maker`, `investor`, `operator` or `government`.
        reasons: the reasons of postings that it adds, each with the step of the money picture in which it counts: one
            of the rulebook's, itself for a step of its own, or `SET_ASIDE`.
        main: the commands that answer its phase's question, the first that a seat may send before the next: the plain
            screen has it on its main button.
        wall: the kinds that the wall shows while its phase is open; without one all that have words.
    """

    name: ClassVar[str]
    params: ClassVar[type | None] = None
    earlier_params: ClassVar[frozenset[str]] = frozenset()
    commands: ClassVar[Sequence[Command]] = ()
    events: ClassVar[Sequence[type[Event]]] = ()
    entities: ClassVar[Sequence[type[Entity]]] = ()
    phase: ClassVar[str | None] = None
    part: ClassVar[str] = ""
    needs: ClassVar[Sequence[str]] = ()
    after: ClassVar[Sequence[str]] = ()
    foresees: ClassVar[Sequence[str]] = ()
    reading: ClassVar[bool] = False
    texts: ClassVar[Mapping[str, Mapping[str, str]]] = MappingProxyType({})
    withholds: ClassVar[frozenset[str]] = frozenset()
    seating_params: ClassVar[Sequence[str]] = ()
    fixed_by: ClassVar[Mapping[str, str]] = MappingProxyType({})
    counts_in: ClassVar[Mapping[str, str]] = MappingProxyType({})
    seats_latecomers: ClassVar[bool] = False
    accounts: ClassVar[Mapping[str, str]] = MappingProxyType({})
    reasons: ClassVar[Mapping[str, str]] = MappingProxyType({})
    main: ClassVar[Sequence[str]] = ()
    wall: ClassVar[Sequence[type[Entity]]] = ()

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """Yield what keeps the module from being played with a scenario's parameters and seats."""
        return iter(())

    def seating(self, scenario: Scenario, seats: int) -> Sequence[str] | None:
        """Return the role of each of `seats` seats in order, or None where another module says it."""
        return None

    def start(self, draft: Draft) -> None:
        """Set up the table for a game."""

    def season(self, draft: Draft) -> None:
        """Begin a season, before its first phase opens."""

    def open(self, draft: Draft) -> None:
        """Prepare the phase that has just opened."""

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """Yield what is done at the close for a seat that did not say: sealed commands with their arguments."""
        return ()

    def close(self, draft: Draft) -> None:
        """Carry out the phase, after the defaults have been filled in."""

    def foresee(self, draft: Draft, seat: int, *, most: bool) -> Foreseen:
        """Return what a seat can work out of the closing, from its own view and without any dice.

        Args:
            draft: stands on a copy in which nobody but the seat has sealed anything.
            seat: who asks.
            most: what the seat does not know turns out at its best for it; else at its worst.
        """
        return {}

    def fates(self, draft: Draft, seat: int, foreseen: Foreseen, *, most: bool) -> Iterable[Fate]:
        """Yield what must be reached not to go, as a seat may know it: asked in every phase, from the first season on.

        Args:
            draft: stands on a copy in which nobody but the seat has sealed anything, and what was foreseen is done.
            seat: who asks.
            foreseen: what `foresee` of all modules has told the seat.
            most: as in `foresee`. Both answers have the same fates in the same order.
        """
        return ()

    def imagine(self, draft: Draft, seat: int) -> None:
        """Fill in what a seat may not see of a game that it imagines, from its own view and the draft's dice.

        Asked of modules that play in no phase of their own, and of those of the open phase; what others own and what
        nobody sees is blank or gone by then.
        """

    def figures(self, state: State) -> Mapping[str, int]:
        """Return what is counted of a season as its recap opens, by name; everybody sees it, as `MODULE_NAME`."""
        return {}

    def advise(self, view: Seen, legal: Mapping[str, Form]) -> Iterable[Move]:
        """Yield what a sound player sends in its phase, as far as the seat may: the standard bot follows it.

        It is asked again while the seat is not ready. Without it the bot lets defaults stand, and sends by chance what
        has none.
        """
        return ()

    def end(self, draft: Draft) -> None:
        """Close the books after the last season."""

    def shocks(self, state: State) -> Sequence[str]:
        """Return the cards that the host may turn now."""
        return ()

    def shock(self, draft: Draft, card: str) -> None:
        """Turn one of these cards."""

    def places(self, state: State, seat: int) -> Sequence[int]:
        """Return the places to which the host may move a seat now."""
        return ()

    def place(self, draft: Draft, seat: int, space: int) -> None:
        """Move a seat to one of these places."""

    def change(self, draft: Draft, before: Scenario) -> None:
        """Bring what the season has fixed already in line with rules that have just come into force.

        Args:
            draft: stands where the new rules hold.
            before: the rules until now.
        """

    def invariants(self, state: State) -> Iterator[str]:
        """Yield a sentence for each thing that must never be and is."""
        return iter(())

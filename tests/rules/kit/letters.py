"""A small sound rule module with secrets of every sort, to break in one place at a time.

Each seat has a purse, sends letters with coins to other seats, and seals a bid; the highest bid is shown at the close.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs

from makersphere_rules.entity import Entity, changed, nobody, owner, settled, table
from makersphere_rules.events import Event, Line
from makersphere_rules.forms import Args, Form, OneOf, Whole
from makersphere_rules.frozen import frozen
from makersphere_rules.module import Command, Draft, RuleModule
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.state import State

__all__ = ["Best", "Letter", "LetterSent", "Letters", "Purse", "PursesDealt", "letters"]

SEATS = 6


@frozen
class Purse(Entity):
    """Coins that their owner alone may count, and a mark that nobody sees."""

    seat: int = table(key=True, owner=True)
    coins: int = owner(0)
    mark: int = nobody(0)
    wish: str = owner("", opens=True)


@frozen
class Letter(Entity):
    """A paper between two."""

    id: int = owner(key=True)
    sender: int = owner(owner=True)
    receiver: int = owner(owner=True)
    coins: int = owner(0)


@frozen
class Best(Entity, single=True):
    """The highest bid of the last closed phase, and what a mutant adds."""

    bid: int = settled(0)
    leak: tuple[int, ...] = table(())


@attrs.frozen
class PursesDealt(Event):
    """Every seat has a purse."""

    purses: tuple[Purse, ...]

    def apply(self, state: State) -> None:
        """Deal them."""
        for purse in self.purses:
            state.put(purse)
        state.put(Best())


@attrs.frozen
class LetterSent(Event):
    """A letter lies before its two sides; `leak` is what everybody sees of it: nothing."""

    letter: Letter
    left: int
    leak: tuple[int, ...] = ()

    def apply(self, state: State) -> None:
        """Lay it down."""
        state.put(self.letter)
        state.put(changed(state.one(Purse, self.letter.sender), coins=self.left))
        if self.leak:
            state.put(changed(state.one(Best), leak=self.leak))

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides."""
        return (Line("letter", {"coins": self.letter.coins}, (self.letter.sender, self.letter.receiver)),)


@attrs.frozen
class BidShown(Event):
    """The highest bid."""

    bid: int

    def apply(self, state: State) -> None:
        """Show it."""
        state.put(changed(state.one(Best), bid=self.bid))


class Letters(RuleModule):
    """A module as it should be; its methods are what mutants change."""

    name: ClassVar[str] = "letters"
    events: ClassVar[tuple[type[Event], ...]] = (PursesDealt, LetterSent, BidShown)
    entities: ClassVar[tuple[type[Entity], ...]] = (Purse, Letter, Best)

    @property
    def commands(self) -> tuple[Command, ...]:  # type: ignore[override]  # bound to whichever mutant this is
        """Return the commands."""
        return (Command.at_once("send", self.form, self.send), Command.sealed("bid", lambda *_: self.bid_form()))

    def start(self, draft: Draft) -> None:
        """Deal purses that differ."""
        seats = draft.state.seats()
        wishes = ("fame", "peace", "cake")
        draft.emit(PursesDealt(tuple(Purse(seat, 3 + 4 * seat, seat % 3, wishes[seat % 3]) for seat in seats)))

    def form(self, state: State, seat: int) -> Form | Refusal:
        """Return what a letter may hold: a coin for each one that its sender has."""
        coins = state.one(Purse, seat).coins
        if not coins:
            return refuse("cannot_afford", "cannot_afford.credits", cost=1, have=0)
        others = tuple(other for other in state.seats() if other != seat)
        return Form({"seat": OneOf(others), "coins": Whole(1, coins)})

    def bid_form(self) -> Form:
        """Return what may be bid."""
        return Form({"bid": Whole(1, 9)})

    def send(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        """Send a letter."""
        state, receiver, coins = draft.state, int(str(args["seat"])), int(str(args["coins"]))
        number = self.number(state, seat, receiver)
        letter = Letter(number, seat, receiver, coins)
        draft.emit(LetterSent(letter, state.one(Purse, seat).coins - coins, self.leak(state, letter)))
        return None

    def number(self, state: State, sender: int, receiver: int) -> int:
        """Number the letters of a pair."""
        between = [letter for letter in state.all(Letter).values() if letter.owners == (sender, receiver)]
        return (sender * 100 + receiver) * 100 + len(between) + 1

    def leak(self, state: State, letter: Letter) -> tuple[int, ...]:
        """Show nothing."""
        return ()

    def close(self, draft: Draft) -> None:
        """Show the highest bid."""
        bids = (draft.state.choice(seat, "bid") for seat in draft.state.seats())
        draft.emit(BidShown(max((int(str(bid["bid"])) for bid in bids if bid), default=0)))

    def invariants(self, state: State) -> Iterator[str]:
        """No purse holds less than nothing."""
        return (f"seat {purse.seat} holds {purse.coins}" for purse in state.all(Purse).values() if purse.coins < 0)


def letters(module: RuleModule) -> Scenario:
    """Return a scenario of three short phases of one module."""
    phases = [{"name": "play", "modules": [module.name]}]
    return build({"name": "x", "seasons": 3, "phase": phases}, {module.name: module})

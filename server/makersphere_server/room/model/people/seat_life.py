"""The life of a seat: who plays it, from free to free, as one table.

Rule 1: everything that decides who plays a seat is its state, and the state changes by this table alone. Nobody sets
it, nobody works it out from who is connected; whoever has something happen to a seat says *what happened*
(`Seats` in `seats.py` does), and the table says what the seat is then. Rule 2: what is not in the table cannot happen.
It would be a bug, and stops the room.

Two things are mixed in a seat, and each state names both. Its people: there are none, at least one of them is here,
all are away, or all are away and a bot stands in. And a host's word: a bot has been put in, or not. When a bot stands
in is the room's to say: after a minute, until one of them comes back; or at the close of a phase, until it is closed.
A bot that a host has put in stays when they come back, and they look on. A seat that several people share is a
person's as long as one of them is here: that another one comes or leaves changes nothing, and nobody who sits down
beside others takes out a bot that a host has put in.

A seat whose people a host has taken away in play is *vacated*: its hand may hold what they have sealed, so it is kept
for whom the host gives it to. For a minute it is like a seat whose people are away, so that no bot spends at once what
was theirs; then a bot plays.

What is stored of a state is `is_bot`, a host's word, `vacated`, and the people; nobody is here when a room is opened.
What the table shows of it is `by`. Source: the rulebook's "Teams", "Latecomers" and "Hand-over".
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

__all__ = ["BY", "LIFE", "STANDING_IN", "VACATED", "WITH_BOT_PUT_IN", "SeatChange", "SeatState", "state_as_stored"]


class SeatState(Enum):
    """Who plays a seat, and why."""

    __hash__ = object.__hash__  # each command asks for the state of its seat (`run.py bench online`)

    EMPTY = auto()
    """Nobody sits here, and no bot plays."""
    BOT = auto()
    """Nobody sits here; a bot plays, from the start of the game or because a host has put it in."""
    PERSON = auto()
    """One of its people is here, or several are."""
    AWAY = auto()
    """Its people are away; the seat is kept for them, and what they do not choose happens by default."""
    STAND_IN = auto()
    """Its people are away, and a bot stands in: until one of them is back, or until the phase is closed."""
    HELPED = auto()
    """One of its people is here and silent, and a bot stands in: until any of them does something, or the close."""
    WATCHING = auto()
    """A host has put a bot in; one of its people is here and looks on."""
    BOT_WHILE_AWAY = auto()
    """A host has put a bot in; its people are away."""
    BOT_AFTER_STAND_IN = auto()
    """A host has put a bot in where one stood in already; its people are away still."""
    VACANT = auto()
    """A host has taken its people away in play; it is kept, and what nobody chooses happens by default."""
    BOT_IN_VACANT = auto()
    """The same, and a bot plays: a minute is over, or a host has put one in."""


class SeatChange(Enum):
    """What happens to a seat."""

    SITS_DOWN = auto()
    """Somebody new takes it, from a bot or beside its people."""
    COMES = auto()
    """One of its people is here, on a first connection or on another one."""
    LAST_LEAVES = auto()
    """The last of its people who was here is gone."""
    STANDS_IN = auto()
    """A bot begins to play for people who are away: a minute is over, or the phase is about to close."""
    STANDS_BACK = auto()
    """The phase is closed for whose close alone a bot stood in."""
    SPEAKS = auto()
    """One of its people, for whom a bot stands in although they are here, does something."""
    BOT_IN = auto()
    """A host puts a bot in, or the game starts and nobody sits here."""
    BOT_OUT = auto()
    """A host takes the bot out."""
    FREED = auto()
    """A host takes its people away before the start."""
    VACATED = auto()
    """A host takes its people away in play."""


_S, _C = SeatState, SeatChange
LIFE: Final[Mapping[SeatState, Mapping[SeatChange, SeatState]]] = MappingProxyType(
    {
        _S.EMPTY: {
            _C.SITS_DOWN: _S.PERSON,
            _C.BOT_IN: _S.BOT,
            _C.BOT_OUT: _S.EMPTY,
            _C.FREED: _S.EMPTY,
        },
        _S.BOT: {
            _C.SITS_DOWN: _S.PERSON,
            _C.BOT_IN: _S.BOT,
            _C.BOT_OUT: _S.EMPTY,
            _C.FREED: _S.EMPTY,
        },
        _S.PERSON: {
            _C.SITS_DOWN: _S.PERSON,
            _C.COMES: _S.PERSON,
            _C.LAST_LEAVES: _S.AWAY,
            _C.STANDS_IN: _S.HELPED,
            _C.BOT_IN: _S.WATCHING,
            _C.BOT_OUT: _S.PERSON,
            _C.FREED: _S.EMPTY,
            _C.VACATED: _S.VACANT,
        },
        _S.HELPED: {
            _C.SITS_DOWN: _S.PERSON,
            _C.COMES: _S.HELPED,
            _C.LAST_LEAVES: _S.STAND_IN,
            _C.STANDS_BACK: _S.PERSON,
            _C.SPEAKS: _S.PERSON,
            _C.BOT_IN: _S.WATCHING,
            _C.BOT_OUT: _S.PERSON,
            _C.VACATED: _S.VACANT,
        },
        _S.AWAY: {
            _C.SITS_DOWN: _S.PERSON,
            _C.COMES: _S.PERSON,
            _C.STANDS_IN: _S.STAND_IN,
            _C.BOT_IN: _S.BOT_WHILE_AWAY,
            _C.BOT_OUT: _S.AWAY,
            _C.FREED: _S.EMPTY,
            _C.VACATED: _S.VACANT,
        },
        _S.STAND_IN: {
            _C.SITS_DOWN: _S.PERSON,
            _C.COMES: _S.PERSON,
            _C.STANDS_BACK: _S.AWAY,
            _C.BOT_IN: _S.BOT_AFTER_STAND_IN,
            _C.BOT_OUT: _S.STAND_IN,
            _C.VACATED: _S.VACANT,
        },
        _S.WATCHING: {
            _C.SITS_DOWN: _S.WATCHING,
            _C.COMES: _S.WATCHING,
            _C.LAST_LEAVES: _S.BOT_WHILE_AWAY,
            _C.BOT_IN: _S.WATCHING,
            _C.BOT_OUT: _S.PERSON,
            _C.FREED: _S.EMPTY,
            _C.VACATED: _S.VACANT,
        },
        _S.BOT_WHILE_AWAY: {
            _C.SITS_DOWN: _S.WATCHING,
            _C.COMES: _S.WATCHING,
            _C.BOT_IN: _S.BOT_WHILE_AWAY,
            _C.BOT_OUT: _S.AWAY,
            _C.FREED: _S.EMPTY,
            _C.VACATED: _S.VACANT,
        },
        _S.BOT_AFTER_STAND_IN: {
            _C.SITS_DOWN: _S.WATCHING,
            _C.COMES: _S.WATCHING,
            _C.BOT_IN: _S.BOT_AFTER_STAND_IN,
            _C.BOT_OUT: _S.STAND_IN,
            _C.VACATED: _S.VACANT,
        },
        _S.VACANT: {
            _C.SITS_DOWN: _S.PERSON,
            _C.STANDS_IN: _S.BOT_IN_VACANT,
            _C.BOT_IN: _S.BOT_IN_VACANT,
        },
        _S.BOT_IN_VACANT: {
            _C.SITS_DOWN: _S.PERSON,
            _C.BOT_IN: _S.BOT_IN_VACANT,
        },
    }
)

BY: Final[Mapping[SeatState, str]] = MappingProxyType(
    {
        _S.EMPTY: "",
        _S.BOT: "bot",
        _S.PERSON: "person",
        _S.AWAY: "away",
        _S.STAND_IN: "bot",
        _S.HELPED: "bot",
        _S.WATCHING: "bot",
        _S.BOT_WHILE_AWAY: "bot",
        _S.BOT_AFTER_STAND_IN: "bot",
        _S.VACANT: "away",
        _S.BOT_IN_VACANT: "bot",
    }
)
"""Who plays, as the table shows it."""

WITH_BOT_PUT_IN: Final = frozenset({_S.BOT, _S.WATCHING, _S.BOT_WHILE_AWAY, _S.BOT_AFTER_STAND_IN, _S.BOT_IN_VACANT})
"""The states in which a bot plays, and not for people who may come back any moment; stored as `is_bot`."""

STANDING_IN: Final = frozenset({_S.STAND_IN, _S.HELPED})
"""The states in which a bot plays for people who may come back any moment."""

VACATED: Final = frozenset({_S.VACANT, _S.BOT_IN_VACANT})
"""The states of a seat whose people a host has taken away in play."""


def state_as_stored(*, is_bot: bool, has_people: bool, is_vacated: bool) -> SeatState:
    """Return the state of a seat when its room is opened: its people are away until they come."""
    if has_people:
        return SeatState.BOT_WHILE_AWAY if is_bot else SeatState.AWAY
    if is_vacated:
        return SeatState.BOT_IN_VACANT if is_bot else SeatState.VACANT
    return SeatState.BOT if is_bot else SeatState.EMPTY

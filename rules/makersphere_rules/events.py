"""What has happened: facts in the past tense, the only things that change a state.

An event carries its results (dice, payouts, matches), so that an old log replays under new code. It is stored under
its `type`, a plain word and never a class path. `lines` are what people may be told of it; an
event shows nothing to anybody unless it says so.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import ClassVar

import msgspec

from makersphere_rules.dice import Draw
from makersphere_rules.entity import changed, stored_name
from makersphere_rules.forms import Args
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import Account
from makersphere_rules.restarts import change_rules, deal_anew, go_back
from makersphere_rules.state import WAITING, Choice, CurrentRun, Game, Seat, State

__all__ = [
    "EVERYONE",
    "ChoiceMade",
    "ChoicesCleared",
    "Drawn",
    "Event",
    "GameEnded",
    "GameStarted",
    "Line",
    "PhaseClosed",
    "PhaseOpened",
    "ReadySet",
    "Rewound",
    "RulesChanged",
    "RunBegan",
    "SeatAdded",
    "is_told",
]

EVERYONE: tuple[int, ...] = (0,)


def is_told(audience: Container[int], viewer: int) -> bool:
    """Return whether a line with an audience is for a seat, or for whoever sees the table alone (0).

    Every reader of lines asks here, so that no line has two rules of who may read it.
    """
    return EVERYONE[0] in audience or viewer in audience


class Line(msgspec.Struct, frozen=True):
    """One thing to tell: a text key (`log.` left out), its values, and to whom (`EVERYONE` or seats).

    Values named after an entity (`maker`, `venture`, `space` …) are its number; the client shows its name.
    """

    text: str
    values: Mapping[str, int | str] = msgspec.field(default_factory=dict)
    audience: tuple[int, ...] = EVERYONE


@frozen
class Event:
    """Base of all events.

    Attributes:
        type: under which it is stored: its class's name in small letters, or what the class says behind its base,
            `class VentureBorn(Event, type="birth")`. A class that is renamed must go on saying its old name.
        version: likewise, `class VentureBorn(Event, version=2)`; a new one brings an upcaster.
        is_shipped: it is the game's own, and no other module's.
    """

    type: ClassVar[str]
    version: ClassVar[int] = 1
    is_shipped: ClassVar[bool] = True

    def __init_subclass__(cls, *, type: str = "", version: int = 0) -> None:
        """Take what an event says of itself behind its base; a class with slots is made twice, and says it once."""
        if type or "type" not in cls.__dict__:
            cls.type = type or stored_name(cls)
        if version:
            cls.version = version
        cls.is_shipped = cls.__module__.startswith("makersphere_rules.")

    def apply(self, state: State) -> None:
        """Change the state by this fact. Must not fail, draw or decide."""
        raise NotImplementedError  # each event type has its own

    def lines(self) -> tuple[Line, ...]:
        """Return what people may be told."""
        return ()

    def refused_seats(self, actor: int) -> tuple[int, ...]:
        """Return the seats that are refused by this fact what they have asked others for; `actor` is who said so."""
        return ()


@frozen
class Drawn(Event):
    """The draws that the command's other events rest on; for whoever verifies the dice."""

    draws: tuple[Draw, ...]

    def apply(self, state: State) -> None:
        """Change nothing: results stand in the events that used them."""


@frozen
class SeatAdded(Event):
    """A seat stands at the table, or has got another role. During play a new one waits until the rules seat it."""

    seat: int
    role: str

    def apply(self, state: State) -> None:
        """Place the seat; one that waits keeps nobody else waiting."""
        state.put(Seat(self.seat, self.role, ready=self.role == WAITING))


@frozen
class GameStarted(Event):
    """Play has begun; the seed was fixed before."""

    commitment: str

    def apply(self, state: State) -> None:
        """Set the game running."""
        state.put(changed(state.game, status="running", commitment=self.commitment))

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("game_started"),)


@frozen
class RunBegan(Event):
    """A run of a game that has several has begun: nothing of the one before is left but its results and the seats."""

    run: int
    name: str
    practice: bool
    season: int  # the number of its first season
    seasons: int  # how many it has

    def apply(self, state: State) -> None:
        """Clear the table and put the run's rules in force."""
        deal_anew(state, state.runs[self.run - 1].rules)
        state.put(CurrentRun(self.run, len(state.runs), self.name, self.practice, self.season))
        last = self.season + self.seasons - 1
        state.put(changed(state.game, seasons=last, phase="lobby", phase_number=0))
        state.settle()

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("run_began", {"run": self.name}),)


@frozen
class PhaseOpened(Event):
    """A phase takes commands from now on."""

    season: int
    phase: str
    number: int

    def apply(self, state: State) -> None:
        """Move on, and nobody is ready yet."""
        state.put(changed(state.game, season=self.season, phase=self.phase, phase_number=self.number))
        state.unready()

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("phase_opened", {"season": self.season, "phase": self.phase}),)


@frozen
class Rewound(Event):
    """The host has taken the game back to the start of a phase; what was since then is in the log alone."""

    season: int
    phase: str

    def apply(self, state: State) -> None:
        """Go back; who has come since then waits until the rules seat it again."""
        seats = state.seats()
        go_back(state, self.season, self.phase)
        for seat in seats:
            if state.find(Seat, seat) is None:
                state.put(Seat(seat, WAITING, ready=True))

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("rewound", {"season": self.season, "phase": self.phase}),)


@frozen
class RulesChanged(Event):
    """From here on other rules are played: those that the scenario of a fork changes to."""

    def apply(self, state: State) -> None:
        """Put them in force."""
        if state.scenario.changed is not None:
            change_rules(state, state.scenario.changed)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("rules_changed"),)


@frozen
class ReadySet(Event):
    """A seat needs no more time, or does again; `asked`: what it said stands, but somebody waits for its answer."""

    seat: int
    ready: bool
    asked: bool = False

    def apply(self, state: State) -> None:
        """Set it."""
        state.set_ready(self.seat, ready=self.ready, asked=self.asked)


@frozen
class ChoiceMade(Event):
    """A seat has sealed something for the close; a later one of the same target replaces it."""

    seat: int
    command: str
    target: str
    args: Args
    by_default: bool = False

    def apply(self, state: State) -> None:
        """Keep the choice in the seat's hand."""
        state.seal(Choice(self.seat, self.command, self.target, self.args, self.by_default))


@frozen
class ChoicesCleared(Event):
    """The phase's sealed choices have been carried out and are gone."""

    def apply(self, state: State) -> None:
        """Empty the choices."""
        state.clear(Choice)


@frozen
class PhaseClosed(Event):
    """Everything of the phase is done, and what stands now is public."""

    season: int
    phase: str

    def apply(self, state: State) -> None:
        """Settle the table."""
        state.settle()


@frozen
class GameEnded(Event):
    """The game is over; what the end opens is open."""

    def apply(self, state: State) -> None:
        """Close the books."""
        state.put(changed(state.game, status="over", phase="over"))
        state.settle()
        for cls, kind in state.kinds.items():
            state.touched[cls].update(dict.fromkeys(kind))
            state.shown_anew[cls].update(dict.fromkeys(kind))

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("game_ended"),)


CORE_EVENTS: tuple[type[Event], ...] = (
    Drawn,
    SeatAdded,
    GameStarted,
    RunBegan,
    PhaseOpened,
    Rewound,
    RulesChanged,
    ReadySet,
    ChoiceMade,
    ChoicesCleared,
    PhaseClosed,
    GameEnded,
)
CORE_ENTITIES = (Game, CurrentRun, Seat, Choice, Account)

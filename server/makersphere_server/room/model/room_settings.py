"""What a room was given when it was opened, besides its scenario; one private value, which never changes.

Answers what of it follows from it alone. Never decides what may be asked for: that is `lobby/founding.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Self

import attrs
import msgspec

from makersphere_protocol.messages import NORMAL, Dates, Dealt, Screened, StandsIn
from makersphere_rules.scenario import Choice
from makersphere_server.codes import digest

__all__ = ["SETTINGS_KEY", "RoomSettings"]

SETTINGS_KEY: Final = "settings"  # of the private values


@attrs.frozen
class RoomSettings:
    """What a room was given when it was opened, besides its scenario.

    Attributes:
        scale: per cent of the time limits.
        pace: what closes phases: `self`, `host` or `clock`.
        bots: how well bots play, one of the contract's `LEVELS`.
        origin: the room that it was forked from, or "".
        fork: the key of the command that it was forked by (`fork_key`), or "".
        keeps_seed: its end does not open the seed, since it would tell another room's dice.
        sealed: its end opens nothing but to its hosts, since the game that it was forked from was still played.
        lesson_min: how long the lesson is; 0: nobody said.
        teams: several people may share a seat.
        rehearsal: a host tries a room out in it.
        stand_in: when a bot plays for people who are away.
        dealt: which free seat somebody gets who comes.
        dates: when its phases end instead of by their limits.
        pseudonyms: people are called by two words of the server's own.
        screened: which names wait for a host before others read them.
        consent: people are asked whether their data may leave the server; `consent_text` in what words, "": its own.
        questions: people are asked after each season and at the end, unless a host or the scenario says otherwise.
        choices: what its scenario lets a host choose of the rules.
        chosen: by name, what of that it is played with.
        of_class: the code of the class that it is a table of, or "".
        table: its number there; 0: it is of no class, or was opened before this was kept.
        drop_share: per cent of the seats with people that drop within `drop_ms`, so that the room pauses; 0: never.
    """

    language: str = "en"
    scale: int = 100
    salt: str = attrs.field(default="", repr=False)
    create: str = attrs.field(default="", repr=False)
    pace: str = "self"
    lesson_min: int = 0
    drop_share: int = 0
    drop_ms: int = 0
    origin: str = ""
    fork: str = attrs.field(default="", repr=False)
    keeps_seed: bool = False
    sealed: bool = False
    bots: str = NORMAL
    teams: bool = False
    rehearsal: bool = False
    questions: bool = True
    stand_in: StandsIn = "minute"
    dealt: Dealt = "order"
    dates: Dates | None = None
    pseudonyms: bool = False
    screened: Screened = "none"
    consent: bool = False
    consent_text: str = ""
    choices: tuple[Choice, ...] = attrs.field(default=(), repr=False)
    chosen: tuple[str, ...] = ()
    of_class: str = ""
    table: int = 0

    @property
    def changes(self) -> tuple[Choice, ...]:
        """Return the choices that the room is played with, in the order in which they were taken."""
        by_name = {choice.name: choice for choice in self.choices}
        return tuple(by_name[name] for name in self.chosen if name in by_name)

    def mark_key(self, room: str) -> str:
        """Return the secret that the marks of a room's records follow from; a fork has the salt of its origin."""
        return f"{self.salt}/{room}" if self.salt else ""

    def class_digest(self, id: str) -> str:
        """Return the digest by which the room knows somebody again whom its class sends, whatever name they give."""
        return digest(self.salt, "of the class", id)

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return a room's settings as its private values have them."""
        found = private.get(SETTINGS_KEY)
        return msgspec.json.decode(found, type=cls) if found else cls()

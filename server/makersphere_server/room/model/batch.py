"""The outcome of one batch, kept back until it is durable: records, overlay, answers, lines.

Nothing in here has been told to anybody. If the store refuses, it is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

import attrs

from makersphere_protocol.codec import encode_answer, encode_tree
from makersphere_protocol.errors import MEANINGS, Close, Refused
from makersphere_protocol.messages import Command, Preview, Problem
from makersphere_protocol.texts import DEFAULT, catalogue, say
from makersphere_rules.refusals import Refusal
from makersphere_server.logs import Logged
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.feed import LogLine
from makersphere_server.room.model.inbox import (
    AwayForLong,
    BrokerChanged,
    Enter,
    Item,
    Leave,
    Pair,
    Presence,
    PreviewAsked,
    Sent,
    TakeAway,
    WithoutHostForLong,
)
from makersphere_server.room.model.own_data.whose import Whose
from makersphere_server.room.model.people.asks_in import Wish
from makersphere_server.storage.event_log import Record

__all__ = ["NOT_NOW", "Arrival", "Batch", "problem", "refusal_frame", "turn_away_all", "turned_away"]

NOT_NOW: Final = Refused("unavailable", retry_after=1)  # the store takes nothing at this moment


@attrs.define(eq=False)
class Arrival:
    """Somebody who has been let in and waits for the welcome.

    Attributes:
        begins: somebody has sat down in a seat that nobody had, and that was not theirs last.
        diverged: the room's history is not the one that was seen, so the whole picture is told.
    """

    enter: Enter
    presence: Presence
    seat_token: str = ""
    host_token: str = ""
    begins: bool = False
    diverged: bool = False


class Handled(Logged, tag="command_handled"):
    """What is logged of a command: never its arguments, nor a name that somebody made up."""

    room: str
    seat: int
    seq: int
    command: str
    by: str
    outcome: str
    ms: int


@attrs.define(eq=False)
class Batch:
    """The outcome of one batch.

    Attributes:
        records: accepted commands, in order.
        private: overlay values to store with them.
        replies: frames to send.
        lines: what people are told.
        arrivals: people who are let in.
        cut_tokens: tokens that open nothing any more, and what their connections are closed with.
        vacated: seats whose people have been taken away in play.
        wishes: to be let in that are over; they wait again where the store refuses.
        farewells: by token, what its people are told when it is cut.
        handled: sender, outcome and `seq` of each command, for the log.
        held: hosts' orders that wait for bots that stand in first; where the store refuses, they are refused.
        erased: whom nothing is to be left of, in memory and in the files.
        has_events: the game has moved, so its invariants are looked at.
        has_bots: some of the commands were bots'.
    """

    records: list[Record] = attrs.field(factory=list)
    private: dict[str, bytes | None] = attrs.field(factory=dict)
    replies: list[tuple[ConnectionPort, bytes]] = attrs.field(factory=list)
    lines: list[LogLine] = attrs.field(factory=list)
    arrivals: list[Arrival] = attrs.field(factory=list)
    cut_tokens: dict[str, Close] = attrs.field(factory=dict)
    vacated: set[int] = attrs.field(factory=set)
    wishes: tuple[Wish, ...] = ()
    farewells: dict[str, str] = attrs.field(factory=dict, repr=False)
    handled: list[tuple[Sent, str, int]] = attrs.field(factory=list)
    held: list[Sent] = attrs.field(factory=list)
    erased: list[Whose] = attrs.field(factory=list)
    has_events: bool = False
    has_bots: bool = False

    def outcomes(self) -> dict[str, int]:
        """Return how many commands came to what."""
        counts: dict[str, int] = {}
        for _, outcome, _ in self.handled:
            counts[outcome] = counts.get(outcome, 0) + 1
        return counts

    def events(self, room: str, now_ms: int, wall_ms: int) -> Iterator[Handled]:
        """Yield what is logged of each command."""
        for sent, outcome, seq in self.handled:
            yield Handled(
                room=room,
                seat=sent.actor,
                seq=seq,
                command=sent.name if _is_known(sent, outcome) else "unknown",
                by=sent.by,
                outcome=outcome,
                ms=now_ms - sent.since_ms,
                at_ms=wall_ms,
            )

    def tell(self, text: str, seq: int, values: Mapping[str, int | str], audience: Iterable[int]) -> None:
        """Add a line of the log."""
        self.lines.append(LogLine(text, seq, values, tuple(audience)))


def _is_known(sent: Sent, outcome: str) -> bool:
    """Return whether a command's name is one of ours for certain; another name may hold anything."""
    if outcome in ("ok", "repeated") or sent.by not in ("person", "host"):
        return True
    if sent.by == "host" and outcome not in ("unknown_command", "not_your_phase", "id_reused"):
        return True
    return f"command.{sent.name}" in catalogue(DEFAULT)


def problem(language: str, refusal: Refusal, command: str) -> Problem:
    """Return a refusal as it goes over the wire, in a language."""
    own = f"{command}.{refusal.field}"  # of a field that is called otherwise here than in other commands
    field = own if say(language, f"field.{own}") else refusal.field
    values: dict[str, int | str] = {"field": field, "command": command, **refusal.values}
    return sentence(language, refusal.code, refusal.text, values, refusal.field)


def sentence(
    language: str, code: str, text: str, values: Mapping[str, int | str], field: str = "", retry_after: int = 0
) -> Problem:
    """Return a problem with the sentence of its text, else with that of its code."""
    by_code = say(language, f"refusal.{code}", values, MEANINGS[code])
    message = say(language, f"refusal.{text}", values, by_code)
    return Problem(code, message, field, retry_after)


def refusal_frame(sent: Sent | PreviewAsked | Pair, now: int, code: str) -> bytes:
    """Return the result of a command that the room itself turns away."""
    return turned_away(sent, sent.language, now, code)


def turned_away(
    frame: Command | Preview | Sent | PreviewAsked | Pair,
    language: str,
    now: int,
    code: str,
    text: str = "",
    retry_after: int = 0,
) -> bytes:
    """Return the result of a command that is not decided, with the sentence of the text, else with that of the code."""
    return encode_answer(frame.id, now, _away(language, frame.name, code, text or code, retry_after))


def turn_away_all(
    items: Iterable[Item], now: int, why: Refused = NOT_NOW, moved: Refused | None = None
) -> list[Leave | AwayForLong | WithoutHostForLong | BrokerChanged]:
    """Refuse the items that cannot be carried out now, and return those that have to be carried out all the same.

    Args:
        items: what has come in.
        now: what time it is.
        why: what is said of what was sent.
        moved: another server has the room: people are led there, and send there again what has no answer.
    """
    left: list[Leave | AwayForLong | WithoutHostForLong | BrokerChanged] = []
    for item in items:
        match item:
            case Sent(connection=connection) | PreviewAsked(connection=connection) | Pair(connection=connection):
                if connection is not None and not (moved and connection.address):  # a class and a broker are nowhere
                    connection.tell(_not_now(item, now, why))
            case TakeAway(sent=sent):
                if sent.connection is not None:
                    sent.connection.tell(_not_now(sent, now, why))
            case Enter():
                item.reject(moved or Refused("unavailable"))
            case Leave() | AwayForLong() | WithoutHostForLong() | BrokerChanged():
                left.append(item)
            case _:  # a notice, which nobody waits to be answered
                pass
    return left


def _not_now(sent: Sent | PreviewAsked | Pair, now: int, why: Refused) -> bytes:
    return turned_away(sent, sent.language, now, why.code, why.text, int(why.values.get("retry_after", 0)))


@lru_cache(maxsize=512)  # a sender who sends too much is told the same again and again, which has to be cheap
def _away(language: str, command: str, code: str, text: str, retry_after: int) -> bytes:
    values: dict[str, int | str] = {"command": command, "retry_after": retry_after}
    refused = sentence(language, code, text, values, retry_after=retry_after)
    told = attrs.asdict(refused, filter=lambda _, value: bool(value))
    return encode_tree({"ok": False, "error": told})

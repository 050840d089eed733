"""One room as it stands on the broker: watchers' frames folded into a table, and the table laid out by topic.

Answers the payload of each topic whose part of the table has changed, and what has happened. Pure: it reads the very
frames that watchers get, so it can hold nothing that they do not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.codec import decode_from_server
from makersphere_protocol.messages import Update, Welcome
from makersphere_protocol.mqtt import Clock, Figures, Happened, Kind, Leaderboard, Phase, Space, Standing, Topics
from makersphere_protocol.patches import apply

__all__ = ["Projection", "encode_payload"]

Tree = dict[str, Any]

_encode = msgspec.json.Encoder().encode


def encode_payload(payload: attrs.AttrsInstance) -> bytes:
    """Return a payload as JSON; optional fields that say nothing are left out."""
    return _encode(attrs.asdict(payload, recurse=True, filter=_says_something))


def _says_something(field: attrs.Attribute[Any], value: object) -> bool:
    return field.default is attrs.NOTHING or value != field.default


class Projection:
    """A room's table, folded from frames."""

    def __init__(self, room: str, topics: Topics) -> None:
        """Begin with nothing known of the room whose id in the topics is `room`."""
        self._room = room
        self._topics = topics
        self._table: Tree = {}
        self._seq = 0
        self._now = 0
        self._touched: dict[str, set[str]] = {}  # by kind: keys
        self._happened: list[Happened] = []

    def take(self, frame: bytes) -> None:
        """Fold in a `welcome` or an `update` of a watcher."""
        match decode_from_server(frame):
            case Welcome() as welcome:
                gone = {kind: set(entities) for kind, entities in self._table.items()}
                self._table = welcome.table or {}
                self._touched = gone
                self._touch(self._table)
                for kinds, _ in _STATES.values():
                    self._touch(dict.fromkeys(kinds))  # each part of the state is there from the beginning
                self._seq, self._now = welcome.seq, welcome.now
            case Update() as update:
                apply(self._table, update.table or {})
                self._touch(update.table or {})
                self._seq, self._now = update.seq, update.now
                self._happened += [Happened(line.seq, update.now, line.text, line.values) for line in update.log or ()]
            case _:
                pass

    def _touch(self, patch: Tree) -> None:
        for kind, fields in patch.items():
            self._touched.setdefault(kind, set()).update(fields or ())

    def events(self) -> Iterator[tuple[str, bytes]]:
        """Yield the topic and the payload of what has happened since the last time."""
        topic = self._topics.events(self._room)
        happened, self._happened = self._happened, []
        for one in happened:
            yield topic, encode_payload(one)

    def forget(self) -> int:
        """Drop the events that have not been told, and return how many they were."""
        happened, self._happened = self._happened, []
        return len(happened)

    def changes(self) -> Iterator[tuple[str, bytes]]:
        """Yield topic and payload of what has changed since the last time; b"" for what is not there any more."""
        touched, self._touched = self._touched, {}
        for kind in touched:
            value = self._table.get(kind)
            payload = encode_payload(Kind(self._seq, self._now, value)) if isinstance(value, dict) else b""
            yield self._topics.kind(self._room, kind), payload
        for key in touched.get("space", ()):
            space = self._table.get("space", {}).get(key)
            payload = encode_payload(Space(self._seq, self._now, space)) if space else b""
            yield self._topics.state(self._room, f"spaces/{key}"), payload
        for name, (kinds, lay_out) in _STATES.items():
            if kinds & touched.keys():
                yield self._topics.state(self._room, name), encode_payload(lay_out(self._table, self._seq, self._now))


def _phase(table: Tree, seq: int, now: int) -> attrs.AttrsInstance:
    game = table.get("game", {})
    return Phase(
        seq, now, game.get("status", "lobby"), game.get("season", 0), game.get("seasons", 0), game.get("phase", "")
    )


def _clock(table: Tree, seq: int, now: int) -> attrs.AttrsInstance:
    clock = table.get("clock", {})
    return Clock(seq, now, clock.get("deadline"), clock.get("paused", False), clock.get("remaining_ms"))


def _leaderboard(table: Tree, seq: int, now: int) -> attrs.AttrsInstance:
    roles = {key: seat.get("role", "") for key, seat in table.get("seat", {}).items()}
    compared = table.get("comparison", {})
    standings = [
        Standing(
            score["seat"],
            roles.get(key, ""),
            _points(score),
            score.get("place", 0),
            compared.get(key, {}).get("better_than"),
        )
        for key, score in table.get("score", {}).items()
    ]
    standings.sort(key=lambda one: (one.role, one.place or len(standings), -one.points, one.seat))
    return Leaderboard(seq, now, standings)


def _points(score: Tree) -> int:
    """Return the final score, or the last count where the game is not over."""
    counts = score.get("standings") or [0]
    return int(score.get("final", counts[-1]))


def _figures(table: Tree, seq: int, now: int) -> attrs.AttrsInstance:
    return Figures(seq, now, table.get("figures", {}))


_LayOut = Callable[[Tree, int, int], attrs.AttrsInstance]
_STATES: Final[dict[str, tuple[frozenset[str], _LayOut]]] = {
    "phase": (frozenset({"game"}), _phase),
    "clock": (frozenset({"clock"}), _clock),
    "leaderboard": (frozenset({"score"}), _leaderboard),
    "figures": (frozenset({"figures"}), _figures),
}

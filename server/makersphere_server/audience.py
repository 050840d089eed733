"""Who is connected to a room: greeted, replaced, let go, and missed.

Answers whether anybody is there. A token is connected from one place at a time: the newer one wins. A seat
whose people are gone is kept for them; after a minute a bot stands in. In a room that nobody is in, time
stands still, and that minute with it. When many seats drop at once the room pauses until a host lets it go on; if no
host is there for a minute, it goes on by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import structlog

from makersphere_protocol.codec import encode, encode_tree, encode_welcome
from makersphere_protocol.errors import Close, ProtocolError, Refused
from makersphere_protocol.messages import PROTOCOL, Error, Resume, Welcome, You
from makersphere_protocol.texts import say
from makersphere_rules.views import ordered
from makersphere_server.board import Board
from makersphere_server.clock import Clock
from makersphere_server.feed import TABLE, Feed
from makersphere_server.inbox import Inbox, Lapse, Leave, Presence, Unled
from makersphere_server.outbox import Outbox
from makersphere_server.seats import STAND_IN_AFTER_MS, Seats
from makersphere_server.sitting import Sitting
from makersphere_server.wire import Wire
from makersphere_server.work import Arrival

__all__ = ["FEWEST_DROPPED", "Audience", "turn_away"]

FEWEST_DROPPED: Final = 3  # seats that drop at once before a room pauses by itself, however small it is


def turn_away(wire: Wire, error: ProtocolError, language: str, now: int) -> None:
    """Say why somebody may not stay and close the connection."""
    values = {"field": error.field, **error.values}
    message = say(language, f"refusal.{error.text}", values, say(language, f"refusal.{error.code}", values))
    wire.tell(encode(Error(error.code, message or str(error), now, int(error.values.get("retry_after", 0)))))
    wire.end(error.close, error.code)


class Audience:
    """The connections of one room.

    Attributes:
        sitting: who sits where; another one after the room has been read again.
        left_at: monotonic time when somebody left last.
    """

    def __init__(self, sitting: Sitting, feed: Feed, inbox: Inbox, clock: Clock) -> None:
        """Begin with nobody."""
        self.sitting = sitting
        self.left_at = clock.now_ms()
        self._feed = feed
        self._inbox = inbox
        self._clock = clock
        self._outboxes: dict[Presence, Outbox] = {}
        self._followers: dict[Wire, Outbox] = {}
        self._by_token: dict[str, Presence] = {}
        self._table: tuple[int, bytes] = (-1, b"")
        self._unled_since_ms = 0
        self._logger = structlog.get_logger("makersphere.room").bind(room=sitting.row.room)

    def __iter__(self) -> Iterator[Presence]:
        """Return who is connected."""
        return iter(list(self._outboxes))

    @property
    def is_empty(self) -> bool:
        """Return whether nobody is connected."""
        return not self._outboxes

    # -- coming

    def greet(self, arrival: Arrival, board: Board) -> None:
        """Send the welcome, and follow the feed from there."""
        presence, done = arrival.presence, arrival.enter.done
        if presence.kind == "seat" and self.sitting.seats.find(presence.token) is None:
            arrival.enter.reject(Refused("unauthorised"))  # its token was replaced or removed meanwhile
            return
        if self.is_empty:
            self._wake_up()
        older = self._by_token.get(presence.token)
        if older is not None:
            self._let_go(older, Close.REPLACED, "replaced by a newer connection")
        self._welcome(arrival, board)
        self.count()
        if not done.done():
            done.set_result(presence)
        self._logger.info("entered", kind=presence.kind, seat=presence.view, seq=self.sitting.seq)
        if not presence.wire.is_open():
            self._inbox.put(Leave(presence))

    def _welcome(self, arrival: Arrival, board: Board) -> None:
        presence, frame = arrival.presence, arrival.enter.frame
        seen = self._seen(frame, presence.view) if isinstance(frame, Resume) else None
        welcome = Welcome(
            room=self.sitting.row.room,
            epoch=self.sitting.epoch,
            seq=self.sitting.seq,
            now=self._clock.wall_ms(),
            you=You(presence.kind, max(presence.view, 0), presence.role, presence.member),
            protocol=PROTOCOL,
            seat_token=arrival.seat_token,
            host_token=arrival.host_token,
            resumed=seen is not None,
        )
        if seen is None:
            hand = encode_tree(board.hand(presence.view)) if presence.view != TABLE else b""
            presence.wire.tell(encode_welcome(welcome, self._table_bytes(board), hand))
            if arrival.begins:
                self._feed.begin_anew(presence.view)
            lines = self._told_again(welcome.seq, presence)
            if lines:
                presence.wire.tell(lines)
        else:
            presence.wire.tell(encode_welcome(welcome))
        outbox = self._outboxes[presence] = Outbox(self._feed, presence.wire, presence.view)
        if presence.token:
            self._by_token[presence.token] = presence
        if seen is not None:
            outbox.rewind(seen)

    def _told_again(self, seq: int, presence: Presence) -> bytes:
        if presence.kind != "seat":
            return self._feed.recent(seq, presence.view)
        return self._feed.written(seq, presence.view, self.sitting.seats[presence.view].since)

    def follow(self, wire: Wire, board: Board) -> None:
        """Tell a wire what a watcher is told, from the whole table on; nobody comes, and nobody is counted.

        Where it follows already it begins anew.
        """
        older = self._followers.get(wire)
        if older is not None:
            older.leave()
        sitting = self.sitting
        welcome = Welcome(sitting.row.room, sitting.epoch, sitting.seq, self._clock.wall_ms(), You("watcher"))
        wire.tell(encode_welcome(welcome, self._table_bytes(board)))
        self._followers[wire] = Outbox(self._feed, wire, TABLE)

    def _seen(self, frame: Resume, view: int) -> int | None:
        """Return the step up to which somebody who resumes has seen all, or None for a whole picture."""
        if frame.seq is None or frame.epoch != self.sitting.epoch:
            return None
        return self._feed.number_before(frame.seq, view)

    def _table_bytes(self, board: Board) -> bytes:
        if self._table[0] != self._feed.number:
            self._table = (self._feed.number, encode_tree(ordered(board.table())))
        return self._table[1]

    def _wake_up(self) -> None:
        self.sitting.timer.release("empty")
        self.sitting.clock_changed()
        for place in self.sitting.seats:
            if place.by == "away":
                self._expect(place.seat)
        self._expect_a_host()

    def count(self) -> None:
        """Have it shown how many are here."""
        kinds = [presence.kind for presence in self._outboxes]
        self.sitting.hosts_here, self.sitting.watchers = kinds.count("host"), kinds.count("watcher")
        self.sitting.dirty.table = True

    def seat_again(self, before: Seats, arrivals: list[Arrival]) -> None:
        """Take the seats of a sitting that was read again; who is not known there is let go.

        Args:
            before: the seats as they were until then.
            arrivals: who waits for the welcome.
        """
        seats, now = self.sitting.seats, self._clock.now_ms()
        seats.recall(before)
        for presence in (*self, *(arrival.presence for arrival in arrivals)):
            found = seats.find(presence.token)
            if found is not None:
                seats.arrive(*found)
            elif presence.kind == "seat":
                self.cut(presence.token, Close.UNAUTHORISED)
        for place in seats:
            if place.by == "away":
                self._lapse_in(place.seat, max(place.away_since_ms + STAND_IN_AFTER_MS - now, 0))
        if not self.is_empty:
            self.sitting.timer.release("empty")
            self.sitting.clock_changed()
        self.count()
        self._expect_a_host()

    # -- going

    def leave(self, presence: Presence, *, is_empty_now: bool = True) -> None:
        """Take note that a connection is gone.

        Args:
            presence: whose.
            is_empty_now: nobody else is about to be greeted.
        """
        if not self._forget(presence):
            return
        if presence.kind == "seat" and presence.token not in self._by_token:
            place = self.sitting.seats.depart(presence.token, self._clock.wall_ms())
            if place is not None:
                self._expect(place.seat)
                self._pause_if_many_dropped()
        self.count()
        if presence.kind == "host":
            self._expect_a_host()
        self.left_at = self._clock.now_ms()
        if self.is_empty and is_empty_now:
            self.sitting.timer.hold("empty")
        self._logger.info("left", kind=presence.kind, seat=presence.view)

    def _expect(self, seat: int) -> None:
        """Give the people of a seat time to come back before a bot stands in."""
        self.sitting.seats[seat].away_since_ms = self._clock.now_ms()
        self._lapse_in(seat, STAND_IN_AFTER_MS)

    def _pause_if_many_dropped(self) -> None:
        """Pause when so many seats have dropped in a short while that it must be the network."""
        sitting, now = self.sitting, self._clock.now_ms()
        settings = sitting.settings
        played = [place for place in sitting.seats if place.by in ("person", "away")]
        dropped = sum(place.dropped_since(now - settings.drop_ms) for place in played)
        is_many = settings.drop_share and dropped * 100 >= settings.drop_share * len(played)
        if is_many and dropped >= FEWEST_DROPPED and sitting.is_running and not sitting.paused:
            sitting.pause(dropped)
            self._expect_a_host()
            self._logger.warning("paused_by_itself", dropped=dropped, seats=len(played))

    def _expect_a_host(self) -> None:
        """Give a host of a room that paused by itself time to come before it goes on without one."""
        if self.sitting.dropped:
            self._unled_since_ms = self._clock.now_ms()
            self._clock.call_later(STAND_IN_AFTER_MS, lambda: self._inbox.put(Unled()))

    def go_on_unled(self) -> None:
        """Let a room that paused by itself go on, if no host has been there for a minute."""
        sitting = self.sitting
        waited = self._clock.now_ms() - self._unled_since_ms >= STAND_IN_AFTER_MS
        if sitting.dropped and waited and not sitting.hosts_here and not self.is_empty:
            sitting.go_on()
            self._logger.warning("went_on_unled")

    def _lapse_in(self, seat: int, delay_ms: int) -> None:
        self._clock.call_later(delay_ms, lambda: self._inbox.put(Lapse(seat)))

    def lapse(self, seat: int) -> None:
        """Let a bot stand in for a seat whose people have been away for long."""
        sitting = self.sitting
        if self.is_empty:
            return  # nobody is to blame: the minute begins anew when the first one is back
        if not sitting.is_running and sitting.seats[seat].by == "away":
            self._lapse_in(seat, STAND_IN_AFTER_MS)
        else:
            sitting.seats.stand_in(seat, self._clock.now_ms())

    def cut(self, token: str, code: Close, farewell: str = "") -> None:
        """Close the connection of a token that opens nothing any more, with a word to its people if there is one."""
        presence = self._by_token.get(token)
        if presence is not None:
            self._let_go(presence, code, farewell or code.name.lower())
            self.count()

    def close_all(self, code: Close, reason: str) -> None:
        """Close every connection."""
        for presence in self:
            self._let_go(presence, code, reason)
        self._leave_followers(code, reason)

    def _leave_followers(self, code: Close, reason: str) -> None:
        for wire, outbox in self._followers.items():
            outbox.leave()
            wire.end(code, reason)
        self._followers.clear()

    def turn_all_away(self, error: ProtocolError) -> None:
        """Tell everybody why the room cannot go on, and close."""
        self._leave_followers(error.close, error.code)
        for presence in self:
            self._forget(presence)
            turn_away(presence.wire, error, presence.language, self._clock.wall_ms())

    def _let_go(self, presence: Presence, code: Close, reason: str) -> None:
        self._forget(presence)
        presence.wire.end(code, reason)

    def _forget(self, presence: Presence) -> bool:
        """Forget a connection; return whether it was still the room's."""
        outbox = self._outboxes.pop(presence, None)
        if outbox is None:
            return False
        outbox.leave()
        if self._by_token.get(presence.token) is presence:
            del self._by_token[presence.token]
        return True

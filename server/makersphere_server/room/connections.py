"""Who is connected to a room: greeted, replaced, let go, and missed.

Answers whether anybody is there. A token has one connection at a time: the newer one wins. A seat
whose people are gone is kept for them; after a minute a bot stands in. Time stands still in a room that
nobody is in, and so does that minute. When many seats drop at once the room pauses until a host lets it go on; if no
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
from makersphere_rules.seen.views import ordered
from makersphere_rules.state import WAITING
from makersphere_server import metrics
from makersphere_server.clock import Clock
from makersphere_server.room.model.addresses import network, who_gives_way
from makersphere_server.room.model.batch import Arrival
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.feed import TABLE, Feed
from makersphere_server.room.model.inbox import AwayForLong, Inbox, Leave, Presence, WithoutHostForLong
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.seat_people import SeatPeople
from makersphere_server.room.model.people.seats import STAND_IN_AFTER_MS
from makersphere_server.room.model.timers import EMPTY
from makersphere_server.room.shown.outbox import Outbox
from makersphere_server.room.shown.room_view import RoomView

__all__ = ["Connections", "turn_away"]

_FEWEST_DROPPED: Final = 3  # seats that drop at once before a room pauses by itself, however small it is


def turn_away(connection: ConnectionPort, error: ProtocolError, language: str, now: int) -> None:
    """Say why somebody may not stay and close the connection."""
    values = {"field": error.field, **error.values}
    message = say(language, f"refusal.{error.text}", values, say(language, f"refusal.{error.code}", values))
    again = int(error.values.get("retry_after", 0))
    to = str(error.values.get("to", ""))
    connection.tell(encode(Error(error.code, message or str(error), now, again, error.asks, to)))
    connection.end(error.close, error.code)


class Connections:
    """The connections of one room.

    Attributes:
        left_at: monotonic time when somebody left last.
    """

    def __init__(self, live: LiveRoom, feed: Feed, inbox: Inbox, clock: Clock) -> None:
        """Begin with nobody."""
        self._live = live
        self.left_at = clock.now_ms()
        self._feed = feed
        self._inbox = inbox
        self._clock = clock
        self._outboxes: dict[Presence, Outbox] = {}
        self._followers: dict[ConnectionPort, Outbox] = {}
        self._by_token: dict[str, Presence] = {}
        self._table: tuple[int, bytes] = (-1, b"")
        self._hostless_since_ms = 0
        self._logger = structlog.get_logger("makersphere.room").bind(room=live.row.room)

    def __iter__(self) -> Iterator[Presence]:
        """Return who is connected."""
        return iter(list(self._outboxes))

    @property
    def is_empty(self) -> bool:
        """Return whether nobody is connected."""
        return not self._outboxes

    # -- coming

    def greet(self, arrival: Arrival, room_view: RoomView) -> None:
        """Send the welcome, and follow the feed from there."""
        presence, done = arrival.presence, arrival.enter.done
        if not self._is_known(presence):
            arrival.enter.reject(self._token_is_gone(presence))
            return
        if presence.kind == "watcher" and not self._has_place(presence):
            arrival.enter.reject(self._watchers_full())
            self.show_headcount()
            return
        if self.is_empty:
            self._wake_up()
        older = self._by_token.get(presence.token)
        if older is not None:
            self._let_go(older, Close.REPLACED, "replaced by a newer connection")
        self._welcome(arrival, room_view)
        self.show_headcount()
        if not done.done():
            done.set_result(presence)
        self._logger.info("entered", kind=presence.kind, seat=presence.view, seq=self._live.seq)
        if not presence.connection.is_open():
            self._inbox.put(Leave(presence))

    @staticmethod
    def _token_is_gone(presence: Presence) -> Refused:
        """Return why somebody is not greeted whose token was replaced or removed meanwhile.

        Who has a seat comes again: it is theirs anew, or they are told who has it, or that a host has taken it away.
        """
        if presence.kind == "seat":
            return Refused("unavailable", "seat_changed_now", retry_after=1)
        return Refused("unauthorised")

    def _is_known(self, presence: Presence) -> bool:
        """Return whether the token of somebody who was let in still opens anything; a watcher needs none."""
        if presence.kind == "seat":
            return self._live.seats.find(presence.token) is not None
        return presence.kind == "watcher" or presence.token in self._live.hosts

    def _has_place(self, watcher: Presence) -> bool:
        """Return whether somebody may look on; where too many do, one of the address that has most gives way."""
        watching = [one for one in self._outboxes if one.kind == "watcher"]
        if len(watching) < self._live.limits.most_watchers:
            return True
        metrics.LIMITED.labels("most_watchers").inc()
        addresses = [network(one.connection.address) for one in watching]
        place = who_gives_way(addresses, network(watcher.connection.address))
        if place is None:
            return False
        older = watching[place]
        self._forget(older)
        turn_away(older.connection, self._watchers_full(), older.language, self._clock.wall_ms())
        return True

    def _watchers_full(self) -> Refused:
        refused = Refused("room_full", "watchers_full")
        refused.language = self._live.settings.language
        return refused

    def _welcome(self, arrival: Arrival, room_view: RoomView) -> None:
        presence, frame = arrival.presence, arrival.enter.frame
        seen = self._seen(frame, presence.view) if isinstance(frame, Resume) and not arrival.diverged else None
        welcome = Welcome(
            room=self._live.row.room,
            epoch=self._live.epoch,
            seq=self._live.seq,
            now=self._clock.wall_ms(),
            you=You(presence.kind, max(presence.view, 0), presence.role, presence.member),
            protocol=PROTOCOL,
            seat_token=arrival.seat_token,
            host_token=arrival.host_token,
            resumed=seen is not None,
            mark=self._live.marks.at(self._live.seq),
            diverged=arrival.diverged,
        )
        if seen is None:
            hand = encode_tree(room_view.hand(presence.view)) if presence.view != TABLE else b""
            presence.connection.tell(encode_welcome(welcome, self._table_bytes(room_view), hand))
            if arrival.begins:
                self._feed.begin_anew(presence.view)
            lines = self._told_again(welcome.seq, presence)
            if lines:
                presence.connection.tell(lines)
        else:
            presence.connection.tell(encode_welcome(welcome))
        outbox = self._outboxes[presence] = Outbox(self._feed, presence.connection, presence.view)
        if presence.token:
            self._by_token[presence.token] = presence
        if seen is not None:
            outbox.rewind(seen)

    def _told_again(self, seq: int, presence: Presence) -> bytes:
        if presence.kind != "seat":
            return self._feed.recent(seq, presence.view, self._live.marks.at(seq))
        since = self._live.seats[presence.view].reads_since
        return self._feed.written(seq, presence.view, since, self._live.marks.at(seq))

    def follow(self, connection: ConnectionPort, room_view: RoomView) -> None:
        """Tell a connection what a watcher is told, from the whole table on; it counts as nobody's presence.

        A connection that follows already begins anew.
        """
        older = self._followers.get(connection)
        if older is not None:
            older.leave()
        live = self._live
        told = self._feed.seq  # a write may be under way, and what is in it is told to nobody
        welcome = Welcome(live.row.room, live.epoch, told, self._clock.wall_ms(), You("watcher"))
        connection.tell(encode_welcome(welcome, self._table_bytes(room_view)))
        self._followers[connection] = Outbox(self._feed, connection, TABLE)

    def _seen(self, frame: Resume, view: int) -> int | None:
        """Return the step up to which somebody who resumes has seen all, or None where a whole table is needed."""
        if frame.seq is None or frame.epoch != self._live.epoch:
            return None
        return self._feed.number_before(frame.seq, view)

    def _table_bytes(self, room_view: RoomView) -> bytes:
        if self._table[0] != self._feed.number:
            self._table = (self._feed.number, encode_tree(ordered(room_view.table())))
        return self._table[1]

    def _wake_up(self) -> None:
        self._live.timer.release(EMPTY)
        self._live.clock_changed()
        for people in self._live.seats:
            if people.by == "away":
                self.wait_for_people(people.seat)
        self._wait_for_host()

    def show_headcount(self) -> None:
        """Have the number of hosts and watchers shown."""
        kinds = [presence.kind for presence in self._outboxes]
        self._live.here.hosts, self._live.here.watchers = kinds.count("host"), kinds.count("watcher")
        self._live.here.chairs = frozenset(one.member for one in self._outboxes if one.kind == "host")
        self._live.dirty.table = True

    def adopt(self, live: LiveRoom, arrivals: list[Arrival]) -> None:
        """Take a room that was read again for the one of before; a connection whose chair is not known there is cut.

        Args:
            live: the room as it was read.
            arrivals: people who wait for the welcome.
        """
        seats, now = live.seats, self._clock.now_ms()
        seats.recall(self._live.seats)
        self._live = live
        for presence in (*self, *(arrival.presence for arrival in arrivals)):
            found = seats.find(presence.token)
            if found is not None:
                seats.arrive(*found)
            elif not self._is_known(presence):
                self.cut(presence.token, Close.UNAUTHORISED)
        for people in seats:
            if people.by == "away":
                self._stand_in_after(people.seat, max(people.away_since_ms + STAND_IN_AFTER_MS - now, 0))
        if not self.is_empty:
            self._live.timer.release(EMPTY)
            self._live.clock_changed()
        self.show_headcount()
        self._wait_for_host()

    # -- going

    def leave(self, presence: Presence, *, is_empty_now: bool = True) -> None:
        """Take note that a connection is gone.

        Args:
            presence: the connection's.
            is_empty_now: nobody else is about to be greeted.
        """
        if not self._forget(presence):
            return
        if presence.kind == "seat" and presence.token not in self._by_token:
            people = self._live.seats.depart(presence.token, self._clock.wall_ms())
            if people is not None:
                self.wait_for_people(people.seat)
                self._pause_if_many_dropped()
        self.show_headcount()
        if presence.kind == "host":
            self._wait_for_host()
        self.left_at = self._clock.now_ms()
        if self.is_empty and is_empty_now:
            self._live.timer.hold(EMPTY)
        self._logger.info("left", kind=presence.kind, seat=presence.view)

    def wait_for_people(self, seat: int) -> None:
        """Give the people of a seat, or a host who has taken them away, time before a bot plays."""
        self._live.seats[seat].away_since_ms = self._clock.now_ms()
        self._stand_in_after(seat, STAND_IN_AFTER_MS)

    def _pause_if_many_dropped(self) -> None:
        """Pause when so many seats have dropped in a short while that it must be the network.

        Never where the phase ends at a date: a class goes home together, and the date comes all the same.
        """
        live, now = self._live, self._clock.now_ms()
        if live.timer.due_ms:
            return
        settings = live.settings
        played = [people for people in live.seats if self._plays(people)]
        dropped = sum(people.dropped_since(now - settings.drop_ms) for people in played)
        is_many = settings.drop_share and dropped * 100 >= settings.drop_share * len(played)
        if is_many and dropped >= _FEWEST_DROPPED and live.is_running and not live.standing.paused:
            live.pause(dropped)
            self._wait_for_host()
            self._logger.warning("paused_by_itself", dropped=dropped, seats=len(played))

    def _plays(self, people: SeatPeople) -> bool:
        """Return whether a seat's people play it: a bot does not, and it is no latecomer's that plays nothing yet."""
        has_people = people.by in ("person", "away") and bool(people.members)
        return has_people and self._live.state.role(people.seat) != WAITING

    def _wait_for_host(self) -> None:
        """Give a host of a room that paused by itself time to come before it goes on without one."""
        if self._live.standing.dropped:
            self._hostless_since_ms = self._clock.now_ms()
            self._clock.call_later(STAND_IN_AFTER_MS, lambda: self._inbox.put(WithoutHostForLong()))

    def go_on_without_host(self) -> None:
        """Let a room that paused by itself go on, if no host has been there for a minute."""
        live = self._live
        waited = self._clock.now_ms() - self._hostless_since_ms >= STAND_IN_AFTER_MS
        if live.standing.dropped and waited and not live.here.hosts and not self.is_empty:
            live.go_on()
            self._logger.warning("went_on_unled")

    def _stand_in_after(self, seat: int, delay_ms: int) -> None:
        self._clock.call_later(delay_ms, lambda: self._inbox.put(AwayForLong(seat)))

    def stand_in_if_away(self, seat: int) -> None:
        """Let a bot stand in for a seat whose people have been away for long."""
        live = self._live
        if self.is_empty:
            return  # no seat is to blame: its minute begins anew when the first one is back
        if live.stands_in != "minute" and not live.seats[seat].is_vacated:
            return
        if not live.is_running and live.seats[seat].by == "away":
            self._stand_in_after(seat, STAND_IN_AFTER_MS)
        else:
            live.seats.stand_in(seat, self._clock.now_ms())

    def cut(self, token: str, code: Close, farewell: str = "") -> None:
        """Close the connection of a token that opens nothing any more, with a word to its people if there is one."""
        presence = self._by_token.get(token)
        if presence is not None:
            self._let_go(presence, code, farewell or code.name.lower())
            self.show_headcount()

    def close_all(self, moved: Refused | None = None) -> None:
        """Close every connection; where another server has the room now, say so."""
        if moved is not None:
            self.turn_all_away(moved)
            return
        for presence in self:
            self._let_go(presence, Close.RESTART, "the server restarts")
        self._leave_followers(Close.RESTART, "the server restarts")

    def _leave_followers(self, code: Close, reason: str) -> None:
        for connection, outbox in self._followers.items():
            outbox.leave()
            connection.end(code, reason)
        self._followers.clear()

    def turn_all_away(self, error: ProtocolError) -> None:
        """Tell everybody why the room cannot go on, and close."""
        self._leave_followers(error.close, error.code)
        for presence in self:
            self._forget(presence)
            turn_away(presence.connection, error, presence.language, self._clock.wall_ms())

    def _let_go(self, presence: Presence, code: Close, reason: str) -> None:
        self._forget(presence)
        presence.connection.end(code, reason)

    def _forget(self, presence: Presence) -> bool:
        """Forget a connection; return whether it was still the room's."""
        outbox = self._outboxes.pop(presence, None)
        if outbox is None:
            return False
        outbox.leave()
        if self._by_token.get(presence.token) is presence:
            del self._by_token[presence.token]
        return True

"""What a room tells of what is durable: results at once, changes at most every 50 ms, a welcome to everybody who came.

Answers whether something waits to be told, and shows each view what has changed for it, encoded once for all who see
the same. Never decides, never stores: the room hands over a batch only when it is on disk.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import partial

from makersphere_rules.ecosystem.figures.scores import SCORE_LINE
from makersphere_rules.seen.views import merge_patch
from makersphere_server import logs, metrics
from makersphere_server.room.connections import Connections
from makersphere_server.room.model.batch import Arrival, Batch
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.feed import LONGEST_LOG, Feed, LogLine
from makersphere_server.room.model.inbox import Inbox
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.own_data.whose import Whose, without_names
from makersphere_server.room.pulse import Pulse
from makersphere_server.room.shown.overlay import RoomOverlay
from makersphere_server.room.shown.room_view import RoomView

__all__ = ["Telling"]


class Telling:
    """What one room has told, and what waits to be told.

    Attributes:
        connections: who is connected.
        pulse: when it may be told.
        view: table and hands as they were last shown; another one after the room has been read again.
        arrivals: people who have been let in and wait for their welcome.
    """

    def __init__(self, live: LiveRoom, lines: Iterable[LogLine], inbox: Inbox) -> None:
        """Begin with nobody connected and everything shown.

        Args:
            live: the room.
            lines: the last lines of its log that were told before it was opened.
            inbox: where the connections say that somebody is gone; woken when it is time to tell.
        """
        clock = live.clock
        self._live = live
        self._clock = clock
        self._feed = Feed(live.seq, clock.wall_ms, filter(self._may_be_told, lines))
        self.connections = Connections(live, self._feed, inbox, clock)
        self.pulse = Pulse(clock, inbox.wake)
        self.view = RoomView(live.state, RoomOverlay(live), is_sealed=live.settings.sealed)
        self.arrivals: list[Arrival] = []
        self._lines: deque[LogLine] = deque(maxlen=LONGEST_LOG)
        self._journal = logs.Journal()

    def follow(self, connection: ConnectionPort) -> None:
        """Tell a connection what watchers are told, from the whole table on; it counts as nobody's presence."""
        self.connections.follow(connection, self.view)

    def deliver(self, batch: Batch) -> None:
        """Tell the results of a batch that is durable now, and keep the rest for when changes may be told.

        The log and the metrics are told of its commands too.
        """
        for connection, frame in batch.replies:
            connection.tell(frame)
        self._lines.extend(filter(self._may_be_told, batch.lines))
        self.arrivals += batch.arrivals
        for token, code in batch.cut_tokens.items():
            self.connections.cut(token, code, batch.farewells.get(token, ""))
        self._live.held += batch.held
        for seat in batch.vacated:
            self.connections.wait_for_people(seat)
        self.pulse.is_wanted |= bool(batch.records or batch.lines or self.arrivals or self._live.dirty.table)
        self._journal.write(batch.events(self._live.row.room, self._clock.now_ms(), self._clock.wall_ms()))
        for outcome, count in batch.outcomes().items():
            metrics.COMMANDS.labels(outcome).inc(count)

    def _may_be_told(self, line: LogLine) -> bool:
        """Return whether a line is for those whom it is meant for: a sealed room tells no final score."""
        return line.text != SCORE_LINE or not self._live.settings.sealed

    def flush_when_due(self) -> bool:
        """Show what has changed if it is time to; return whether it was."""
        now = self._clock.now_ms()
        self.pulse.is_wanted |= self._live.dirty.table  # a close that is due may have called bots in
        if not self.pulse.is_due(now, self.view.due_at_ms):
            return False
        self.flush(now)
        return True

    def flush(self, now: int) -> None:
        """Show what has changed, and greet everybody who has come."""
        self.pulse.note_told(now)
        self._live.last_changes.note(self._live.state, self._live.seq)
        changes = self.view.changes(now)
        if changes.table or changes.hands or self._lines:
            live = self._live
            self._feed.publish(live.seq, changes.table, changes.hands, self._lines, live.marks.at(live.seq))
            self._lines.clear()
        for arrival in self.arrivals:
            self.connections.greet(arrival, self.view)
        self.arrivals.clear()
        self.pulse.is_wanted = self._live.dirty.table

    def forget(self, erased: Iterable[Whose]) -> None:
        """Tell nothing again of people who were erased: neither what was written to them, nor their names."""
        for found in erased:
            seen = partial(_as_still_told, found)
            self._feed.forget(seen)
            self._lines = deque(filter(None, map(seen, self._lines)), maxlen=LONGEST_LOG)

    def adopt(self, live: LiveRoom) -> None:
        """Take the room as it was read again for the one of before; tell each view what it has been shown wrongly.

        Hands of people who are away at this moment are told of too: they may come back to what they missed.
        """
        before_view = self.view
        table, hands = before_view.table(), {view: before_view.hand(view) for view in before_view.followed}
        self._live = live
        self.view = RoomView(live.state, RoomOverlay(live), is_sealed=live.settings.sealed)
        self.connections.adopt(live, self.arrivals)
        patches = {view: merge_patch(hand, self.view.hand(view)) for view, hand in hands.items()}
        self._feed.publish(live.seq, merge_patch(table, self.view.table()), patches, [], live.marks.at(live.seq))


def _as_still_told(found: Whose, line: LogLine) -> LogLine | None:
    """Return a line without the names of people who were erased; None: it was written to them, or about a device."""
    is_theirs = line.text == "messaged" and found.seat in line.audience and found.sat_there(line.seq)
    is_devices = line.text.startswith("device_") and line.values.get("seat") == found.seat
    if is_theirs or is_devices:
        return None
    values = {
        name: without_names(value, found.names) if isinstance(value, str) else value
        for name, value in line.values.items()
    }
    return LogLine(line.text, line.seq, values, line.audience)

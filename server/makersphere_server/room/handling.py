"""What each item of the inbox does to a room, in memory: a command, somebody who wants in, somebody who has left.

Answers nobody by itself: what follows is put into the batch, and the room tells it when it is durable. A bug in here
stops the room. Decides no rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, assert_never

import msgspec

from makersphere_protocol.codec import encode_answer
from makersphere_protocol.errors import Close, ProtocolError
from makersphere_server.room.commands.asked import Lookups
from makersphere_server.room.commands.decisions import answer, may_speak, take_back_ready
from makersphere_server.room.commands.device_pairing import do_errand
from makersphere_server.room.commands.host.own_data import ERASE_PERSON, OF_ONE_PERSON
from makersphere_server.room.connections import Connections
from makersphere_server.room.joining import let_in
from makersphere_server.room.model.batch import Batch, refusal_frame, turned_away
from makersphere_server.room.model.inbox import (
    AwayForLong,
    BrokerChanged,
    Enter,
    HostsNotice,
    HostsOfClass,
    InStep,
    Item,
    Leave,
    Pair,
    PreviewAsked,
    Sent,
    TakeAway,
    WithoutHostForLong,
)
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.log.answers import Answers
from makersphere_server.room.model.people.seat_life import SeatState
from makersphere_server.room.model.why import WhyMoved
from makersphere_server.room.shown.over_shoulder import hand_over_shoulder
from makersphere_server.room.shown.preview import preview
from makersphere_server.room.stand_ins import StandIns

__all__ = ["LOOKUPS", "Handling"]

LOOKUPS: Final = Lookups(hand_over_shoulder)  # for a command that needs nothing of the store


class Handling:
    """Handles the items of one live room; a room that was read again has another one."""

    def __init__(self, live: LiveRoom, answers: Answers, stand_ins: StandIns, connections: Connections) -> None:
        """Prepare.

        Args:
            live: the room in memory.
            answers: the commands that have been answered.
            stand_ins: who plays the seats that nobody plays; they are told which of their moves have come.
            connections: who is connected; told who is gone.
        """
        self._live = live
        self._answers = answers
        self._stand_ins = stand_ins
        self._connections = connections

    def handle(self, item: Item, batch: Batch, lookups: Lookups = LOOKUPS, *, is_empty_now: bool = True) -> None:
        """Carry out an item in memory.

        Args:
            item: what has come in.
            batch: takes what follows from it.
            lookups: what was looked up for it.
            is_empty_now: nobody waits for a welcome.
        """
        match item:
            case Sent():
                self._decide(item, batch, lookups)
            case PreviewAsked():
                batch.replies.append((item.connection, preview(self._live, item)))
            case Pair() | HostsNotice():
                do_errand(self._live, item, batch)
            case HostsOfClass():
                self._take_hosts(item, batch)
            case TakeAway():
                self._take_away(item, batch, lookups)
            case Enter():
                self.let_in(item, batch)
                take_back_ready(self._live, batch)
            case Leave():
                self._connections.leave(item.presence, is_empty_now=is_empty_now)
            case AwayForLong():
                self._connections.stand_in_if_away(item.seat)
            case WithoutHostForLong():
                self._connections.go_on_without_host()
            case BrokerChanged() | InStep() | WhyMoved():
                self._see(item)
            case _:
                assert_never(item)

    def _see(self, item: BrokerChanged | InStep | WhyMoved) -> None:
        """Take note of what others of the server say of themselves."""
        match item:
            case BrokerChanged():
                self._live.see_broker(item.broker)
            case InStep():
                self._live.step = item
                self._live.dirty.table = True
            case WhyMoved():
                self._live.see_why(item)

    def _decide(self, sent: Sent, batch: Batch, lookups: Lookups) -> None:
        live = self._live
        if sent.by == "bot":
            batch.has_bots = True
            if not self._stand_ins.take_back(sent):
                return
        if may_speak(live, sent):
            answer(live, self._answers, self._with_number_here(sent), batch, lookups)
        elif sent.connection is not None:
            batch.replies.append((sent.connection, refusal_frame(sent, live.clock.wall_ms(), "unauthorised")))

    def _with_number_here(self, sent: Sent) -> Sent:
        """Return a command with its host's number in this room; a class that passes it on has another one."""
        host = self._live.hosts.find(sent.token) if sent.by == "host" else None
        return sent if host is None or host.number == sent.member else msgspec.structs.replace(sent, member=host.number)

    def _take_hosts(self, item: HostsOfClass, batch: Batch) -> None:
        replaced = self._live.hosts.take_class(item.hosts())
        if replaced is not None:
            batch.cut_tokens.update(dict.fromkeys(replaced, Close.UNAUTHORISED))
            batch.private.update(self._live.hosts.to_store())
            self._live.dirty.table = True

    def _take_away(self, item: TakeAway, batch: Batch, lookups: Lookups) -> None:
        """Empty the seat of somebody of the class, for a bot; when the game is over, they only go on elsewhere."""
        live, sent = self._live, item.sent
        if sent.name in OF_ONE_PERSON:
            self._do_with_data(sent, batch, lookups)
            return
        found = live.seats.find_join(live.class_digest(item.join))
        if found is not None and live.state.game.status != "over":
            order = msgspec.structs.replace(sent, args={"seat": found[0].seat})
            if len(found[0].members) == 1:
                self._decide(order, batch, lookups)
                self._call_bots_in([found[0].seat])
            elif sent.connection is not None:
                frame = turned_away(sent, sent.language, live.clock.wall_ms(), "rule", "seat_is_shared")
                batch.replies.append((sent.connection, frame))
            return
        if found is not None:
            live.seats.depart(found[1].token, live.clock.wall_ms())  # a connection that is cut leaves no more
            batch.cut_tokens[found[1].token] = Close.REMOVED
        if sent.connection is not None:
            batch.replies.append((sent.connection, encode_answer(sent.id, live.clock.wall_ms(), b'{"ok":true}')))

    def _do_with_data(self, sent: Sent, batch: Batch, lookups: Lookups) -> None:
        """Erase somebody of the class or write out what is kept of them; who was never here has nothing here."""
        live = self._live
        if lookups.places:
            self._decide(msgspec.structs.replace(sent, args={"seat": lookups.places[0][0]}), batch, lookups)
            if sent.name == ERASE_PERSON.name:
                self._call_bots_in(seat for seat, _ in lookups.places)
        elif sent.connection is not None:
            batch.replies.append((sent.connection, encode_answer(sent.id, live.clock.wall_ms(), b'{"ok":true}')))

    def _call_bots_in(self, seats: Iterable[int]) -> None:
        """Have bots play seats on that the class has emptied: it has decided where their people go, nobody waits."""
        live = self._live
        for people in map(live.seats.__getitem__, seats):
            if people.state is SeatState.VACANT and live.seats.anybody_here:
                live.seats.call_in(people)

    def let_in(self, enter: Enter, batch: Batch) -> None:
        """Let somebody in, or say why not."""
        if not enter.connection.is_open():
            enter.done.cancel()
            return
        try:
            batch.arrivals.append(let_in(self._live, enter, batch))
        except ProtocolError as error:
            enter.reject(error)

"""The centre: rooms and the broker, seen from the game's loop.

Answers how it stands with the broker, follows every room that is in memory, and takes devices' requests to the room
that they are paired with, through the same inbox as everybody's. Never waits for the broker; what comes from its thread
comes by `call_soon_threadsafe`. Which room a device may speak in, and as whom, is decided by the room.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

import attrs
import structlog

from makersphere_protocol.codec import encode
from makersphere_protocol.errors import MEANINGS
from makersphere_protocol.messages import Problem, Result
from makersphere_protocol.mqtt import THINGS, Pairing, Press, Topics
from makersphere_protocol.texts import say
from makersphere_rules.engine import ROOM, At
from makersphere_server import metrics
from makersphere_server.broker_address import Address
from makersphere_server.clock import Clock
from makersphere_server.codes import token_id
from makersphere_server.limits import Limits
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.mqtt import broker_metrics
from makersphere_server.mqtt.follower import Follower
from makersphere_server.mqtt.handover import Handover
from makersphere_server.mqtt.link import Link, Login, Status
from makersphere_server.mqtt.listener import Listener, Request
from makersphere_server.mqtt.projection import Projection
from makersphere_server.mqtt.retained import RetainedValues
from makersphere_server.rates import Bucket
from makersphere_server.room.commands.host.table import who_may_send
from makersphere_server.room.model.devices import Broker
from makersphere_server.room.model.inbox import BrokerChanged, HostsNotice, Pair, Sent
from makersphere_server.room.room import Room

__all__ = ["Bridge"]

_REFRESH_S: Final = 0.2  # after which what rooms have handed over is published

_log = structlog.get_logger("makersphere.mqtt")


class Bridge:
    """Everything about the broker that the game's loop has to do."""

    def __init__(
        self,
        address: Address,
        login: Login,
        topics: Topics,
        lobby: Lobby,
        clock: Clock,
        limits: Limits,
        *,
        devices: bool,
    ) -> None:
        """Prepare; `start` begins.

        Args:
            address: where the broker is.
            login: what it wants to know.
            topics: the names of all topics.
            lobby: whose rooms are mirrored.
            clock: what time it is.
            limits: the server's bounds.
            devices: whether devices may act.
        """
        self._lobby = lobby
        self._clock = clock
        self._topics = topics
        self._devices = devices
        self._loop = asyncio.get_running_loop()
        self._rooms: dict[str, Room] = {}  # by their id in the topics
        self._followers: dict[str, Follower] = {}
        self._late: dict[str, None] = {}  # rooms whose table waits for room in the handover
        self._wrong_codes = Bucket(limits.failures_per_s, limits.failures_per_s)
        self._broker = Broker(str(address), takes_devices=devices)
        retained = self._retained = RetainedValues()
        self._projections: dict[str, Projection] = {}  # the thread's
        self._handover = Handover(self._wake, lambda: self._call(self._go_on))
        self._listener = Listener(
            topics,
            retained,
            limits,
            takes_devices=devices,
            hand_over=partial(self._call, self._take),
            answer=self._answer_now,
            flooded=self._flooded,
        )
        noted = partial(self._call, self._noted)
        self._link = Link(address, login, topics, retained, self._listener, refresh=self._refresh, tell=noted)

    def start(self) -> None:
        """Begin to look for the broker, and follow every room that is opened from now on."""
        self._link.start()
        self._lobby.follow_rooms(self._opened)

    async def stop(self) -> None:
        """Empty our topics, as far as the broker is there to hear it, and let it go."""
        await asyncio.to_thread(self._link.stop)

    # -- the game's loop: rooms

    def _opened(self, room: Room) -> None:
        topic = room.devices.topic
        follower = Follower(topic, self._handover, lambda: self._follow_again(topic), lambda: self._closed(topic))
        self._rooms[topic] = room
        self._followers[topic] = follower
        self._follow(topic)
        self._show(room)
        self._tell_known()

    def _follow(self, topic: str) -> None:
        """Hand over a room's whole table and follow it from there, as soon as there is room for it."""
        room = self._rooms.get(topic)
        if self._handover.is_full():
            self._late[topic] = None
        elif room is not None:
            room.follow(self._followers[topic])

    def _follow_again(self, topic: str) -> None:
        """Begin anew, after the room has finished what it is at."""
        self._loop.call_soon(self._follow, topic)

    def _closed(self, topic: str) -> None:
        self._rooms.pop(topic, None)
        self._followers.pop(topic, None)
        self._tell_known()

    def _go_on(self) -> None:
        """Hand over what was left in the rooms while the handover was full."""
        for follower in self._followers.values():
            if follower.drained is not None:
                follower.drained()
        late, self._late = self._late, {}
        for topic in late:
            self._follow(topic)

    def _show(self, room: Room) -> None:
        """Have the hosts of a room see how it stands with the broker."""
        room.inbox.put(BrokerChanged(self._broker))

    def _noted(self, status: Status) -> None:
        """Show the hosts of every room how it stands with the broker."""
        self._broker = attrs.evolve(
            self._broker, is_connected=status.is_connected, since=status.since, problem=status.problem
        )
        for room in self._rooms.values():
            self._show(room)

    def _flooded(self, device: str) -> None:
        self._link.resubscribe_soon()
        self._call(self._tell_of_flood, device)

    def _tell_of_flood(self, device: str) -> None:
        for room in self._rooms.values():
            if device and device in room.devices.ids():
                room.inbox.put(HostsNotice("device_flooding", {"device": device}))

    # -- the game's loop: devices

    def _tell_known(self) -> None:
        if self._devices:
            known = [device for room in self._rooms.values() for device in room.devices.ids()]
            self._link.call(self._listener.set_known_devices, known)
            # While somebody is muted, each device is listened to by its name, so other names are other topics.
            self._link.call(self._link.resubscribe_soon)

    def _take(self, request: Request) -> None:
        """Take a request to its room, or answer why not."""
        self._listener.taken += 1
        match request.frame:
            case Pairing() as frame:
                self._pair(request, frame)
            case Press() as frame:
                self._press(request, frame)

    def _pair(self, request: Request, frame: Pairing) -> None:
        wrong_before = self._wrong_codes.wait_s(self._clock.now_ms()) > 0
        rooms = () if wrong_before else self._rooms.values()
        room = next((one for one in rooms if one.devices.knows_code(frame.code)), None)
        if room is None:
            self._wrong_codes.take(self._clock.now_ms())
            self._refuse(request, "", "unauthorised", "wrong_pairing_code", "code")
            return
        known = room.devices
        room.inbox.put(
            Pair(
                device=request.device,
                id=frame.id,
                code=frame.code,
                topic=known.topic,
                language=known.language,
                connection=_DeviceConnection(self, request),
            )
        )

    def _press(self, request: Request, frame: Press) -> None:
        token = token_id(frame.token)
        room = next((one for one in self._rooms.values() if one.devices.of_token(token) is not None), None)
        device = room.devices.of_token(token) if room is not None else None
        if room is None or device is None or device.id != request.device:
            self._refuse(request, "", "unauthorised", "device_not_paired", "token")
            return
        language = room.devices.language
        if frame.name not in THINGS[device.thing]:
            self._refuse(request, language, "not_your_role", "not_for_thing", "name", thing=device.thing)
            return
        if room.inbox.is_full:
            self._refuse(request, language, "rate_limited", "rate_limited", retry_after=1)
            return
        room.inbox.put(
            Sent(
                actor=device.seat or ROOM,
                by=who_may_send(frame.name),
                token=token,
                author=token,
                id=frame.id,
                name=frame.name,
                args=frame.args,
                at=At(frame.at.season, frame.at.phase) if frame.at is not None else None,
                language=language,
                connection=_DeviceConnection(self, request),
                since_ms=self._clock.now_ms(),
            )
        )

    def _refuse(
        self, request: Request, language: str, code: str, text: str, field: str = "", **values: int | str
    ) -> None:
        broker_metrics.REQUESTS.labels(code).inc()
        metrics.COMMANDS.labels(code).inc()
        _log.warning("device_refused", device=request.device, code=code, why=text)
        sentence = say(language, f"refusal.{text}", values, MEANINGS[code])
        retry_after = int(values.get("retry_after", 0))
        problem = Problem(code, sentence, field, retry_after)
        self._say(request, encode(Result(request.frame.id, ok=False, now=self._clock.wall_ms(), error=problem)))

    def answered(self, request: Request, frame: bytes) -> None:
        """Take a room's answer to the device."""
        broker_metrics.REQUESTS.labels("answered").inc()
        self._say(request, frame)
        if isinstance(request.frame, Pairing):
            self._tell_known()

    def _say(self, request: Request, frame: bytes) -> None:
        self._link.call(self._link.say, request.topic, frame, request.correlation)

    # -- between the threads

    def _call(self, do: Callable[..., None], *args: object) -> None:
        """Have something done on the game's loop; called in the broker's thread."""
        with suppress(RuntimeError):  # it has ended
            self._loop.call_soon_threadsafe(do, *args)

    def _wake(self) -> None:
        self._link.call(self._link.refresh_soon, _REFRESH_S)

    # -- the broker's thread

    def _answer_now(self, topic: str, frame: bytes, correlation: bytes | None) -> None:
        self._link.say(topic, frame, correlation)

    def _refresh(self) -> None:
        """Fold what rooms have handed over and, where there is a broker, keep what has changed as retained values."""
        broker_metrics.WAITING.labels("folding").set(self._handover.size)
        for name, frame in self._handover.take():
            if not frame:
                self._projections.pop(name, None)
                self._retained.clear(self._topics.room(name))
                continue
            projection = self._projections.get(name)
            if projection is None:
                projection = self._projections[name] = Projection(name, self._topics)
            projection.take(frame)
        if not self._retained.is_wanted:  # without a broker nothing is laid out by topic: it would hinder the game
            broker_metrics.DROPPED.inc(sum(projection.forget() for projection in self._projections.values()))
            return
        for projection in self._projections.values():
            for topic, payload in projection.changes():
                self._retained.set_value(topic, payload)
            for topic, payload in projection.events():
                broker_metrics.DROPPED.inc(self._retained.add_event(topic, payload))


class _DeviceConnection:
    """Where a room answers a device.

    Attributes:
        drained: see `ConnectionPort`.
        is_ended: see `ConnectionPort`.
    """

    address = ""

    def __init__(self, bridge: Bridge, request: Request) -> None:
        self.drained: Callable[[], None] | None = None
        self.is_ended = False
        self._bridge = bridge
        self._request = request

    def tell(self, frame: bytes) -> None:
        """Answer."""
        self._bridge.answered(self._request, frame)

    def is_open(self) -> bool:
        """Return that answers can be given: it is the broker's to keep them or not."""
        return True

    def is_clogged(self) -> bool:
        """Return that nothing has to wait."""
        return False

    def rest(self, ms: int) -> None:
        """Do nothing: the listener counts what a device sends."""

    def end(self, code: int, reason: str) -> None:
        """Do nothing: a device has no connection of its own."""

    def cut(self) -> None:
        """Do nothing, as `end`."""

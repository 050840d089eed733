"""The broker's thread: one connection at a time, made anew whenever it ends, with a loop of its own.

Answers whether there is a broker, and if not, why. What is to be published comes from the retained values, what is
heard goes to the listener. Each connection is a fresh client, after which everything is published again. A broker that
takes nothing, or says nothing, is given up after seconds. The game's loop is never waited for, and never waits.
"""

from __future__ import annotations

import asyncio
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from typing import Any, Final, Literal

import attrs
import structlog
from aiomqtt import Client, MqttError, ProtocolVersion, Will
from aiomqtt.exceptions import MqttConnectError
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from makersphere_protocol.mqtt import Presence, Topics
from makersphere_server.broker_address import Address
from makersphere_server.mqtt import broker_metrics
from makersphere_server.mqtt.backlog import Backlog, Message
from makersphere_server.mqtt.listener import Listener
from makersphere_server.mqtt.packet_filter import LARGEST, put_before
from makersphere_server.mqtt.projection import encode_payload
from makersphere_server.mqtt.retained import RetainedValues

__all__ = ["Link", "Login", "Status"]

_TIMEOUT_S: Final = 4  # for every answer of the broker, and between two signs of life
_STOP_S: Final = 2.0
_LEAST_S, _MOST_S = 0.2, 2.0  # between two tries
_WINDOW: Final = 16  # messages on their way
_WINDOW_BYTES: Final = 256 << 10
_PAUSE_S: Final = 0.002  # between two messages, so that the game is not hindered by many on end
_SPREAD_S: Final = 0.1  # over which all that waits is spread, where that is less
_MOST_ANSWER_BYTES: Final = 256 << 10  # about two thousand: a disk that stands still for a while costs no answer
_TOPICS_AT_ONCE: Final = 64  # in one request to the broker
_MOST_UNHEARD: Final = 1_000  # messages that wait to be heard
_LOOK_AGAIN_S: Final = 1.0  # whether somebody who was muted may be heard again
_PASSWORD: Final = frozenset({134, 135})  # MQTT 5.0, section 2.4: reason codes; paho gives them for 3.1.1 too
_VERSION: Final = 132

_log = structlog.get_logger("makersphere.mqtt")


@attrs.frozen
class Login:
    """What a broker wants to know of us.

    Attributes:
        tls: how it has to prove who it is, where it is spoken to by TLS.
        protocol: the version of MQTT; `auto` is 5, and 3.1.1 with a broker that knows no 5.
    """

    user: str = ""
    password: str = attrs.field(default="", repr=False)
    tls: ssl.SSLContext | None = None
    protocol: Literal["auto", "5", "3.1.1"] = "auto"


@attrs.frozen
class Status:
    """How it stands with the broker.

    Attributes:
        since: milliseconds since 1970.
        problem: why there is no connection, or "".
        protocol: the version of MQTT that is spoken.
    """

    is_connected: bool
    since: int
    problem: str = ""
    protocol: str = ""


class Link:
    """The thread, its loop and its connection."""

    def __init__(
        self,
        address: Address,
        login: Login,
        topics: Topics,
        retained: RetainedValues,
        listener: Listener,
        *,
        refresh: Callable[[], None],
        tell: Callable[[Status], None],
    ) -> None:
        """Prepare; `start` begins.

        Args:
            address: where the broker is.
            login: what it wants to know.
            topics: the names of all topics.
            retained: what to publish.
            listener: takes what is heard.
            refresh: called in the thread, soon after `refresh_soon` and before everything is published again; brings
                what is to be published up to date.
            tell: called in the thread with the status whenever it has changed.
        """
        self._address = address
        self._login = login
        self._topics = topics
        self._retained = retained
        self._listener = listener
        self._refresh = refresh
        self._tell = tell
        self._status = Status(is_connected=False, since=0)
        self._is_old = login.protocol == "3.1.1"  # the broker knows no MQTT 5
        self._answers = Backlog(_MOST_ANSWER_BYTES)
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mqtt", daemon=True)
        self._in_flight = 0
        self._in_flight_bytes = 0
        self._is_refreshing = False

    # -- from other threads

    def start(self) -> None:
        """Start the thread; returns when it can be called."""
        self._thread.start()
        self._started.wait()

    def stop(self) -> None:
        """Say goodbye to the broker and end the thread, or leave it behind where that takes too long."""
        self.call(self._stopping.set)
        self._thread.join(_STOP_S + _TIMEOUT_S)

    def call(self, do: Callable[..., None], *args: object) -> None:
        """Have something done in the thread."""
        with suppress(RuntimeError):  # it has ended
            self._loop.call_soon_threadsafe(do, *args)

    # -- the thread

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:  # paho needs readers, on Windows too
            runner.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(_log_stray)
        self._stopping = asyncio.Event()
        self._to_publish = asyncio.Event()  # set: something may wait to be published
        self._confirmed = asyncio.Event()  # set: the broker has confirmed a message that was in flight
        self._resubscribe = asyncio.Event()  # set: other topics are to be listened to
        self._started.set()
        tries = 0
        while not self._stopping.is_set():
            try:
                await self._hold_connection()
            except MqttError as error:
                tries = 0 if self._status.is_connected else tries + 1
                self._disconnected(_name_of(error, was_connected=self._status.is_connected))
            except Exception:  # noqa: BLE001  (the thread's boundary: rooms go on, and so does this, loudly)
                tries += 1
                _log.exception("broker_thread_failed")
                self._disconnected("failed")
            longest_s = min(_MOST_S, _LEAST_S * 2**tries)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), random.uniform(_LEAST_S, longest_s))

    async def _hold_connection(self) -> None:
        """Connect, and return when the connection has ended or is to end.

        Raises:
            MqttError: the connection was refused, or has broken.
        """
        client = self._client()
        async with client:
            self._in_flight = self._in_flight_bytes = 0
            put_before(client, partial(self._is_to_be_read, client))
            self._connected()
            ends = [asyncio.create_task(one) for one in (self._publish(client), self._listen(client))]
            ends += [asyncio.create_task(one) for one in (self._keep_subscribed(client), self._stop_in_time())]
            try:
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in ends:
                    task.cancel()
                outcomes = await asyncio.gather(*ends, return_exceptions=True)
            for trouble in outcomes:
                if isinstance(trouble, Exception):
                    raise _innermost(trouble)

    def _client(self) -> Client:
        login = self._login
        will = Will(self._topics.server, encode_payload(Presence(online=False)), 1, retain=True)
        client = Client(
            self._address.host,
            self._address.port,
            username=login.user or None,
            password=login.password or None,
            tls_context=login.tls,
            protocol=ProtocolVersion.V311 if self._is_old else ProtocolVersion.V5,
            will=will,
            keepalive=_TIMEOUT_S,
            timeout=_TIMEOUT_S,
            clean_session=True if self._is_old else None,
            max_inflight_messages=_WINDOW,
            properties=None if self._is_old else _connect_properties(),
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],  # an answer waits for no acknowledgement
        )
        client.pending_calls_threshold = 2 * _WINDOW
        client._client.connect_timeout = _TIMEOUT_S  # noqa: SLF001  (its own way to say so is not passed on)
        return client

    def _is_to_be_read(self, client: Client, topic: bytes) -> bool:
        """Return whether a message is to be read: not while many wait to be heard.

        A message that is not read is acknowledged all the same.
        A queue with a bound of its own would drop what nobody acknowledges, and the broker sends only so many of those.
        """
        if len(client.messages) < _MOST_UNHEARD:
            return self._listener.is_to_be_read(topic)
        broker_metrics.UNREAD.inc()
        return False

    def _connected(self) -> None:
        now = time.time_ns() // 1_000_000
        self._set_status(Status(is_connected=True, since=now, protocol="3.1.1" if self._is_old else "5"))
        broker_metrics.CONNECTED.set(1)
        _log.info("broker_connected", address=str(self._address), protocol=self._status.protocol)
        self._retained.set_value(
            self._topics.server, encode_payload(Presence(online=True, since=now, version=version("makersphere")))
        )
        self._retained.broker_found()
        self._refresh()
        self._to_publish.set()

    def _disconnected(self, problem: str) -> None:
        if problem == "version" and self._login.protocol == "auto":
            self._is_old = True
        broker_metrics.TROUBLE.labels(problem).inc()
        broker_metrics.CONNECTED.set(0)
        broker_metrics.DROPPED.inc(self._retained.broker_lost() + self._answers.clear())
        if self._status.is_connected or self._status.problem != problem:
            _log.warning("broker_lost", address=str(self._address), why=problem)
            self._set_status(Status(is_connected=False, since=time.time_ns() // 1_000_000, problem=problem))

    def _set_status(self, status: Status) -> None:
        self._status = status
        self._tell(status)

    # -- saying

    def refresh_soon(self, after_s: float) -> None:
        """Have what is to be published brought up to date once, after a while, and then published."""
        if not self._is_refreshing:
            self._is_refreshing = True
            self._loop.call_later(after_s, self._refresh_now)

    def _refresh_now(self) -> None:
        self._is_refreshing = False
        self._refresh()
        self._to_publish.set()

    def say(self, topic: str, payload: bytes, correlation: bytes | None) -> None:
        """Answer a device; called in the thread."""
        if not self._status.is_connected:
            broker_metrics.DROPPED.inc()
            return
        answer = Message(topic, payload, correlation=None if self._is_old else correlation)
        broker_metrics.DROPPED.inc(self._answers.add(answer))
        self._to_publish.set()

    async def _publish(self, client: Client) -> None:
        async with asyncio.TaskGroup() as group:
            while True:
                await self._to_publish.wait()
                self._to_publish.clear()
                while (found := self._next()) is not None:
                    size = found.size
                    while self._in_flight >= _WINDOW or (
                        self._in_flight and self._in_flight_bytes + size > _WINDOW_BYTES
                    ):
                        self._confirmed.clear()
                        await self._confirmed.wait()
                    self._in_flight += 1
                    self._in_flight_bytes += size
                    group.create_task(self._send(client, found))
                    if not self._answers:
                        await asyncio.sleep(min(_PAUSE_S, _SPREAD_S / max(self._retained.waiting, 1)))

    def _next(self) -> Message | None:
        broker_metrics.WAITING.labels("publishing").set(
            self._retained.waiting_bytes + self._answers.size + self._in_flight_bytes
        )
        return self._answers.take() if self._answers else self._retained.next()

    async def _send(self, client: Client, message: Message) -> None:
        properties = None
        if message.correlation is not None:
            properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
            properties.CorrelationData = message.correlation
        await client.publish(message.topic, message.payload, 1, message.is_kept, properties)
        broker_metrics.PUBLISHED.inc()
        self._in_flight -= 1
        self._in_flight_bytes -= message.size
        self._confirmed.set()

    async def _stop_in_time(self) -> None:
        """Return when everything has been published that is to be published before stopping, or time for that is up."""
        await self._stopping.wait()
        self._refresh()
        self._retained.set_value(self._topics.server, encode_payload(Presence(online=False)))
        self._to_publish.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(_STOP_S):
                while self._in_flight or not self._retained.is_clear:
                    self._confirmed.clear()
                    await self._confirmed.wait()

    # -- hearing

    async def _listen(self, client: Client) -> None:
        async for message in client.messages:
            self._listener.hear(message)
            client._client.ack(message.mid, message.qos)  # noqa: SLF001  (aiomqtt has no way of its own)
            self._to_publish.set()

    def resubscribe_soon(self) -> None:
        """Work out anew which topics are to be listened to; called in the thread."""
        self._resubscribe.set()

    async def _keep_subscribed(self, client: Client) -> None:
        """Subscribe to the topics that the listener wants, as they change."""
        heard: set[str] = set()
        while True:
            wanted = self._listener.filters()
            for some in _in_lists(_TOPICS_AT_ONCE, sorted(wanted - heard)):
                if self._is_old:
                    await client.subscribe([(topic, 1) for topic in some])
                else:
                    await client.subscribe([(topic, _OPTIONS) for topic in some])
            for some in _in_lists(_TOPICS_AT_ONCE, sorted(heard - wanted)):  # last, so that nobody else goes unheard
                await client.unsubscribe(some)
            heard = wanted
            with suppress(TimeoutError):
                await asyncio.wait_for(self._resubscribe.wait(), _LOOK_AGAIN_S)
            self._resubscribe.clear()


_OPTIONS: Final = SubscribeOptions(qos=1, noLocal=True, retainAsPublished=False)


def _in_lists(many: int, topics: list[str]) -> Iterator[list[str]]:
    """Yield the topics in lists of at most `many`."""
    for start in range(0, len(topics), many):
        yield topics[start : start + many]


def _connect_properties() -> Properties:
    """Return what we tell a broker of MQTT 5 when we connect: how much it may send us."""
    properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
    properties.MaximumPacketSize = LARGEST
    properties.ReceiveMaximum = 64
    return properties


def _innermost(error: Exception) -> Exception:
    """Return what went wrong first where several things did."""
    return _innermost(error.exceptions[0]) if isinstance(error, ExceptionGroup) else error


def _name_of(error: MqttError, *, was_connected: bool) -> str:
    """Return which trouble it is; labels and texts go by it."""
    if isinstance(error, MqttConnectError):
        code = getattr(error.rc, "value", error.rc)
        return "password" if code in _PASSWORD else "version" if code == _VERSION else "refused"
    said = str(error)
    if "CERTIFICATE" in said.upper() or "[SSL" in said:
        return "certificate"
    if "timed out" in said or "eep alive" in said:  # paho's and aiomqtt's words
        return "silent"
    return "lost" if was_connected else "unreachable"


def _log_stray(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what paho's callbacks raise when a connection dies under them."""
    _log.warning("broker_callback_failed", reason=str(context.get("exception") or context["message"]))

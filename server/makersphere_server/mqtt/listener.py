"""What comes from the broker: devices' requests, and what others have written where our state stands.

Answers which topics to listen to now, turns messages into requests, and turns away a message that is no
request, is too large, or is one too many. Of one sender's messages no more are read than twice as many as it may send.
A sender that floods is not listened to for a while: the broker keeps its messages, so that they cost nothing here.
Devices that no room knows count as one sender. Runs in the broker's thread; knows no room.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from typing import Final

import attrs
import msgspec
import structlog
from aiomqtt import Message

from makersphere_protocol.codec import encode, nests_too_deep
from makersphere_protocol.errors import MEANINGS
from makersphere_protocol.messages import Problem, Result
from makersphere_protocol.mqtt import DEVICE_ID, Pairing, Press, Topics
from makersphere_server.limits import Limits
from makersphere_server.mqtt import broker_metrics
from makersphere_server.mqtt.retained import RetainedValues
from makersphere_server.rates import Bucket

__all__ = ["MOST_HANDED_OVER", "Listener", "Request"]

_MUTED_S: Final = 10.0
MOST_HANDED_OVER: Final = 256
_FEW_PER_S: Final = 20  # pairings, and corrections of what others have written
_FEW: Final = 100
_MOST_DEVICES: Final = 10_000
_LONGEST_CORRELATION: Final = 128
_LONGEST_TOPIC: Final = 256
_PAIRINGS: Final = "pairings"
_ROOMS: Final = "rooms"
_STRANGERS: Final = "strangers"  # all devices that are not paired

_log = structlog.get_logger("makersphere.mqtt")
_FRAMES: Final[dict[str, type[Pairing | Press]]] = {"pair": Pairing, "command": Press}


@attrs.frozen
class Request:
    """What a device asks for, and where it wants to hear the answer."""

    device: str
    frame: Pairing | Press
    topic: str
    correlation: bytes | None


@attrs.define
class _Sender:
    """How much one sender has sent: what is taken, what is read, and how many more were turned away than taken."""

    bucket: Bucket
    gate: Bucket
    turned_away: int = 0
    muted_until: float = 0.0


class Listener:
    """Listens to the broker.

    Attributes:
        takes_devices: whether devices may ask for anything.
        known: devices that are paired with a room in memory.
        handed_over: how many requests have been, counted in the broker's thread alone.
        taken: how many of them the game has taken, counted in its thread alone, so that none is lost between the two.
    """

    def __init__(
        self,
        topics: Topics,
        retained: RetainedValues,
        limits: Limits,
        *,
        takes_devices: bool,
        hand_over: Callable[[Request], None],
        answer: Callable[[str, bytes, bytes | None], None],
        flooded: Callable[[str], None],
    ) -> None:
        """Prepare.

        Args:
            topics: the names of all topics.
            retained: what we have written on them.
            limits: the server's bounds.
            takes_devices: whether devices may ask for anything.
            hand_over: hands a request to the game.
            answer: says something to a device: topic, payload, and the correlation data of its request.
            flooded: called with the sender whose flood is not listened to any more: a device's id, or "".
        """
        self.takes_devices = takes_devices
        self.known: set[str] = set()
        self._hand_over = hand_over
        self._answer = answer
        self._flooded = flooded
        self.handed_over = 0
        self.taken = 0
        self._topics = topics
        self._retained = retained
        self._limits = limits
        self._senders: dict[str, _Sender] = {}
        self._said: dict[str, str] = {}
        self._of_device = re.compile(rf"{re.escape(topics.prefix)}/devices/({DEVICE_ID.pattern})/(pair|command)")

    # -- what to listen to

    def filters(self) -> set[str]:
        """Return the topics to listen to now."""
        topics, now = self._topics, time.monotonic()
        muted = {name for name, sender in self._senders.items() if sender.muted_until > now}
        found = set() if _ROOMS in muted else {topics.server, topics.rooms}
        if self.takes_devices:
            if _PAIRINGS not in muted:
                found.add(topics.pairings)
            if muted - {_ROOMS, _PAIRINGS}:
                found |= {topics.device(device, "command") for device in self.known if f"/{device}" not in muted}
            else:
                found.add(topics.commands)
        return found

    def is_to_be_read(self, topic: bytes) -> bool:
        """Return whether a message is to be read at all, by its topic alone: this is all that a flood costs."""
        name = self._sender_of(topic.decode(errors="replace"))
        if self._is_muted(name):
            broker_metrics.UNREAD.inc()
            return False
        sender = self._sender(name)
        if name == _ROOMS or not sender.gate.take(int(time.monotonic() * 1000)):
            return True
        broker_metrics.UNREAD.inc()
        self._turn_away(name, sender)
        return False

    # -- what is heard

    def hear(self, message: Message) -> None:
        """Take a message."""
        topic = message.topic.value
        payload = bytes(message.payload)
        if self.takes_devices and (found := self._of_device.fullmatch(topic)):
            self._request(found[1], found[2], message, payload)
        elif topic == self._topics.server or topic.startswith(self._topics.room("").rstrip("/")):
            self._check_own_topic(topic, payload, is_kept=bool(message.retain))
        else:
            broker_metrics.REQUESTS.labels("bad_frame").inc()
            if not self._is_muted(_STRANGERS) and not self._is_too_much(_STRANGERS):
                _log.warning("device_topic_refused")

    def _check_own_topic(self, topic: str, payload: bytes, *, is_kept: bool) -> None:
        """Check what stands on a topic of ours; what somebody else has written there is put right."""
        if not self._retained.is_foreign(topic, payload):
            return
        broker_metrics.CORRECTED.labels("kept" if is_kept else "forged").inc()
        if self._is_muted(_ROOMS) or self._is_too_much(_ROOMS):
            return
        # What is retained may be our own, from before a restart; what comes while we are here is somebody's.
        (_log.info if is_kept else _log.warning)("foreign_state_put_right", kept=is_kept, bytes=len(payload))

    def _request(self, device: str, kind: str, message: Message, payload: bytes) -> None:
        properties = message.properties
        asked = getattr(properties, "ResponseTopic", "") if properties is not None else ""
        correlation = getattr(properties, "CorrelationData", None) if properties is not None else None
        own = self._topics.device(device, "answer")
        if message.retain:
            if payload and self._retained.is_foreign(
                message.topic.value, payload
            ):  # else it would come again and again
                self._refuse(device, own, None, "", "bad_frame", "retained")
            return
        name = self._name_of(device, kind)
        if self._is_muted(name):
            broker_metrics.UNREAD.inc()  # it was under way already
        elif self._is_too_much(name):
            self._refuse(device, own, correlation, _id_in(payload), "rate_limited", "too_much")
        elif asked and asked != own and not asked.startswith(f"{own}/"):
            self._refuse(device, own, correlation, _id_in(payload), "bad_frame", "answer_elsewhere")
        elif len(asked) > _LONGEST_TOPIC:
            self._refuse(device, own, correlation, _id_in(payload), "bad_frame", "long_answer_topic")
        elif correlation is not None and len(correlation) > _LONGEST_CORRELATION:
            self._refuse(device, own, None, _id_in(payload), "bad_frame", "long_correlation")
        elif len(payload) > self._limits.frame_bytes:
            self._refuse(device, own, correlation, "", "bad_frame", "too_large")
        else:
            self._read(device, kind, payload, asked or own, correlation)

    def _read(self, device: str, kind: str, payload: bytes, topic: str, correlation: bytes | None) -> None:
        if nests_too_deep(payload):
            self._refuse(device, topic, correlation, "", "bad_frame", "malformed", "nested too deep")
            return
        try:
            frame = msgspec.json.decode(payload, type=_FRAMES[kind])
        except (msgspec.MsgspecError, ValueError) as error:
            self._refuse(device, topic, correlation, _id_in(payload), "bad_frame", "malformed", str(error))
            return
        if self.handed_over - self.taken >= MOST_HANDED_OVER:
            self._refuse(device, topic, correlation, frame.id, "rate_limited", "busy")
            return
        self.handed_over += 1
        self._hand_over(Request(device, frame, topic, correlation))

    def _refuse(
        self, device: str, topic: str, correlation: bytes | None, id: str, code: str, why: str, detail: str = ""
    ) -> None:
        broker_metrics.REQUESTS.labels(code).inc()
        if why != self._said.get(device):  # a line for each kind of trouble of a device, not for each message
            if len(self._said) >= _MOST_DEVICES:
                self._said.clear()
            self._said[device] = why
            _log.warning("device_refused", device=device, code=code, why=why)
        sentence = MEANINGS[code] + (f" ({detail})" if detail else "")
        result = Result(id, ok=False, now=time.time_ns() // 1_000_000, error=Problem(code, sentence))
        self._answer(topic, encode(result), correlation)

    # -- how much is heard

    def _sender_of(self, topic: str) -> str:
        """Return under which name a message's sender is counted: a device's own, or one that many senders share."""
        if not self.takes_devices or not topic.startswith(f"{self._topics.prefix}/devices/"):
            return _ROOMS
        asked = self._of_device.fullmatch(topic)
        return _STRANGERS if asked is None else self._name_of(asked[1], asked[2])

    def _name_of(self, device: str, kind: str) -> str:
        """Return by which name a device is counted; the name of a paired device begins with a slash."""
        return _PAIRINGS if kind == "pair" else f"/{device}" if device in self.known else _STRANGERS

    def _sender(self, name: str) -> _Sender:
        sender = self._senders.get(name)
        if sender is None:
            limits = self._limits
            is_paired = name.startswith("/")
            per_s, burst = (limits.commands_per_s, limits.command_burst) if is_paired else (_FEW_PER_S, _FEW)
            sender = self._senders[name] = _Sender(Bucket(per_s, burst), Bucket(2 * per_s, 2 * burst))
        return sender

    def _is_muted(self, name: str) -> bool:
        sender = self._senders.get(name)
        return sender is not None and sender.muted_until > time.monotonic()

    def _is_too_much(self, name: str) -> bool:
        """Count one more of a sender that has been read."""
        sender = self._sender(name)
        if not sender.bucket.take(int(time.monotonic() * 1000)):
            sender.turned_away = max(sender.turned_away - 1, 0)
            return False
        self._turn_away(name, sender)
        return True

    def _turn_away(self, name: str, sender: _Sender) -> None:
        """Count one more that was too much; stop listening where it is a flood."""
        sender.turned_away += 1
        if sender.turned_away > self._limits.flood:
            sender.turned_away, sender.muted_until = 0, time.monotonic() + _MUTED_S
            whose = name.removeprefix("/") if name.startswith("/") else ""
            broker_metrics.MUTED.labels("device" if whose else name).inc()
            _log.warning("flood_muted", device=whose or name, seconds=int(_MUTED_S))
            self._flooded(whose)

    def set_known_devices(self, devices: Iterable[str]) -> None:
        """Set which devices are paired now."""
        self.known = set(devices)
        gone = [name for name in self._senders if name.startswith("/") and name[1:] not in self.known]
        for name in gone:
            del self._senders[name]


def _id_in(payload: bytes) -> str:
    """Return the id of a message that could not be taken, if it has one, so that its sender knows what is answered."""
    start = payload[:16_384]
    if nests_too_deep(start):
        return ""
    try:
        found = msgspec.json.decode(start, type=_WithId)
    except (msgspec.MsgspecError, ValueError):
        return ""
    return found.id[:64]


class _WithId(msgspec.Struct):
    id: str = ""

"""The packet filter in a broker's socket, fed with bytes: what is wanted comes out as it went in, however cut."""

import pytest

from makersphere_protocol.mqtt import Topics
from makersphere_server.limits import Limits
from makersphere_server.mqtt.packet_filter import LARGEST, PacketFilter
from tests.server.rig.listening import Listening

PUBACK = b"\x40\x02\x00\x07"
COMMAND = b"makersphere/v1/devices/%s/command"


def packet(first: int, body: bytes) -> bytes:
    """Return a packet, its length as MQTT writes it."""
    left, length = len(body), bytearray()
    while True:
        left, low = left >> 7, left & 127
        length.append(low | (128 if left else 0))
        if not left:
            return bytes([first]) + length + body


def message(topic: bytes, payload: bytes = b"", mid: int = 0) -> bytes:
    """Return a message of QoS 1 where it has an identifier, else of QoS 0."""
    head = len(topic).to_bytes(2, "big") + topic + (mid.to_bytes(2, "big") if mid else b"")
    return packet(0x32 if mid else 0x30, head + b"\x00" + payload)


class _MemorySocket:
    """A socket that has bytes in pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)
        self.name = "wire"

    def recv(self, size: int) -> bytes:
        """Return the next piece; nothing left is a socket that waits."""
        if not self.pieces:
            raise BlockingIOError
        assert len(self.pieces[0]) <= size
        return self.pieces.pop(0)


def read(packet_filter: PacketFilter, socket: _MemorySocket) -> bytes:
    """Read as paho does, a byte and then the rest, until nothing is left."""
    found = b""
    while True:
        try:
            found += packet_filter.recv(1)
            found += packet_filter.recv(10_000)
        except BlockingIOError:
            if not socket.pieces and not packet_filter.pending():
                return found


@pytest.mark.parametrize("size", [1, 3, 1_000])
def test_what_is_not_wanted_is_left_out_and_acknowledged(size: int) -> None:
    """All else comes whole and in order, wherever the pieces are cut."""
    wanted = [PUBACK, message(b"good", b"x" * 500), packet(0xD0, b""), message(b"good", b"y", 3)]
    unwanted = [message(b"bad", b"z" * 300), message(b"bad", b"z", 4), message(b"bad", mid=259)]
    stream = wanted[0] + unwanted[0] + wanted[1] + unwanted[1] + wanted[2] + unwanted[2] + wanted[3]
    socket, asked, acknowledged = (
        _MemorySocket(*(stream[at : at + size] for at in range(0, len(stream), size))),
        [],
        list[int](),
    )

    def wants(topic: bytes) -> bool:
        asked.append(topic)
        return topic == b"good"

    assert read(PacketFilter(socket, wants, acknowledged.append), socket) == b"".join(wanted)
    assert asked == [b"bad", b"good", b"bad", b"bad", b"good"]
    assert acknowledged == [4, 259]


def test_what_is_too_large_is_never_kept() -> None:
    """A broker of 3.1.1 cannot be told to keep it: it is left out on the way, and what follows is read."""
    stream = message(b"good", b"x" * (3 * LARGEST), 5) + PUBACK
    socket, acknowledged = (
        _MemorySocket(*(stream[at : at + 16_384] for at in range(0, len(stream), 16_384))),
        list[int](),
    )
    packet_filter = PacketFilter(socket, lambda _: True, acknowledged.append)
    assert read(packet_filter, socket) == PUBACK
    assert acknowledged == [5]
    assert len(packet_filter._raw) < LARGEST


def test_the_end_of_a_connection_is_passed_on() -> None:
    """Everything but reading is the socket's own."""
    packet_filter = PacketFilter(_MemorySocket(PUBACK, b""), lambda _: True, print)
    assert packet_filter.recv(4) == PUBACK
    assert packet_filter.recv(1) == b""
    assert packet_filter.name == "wire"


def test_of_a_flood_no_more_than_twice_of_what_may_be_sent_is_read() -> None:
    """Then the device is not listened to; another one is, under a topic of its own."""
    listening = Listening(known=["loud", "calm"])
    listener = listening.listener
    assert listener.filters() >= {Topics().commands}
    read = sum(listener.is_to_be_read(COMMAND % b"loud") for _ in range(10_000))
    assert 2 * Limits().command_burst <= read < 3 * Limits().command_burst
    assert listening.flooded == ["loud"]
    assert listener.is_to_be_read(COMMAND % b"calm")
    assert Topics().device("calm", "command") in listener.filters()
    assert not listener.filters() & {Topics().commands, Topics().device("loud", "command")}


def test_strangers_count_as_one() -> None:
    """Whoever floods under a thousand names is not listened to either, and those who are paired are."""
    listener = Listening(known=["calm"]).listener
    read = sum(listener.is_to_be_read(COMMAND % b"name-%d" % number) for number in range(1_000))
    assert 0 < read < 500
    assert not listener.is_to_be_read(COMMAND % b"stranger")
    assert listener.is_to_be_read(COMMAND % b"calm")
    assert Topics().device("calm", "command") in listener.filters()
    assert Topics().commands not in listener.filters()


def test_a_device_whose_name_is_none_is_a_stranger() -> None:
    """It gets past neither count nor mute by a name that no device may have."""
    listener = Listening(known=["calm"]).listener
    read = sum(listener.is_to_be_read(COMMAND % b"BAD_1") for _ in range(1_000))
    assert 0 < read < 500
    assert not listener.is_to_be_read(COMMAND % b"stranger")
    assert listener.is_to_be_read(COMMAND % b"calm")

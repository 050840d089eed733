"""Frames that no honest client sends: changed ones, odd JSON, raw bytes. What each is made of comes from chance alone.

60 % are frames of the contract with something changed, 20 % are oddities of JSON, 20 % raw protocol bytes; source of
the mix: the guarantees in docs/faults.md.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any, Final

__all__ = ["code_of_close", "mutated", "odd_json", "raw_bytes"]

_MOST: Final = 16_000
_FRAMES: Final[tuple[dict[str, Any], ...]] = (
    {"type": "command", "id": "x", "name": "count", "args": {"by": 3}, "at": {"season": 1, "phase": "count"}},
    {"type": "command", "id": "x", "name": "ready", "args": {"ready": True}, "at": {"season": 1, "phase": "count"}},
    {"type": "command", "id": "x", "name": "rejoin_code"},
    {"type": "command", "id": "x", "name": "ask", "args": {"what": "help"}},
    {"type": "command", "id": "x", "name": "host.pause"},
    {"type": "preview", "id": "x", "name": "count", "args": {"by": 3}},
    {"type": "join", "room": "2222222", "name": "Mina", "role": "maker", "language": "en", "seat": 1, "id": "j"},
    {"type": "join", "room": "2222222", "name": "Mina", "seat": 1, "pass": "22222222", "id": "j"},
    {"type": "resume", "room": "2222222", "seat_token": "x", "seq": 3, "epoch": 1},
    {"type": "watch", "room": "2222222"},
    {"type": "create", "scenario": "counter", "options": {"seats": 3, "timers": {"scale": 0}}, "id": "c"},
)
_VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1, 11, 2**31, 2**53 - 1, 2**53, -(2**53), 10**40, 1.5, -0.0, 1e308),
    *("", " ", "x" * 65, "x" * 401, "\u202e", "\u200b", "\ud83d", "\x00", "count", "host.end", "__proto__", "💥" * 9),
    *([], {}, [1], [[1]], {"by": 1}, [{}], {"": ""}, [1, "x", True, None], {"by": {"by": {"by": 1}}}),
)
_ODD: Final[tuple[bytes, ...]] = (
    *(b"", b" ", b"null", b"true", b"7", b'"x"', b"[]", b"[{}]", b"{", b"}", b"{}", b'{"type"}', b"{,}", b"NaN"),
    *(b'{"type":1}', b'{"type":null}', b'{"type":"x"}', b'{"type":"command"}', b'{"type":"command","id":""}'),
    b'{"type":"command","id":"x","id":"y","name":"count","args":{"by":1}}',
    b'{"type":"command","id":"x","name":"count","args":{"by":1,"by":2}}',
    *(b'{"type":"command","id":"x","name":"count","args":{"by":%b}}' % odd
      for odd in (b"1e999", b"-Infinity", b"NaN", b"01", b"+1", b".5", b"1.", b"0x1", b"1_0", b"9" * 4_301, b"1.0")),
    b'{"type":"command","id":"x","name":"count","args":{"\\ud800":1}}',
    b'{"type":"command","id":"\\u0000","name":"count","args":{"by":1}}',
    b'{"type":"command","id":"x","name":"\xff\xfe","args":{}}',
    b'\xef\xbb\xbf{"type":"watch","room":"x"}',
    b'{"type":"command","id":"x","name":"count","args":{"by":1}} {"more":1}',
    b'{"type":"command","id":"x","name":"count","args":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
    b'{"type":"command","id":"x","name":"count","args":{' + b",".join(b'"a%d":1' % n for n in range(900)) + b"}}",
    b"/* c */{}", b"{'type':'watch'}", b'{"type":"watch",}', b'{"type":"w\natch"}', b'{"type":"watch","room":"\\q"}',
)  # fmt: skip


def mutated(chance: random.Random) -> bytes:
    """Return a frame of the contract with something changed in it."""
    frame = copy.deepcopy(chance.choice(_FRAMES))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        chance.choice(_CHANGES)(frame, chance)
    text = json.dumps(frame, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        at = chance.randrange(len(text))
        text = text[:at] + bytes((chance.randrange(256),)) + text[at + chance.randrange(3) :]
    return text[:_MOST]


def _inner(frame: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    below = [value for value in frame.values() if isinstance(value, dict)]
    return chance.choice([frame, *below])


def _change(frame: dict[str, Any], chance: random.Random) -> None:
    tree = _inner(frame, chance)
    if tree:
        tree[chance.choice(list(tree))] = copy.deepcopy(chance.choice(_VALUES))


def _drop(frame: dict[str, Any], chance: random.Random) -> None:
    tree = _inner(frame, chance)
    if tree:
        del tree[chance.choice(list(tree))]


def _add(frame: dict[str, Any], chance: random.Random) -> None:
    name = chance.choice(("x", "seat", "by", "type", "__class__", "", "x" * 70, "\u202e", "token", "now", "seq"))
    _inner(frame, chance)[name] = copy.deepcopy(chance.choice(_VALUES))


def _cross(frame: dict[str, Any], chance: random.Random) -> None:
    frame["type"] = chance.choice(("create", "join", "resume", "watch", "command", "preview", "welcome", "update"))


_CHANGES: Final[tuple[Callable[[dict[str, Any], random.Random], None], ...]] = (_change, _change, _drop, _add, _cross)


def odd_json(chance: random.Random) -> bytes:
    """Return an oddity of JSON, some with more oddity at one place."""
    text = chance.choice(_ODD)
    if text and chance.random() < 0.3:
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice((b"\0", b'"', b"\\", b"{", b"\xc3\x28", b",", b"1")) + text[at:]
    return text[:_MOST]


def raw_bytes(chance: random.Random) -> bytes:
    """Return bytes that break the WebSocket protocol, or keep to it in an unusual way (RFC 6455, 5)."""
    body = chance.randbytes(chance.choice((0, 1, 5, 125)))
    size = len(body)
    match chance.randrange(9):
        case 0:
            return chance.randbytes(chance.randrange(1, 200))
        case 1:  # not masked
            return bytes((0x81, size)) + body
        case 2:  # reserved bits, or a reserved opcode
            return bytes((chance.choice((0xC1, 0xA1, 0x91, 0x83, 0x8B, 0x8F)), 0x80 | size)) + b"\0\0\0\0" + body
        case 3:  # a control frame in pieces, or too large
            return b"\x09\x80\0\0\0\0" if chance.random() < 0.5 else b"\x89\xfe\x00\x7e\0\0\0\0" + bytes(126)
        case 4:  # a continuation of nothing
            return bytes((0x80, 0x80 | size)) + b"\0\0\0\0" + body
        case 5:  # larger than anybody may send
            return b"\x81\xff" + (1 << chance.randrange(20, 62)).to_bytes(8, "big") + b"\0\0\0\0"
        case 6:  # a close with an odd code or reason
            return bytes((0x88, 0x80 | size)) + b"\0\0\0\0" + body
        case 7:  # text that is no UTF-8
            return bytes((0x81, 0x82)) + b"\0\0\0\0\xc3\x28"
        case _:  # pings and pongs that nobody asked for
            return bytes((chance.choice((0x89, 0x8A)), 0x80 | size)) + b"\0\0\0\0" + body


def code_of_close(data: bytes) -> set[int]:
    """Return the code with which `raw_bytes` closes, if these are a close with one."""
    return {int.from_bytes(data[6:8], "big")} if data[:1] == b"\x88" and len(data) >= 8 else set()

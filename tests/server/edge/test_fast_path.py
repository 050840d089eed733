"""The fast path of a socket: taken with the library that is pinned, left with a parser that waits in another way.

Why it is there, and what guards it: docs/adr/0014-the-websocket-fast-path.md.
"""

from collections.abc import Callable, Generator
from functools import wraps

import pytest
from websockets.protocol import Protocol
from websockets.streams import StreamReader

from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Command, Create, Options, Result, Welcome
from makersphere_server.app import running
from makersphere_server.edge.ws import Socket
from tests.loopback import loopback
from tests.server.rig.memory_log import MemoryLog
from tests.server.rig.sockets import dial, hear, masked, say

Parser = Callable[[Protocol], Generator[None]]
Waiting = Callable[[StreamReader], Generator[None, None, bool]]


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many bytes the fast path took, each time that it was asked."""
    taken: list[int] = []
    take = Socket._take_whole

    def noting(*asked: object) -> int:
        taken.append(take(*asked))  # type: ignore[arg-type]  # what the socket hands itself
        return taken[-1]

    monkeypatch.setattr(Socket, "_take_whole", noting)
    return taken


async def answers() -> list[str]:
    """Send messages whole, two at once, in pieces around a ping and cut in two; return the ids as they are answered."""
    async with running(loopback(), StandIns(), log=MemoryLog()) as server, dial(server) as host:
        await say(host, Create("counter", Options(seats=1)))
        await hear(host, Welcome)
        texts = [encode(Command(f"{n}", "host.announce", {"text": "x" * 60 * n})) for n in range(1, 7)]
        one, two, three, _, five, six = (masked(0x81, text) for text in texts)
        four = masked(0x01, texts[3][:9]) + masked(0x89, b"there?") + masked(0x80, texts[3][9:])
        found: list[str] = []
        for writes, results in (([one], 1), ([two + three], 2), ([four], 1), ([five], 1), ([six[:20], six[20:]], 1)):
            for write in writes:
                host.transport.write(write)
            found += [(await hear(host, Result)).id for _ in range(results)]
        return found


async def test_the_fast_path_is_taken_with_the_pinned_library(fast: list[int]) -> None:
    """Whole short messages do not pass through the library's parser; where they do, an update has changed it."""
    assert await answers() == ["1", "2", "3", "4", "5", "6"]
    assert sum(taken > 0 for taken in fast) >= 3


def _one_call_deeper(parse: Parser) -> Parser:
    @wraps(parse)
    def deeper(protocol: Protocol) -> Generator[None]:
        yield from parse(protocol)

    return deeper


def _waits_elsewhere(at_eof: Waiting) -> Waiting:
    @wraps(at_eof)
    def elsewhere(reader: StreamReader) -> Generator[None, None, bool]:
        return (yield from at_eof(reader))

    return elsewhere


class _NoGenerator:
    """A parser that is stepped like the library's and shows nothing of where it waits."""

    def __init__(self, steps: Generator[None]) -> None:
        self._steps = steps

    def __next__(self) -> None:
        return next(self._steps)

    def __iter__(self) -> "_NoGenerator":
        return self


@pytest.mark.parametrize(
    ("place", "name", "other"),
    [
        (Protocol, "parse", _one_call_deeper),
        (Protocol, "parse", lambda parse: lambda protocol: _NoGenerator(parse(protocol))),
        (StreamReader, "at_eof", _waits_elsewhere),
    ],
    ids=["one call deeper", "no generator", "waits elsewhere"],
)
async def test_a_parser_that_waits_in_another_way_is_left_alone(
    fast: list[int], monkeypatch: pytest.MonkeyPatch, place: type, name: str, other: Callable[[object], object]
) -> None:
    """Where the guard does not recognise the library's parser, all bytes go through it, and all answers are right."""
    monkeypatch.setattr(place, name, other(getattr(place, name)))
    assert await answers() == ["1", "2", "3", "4", "5", "6"]
    assert fast == []

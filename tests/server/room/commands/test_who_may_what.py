"""Every message by everybody: each cell is decided on purpose, and a message or command without a row fails here."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import (
    BESIDE,
    CLIENT_FRAMES,
    ClientFrame,
    Command,
    Create,
    Join,
    Preview,
    Resume,
    Watch,
)
from makersphere_server.room.commands.host.table import HOST_COMMANDS, who_may_send
from makersphere_server.room.model.inbox import Sent
from tests.server.rig.fakes import Client, Rig, settle

WHO: Final = ("anonymous", "watcher", "seat", "removed", "host", "other_seat", "other_host")
IN, THEIRS = "in", "theirs"  # let in; taken as a command of theirs, whatever the game says to it
ELSEWHERE = "elsewhere"  # a command of theirs, and in another room
BAD, ROLE, GONE, NO = "bad_frame", "not_your_role", "gone", "unauthorised"

# First frames as `WHO` sends them: a stranger on a fresh connection, the others where they are.
FRAMES: Final = MappingProxyType(
    {
        "create": (IN, BAD, BAD, GONE, BAD, BAD, BAD),
        "join": (IN, BAD, BAD, GONE, BAD, BAD, BAD),
        "resume": (NO, BAD, BAD, GONE, BAD, BAD, BAD),
        "watch": (IN, BAD, BAD, GONE, BAD, BAD, BAD),
        "command": (BAD, ROLE, THEIRS, GONE, ROLE, ELSEWHERE, ROLE),
        "preview": (BAD, ROLE, THEIRS, GONE, ROLE, ELSEWHERE, ROLE),
    }
)
# Whoever comes on a fresh connection with the token that it has, to this room.
TOKENS: Final = MappingProxyType(
    {"seat": IN, "removed": NO, "host": IN, "other_seat": NO, "other_host": NO, "seat_as_host": NO, "host_as_seat": NO}
)
_HOSTS: Final = (BAD, ROLE, ROLE, GONE, THEIRS, ROLE, ELSEWHERE)
_SEATS: Final = (BAD, ROLE, THEIRS, GONE, ROLE, ELSEWHERE, ROLE)
COMMANDS: Final = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *(
                    "host.start",
                    "host.pause",
                    "host.resume",
                    "host.extend",
                    "host.end_at",
                    "host.advance",
                    "host.last_season",
                    "host.seat",
                    "host.remove",
                ),
                *("host.look", "host.show", "host.shock", "host.rewind", "host.announce", "host.message", "host.lock"),
                "host.answer",
                *("host.deal", "host.appoint", "host.let_go", "host.rejoin_code"),
                *("host.erase_person", "host.export_person"),
                *("host.next", "host.pick", "host.questions", "host.off_wall", "host.bookmark", "host.hand_out"),
                *("host.invite", "host.fork", "host.end", "host.pair", "host.unpair", "host.seat_pass", "host.let_in"),
            ),
            _HOSTS,
        ),
        **dict.fromkeys(
            ("ask", "change_face", "rejoin_code", "pair", "seat_pass", "let_in", "shake", "reflect"), _SEATS
        ),
        **dict.fromkeys(("ask_host", "consent", "lost", "still_here"), _SEATS),
        **dict.fromkeys(("count", "ready"), _SEATS),
        "host.nonsense": _HOSTS,
        "nonsense": _SEATS,
        "close": _SEATS,  # the room's own orders, by name
        "start": _SEATS,
        "seat": _SEATS,
        "end": _SEATS,
    }
)


class Stage:
    """A game that runs, another one, and everybody who might send something."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig

    async def set_up(self) -> "Stage":
        """Seat everybody."""
        rig = self.rig
        host, ann = await rig.started("two")
        removed = await rig.join(host.room, "Rex")
        assert (await host.command("host.remove", seat=removed.you.seat)).ok
        other_host, other_seat = await rig.started("two")
        self.room = host.room
        self.people = {
            "anonymous": Client(rig),
            "watcher": await rig.watch(host.room),
            "seat": ann,
            "removed": removed,
            "host": host,
            "other_seat": other_seat,
            "other_host": other_host,
        }
        await rig.pass_ms(100)
        return self

    async def records(self) -> int:
        """Return how many commands the room has taken."""
        return len(await self.rig.log.read(self.room))

    async def outcome(self, who: str, frame: ClientFrame) -> str:
        """Return what becomes of a frame."""
        client = self.people[who]
        before, mine = len(client.connection.got), await self.records()
        was_closed = client.connection.closed
        client.session.receive(encode(frame))
        await self.rig.pass_ms(60)
        heard = client.connection.got[before:]
        if was_closed:
            assert heard == []
            return GONE
        assert heard, f"{who} heard nothing"
        kinds = {type(one).__name__ for one in heard}
        if "Welcome" in kinds:
            return IN
        codes = [one.code if type(one).__name__ == "Error" else one.error.code for one in heard if _refused(one)]  # type: ignore[union-attr]
        if codes and codes[0] in (BAD, ROLE, NO):
            return codes[0]
        if who.startswith("other"):
            assert await self.records() == mine
            return ELSEWHERE
        return THEIRS


def _refused(frame: Any) -> bool:  # noqa: ANN401  (a frame)
    return type(frame).__name__ == "Error" or (type(frame).__name__ == "Result" and frame.error is not None)


def _frame(name: str, room: str) -> ClientFrame:
    made: dict[str, ClientFrame] = {
        "create": Create("counter"),
        "join": Join(room, "Zed"),
        "resume": Resume(room, "guess"),
        "watch": Watch(room),
        "command": Command("m", "count", {"by": 1}),
        "preview": Preview("m", "count", {"by": 1}),
    }
    return made[name]


def test_every_message_and_command_has_a_row() -> None:
    """Rows and registries are the same, cell by cell."""
    assert set(FRAMES) == {cls.type for cls in CLIENT_FRAMES}
    assert set(COMMANDS) >= {*HOST_COMMANDS, *BESIDE}
    assert all(len(row) == len(WHO) for row in (*FRAMES.values(), *COMMANDS.values()))


def test_the_table_of_commands_says_whose_each_one_is() -> None:
    """What the rows expect is what the table says, also of commands that nobody knows."""
    rows = {"host": _HOSTS, "person": _SEATS}
    assert {name: rows[who_may_send(name)] for name in COMMANDS} == COMMANDS


@pytest.mark.parametrize("name", FRAMES)
async def test_frames(rig: Rig, name: str) -> None:
    """Each kind of frame, from each kind of sender, in its place or out of it."""
    stage = await Stage(rig).set_up()
    found = tuple([await stage.outcome(who, _frame(name, stage.room)) for who in WHO])
    assert dict(zip(WHO, found, strict=True)) == dict(zip(WHO, FRAMES[name], strict=True))


@pytest.mark.parametrize("name", COMMANDS)
async def test_commands(rig: Rig, name: str) -> None:
    """Each command, from each kind of sender; what is not theirs leaves the room as it was."""
    stage = await Stage(rig).set_up()
    for who, expected in zip(WHO, COMMANDS[name], strict=True):
        before = await stage.records()
        assert await stage.outcome(who, Command(f"m-{who}", name, {})) == expected, who
        if expected != THEIRS:
            assert await stage.records() == before, who


@pytest.mark.parametrize("who", TOKENS)
async def test_tokens(rig: Rig, who: str) -> None:
    """A token opens its own place in its own room, and nothing else."""
    stage = await Stage(rig).set_up()
    token = stage.people[who.partition("_as_")[0]].token
    as_host = who.endswith(("host",)) and who != "host_as_seat"
    stage.people["anonymous"] = Client(rig)
    frame = Resume(stage.room, host_token=token) if as_host else Resume(stage.room, token)
    assert await stage.outcome("anonymous", frame) == TOKENS[who]


@pytest.mark.parametrize("name", [*HOST_COMMANDS, *sorted(BESIDE), "close", "start", "seat", "end"])
async def test_a_bot_is_a_seat_and_no_more(rig: Rig, name: str) -> None:
    """A policy that sends a host's or the room's command changes nothing."""
    stage = await Stage(rig).set_up()
    room, before = rig.room(stage.room), await stage.records()
    room.inbox.put(Sent(actor=2, by="bot", name=name, since_ms=rig.clock.now))
    await settle()
    assert await stage.records() == before
    assert room.failure == ""


@pytest.mark.parametrize(
    "frame",
    [
        lambda room: Resume(room, "WRONGTOKEN"),
        lambda room: Resume(room, "", "WRONGTOKEN"),
        lambda room: Resume(room, code="WRNGTKEN"),
        lambda room: Resume(room, "WRONGTOKEN", "WRONGTOKEN", seq=10**9, epoch=1),
    ],
)
async def test_a_wrong_token_touches_nothing(
    rig: Rig, frame: Callable[[str], ClientFrame], capsys: pytest.CaptureFixture[str]
) -> None:
    """No timer, no presence, no frame to anybody, no write, no hold of the room, and no line that has the token."""
    host, ann = await rig.started("two")
    ann.leave()
    await rig.pass_ms(200)
    host.read()
    room = rig.room(host.room)
    live = room._live
    before = (
        len(host.connection.sent),
        rig.log.commits,
        live.timer.left_ms(),
        live.seats[1].tree(),
        live.standing.behind,
    )
    calls = len(rig.clock._calls)
    capsys.readouterr()
    stranger = Client(rig)
    await stranger.say(frame(host.room))
    assert stranger.error().code == "unauthorised"
    assert (
        len(host.connection.sent),
        rig.log.commits,
        live.timer.left_ms(),
        live.seats[1].tree(),
        live.standing.behind,
    ) == before
    assert len(rig.clock._calls) <= calls + 2  # its own deadline for the first frame
    heard = capsys.readouterr()
    assert "WRONGTOKEN" not in heard.out + heard.err
    assert "WRNGTKEN" not in heard.out + heard.err
    await rig.pass_ms(59_000)
    assert live.seats[1].by == "away"  # the minute in which she may come back has not begun anew
    await rig.pass_ms(1_000)
    assert live.seats[1].by == "bot"

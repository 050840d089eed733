"""A client's connection: one answer to each command, whatever the link does."""

from __future__ import annotations

import asyncio
import random
import time

import pytest

from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import Connection, ConnectionEnded, new_id
from makersphere_clients.mirror import Mirror
from makersphere_protocol.messages import At, Create, Error, Join, Line, Problem, Result, Resume, Update, Watch
from tests.clients.fake import AT_ONCE, Caller, fake_server

JOIN = Join("R", "Ann")


def test_ids_begin_with_the_time_and_are_never_the_same() -> None:
    """They rise, so that those of all clients lie side by side in the server's index."""
    before = time.time_ns() // 1_000_000
    ids = [new_id() for _ in range(100)]
    times = [int(one[:12], 16) for one in ids]
    assert len({*ids}) == 100
    assert times == sorted(times)
    assert before <= times[0] <= times[-1] <= time.time_ns() // 1_000_000


@pytest.mark.parametrize("host", ["192.168..5", "my..school", "a" * 64])
async def test_a_host_that_no_machine_is_called_ends_it_at_once(host: str) -> None:
    """Also for a program that would wait for an absent server for ever."""
    connection = Connection(f"ws://{host}:8040/ws", JOIN)
    with pytest.raises(ConnectionEnded) as ended:
        await connection.open()
    assert (ended.value.code, connection.dialled) == ("no_answer", 0)


async def test_a_join_has_an_id_and_later_links_resume_with_the_token() -> None:
    """Only the first frame of a connection joins; afterwards the token and the last seq say who comes."""

    async def first(caller: Caller) -> None:
        await caller.welcome(seq=3)
        await caller.send(Update(5, 1_000, {"tally": {"total": 2}}))
        caller.cut()

    async def second(caller: Caller) -> None:
        await caller.welcome(seq=9, resumed=True)
        await caller.send(Update(9, 1_000, {"tally": {"total": 4, "last": 2}}))
        await caller.stay()

    async with fake_server(first, second) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE) as connection:
        await connection.until(lambda: connection.mirror.seq == 9)

        assert connection.mirror.table["tally"] == {"total": 4, "last": 2}
        assert connection.mirror.table["game"]["phase"] == "count"
        assert connection.seat_token == "token-1"  # noqa: S105  (the fake's)
        join, resume = fake.heard[0][0], fake.heard[1][0]
        assert join["type"] == "join"
        assert len(join["id"]) == 44
        assert resume == {"type": "resume", "room": "R", "seat_token": "token-1", "seq": 5, "epoch": 1}


async def test_a_join_whose_welcome_was_lost_is_sent_again_with_its_id() -> None:
    """No ghost sits down because a welcome did not arrive."""

    async def deaf(caller: Caller) -> None:
        await caller.hear()
        caller.cut()

    async def polite(caller: Caller) -> None:
        await caller.welcome()
        await caller.stay()

    async with fake_server(deaf, polite) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE):
        assert fake.heard[0][0] == fake.heard[1][0]


async def test_a_command_is_sent_again_with_its_id_until_its_result_comes() -> None:
    """Two lost links later the command has been sent three times, and is answered once."""

    async def lose(caller: Caller) -> None:
        await caller.welcome()
        await caller.hear()
        caller.cut()

    async def keep(caller: Caller) -> None:
        await caller.welcome()
        await caller.accept(7)
        await caller.stay()

    async with fake_server(lose, lose, keep) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE) as connection:
        result = await connection.command("count", {"by": 3}, At(1, "count"))

        assert (result.ok, result.seq) == (True, 7)
        sent = [frames[1] for frames in fake.heard]
        assert sent[0] == sent[1] == sent[2]
        assert sent[0]["args"] == {"by": 3}
        assert sent[0]["at"] == {"season": 1, "phase": "count"}
        assert len(sent[0]["id"]) == 44


async def test_commands_under_way_are_sent_again_in_their_order() -> None:
    """What was meant first comes first after a reconnect too."""

    async def lose(caller: Caller) -> None:
        await caller.welcome()
        for _ in range(3):
            await caller.hear()
        caller.cut()

    async def keep(caller: Caller) -> None:
        await caller.welcome()
        for seq in (1, 2, 3):
            await caller.accept(seq)
        await caller.stay()

    async with fake_server(lose, keep) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE) as connection:
        async with asyncio.TaskGroup() as group:
            for by in (1, 2, 3):
                group.create_task(connection.command("count", {"by": by}))

        assert [frame["args"]["by"] for frame in fake.heard[1][1:]] == [1, 2, 3]


async def test_a_link_that_answers_nothing_is_taken_for_dead() -> None:
    """A result that was swallowed without a word is asked for again on a new socket."""

    async def silent(caller: Caller) -> None:
        await caller.welcome()
        await caller.stay()

    async def awake(caller: Caller) -> None:
        await caller.welcome()
        await caller.accept(2)
        await caller.stay()

    async with (
        fake_server(silent, awake) as fake,
        Connection(fake.url, JOIN, backoff=AT_ONCE, answer_s=1.0) as connection,
    ):
        result = await connection.command("count", {"by": 1})

        assert result.ok
        assert fake.heard[0][1]["id"] == fake.heard[1][1]["id"]


async def test_every_command_has_an_id_of_its_own() -> None:
    """Two equal intentions are two commands."""

    async def keep(caller: Caller) -> None:
        await caller.welcome()
        await caller.accept(1)
        await caller.accept(2)
        await caller.stay()

    async with fake_server(keep) as fake, Connection(fake.url, JOIN) as connection:
        await connection.command("count", {"by": 1})
        await connection.command("count", {"by": 1})

        assert fake.heard[0][1]["id"] != fake.heard[0][2]["id"]


async def test_a_refusal_is_a_result_and_not_the_end() -> None:
    """A refused command leaves the connection open."""

    async def refuse(caller: Caller) -> None:
        await caller.welcome()
        command = await caller.hear()
        await caller.send(Result(command["id"], ok=False, now=1, error=Problem("rule", "No.", "by")))
        await caller.accept(2)
        await caller.stay()

    async with fake_server(refuse) as fake, Connection(fake.url, JOIN) as connection:
        refused = await connection.command("count", {"by": 99})
        done = await connection.command("count", {"by": 1})

        assert refused.error == Problem("rule", "No.", "by")
        assert done.ok
        assert connection.connected


async def test_a_preview_is_asked_and_answered() -> None:
    """What a command would change comes back, and the mirror stays as it is."""

    async def show(caller: Caller) -> None:
        await caller.welcome()
        asked = await caller.hear()
        await caller.send(Result(asked["id"], ok=True, now=1, preview={"table": {"tally": {"total": 1}}}))
        await caller.stay()

    async with fake_server(show) as fake, Connection(fake.url, JOIN) as connection:
        result = await connection.preview("count", {"by": 1})

        assert result.preview == {"table": {"tally": {"total": 1}}}
        assert "tally" not in connection.mirror.table
        assert fake.heard[0][1]["type"] == "preview"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (4400, "bad_frame"),
        (4401, "unauthorised"),
        (4404, "no_such_room"),
        (4409, "replaced"),
        (4410, "removed"),
        (1009, "frame_too_large"),
    ],
)
async def test_what_trying_again_cannot_mend_is_not_tried_again(code: int, name: str) -> None:
    """A token that another device has taken is not fought for; whoever waits is told why it is over."""

    async def send_away(caller: Caller) -> None:
        await caller.welcome()
        await caller.hear()
        await caller.close(code)

    async with fake_server(send_away) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE) as connection:
        with pytest.raises(ConnectionEnded) as ended:
            await connection.command("count", {"by": 1})
        with pytest.raises(ConnectionEnded):
            await connection.command("count", {"by": 1})
        with pytest.raises(ConnectionEnded):
            await connection.until(lambda: False)

        assert (ended.value.code, ended.value.close) == (name, code)
        assert connection.dialled == len(fake.heard) == 1


@pytest.mark.parametrize("code", [1000, 1001, 1011, 1012, 1013, 4408, 4429])
async def test_what_may_pass_is_tried_again(code: int) -> None:
    """A restart, a full or a slow server, a flood: the client comes back."""

    async def send_away(caller: Caller) -> None:
        await caller.welcome()
        await caller.close(code)

    async def keep(caller: Caller) -> None:
        await caller.welcome()
        await caller.accept(2)
        await caller.stay()

    async with fake_server(send_away, keep) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE) as connection:
        assert (await connection.command("count", {"by": 1})).ok


@pytest.mark.parametrize("code", ["no_such_room", "room_full", "name_taken", "bad_name", "joining_closed", "bad_args"])
async def test_who_is_not_let_in_is_told_why(code: str) -> None:
    """The server's code and sentence reach whoever opens the connection."""

    async def refuse(caller: Caller) -> None:
        await caller.hear()
        await caller.send(Error(code, "A sentence."))
        await caller.close(1013)

    async with fake_server(refuse) as fake:
        with pytest.raises(ConnectionEnded) as ended:
            await Connection(fake.url, JOIN, backoff=AT_ONCE).open()

        assert (ended.value.code, ended.value.message) == (code, "A sentence.")
        assert len(fake.heard) == 1


@pytest.mark.parametrize("code", ["unavailable", "server_behind", "rate_limited"])
async def test_a_server_that_cannot_now_is_asked_again(code: str) -> None:
    """A store that is away comes back, and so does the client."""

    async def refuse(caller: Caller) -> None:
        await caller.hear()
        await caller.send(Error(code, "Not now."))
        await caller.close(1013)

    async def keep(caller: Caller) -> None:
        await caller.welcome()
        await caller.stay()

    async with fake_server(refuse, keep) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE) as connection:
        assert connection.connected
        assert len(fake.heard) == 2


async def test_a_frame_that_cannot_be_read_is_made_good_by_a_whole_picture() -> None:
    """After nonsense the picture is not trusted: the next resume names no seq."""

    async def nonsense(caller: Caller) -> None:
        await caller.welcome(seq=4)
        await caller.send_raw("{nonsense")
        await caller.stay()

    async def keep(caller: Caller) -> None:
        await caller.welcome(seq=6)
        await caller.stay()

    async with fake_server(nonsense, keep) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE) as connection:
        await connection.until(lambda: connection.mirror.seq == 6)

        assert "seq" not in fake.heard[1][0]


async def test_a_redraw_fetches_a_whole_picture() -> None:
    """Whoever must have the newest state can ask for it."""

    async def old(caller: Caller) -> None:
        await caller.welcome(table={"tally": {"total": 1}})
        await caller.stay()

    async def new(caller: Caller) -> None:
        await caller.welcome(table={"tally": {"total": 2}})
        await caller.stay()

    async with fake_server(old, new) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE) as connection:
        await connection.redraw()

        assert connection.mirror.table == {"tally": {"total": 2}}
        assert "seq" not in fake.heard[1][0]


async def test_a_host_comes_back_with_its_token_and_a_watcher_just_comes_back() -> None:
    """Each opening has its own way back."""

    async def lose(caller: Caller) -> None:
        await caller.welcome()
        caller.cut()

    async def keep(caller: Caller) -> None:
        await caller.welcome()
        await caller.stay()

    host = Resume("R", host_token="h")  # noqa: S106  (the fake's)
    async with fake_server(lose, keep) as fake, Connection(fake.url, host, backoff=AT_ONCE) as connection:
        await connection.until(lambda: len(fake.heard) == 2 and connection.connected)
        assert fake.heard[0][0] == {"type": "resume", "room": "R", "host_token": "h"}
    assert Create("counter").id == ""
    assert Connection("ws://127.0.0.1:1/ws", Watch("R")).mirror.you.kind == "watcher"


async def test_the_log_and_the_clock_are_kept() -> None:
    """What happened is there for reading aloud, and the server's clock counts."""

    async def tell(caller: Caller) -> None:
        await caller.welcome()
        await caller.send(Update(2, 9_999_999_999_999, None, None, [Line("counted", 2, {"seat": 1})]))
        await caller.stay()

    async with fake_server(tell) as fake, Connection(fake.url, JOIN) as connection:
        await connection.until(lambda: connection.mirror.seq == 2)

        assert [line.values for line in connection.mirror.lines] == [{"seat": 1}]
        assert connection.mirror.ahead_ms > 0


async def test_closing_gives_up_what_is_under_way() -> None:
    """Nobody waits for ever on a connection that its owner has closed."""

    async def silent(caller: Caller) -> None:
        await caller.welcome()
        await caller.stay()

    async with fake_server(silent) as fake:
        connection = Connection(fake.url, JOIN)
        await connection.open()
        asked = asyncio.create_task(connection.command("count", {"by": 1}))
        await asyncio.sleep(0)
        await connection.close()

        with pytest.raises(ConnectionEnded, match="closed"):
            await asked


def test_delays_grow_to_five_seconds_and_are_never_in_step() -> None:
    """0.3, 0.7, 1.5, 3, 5 s, each 30 % more or less."""
    backoff = Backoff(rng=random.Random(1))

    for attempt, delay_s in enumerate((0.3, 0.7, 1.5, 3.0, 5.0, 5.0)):
        drawn = {backoff.delay_s(attempt) for _ in range(50)}
        assert len(drawn) > 40
        assert delay_s * 0.7 <= min(drawn) <= max(drawn) <= delay_s * 1.3


def test_nobody_comes_back_before_the_server_said() -> None:
    """A server that is overloaded says in how many seconds; each waits that long and a little more of its own."""
    backoff = Backoff(rng=random.Random(1))
    drawn = {backoff.delay_s(0, 8) for _ in range(50)}
    assert len(drawn) > 40
    assert 8 <= min(drawn) <= max(drawn) <= 8 * 1.3
    assert backoff.delay_s(9, 1) > 1.3


def test_what_is_told_again_stands_once() -> None:
    """Whoever comes back with nothing seen is told again what hosts wrote, beside what is new."""
    first, second = Line("messaged", 3, {"text": "Well done"}), Line("counted", 3, {"by": 1})
    mirror = Mirror()
    mirror.update(Update(3, 0, log=[first, second]))
    mirror.update(Update(4, 0, log=[first, Line("announced", 4, {"text": "Two minutes"})]))
    assert [line.text for line in mirror.lines] == ["messaged", "counted", "announced"]
    mirror.update(Update(4, 0, log=[Line("announced", 1, {"text": "Of long ago"}), first]))
    assert [line.text for line in mirror.lines] == ["messaged", "counted", "announced"]

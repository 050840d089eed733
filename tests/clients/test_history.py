"""A client quotes the mark of what it saw last, and takes the server's history for the true one."""

from makersphere_clients.connection import Connection
from makersphere_protocol.messages import Join, Line, Update, Welcome, You
from tests.clients.fake import AT_ONCE, Caller, fake_server

JOIN = Join("R", "Ann")


async def test_a_resume_quotes_the_mark_that_came_with_its_seq() -> None:
    """The mark of a welcome is quoted until an update brings another, and none where the last frame gave none."""
    you = You("seat", 1, "player")

    async def first(caller: Caller) -> None:
        await caller.hear()
        await caller.send(Welcome("R", 1, 3, 1_000, you, 1, "token-1", table={}, hand={}, mark="at-3"))
        caller.cut()

    async def second(caller: Caller) -> None:
        await caller.hear()
        await caller.send(Welcome("R", 1, 9, 1_000, you, 1, resumed=True, mark="at-9"))
        await caller.send(Update(5, 1_000, {"tally": {"total": 2}}, mark="at-5"))
        caller.cut()

    async def third(caller: Caller) -> None:
        await caller.welcome(seq=6, resumed=True)
        await caller.send(Update(6, 1_000, {"tally": {"total": 3}}))
        caller.cut()

    async def fourth(caller: Caller) -> None:
        await caller.welcome(seq=6, resumed=True)
        await caller.send(Update(7, 1_000, {"tally": {"total": 4}}))
        await caller.stay()

    steps = (first, second, third, fourth)
    async with fake_server(*steps) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE) as connection:
        await connection.until(lambda: connection.mirror.seq == 7)
        resumes = [frames[0] for frames in fake.heard[1:]]
    assert [(frame["seq"], frame.get("mark")) for frame in resumes] == [(3, "at-3"), (5, "at-5"), (6, None)]


async def test_a_history_that_is_not_the_servers_is_forgotten() -> None:
    """Where the server has another history, its whole picture takes the old one's place, and no line stays of that."""
    you = You("seat", 1, "player")

    async def first(caller: Caller) -> None:
        await caller.welcome(seq=3)
        await caller.send(Update(5, 1_000, {"tally": {"total": 2}}, log=[Line("counted", 5)]))
        caller.cut()

    async def second(caller: Caller) -> None:
        await caller.hear()
        table = {"tally": {"total": 1}}
        await caller.send(Welcome("R", 2, 4, 1_000, you, 1, table=table, hand={}, mark="other", diverged=True))
        await caller.stay()

    async with fake_server(first, second) as fake, Connection(fake.url, JOIN, backoff=AT_ONCE) as connection:
        await connection.until(lambda: connection.mirror.diverged)
        mirror = connection.mirror
        assert (mirror.epoch, mirror.seq, mirror.mark) == (2, 4, "other")
        assert mirror.table == {"tally": {"total": 1}}
        assert not mirror.lines

"""The hosts of a class: each hosts every table too, as far as the rank goes; a code, and who is let go."""

from collections.abc import Sequence

import pytest

from makersphere_protocol.errors import Close, ProtocolError
from makersphere_protocol.messages import Resume
from makersphere_server.afterwards.beside_the_log import host_commands
from makersphere_server.classes.classes import Classes
from makersphere_server.room.model.inbox import HostsOfClass
from makersphere_server.storage.event_log import Private, StoreUnavailable
from makersphere_server.storage.record import Record
from tests.server.rig.classes import open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig, code
from tests.server.rig.limited import limited, met


async def _come(rig: Rig, room: str, token: str) -> Client:
    client = Client(rig)
    await client.say(Resume(room, host_token=token))
    return client


async def test_an_assistant_leads_all_tables_and_ends_none(rig: Rig) -> None:
    """What the class's own commands and the tables refuse is one and the same."""
    host = await open_class(rig)
    token = ((await host.command("class.invite", rank="assistant", name="Bo")).data or {})["host_token"]
    second = await _come(rig, host.room, token)
    await rig.join(host.room, "Ed")
    assert (await second.command("host.start", table=1)).ok
    assert (await second.command("class.people", names=["Ana"])).ok
    assert code(await second.command("host.end")) == "not_your_role"
    assert code(await second.command("host.last_season", last=True)) == "not_your_role"
    for command, args in (("let_go", {"host": 1}), ("remove", {"person": 1}), ("erase_person", {"person": 1})):
        assert code(await second.command(f"class.{command}", id="", at=None, **args)) == "not_your_role", command
    chair = (await seen(host)).hand["chair"]["2"]
    assert (chair["rank"], chair["name"], chair["here"]) == ("assistant", "Bo", True)
    assert {"host.start", "class.people", "class.rejoin_code"} <= set(chair["may"])
    assert not {"host.end", "host.last_season", "host.hand_out", "class.remove", "host.look", "class.let_go"} & set(
        chair["may"]
    )
    at_a_table = await _come(rig, rooms_of(host)[0], token)
    ends: tuple[tuple[str, dict[str, bool]], ...] = (("end", {}), ("last_season", {"last": True}))
    for word, last in ends:
        assert code(await at_a_table.command(f"host.{word}", id="", at=None, **last)) == "not_your_role"
    assert (await at_a_table.command("host.pause")).ok
    assert "host.let_go" not in at_a_table.hand["legal"], "who hosts by the class is the class's to let go"
    assert (await host.command("class.appoint", host=2, rank="lead")).ok
    assert (await second.command("host.end")).ok


@pytest.mark.parametrize(("language", "said"), [("en", "Somebody who leads here is called"), ("zh", "这里的主持人叫")])
async def test_nobody_takes_the_name_of_a_host(rig: Rig, language: str, said: str) -> None:
    """As it is written or one that looks like it; who is on the list under it has it, and a host let go keeps none."""
    host = await open_class(rig)
    assert (await host.command("class.invite", rank="assistant", name="Sam Lee")).ok
    for typed in ("Sam Lee", "sam lee"):
        refused = (await rig.join(host.room, typed, id=typed, language=language)).error()
        assert refused.code == "name_taken"
        assert said in refused.message
    assert (await rig.join(host.room, "Sam", id="sam")).you.kind == "seat"
    assert (await host.command("class.people", names=["Sam Lee"])).data == {"added": 1, "people": 2}
    assert (await rig.join(host.room, "Sam Lee", id="listed")).you.kind == "seat"
    assert (await host.command("class.invite", rank="visitor", name="Kim")).ok
    assert (await rig.join(host.room, "Kim", id="kim")).error().code == "name_taken"
    assert (await host.command("class.let_go", host=3)).ok
    assert (await rig.join(host.room, "Kim", id="kim")).you.kind == "seat"


async def test_signs_make_no_other_name_than_that_of_a_host(rig: Rig) -> None:
    """A dot or a hyphen is enough for nobody, also beside letters that look alike; letters and digits are."""
    host = await open_class(rig)
    for name in (
        "Ms Frank",
        "Mr Hill",
        "Zo\u00eb-2",
        "\u738b\u8001\u5e08",
        "\u738b\u6587",
        "\u674e\u5c0f\u660e",
        "\u2605",
    ):
        assert (await host.command("class.invite", rank="assistant", name=name)).ok
    taken = ("Ms. Frank", "ms-frank!", "Mr. Hi1l", "Zo\u00eb 2.", "\u738b\u00b7\u8001\u5e08", "\u2605")
    for typed in taken:
        assert (await rig.join(host.room, typed, id=typed)).error().message.startswith("Somebody who leads"), typed
    for typed in ("Ms Franka", "Zo\u00eb 3", "\u738b\u65b9", "\u674e\u660e", "\u2606"):
        assert (await rig.join(host.room, typed, id=typed)).you.kind == "seat", typed


async def test_a_class_has_no_more_hosts_than_a_room() -> None:
    """One more is refused, and counted for whoever keeps the server."""
    async with limited(most_hosts=2) as rig:
        host, before = await open_class(rig), met("most_hosts")
        assert (await host.command("class.invite")).ok
        assert code(await host.command("class.invite")) == "rule"
        assert met("most_hosts") == before + 1


async def test_a_visitor_sees_and_does_nothing(rig: Rig) -> None:
    """Nor are personal codes a visitor's to print: they open seats."""
    host = await open_class(rig)
    token = ((await host.command("class.invite", rank="visitor")).data or {})["host_token"]
    visitor = await _come(rig, host.room, token)
    for command in ("class.links", "class.people", "host.start"):
        assert code(await visitor.command(command)) == "not_your_role", command
    assert (await visitor.command("class.rejoin_code")).ok
    assert (await seen(host)).hand["chair"]["2"]["may"] == ["class.rejoin_code"]


async def test_who_is_let_go_hosts_no_table_any_more(rig: Rig) -> None:
    """Not at a table where they are connected, and not after a restart."""
    host = await open_class(rig)
    token = ((await host.command("class.invite")).data or {})["host_token"]
    second = await _come(rig, host.room, token)
    at_a_table = await _come(rig, rooms_of(host)[0], token)
    assert (await host.command("class.let_go", host=2)).ok
    await rig.pass_ms(100)
    assert second.connection.closed == Close.REMOVED
    assert at_a_table.connection.closed is not None
    assert (await host.command("class.let_go", host=1)).ok is False
    await rig.stop()
    await rig.start()
    for room in (host.room, rooms_of(host)[0]):
        assert (await _come(rig, room, token)).error().code == "unauthorised"


async def test_what_a_class_passes_on_stands_with_the_name_of_who_sent_it(rig: Rig) -> None:
    """A table has numbers of its own for its hosts: who was let go before it was opened has none there."""
    host = await open_class(rig)
    assert (await host.command("class.invite", name="Bo")).ok
    token = ((await host.command("class.invite", name="Cy")).data or {})["host_token"]
    assert (await host.command("class.let_go", host=2)).ok
    assert (await host.command("class.table", seats=3)).ok
    table = rooms_of(await seen(host))[-1]
    third = await _come(rig, host.room, token)
    assert (await third.command("host.lock", joining=False, table=3)).ok
    rows = host_commands(await rig.log.read(table), await rig.log.privates(table), names=True).rows
    assert [(row[-2], row[5]) for row in rows] == [("host.lock", "Cy")]


async def test_a_table_shows_at_once_what_the_class_says_of_its_hosts(rig: Rig) -> None:
    """Whoever has the console of a table open sees who may do what by now."""
    host = await open_class(rig)
    assert (await host.command("class.invite", name="Bo")).ok
    at_a_table = await _come(rig, rooms_of(host)[0], host.token)
    await rig.pass_ms(1_000)
    assert (await host.command("class.appoint", host=2, rank="visitor")).ok
    await rig.pass_ms(100)
    at_a_table.read()
    assert at_a_table.hand["chair"]["2"]["rank"] == "visitor"


async def test_a_server_that_stops_lets_nobody_go(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table may hear of its hosts when the class is closed already: they are those of before."""
    host = await open_class(rig)
    table = (await seen(await _come(rig, rooms_of(host)[0], host.token))).room
    heard: list[HostsOfClass] = []
    monkeypatch.setattr(rig.room(table).inbox, "put", heard.append)
    classes = rig.lobby._classes
    assert isinstance(classes, Classes)
    classes.tell_hosts(rig.room(table))
    monkeypatch.undo()
    await classes.finish()
    classes.close()
    assert [each.number for each in heard[0].hosts()] == [1]


async def test_a_fork_of_a_table_has_hosts_of_its_own(rig: Rig) -> None:
    """The class has no part in it, so its lead lets go whom the class would have; and is let go by nobody."""
    host = await open_class(rig)
    token = ((await host.command("class.invite")).data or {})["host_token"]
    await rig.join(host.room, "Ed")
    assert (await host.command("host.start", table=1)).ok
    table = await seen(await _come(rig, rooms_of(host)[0], host.token))
    fork = ((await table.command("host.fork", season=1, phase="count")).data or {})["room"]
    lead, second = [await seen(await _come(rig, fork, each)) for each in (host.token, token)]
    assert lead.hand["chair"]["1"]["founder"]
    assert code(await second.command("host.let_go", host=1)) == "bad_args"
    assert (await lead.command("host.let_go", host=2)).ok
    assert (await _come(rig, fork, token)).error().code == "unauthorised"


async def test_a_table_that_hears_late_lets_nobody_in_again(rig: Rig) -> None:
    """A store that has failed at a table has it hear of its hosts a second later: as they are by then."""
    host = await open_class(rig)
    token = ((await host.command("class.invite")).data or {})["host_token"]
    table = rooms_of(host)[0]
    at_a_table = await _come(rig, table, token)

    async def fail_there(room: str) -> None:
        if room == table:
            raise StoreUnavailable("the test said so")

    rig.log.before_commit = fail_there
    assert (await host.command("class.invite")).ok
    rig.log.before_commit = None
    assert (await host.command("class.let_go", host=2)).ok
    await rig.pass_ms(3_000)
    assert at_a_table.connection.closed
    assert (await _come(rig, table, token)).error().code == "unauthorised"


async def test_who_is_let_go_downloads_nothing_of_a_table_that_has_not_heard(rig: Rig) -> None:
    """The server has stopped before the table could store it, and nobody has come there since."""
    host = await open_class(rig)
    token = ((await host.command("class.invite")).data or {})["host_token"]
    table = rooms_of(host)[0]
    await _come(rig, table, token)

    async def fail_there(room: str) -> None:
        if room == table:
            raise StoreUnavailable("the test said so")

    rig.log.before_commit = fail_there
    assert (await host.command("class.let_go", host=2)).ok
    await rig.stop()
    rig.log.before_commit = None
    await rig.start()
    assert (await rig.lobby.kept_room(table, host.token, "192.0.2.1")).reader
    with pytest.raises(ProtocolError) as refused:
        await rig.lobby.kept_room(table, token, "192.0.2.1")
    assert refused.value.code == "unauthorised"


async def test_nobody_is_told_to_go_before_the_store_has_it(rig: Rig) -> None:
    """A phone that is told so forgets its token; and who is gone by the store sees nothing more."""
    host = await open_class(rig)
    token = ((await host.command("class.invite")).data or {})["host_token"]
    second = await _come(rig, host.room, token)
    rig.log.fail_next()
    assert code(await host.command("class.let_go", host=2)) == "unavailable"
    assert second.connection.is_open()
    append = rig.log.append

    async def stored_without_an_answer(room: str, seq: int, records: Sequence[Record], private: Private) -> str:
        await append(room, seq, records, private)
        rig.log.append = append  # type: ignore[method-assign]
        raise StoreUnavailable("the test said so")

    rig.log.append = stored_without_an_answer  # type: ignore[method-assign,assignment]
    assert code(await host.command("class.let_go", host=2)) == "unavailable"
    assert second.connection.closed == Close.REMOVED


async def test_a_code_opens_the_chair_of_a_class_on_another_device(rig: Rig) -> None:
    """The token of before opens neither the class nor a table any more, and the new one opens both."""
    host = await open_class(rig)
    given = ((await host.command("class.rejoin_code")).data or {})["code"]
    wrong = Client(rig)
    await wrong.say(Resume(host.room, code="WRNGCDEX"))
    assert wrong.error().code == "unauthorised"
    other = Client(rig)
    await other.say(Resume(host.room, code=given))
    assert (other.you.kind, other.you.member) == ("host", 1)
    await rig.pass_ms(100)
    assert host.connection.closed == Close.REPLACED
    for room in (host.room, rooms_of(other)[1]):
        assert (await _come(rig, room, host.token)).error().code == "unauthorised"
        assert (await _come(rig, room, other.welcome().host_token)).you.kind == "host"


async def test_a_table_gives_no_code_for_a_chair_of_the_class(rig: Rig) -> None:
    """The class would take back what it opens; a host whom the table itself has invited gets one."""
    host = await open_class(rig)
    table = await seen(await _come(rig, rooms_of(host)[0], host.token))
    assert code(await table.command("host.rejoin_code")) == "rule"
    token = ((await table.command("host.invite")).data or {})["host_token"]
    invited = await seen(await _come(rig, table.room, token))
    assert (await invited.command("host.rejoin_code")).data

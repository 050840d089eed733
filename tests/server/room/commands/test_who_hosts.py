"""Who else hosts a room: what each may do, how each is called, a code for another device, and who is let go."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from makersphere_protocol.errors import Close
from makersphere_protocol.messages import Resume
from makersphere_server.afterwards.beside_the_log import host_commands
from makersphere_server.room.model.people.hosts import Hosts, without_host_names
from makersphere_server.storage.event_log import Private, StoreUnavailable
from makersphere_server.storage.record import Record
from tests.server.rig.fakes import Client, Rig, code


async def _joined(rig: Rig, room: str, token: str) -> Client:
    return await _come(rig, Resume(room, host_token=token))


async def _come(rig: Rig, frame: Resume) -> Client:
    client = Client(rig)
    await client.say(frame)
    await rig.pass_ms(50)
    client.read()
    return client


async def _second(rig: Rig, host: Client, rank: str = "lead", name: str = "") -> Client:
    """Return a second host, who has been invited to do so much and has come."""
    given = (await host.command("host.invite", rank=rank, name=name)).data
    assert given is not None
    return await _joined(rig, host.room, given["host_token"])


async def _chairs(rig: Rig, host: Client) -> dict[str, Any]:
    await rig.pass_ms(100)
    host.read()
    chairs: dict[str, Any] = host.hand["chair"]
    return chairs


async def test_hosts_are_seen_by_number_rank_and_name(rig: Rig) -> None:
    """The founder leads; a visitor may mark moments and have a code, and nothing else."""
    host = await rig.create("two")
    visitor = await _second(rig, host, rank="visitor", name="Ms Li")
    chairs = await _chairs(rig, host)
    assert chairs == {
        "1": {"rank": "lead", "here": True, "founder": True},
        "2": {"rank": "visitor", "name": "Ms Li", "here": True, "may": ["host.bookmark", "host.rejoin_code"]},
    }
    assert (host.you.member, visitor.you.member) == (1, 2)


@pytest.mark.parametrize(
    ("rank", "command", "args", "outcome"),
    [
        ("visitor", "host.bookmark", {}, "ok"),
        ("visitor", "host.pause", {}, "not_your_role"),
        ("visitor", "host.look", {"seat": 1}, "not_your_role"),
        ("assistant", "host.pause", {}, "ok"),
        ("assistant", "host.look", {"seat": 1}, "ok"),
        ("assistant", "host.end", {}, "not_your_role"),
        ("assistant", "host.last_season", {"last": True}, "not_your_role"),
        ("assistant", "host.fork", {"season": 1, "phase": "count"}, "not_your_role"),
        ("assistant", "host.rewind", {"season": 1, "phase": "count"}, "not_your_role"),
        ("assistant", "host.invite", {}, "not_your_role"),
        ("assistant", "host.let_go", {"host": 1}, "not_your_role"),
        ("lead", "host.end", {}, "ok"),
    ],
)
async def test_each_rank_does_what_it_may(
    rig: Rig, rank: str, command: str, args: dict[str, Any], outcome: str
) -> None:
    """What is not a host's to do is refused, founds no room, and leaves the log alone."""
    host, _ = await rig.started("two")
    second = await _second(rig, host, rank=rank)
    await rig.pass_ms(50)
    before = len(await rig.log.read(host.room))
    result = await second.command(command, **args)
    assert (code(result) if result.error else "ok") == outcome
    after = await rig.log.read(host.room)
    assert [record.member for record in after[before:]][:1] == ([2] if outcome == "ok" else [])
    assert len(await rig.log.rooms()) == 1


async def test_nobody_asks_what_a_command_would_change_that_is_not_theirs(rig: Rig) -> None:
    """A rewind is a lead's, and a card's turn not a visitor's."""
    host, _ = await rig.started("two")
    visitor, assistant = [await _second(rig, host, rank=rank) for rank in ("visitor", "assistant")]
    back = {"season": 1, "phase": "first"}
    assert (await host.preview("host.rewind", **back)).ok
    for second, command in ((assistant, "host.rewind"), (visitor, "host.rewind"), (visitor, "host.shock")):
        assert code(await second.preview(command, **back)) == "not_your_role"


async def test_what_somebody_may_is_changed_while_they_are_here(rig: Rig) -> None:
    """The founder stays the lead, whoever says otherwise; a name that cannot be shown is refused."""
    host, _ = await rig.started("two")
    second = await _second(rig, host, rank="visitor")
    assert (await host.command("host.appoint", host=2, rank="assistant", name="Bo")).ok
    assert (await second.command("host.pause")).ok
    assert (await _chairs(rig, host))["2"]["name"] == "Bo"
    assert code(await host.command("host.appoint", host=1, rank="visitor")) == "rule"
    assert (await host.command("host.appoint", host=1, name="Ana")).ok
    refused = await host.command("host.appoint", host=2, name="P\u0430ul")  # a Cyrillic letter in a Latin word
    assert refused.error is not None
    assert (refused.error.code, refused.error.field) == ("bad_args", "name")
    assert (await _chairs(rig, host))["1"] == {"rank": "lead", "name": "Ana", "here": True, "founder": True}


async def test_who_is_let_go_opens_nothing_any_more(rig: Rig) -> None:
    """Neither by the token, nor by the code, nor by the same invitation again; the name stays with what was done."""
    host, _ = await rig.started("two")
    invited = await host.command("host.invite", id="an invitation", rank="assistant", name="Bo")
    assert invited.data is not None
    token = invited.data["host_token"]
    second = await _joined(rig, host.room, token)
    given = (await second.command("host.rejoin_code")).data
    assert given is not None
    assert (await second.command("host.pause")).ok
    assert (await host.command("host.let_go", host=2)).ok
    await rig.pass_ms(50)
    assert second.connection.closed == Close.REMOVED
    assert set(await _chairs(rig, host)) == {"1"}
    assert (await host.command("host.invite", id="an invitation", rank="assistant", name="Bo")).data == {}
    for again in (Resume(host.room, host_token=token), Resume(host.room, code=given["code"])):
        gone = await _come(rig, again)
        assert gone.error().code == "unauthorised"
    records, private = await rig.log.read(host.room), await rig.log.privates(host.room)
    rows = {row[-2]: row[4:6] for row in host_commands(records, private, names=True).rows}
    assert rows["host.pause"] == [2, "Bo"]
    assert rows["host.let_go"] == [1, ""]
    assert "name" not in host_commands(records, private, names=False).columns
    third = await _second(rig, host)
    assert third.you.member == 3, "nobody gets the number of somebody who was let go"


async def test_what_was_given_out_is_not_given_again_to_who_may_no_more(rig: Rig) -> None:
    """A lead who has become a visitor gets no lead's chair by sending an old invitation once more."""
    host, _ = await rig.started("two")
    second = await _second(rig, host)
    invited = await second.command("host.invite", id="an invitation", rank="lead")
    assert invited.data is not None
    third = await _joined(rig, host.room, invited.data["host_token"])
    assert (await host.command("host.appoint", host=2, rank="visitor")).ok
    again = await second.command("host.invite", id="an invitation", rank="lead")
    assert (again.ok, again.data) == (True, None)
    await rig.pass_ms(50)
    assert third.connection.closed == 0
    assert (await _joined(rig, host.room, invited.data["host_token"])).you.member == 3


async def test_who_was_let_go_sees_nothing_more_when_the_store_loses_its_answer(rig: Rig) -> None:
    """The write is on the disk though its answer was none: the room that is read again has let that host go."""
    host, _ = await rig.started("two")
    second = await _second(rig, host)
    append = rig.log.append

    async def stored_without_an_answer(room: str, seq: int, records: Sequence[Record], private: Private) -> str:
        await append(room, seq, records, private)
        rig.log.append = append  # type: ignore[method-assign]
        raise StoreUnavailable("the test said so")

    rig.log.append = stored_without_an_answer  # type: ignore[method-assign,assignment]
    assert code(await host.command("host.let_go", host=2)) == "unavailable"
    await rig.pass_ms(2_000)
    assert second.connection.closed


async def test_the_founder_is_let_go_by_nobody(rig: Rig) -> None:
    """Nor is anybody who is not there."""
    host, _ = await rig.started("two")
    second = await _second(rig, host)
    await rig.pass_ms(50)
    for number in (1, 9):
        refused = await second.command("host.let_go", host=number)
        assert refused.error is not None
        assert (refused.error.code, refused.error.field) == ("bad_args", "host")


async def test_a_code_takes_the_chair_to_another_device(rig: Rig) -> None:
    """Also after a restart; the device of before is cut, and a wrong code says so."""
    host, _ = await rig.started("two")
    given = (await host.command("host.rejoin_code")).data
    assert given is not None
    await rig.stop()
    await rig.start()
    wrong = await _come(rig, Resume(host.room, code="WRNGCDEX"))
    assert wrong.error().code == "unauthorised"
    back = await _joined(rig, host.room, host.token)
    other = await _come(rig, Resume(host.room, code=given["code"]))
    assert (other.you.kind, other.you.member) == ("host", 1)
    assert back.connection.closed == Close.REPLACED
    assert (await other.command("host.pause")).ok
    token = other.welcome().host_token
    assert token != host.token
    assert (await _joined(rig, host.room, token)).you.kind == "host"


async def test_erased_names_are_those_of_hosts_too() -> None:
    """What opens their chairs stays; hosts of a store from before get numbers and lead."""
    stored = msgspec.json.encode([{"token": "one", "is_founder": True}, {"token": "two", "name": "Bo"}])
    hosts = list(Hosts.stored({"hosts": without_host_names(stored)}))
    assert [(host.token, host.number, host.rank, host.name) for host in hosts] == [
        ("one", 1, "lead", ""),
        ("two", 2, "lead", ""),
    ]

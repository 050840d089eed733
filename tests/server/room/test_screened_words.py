"""Rude names and answers are taken for the game and kept off the wall, until a host lets them be seen."""

from typing import Any

import pytest

from makersphere_protocol.messages import Options, Screened
from makersphere_server.room.model.people.rude_words import is_rude
from makersphere_server.room.model.people.screening import why_kept
from makersphere_server.room.model.reflection.reflections import answers_of
from makersphere_server.room.model.room_settings import RoomSettings
from tests.server.rig.asking import asks
from tests.server.rig.classes import open_class
from tests.server.rig.fakes import Client, Rig

_FACE = "orange fox"  # of seat 1


@pytest.mark.parametrize(
    "harmless",
    [
        *(
            "Scunthorpe",
            "Essex",
            "Dick Smith",
            "Hancock",
            "Cassandra",
            "Assistant",
            "First Class",
            "Team 13.",
            "Domination",
        ),
        *(
            "性格好",
            "女性",
            "奶茶",
            "卵石",
            "你妈妈好",
            "他妈妈来了",
            "路口交通",
            "理性交流",
            "生日你好",
            "表情色彩",
            "手机巴士",
        ),
        *("做爱心", "妈妈的爱", "买打飞机票", "靠背椅", "成人礼", "激情", "肥西", "刚度", "王伟", "幹活", "爛漫"),
    ],
)
def test_a_harmless_word_that_holds_a_listed_one_is_not_rude(harmless: str) -> None:
    """English counts whole words; Chinese, which has no borders, what is known to be harmless."""
    assert not is_rude(harmless)


@pytest.mark.parametrize(
    "rude",
    ["fuck", "Sh1t", "f u c k", "\uff21\uff53\uff53hole", "Mr. Bitch", "大傻逼来了", "操你妈", "王八蛋", "他妈的"],
)
def test_a_listed_word_is_rude_however_it_is_spelled(rude: str) -> None:
    """Also among other words, in wide letters and with signs in it."""
    assert is_rude(rude)


async def _name(rig: Rig, screened: Screened, typed: str, **fields: Any) -> tuple[Client, Client, str]:  # noqa: ANN401
    """Return a host, somebody who has joined, and what a wall calls them."""
    host = await rig.create("two", options=Options(seats=3, screened=screened, **fields))
    person, wall = await rig.join(host.room, typed), await rig.watch(host.room)
    await rig.pass_ms(100)
    host.read()
    return host, person, wall.table["seat"][str(person.you.seat)]["name"]


@pytest.mark.parametrize(
    ("screened", "typed", "why"),
    [
        ("none", "Shit Face", ""),
        ("rude", "Shit Face", "rude"),
        ("rude", "Mina", ""),
        ("all", "Shit Face", "rude"),
        ("all", "Mina", "waits"),
    ],
)
async def test_a_name_waits_where_the_room_wants_it(rig: Rig, screened: Screened, typed: str, why: str) -> None:
    """Whoever has it sits and plays; the host reads it with why, and lets it be seen with one tap."""
    host, person, called = await _name(rig, screened, typed)
    assert called == (_FACE if why else typed)
    kept = {"1:1": {"seat": 1, "member": 1, "name": typed, "why": why}}
    assert host.hand.get("off_wall", {}) == (kept if why else {})
    assert host.table["room"].get("screened", "none") == screened
    assert RoomSettings.stored(await rig.log.privates(host.room)).screened == screened
    assert why_kept(typed, screened) == why
    assert (await host.command("host.off_wall", seat=1, off=False)).ok
    await rig.pass_ms(100)
    person.read()
    assert person.table["seat"]["1"]["name"] == typed
    await rig.kill()
    await rig.start()
    assert (await rig.watch(host.room)).table["seat"]["1"]["name"] == typed


async def test_names_of_hosts_and_of_the_server_wait_for_nobody(rig: Rig) -> None:
    """A seat that is kept for somebody, a class's list and made-up words are a host's or the server's own."""
    _, _, called = await _name(rig, "all", "Mina", names=["Mina", "", ""])
    assert called == "Mina"
    _, _, called = await _name(rig, "all", "Shit Face", pseudonyms=True)
    assert called not in (_FACE, "Shit Face")
    host = await open_class(rig, options=Options(seats=3, screened="all"))
    assert (await host.command("class.people", names=["Ana"])).ok
    ana, bo = await rig.join(host.room, "Ana", id="one"), await rig.join(host.room, "Bo", id="two")
    assert ana.table["seat"][str(ana.you.seat)]["name"] == "Ana"
    assert bo.table["seat"][str(bo.you.seat)]["name"] != "Bo"


async def test_who_asks_to_be_let_in_is_named_to_hosts_alone(rig: Rig) -> None:
    """The people of a seat read that somebody asks, and hosts read the name."""
    host, ann, _ = await _name(rig, "rude", "Mina", teams=True)
    await asks(rig, host.room, "Shit Face", seat=1)
    await rig.pass_ms(100)
    for client in (host, ann):
        client.read()
    assert [wish["name"] for wish in host.hand["asks_in"].values()] == ["Shit Face"]
    assert [wish["name"] for wish in ann.hand["asks_in"].values()] == ["somebody"]


async def test_a_rude_answer_is_told_as_one_and_picked_knowingly(rig: Rig) -> None:
    """The host reads why it stays off the wall; a press that shows it lets it be seen; said otherwise it is another."""
    host = await rig.create("quickstart", options=Options(seats=12, screened="rude"))
    person = await rig.join(host.room, "Mina")
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end")).ok
    where: dict[str, Any] = {"season": 0, "question": "end_outside"}
    assert (await person.command("reflect", **where, text="at home")).ok
    await rig.pass_ms(100)
    host.read()
    assert "off_wall" not in host.hand["reflection"]["0:end_outside:1:1"]
    assert (await person.command("reflect", **where, text="shit")).ok
    await rig.pass_ms(100)
    host.read()
    assert host.hand["reflection"]["0:end_outside:1:1"]["off_wall"] == "rude"
    assert (await host.command("host.pick", **where, seat=1, member=1, shown=True)).ok
    assert [each["picked"] for each in answers_of(await rig.log.privates(host.room))] == [True]

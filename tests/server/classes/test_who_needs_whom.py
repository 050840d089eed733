"""Who asks, is lost, or is called what at a table: told to the hosts of its class, and to nobody else."""

from __future__ import annotations

import msgspec

from makersphere_protocol.messages import Options
from makersphere_protocol.pseudonyms import every_pseudonym
from makersphere_server.classes.book import ClassBook, Person
from tests.server.rig.classes import open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig


async def test_how_many_ask_or_are_lost_is_for_hosts_alone(rig: Rig) -> None:
    """A wall of the class has neither number, at no moment; its hosts have both by table, as long as there are any."""
    host = await open_class(rig, people=2, table=2, options=Options(seats=2))
    ann, ben = [await rig.join(host.room, name) for name in ("Ann", "Ben")]
    wall = await seen(await rig.watch(host.room))
    assert (await host.command("host.start")).ok
    assert "tables" not in (await seen(host)).hand
    ann.read()
    assert (await ann.command("ask_host", at=ann.at, text="What is a badge?")).ok
    assert (await ann.command("ask", at=ann.at, what="help")).ok  # once more, and no second person
    assert (await ann.command("lost", at=ann.at, on=True)).ok
    ben.read()
    assert (await ben.command("lost", at=ben.at, on=True)).ok
    assert (await seen(host)).hand["tables"] == {"1": {"asks": 1, "lost": 2}}
    assert b'"lost"' not in b"".join(wall.connection.sent)
    late = await rig.watch(host.room)
    for looker in (await seen(wall), late, host):
        assert not {"asks", "lost"} & set(looker.table["tables"]["1"])
    for one in (ann, ben):
        one.read()
        assert (await one.command("lost", at=one.at, on=False)).ok
    assert (await seen(host)).hand["tables"] == {"1": {"asks": 1}}


def _words_at_the_table(client: Client) -> str:
    client.read()
    return str(client.table["seat"][str(client.you.seat)]["name"])


async def test_hosts_alone_see_which_words_are_whose(rig: Rig) -> None:
    """Beside each name once its person sits somewhere, and after a move the words of the new table; kept with them."""
    host = await open_class(rig, people=4, table=2, options=Options(seats=2, pseudonyms=True))
    assert (await host.command("class.people", names=["Ana", "Bo"])).ok
    assert not any("called" in person for person in (await seen(host)).hand["person"].values())
    ana = await rig.join(host.room, "Ana", id="one")
    words = _words_at_the_table(ana)
    assert words in set(every_pseudonym("en"))
    listed = (await seen(host)).hand["person"]
    assert (listed["1"]["name"], listed["1"]["called"], "called" in listed["2"]) == ("Ana", words, False)
    told = (await host.command("class.export_person", person=1)).data or {}
    assert told["person"]["called"] == words
    wall = await seen(await rig.watch(host.room))
    assert words.encode() not in b"".join(wall.connection.sent)
    assert (await host.command("class.move", person=1, to=2)).ok
    assert "called" not in (await seen(host)).hand["person"]["1"]
    again = await rig.join(host.room, "Ana", id="one")
    assert again.room == rooms_of(host)[1]
    moved = _words_at_the_table(again)
    assert (await seen(host)).hand["person"]["1"]["called"] == moved
    kept = ClassBook.stored(host.room, await rig.log.privates(host.room)).get(1)
    assert kept is not None
    assert kept.called == moved


async def test_the_words_of_the_next_game_take_the_place_of_those_before(rig: Rig) -> None:
    """Until their person sits there, none stand behind the name."""
    host = await open_class(rig, people=1, table=1, options=Options(seats=2, pseudonyms=True))
    words = _words_at_the_table(await rig.join(host.room, "Ana", id="one"))
    assert (await seen(host)).hand["person"]["1"]["called"] == words
    for order in ("start", "advance"):  # the game is that short
        assert (await host.command(f"host.{order}", table=1)).ok
        await rig.pass_ms(2_000)
    assert (await host.command("class.table", seats=1)).ok
    assert (await host.command("class.group", by="size", anew=True)).ok
    assert "called" not in (await seen(host)).hand["person"]["1"]
    words = _words_at_the_table(await rig.join(host.room, "Ana", id="one"))
    ana = (await seen(host)).hand["person"]["1"]
    assert (ana["table"], ana["called"]) == (2, words)


async def test_nobody_is_called_otherwise_where_people_have_their_names(rig: Rig) -> None:
    """A class of names says it once."""
    host = await open_class(rig, people=2, table=2, options=Options(seats=2))
    await rig.join(host.room, "Ana")
    (ana,) = (await seen(host)).hand["person"].values()
    assert (ana["seat"], "called" in ana) == (1, False)


def test_people_of_a_class_from_before_are_read() -> None:
    """They are called by their names until they come in again."""
    before = msgspec.json.decode(msgspec.json.encode(Person(1, "Ana", seat=2)))
    del before["called"]
    assert msgspec.json.decode(msgspec.json.encode(before), type=Person).called == ""

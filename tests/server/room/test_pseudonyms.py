"""A room in which people are called by two words of the server's own, and nobody by a name of theirs."""

from makersphere_protocol.messages import Options
from makersphere_protocol.pseudonyms import every_pseudonym
from makersphere_server.storage.record import encode_record
from tests.server.rig.classes import open_class, seen
from tests.server.rig.fakes import Client, Rig


async def _room(rig: Rig, language: str = "en", names: list[str] | None = None) -> Client:
    return await rig.create("two", options=Options(seats=3, language=language, pseudonyms=True, names=names))


async def test_everybody_is_called_by_two_words_and_no_name_is_kept(rig: Rig) -> None:
    """Two people of one name have two pairs of words; what they typed stands in no hand, no table and no store."""
    host = await _room(rig)
    ann, other = await rig.join(host.room, "Annabel", id="one"), await rig.join(host.room, "Annabel", id="two")
    assert (await host.command("host.start")).ok
    await rig.pass_ms(100)
    host.read()
    called = [host.table["seat"][str(client.you.seat)]["name"] for client in (ann, other)]
    assert len(set(called)) == 2
    assert set(called) <= set(every_pseudonym("en"))
    assert host.table["room"]["pseudonyms"] is True
    private = await rig.log.privates(host.room)
    stored = b"".join([*private.values(), *(encode_record(record) for record in await rig.log.read(host.room))])
    assert b"Annabel" not in stored


async def test_the_same_frame_again_is_the_same_person(rig: Rig) -> None:
    """A lost welcome gives nobody a second name."""
    host = await _room(rig, "zh")
    first, again = await rig.join(host.room, "Ann", id="one"), await rig.join(host.room, "Ann", id="one")
    assert first.you.seat == again.you.seat
    assert again.table["seat"]["1"]["name"] in set(every_pseudonym("zh"))


async def test_a_name_that_a_host_has_given_stays(rig: Rig) -> None:
    """A seat that is kept for somebody is theirs by that name."""
    host = await _room(rig, names=["Mina", "", ""])
    mina = await rig.join(host.room, "Mina")
    assert mina.table["seat"][str(mina.you.seat)]["name"] == "Mina"


async def test_whatever_is_typed_is_no_name_there(rig: Rig) -> None:
    """A name that no other room would take does not keep anybody out."""
    host = await _room(rig)
    client = await rig.join(host.room, "Teacher")
    assert client.table["seat"]["1"]["name"] in set(every_pseudonym("en"))


async def test_at_the_tables_of_a_class_who_is_on_its_list_has_two_words_too(rig: Rig) -> None:
    """By name, by personal link, or on no list: the table has pairs alone, and the hosts' list says who is who."""
    host = await open_class(rig, options=Options(seats=3, pseudonyms=True))
    assert (await host.command("class.people", names=["Ana", "Cleo"])).ok
    link = ((await host.command("class.links")).data or {})["links"]["2"]
    came = [
        await rig.join(host.room, "Ana", id="one"),
        await rig.join(host.room, "Bo", id="two"),
        await rig.join(host.room, "", id="three", pass_=link),
    ]
    called = [client.table["seat"][str(client.you.seat)]["name"] for client in came]
    assert set(called) <= set(every_pseudonym("en"))
    listed = (await seen(host)).hand["person"]
    assert {person["name"] for person in listed.values()} == {"Ana", "Bo", "Cleo"}

"""One person erased from a room that plays on: gone from memory and files, and the room is what it was."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from makersphere_protocol.errors import Close
from makersphere_server.afterwards.downloads import Downloads
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.afterwards.take_home.game import Shown
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.room.commands.host.own_data import OF_ONE_PERSON
from makersphere_server.room.model.own_data.whose import without_names
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.rig.at_once import AtOnce, bytes_of
from tests.server.rig.fakes import Client, Rig, code
from tests.server.rig.left_behind import leave_all, played_room

NAME, OTHER = "Ottoline", "Peregrine"


async def _rig(folder: Path) -> Rig:
    rig = Rig()
    rig.log = AtOnce(folder)  # type: ignore[assignment]  # any store
    return await rig.start()


async def _close(rig: Rig) -> None:
    await rig.stop()
    await rig.log.close()


async def _is_sound(rig: Rig, room: str) -> bool:
    row = next(row for row in await rig.log.rooms() if row.room == room)
    return verify_room(row, await rig.log.read(room)).is_right


def _told(client: Client) -> bytes:
    return b"".join(client.connection.sent)


async def test_nothing_of_an_erased_person_is_in_the_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Name, words, answers and messages are gone from every byte when the host is told; what is another's stands."""
    rig = await _rig(tmp_path)
    host, (ottoline, peregrine) = await played_room(rig, NAME, OTHER)
    assert bytes_of(tmp_path).count(NAME.encode()) > 5
    erased = await host.command("host.erase_person", seat=ottoline.you.seat)
    assert erased.ok
    left = bytes_of(tmp_path)
    assert NAME.encode() not in left
    assert all(
        word.encode() in left
        for word in (f"answered by {OTHER}", f"asked by {OTHER}", f"for {OTHER} alone", f"ask {OTHER}")
    )
    assert ottoline.connection.closed == Close.REMOVED
    assert (await peregrine.command("ready", ready=False)).ok
    assert await _is_sound(rig, host.room)
    await _close(rig)
    heard = capfd.readouterr()
    assert NAME not in heard.out + heard.err


async def test_whoever_comes_afterwards_is_told_nothing_of_them(rig: Rig) -> None:
    """Neither a watcher, nor a host who comes again from before, nor whoever takes the seat."""
    host, (ottoline, peregrine) = await played_room(rig, NAME, OTHER)
    seat = ottoline.you.seat
    host.leave()
    other_host = Client(rig)
    other_host.token, other_host.you, other_host.room = host.token, host.you, host.room
    other_host.seq, other_host.mark, other_host.epoch = host.seq, host.mark, host.epoch
    await other_host.resume()
    assert (await other_host.command("host.erase_person", seat=seat)).ok
    await rig.pass_ms(100)
    peregrine.read()
    assert "name" not in peregrine.table["seat"][str(seat)]
    assert NAME not in str(peregrine.table) + str(peregrine.hand)
    host.table = {}
    await host.resume()
    wall = await rig.watch(host.room)
    for client in (host, wall):
        assert NAME.encode() not in _told(client)
        assert client.table["seat"]
    assert f"answered by {OTHER}" in str(host.hand)
    await host.command("host.seat", seat=seat, name="Quentin")
    quentin = await rig.join(host.room, "Quentin")
    assert NAME.encode() not in _told(quentin)


async def test_the_game_goes_on_where_it_was(rig: Rig) -> None:
    """The table and the hands of others say what they said before, but for the name."""
    host, (ottoline, peregrine) = await played_room(rig, NAME, OTHER)
    seat = str(ottoline.you.seat)
    await rig.pass_ms(100)
    peregrine.read()
    before, hand = dict(peregrine.table), dict(peregrine.hand)
    assert (await host.command("host.erase_person", seat=int(seat))).ok
    await rig.pass_ms(100)
    peregrine.read()
    without = {name: value for name, value in peregrine.table.items() if name not in ("seat", "clock", "on_the_way")}
    assert without == {name: before[name] for name in without}
    assert peregrine.hand == hand
    assert peregrine.table["seat"][seat]["by"] == "away"


async def test_a_bot_plays_on_after_a_minute(rig: Rig) -> None:
    """As where a host takes somebody away; the time that is left is what it was."""
    host, ann = await rig.started("two")
    seat = ann.you.seat
    deadline = host.table["clock"].get("deadline")
    assert (await host.command("host.erase_person", seat=seat)).ok
    await rig.pass_ms(1_000)
    host.read()
    assert host.table["clock"].get("deadline") == deadline
    assert host.table["seat"][str(seat)]["by"] == "away"
    await rig.pass_ms(60_000)
    host.read()
    assert host.table["seat"][str(seat)]["by"] == "bot"


async def test_their_token_and_their_phone_open_nothing_more(rig: Rig) -> None:
    """Whoever kept the token or the code to another device comes in nowhere."""
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)
    assert (await host.command("host.erase_person", seat=ottoline.you.seat)).ok
    again = Client(rig)
    again.token, again.you, again.room = ottoline.token, ottoline.you, ottoline.room
    await again.resume(fresh=True)
    assert again.error().code == "unauthorised"


async def test_one_of_a_team_goes_and_the_other_plays_on(rig: Rig) -> None:
    """By the number of a person: the other keeps seat, name, answers and what was written to both."""
    host, (ottoline, _) = await played_room(rig, NAME, OTHER, teams=True)
    seat = ottoline.you.seat
    sibling = await rig.share(host, "Sibylla", seat)
    await leave_all(host, sibling, "Sibylla")
    assert code(await host.command("host.erase_person", seat=seat, member=9)) == "bad_args"
    assert (await host.command("host.erase_person", seat=seat, member=1)).ok
    await rig.pass_ms(100)
    sibling.read()
    assert sibling.connection.is_open()
    assert sibling.table["seat"][str(seat)]["name"] == "Sibylla"
    assert NAME not in str(await rig.log.privates(host.room))
    assert "for Sibylla alone" in str(await rig.log.privates(host.room))
    assert code(await host.command("host.erase_person", seat=seat, member=1)) == "rule"


async def test_somebody_who_was_taken_away_before_is_found_by_the_seat(rig: Rig) -> None:
    """What they answered and what was written to them goes; whoever sits there now, alone named, stays."""
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)
    seat = ottoline.you.seat
    assert (await host.command("host.remove", seat=seat, reason=f"{NAME} goes")).ok
    await host.command("host.seat", seat=seat, name="Quentin")
    quentin = await rig.join(host.room, "Quentin", id="of quentin")
    refused = quentin.connection.got and quentin.connection.closed
    assert refused  # a vacated seat is a host's to give
    assert (await host.command("host.erase_person", seat=seat, member=1)).ok
    left = await rig.log.privates(host.room)
    assert not any(f"{words} {NAME}" in str(left) for words in ("answered by", "typed by", "for"))
    assert f"{NAME} goes" not in str(left)


async def test_a_seat_stays_kept_for_whoever_comes_next(rig: Rig) -> None:
    """Who has sat there before is written out and erased without the next one's name: that goes nowhere."""
    host, (ottoline, peregrine) = await played_room(rig, NAME, OTHER)
    seat = ottoline.you.seat
    assert (await host.command("host.remove", seat=seat)).ok
    assert (await host.command("host.seat", seat=seat, name="Quentin")).ok
    assert (await host.command("host.message", seat=peregrine.you.seat, text="Quentin comes soon")).ok
    of_number = await host.command("host.export_person", seat=seat, member=1)
    of_seat = await host.command("host.export_person", seat=seat)
    for found in (of_number.data or {}, of_seat.data or {}):
        assert f"answered by {NAME}" in str(found)
        assert "Quentin" not in str(found)
    assert (await host.command("host.erase_person", seat=seat)).ok
    left = str(await rig.log.privates(host.room))
    assert f"answered by {NAME}" not in left
    assert "Quentin comes soon" in left
    await rig.pass_ms(100)
    host.read()
    assert host.table["seat"][str(seat)]["name"] == "Quentin"


async def test_whoever_sat_there_before_keeps_what_is_theirs(rig: Rig) -> None:
    """Without a number, who sits there now is meant; where nobody does, everybody who has sat there."""
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)
    seat = ottoline.you.seat
    assert (await host.command("host.remove", seat=seat)).ok
    sibylla = await rig.share(host, "Sibylla", seat)
    await leave_all(host, sibylla, "Sibylla")
    assert (await host.command("host.erase_person", seat=seat)).ok
    left = str(await rig.log.privates(host.room))
    assert "Sibylla" not in left
    assert f"for {NAME} alone" in left
    assert (await host.command("host.erase_person", seat=seat)).ok
    left = str(await rig.log.privates(host.room))
    assert not any(f"{words} {NAME}" in left for words in ("answered by", "for"))


async def test_what_is_taken_home_afterwards_has_nothing_of_them(rig: Rig) -> None:
    """Pages and tables that were asked for before, and lie in memory since, neither."""
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)
    assert (await host.command("host.end")).ok
    await rig.pass_ms(1_000)
    downloads = Downloads(rig.lobby.kept_room, ReadingPace(rig.clock))
    for is_erased in (False, True):
        if is_erased:
            assert (await host.command("host.erase_person", seat=ottoline.you.seat)).ok
        tables = await downloads.export(host.room, host.token, "", "csv", names=True)
        pages = await downloads.take_home(host.room, host.token, "", "all", Shown("en"))
        for packed in (tables, pages):
            with zipfile.ZipFile(io.BytesIO(packed.body)) as files:
                text = b"".join(files.read(name) for name in files.namelist()) + str(files.namelist()).encode()
            assert (NAME.encode() in text) != is_erased
            assert OTHER.encode() in text


@pytest.mark.parametrize("status", ["lobby", "over"])
async def test_before_the_start_and_after_the_end(rig: Rig, status: str) -> None:
    """A person goes whenever it is asked for; a finished room still verifies."""
    host = await rig.create(seats=3)
    ann = await rig.join(host.room, NAME)
    if status == "over":
        assert (await host.command("host.start")).ok
        assert (await host.command("host.end")).ok
        await rig.pass_ms(100)
    assert (await host.command("host.erase_person", seat=ann.you.seat)).ok
    assert NAME not in str(await rig.log.privates(host.room))
    await rig.pass_ms(100)
    host.read()
    assert "name" not in host.table["seat"][str(ann.you.seat)]
    assert await _is_sound(rig, host.room)


async def test_who_may_not(rig: Rig) -> None:
    """Only who leads: neither an assistant, a visitor nor a person; an empty seat is said to be one."""
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)
    for rank in ("assistant", "visitor"):
        given = await host.command("host.invite", rank=rank)
        assert given.data is not None
        helper = Client(rig)
        helper.token, helper.you, helper.room = given.data["host_token"], host.you, host.room
        await helper.resume(fresh=True)
        for name in OF_ONE_PERSON:
            assert code(await helper.command(name, seat=1)) == "not_your_role"
    assert code(await ottoline.command("host.erase_person", seat=1)) != "ok"
    assert NAME in str(await rig.log.privates(host.room))
    for name in OF_ONE_PERSON:
        assert code(await host.command(name, seat=6)) == "rule"
        assert (await host.command(name, seat=60)).error.field == "seat"  # type: ignore[union-attr]


async def test_a_store_that_refuses_has_erased_nothing_and_says_so(rig: Rig) -> None:
    """The host hears `unavailable`, the person stays; the same command again erases."""
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)
    rig.log.fail_next()
    refused = await host.command("host.erase_person", id="e", seat=ottoline.you.seat)
    assert code(refused) == "unavailable"
    assert NAME in str(await rig.log.privates(host.room))
    await rig.pass_ms(2_000)
    assert (await host.command("host.erase_person", id="e", seat=ottoline.you.seat)).ok
    assert NAME not in str(await rig.log.privates(host.room))


async def test_a_server_that_was_killed_in_between_wipes_when_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was committed and not wiped yet is wiped by the next server, before anybody comes in."""
    rig = await _rig(tmp_path)
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)

    async def killed() -> None:
        raise StoreUnavailable("the process is gone")

    monkeypatch.setattr(rig.log, "wipe", killed)
    assert (await host.command("host.erase_person", seat=ottoline.you.seat)).ok
    await rig.kill()
    await rig.log.close()
    again = await _rig(tmp_path)
    assert NAME.encode() not in bytes_of(tmp_path)
    assert "wiping" not in await again.log.privates(host.room)
    await _close(again)


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("ask Ann why", "Ann", "ask … why"),
        ("ANN, ann's; Annika stays", "Ann", "…, …'s; Annika stays"),
        ("李明的空间很好", "李明", "…的空间很好"),
        ("I said so", "I", "I said so"),
        ("a.b c", "a.b", "… c"),
    ],
)
def test_a_name_is_left_out_where_it_is_a_word(text: str, name: str, left: str) -> None:
    """In whatever case, and in Chinese wherever it stands; one letter is no name that can be told from a word."""
    assert without_names(text, frozenset({name})) == left


async def test_what_is_written_out_is_all_of_one_person_and_nothing_of_another(rig: Rig) -> None:
    """Name, decisions, answers, refusals, messages, notes and looks; nobody else's name or words are in it."""
    host, (ottoline, peregrine) = await played_room(rig, NAME, OTHER)
    await host.command("host.bookmark", word=f"{NAME} helps {OTHER}")
    found: dict[str, Any] = (await host.command("host.export_person", seat=ottoline.you.seat)).data or {}
    (place,) = found["places"]
    assert place["people"][0]["name"] == NAME
    assert [one["text"] for one in place["answers"]] == [f"answered by {NAME}"]
    assert place["asked_hosts"] == [{"text": f"asked by {NAME}", "answer": f"answer to {NAME}", "is_open": False}]
    assert [one["text"] for one in place["messages"]] == [f"answer to {NAME}", f"for {NAME} alone"]
    assert [one["args"] for one in place["refused"]] == [{"by": f"typed by {NAME}"}]
    assert [one["word"] for one in place["notes_of_hosts"]] == [f"ask {NAME}", f"{NAME} helps …"]
    assert {"ready", "reflect"} <= {one["command"] for one in place["decisions"]}
    assert {"host.message", "host.look"} <= {one["command"] for one in place["what_hosts_did"]}
    assert OTHER not in str(found)
    log = [record for record in await rig.log.read(host.room) if record.by == "host"]
    assert b"host.export_person" in log[-1].command
    assert peregrine.connection.is_open()

"""Tables of a class that keep together: a phase ends at all of them once the last is done."""

from typing import Any, Literal

import pytest

from makersphere_protocol.messages import ClassOptions, Options, Resume, Timers
from tests.server.rig.classes import seen
from tests.server.rig.fakes import Client, Rig, code


async def _class(rig: Rig, scale: int = 0, pace: Literal["self", "clock"] = "self") -> tuple[Client, Client, Client]:
    """Return the host of two tables that keep together and play, and the one person at each."""
    options = Options(timers=Timers(scale), pace=pace)
    host = await rig.create("two", options=options, class_=ClassOptions(people=2, table=1))
    assert (await host.command("class.in_step", on=True)).ok
    ana, bo = await rig.join(host.room, "Ana", id="ana"), await rig.join(host.room, "Bo", id="bo")
    assert ana.room != bo.room
    assert (await host.command("host.start")).ok
    return await seen(host), ana, bo


def _phases(*people: Client) -> list[tuple[int, str]]:
    for person in people:
        person.read()
    return [(person.at.season, person.at.phase) for person in people]


async def test_a_phase_ends_when_the_last_table_has_done(rig: Rig) -> None:
    """Whoever waits is told, and all go on within a second or two."""
    host, ana, bo = await _class(rig)
    first, _ = _phases(ana, bo)
    assert (await ana.command("ready", ready=True)).ok
    await rig.pass_ms(60_000)
    assert _phases(ana, bo) == [first, first]
    assert ana.table["room"]["waits"]
    assert "waits" not in bo.table["room"]
    host.read()
    assert host.table["class"]["in_step"]
    assert [table.get("waits", False) for table in host.table["tables"].values()] == [True, False]
    assert (await bo.command("ready", ready=True)).ok
    await rig.pass_ms(3_000)
    after, same = _phases(ana, bo)
    assert after == same != first
    assert "waits" not in ana.table["room"]


async def test_a_table_whose_people_are_all_away_holds_up_nobody(rig: Rig) -> None:
    """Bots stand in for them, and its phases end with those of the others."""
    _, ana, bo = await _class(rig)
    first, _ = _phases(ana, bo)
    wall = await rig.watch(ana.room)
    ana.leave()
    await rig.pass_ms(90_000)
    assert (await bo.command("ready", ready=True)).ok
    await rig.pass_ms(3_000)
    wall.read()
    bo.read()
    assert wall.at == bo.at
    assert (bo.at.season, bo.at.phase) != first


async def test_tables_that_are_all_left_to_stand_ins_keep_their_time(rig: Rig) -> None:
    """However many of them there are: they do not end each other's phases."""
    host, ana, bo = await _class(rig, 100)
    first, _ = _phases(ana, bo)
    assert (await host.command("host.extend", seconds=600)).ok
    walls = [await rig.watch(person.room) for person in (ana, bo)]
    ana.leave()
    bo.leave()
    await rig.pass_ms(300_000)
    assert _phases(*walls) == [first, first]
    assert [wall.table["seat"]["1"]["by"] for wall in walls] == ["bot", "bot"]
    await rig.pass_ms(400_000)
    after, same = _phases(*walls)
    assert after == same != first


@pytest.mark.parametrize("pace", ["self", "clock"])
async def test_time_that_is_up_waits_too(rig: Rig, pace: Literal["self", "clock"]) -> None:
    """A table that was given more time holds up the other."""
    host, ana, bo = await _class(rig, 100, pace)
    first, _ = _phases(ana, bo)
    assert (await host.command("host.extend", seconds=120, table=2)).ok
    await rig.pass_ms(100_000)
    assert _phases(ana, bo) == [first, first]
    assert (ana.table["room"].get("waits"), bo.table["room"].get("waits")) == (True, None)
    await rig.pass_ms(85_000)
    after, same = _phases(ana, bo)
    assert after == same != first


async def test_a_host_closes_a_phase_all_the_same(rig: Rig) -> None:
    """That table then waits for the others, and gets no phase further by itself."""
    host, ana, bo = await _class(rig)
    first, _ = _phases(ana, bo)
    assert (await host.command("host.advance", table=1)).ok
    second, still = _phases(ana, bo)
    assert (second != first, still) == (True, first)
    assert (await ana.command("ready", ready=True)).ok
    await rig.pass_ms(5_000)
    assert _phases(ana, bo) == [second, first]
    assert (await bo.command("ready", ready=True)).ok
    await rig.pass_ms(3_000)
    assert _phases(ana, bo) == [second, second]


async def test_a_table_that_is_ahead_holds_up_nobody(rig: Rig) -> None:
    """The one behind goes on as soon as its own people are ready."""
    host, ana, bo = await _class(rig)
    first, _ = _phases(ana, bo)
    assert (await host.command("host.advance", table=1)).ok
    assert (await bo.command("ready", ready=True)).ok
    await rig.pass_ms(3_000)
    second, same = _phases(ana, bo)
    assert second == same != first


async def test_the_last_phase_of_a_season_comes_before_the_first_of_the_next(rig: Rig) -> None:
    """A table that was sent into the next season waits there."""
    host, ana, bo = await _class(rig)
    for table in (0, 1):
        assert (await host.command("host.advance", table=table)).ok
        await rig.pass_ms(1_000)
    ahead, behind = _phases(ana, bo)
    assert (ahead, behind) == ((2, "first"), (1, "second"))
    assert (await ana.command("ready", ready=True)).ok
    await rig.pass_ms(5_000)
    assert _phases(ana, bo) == [ahead, behind]
    assert (await bo.command("ready", ready=True)).ok
    await rig.pass_ms(3_000)
    assert _phases(ana, bo)[1] == ahead


async def test_a_table_where_nobody_is_holds_up_nobody(rig: Rig) -> None:
    """Its people have gone home, or nobody has come: the others go on phase by phase."""
    _, ana, bo = await _class(rig)
    before = _phases(ana, bo)[0]
    bo.leave()
    for _ in range(3):
        assert (await ana.command("ready", ready=True)).ok
        await rig.pass_ms(3_000)
        after = _phases(ana)[0]
        assert after != before
        before = after


async def test_a_table_where_nobody_is_stands_still_and_next_phase_takes_it_along(rig: Rig) -> None:
    """Its card says that nobody is there; by itself it gets no further, by a host's word for all it does."""
    host, ana, bo = await _class(rig)
    _phases(ana, bo)
    bo.leave()
    assert (await ana.command("ready", ready=True)).ok
    await rig.pass_ms(65_000)
    ahead, empty = (await seen(host)).table["tables"].values()
    assert (ahead["phase"], empty["phase"], empty["here"]) == ("second", "first", 0)
    assert (await host.command("host.advance", table=2)).ok
    ahead, empty = (await seen(host)).table["tables"].values()
    assert (ahead["phase"], empty["phase"]) == ("second", "second")


async def test_what_the_store_refuses_changes_nothing_at_the_tables(rig: Rig) -> None:
    """A switch that was not stored is none."""
    host, ana, bo = await _class(rig)
    first, _ = _phases(ana, bo)
    assert (await ana.command("ready", ready=True)).ok
    rig.log.fail_next()
    assert code(await host.command("class.in_step", on=False)) == "unavailable"
    await rig.pass_ms(5_000)
    assert _phases(ana, bo) == [first, first]
    assert (await host.command("class.in_step", on=False)).ok
    await rig.pass_ms(3_000)
    assert _phases(ana)[0] != first


async def test_bots_that_stand_in_at_the_close_play_before_all_go_on(rig: Rig) -> None:
    """A table that may close its phase, and waits for them, is done."""
    options = Options(timers=Timers(100), stand_in="close")
    host = await rig.create("two", options=options, class_=ClassOptions(people=4, table=2))
    people = [await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy", "Di")]
    assert (await host.command("class.in_step", on=True)).ok
    assert (await host.command("host.start")).ok
    first = _phases(*people)[0]
    away = next(one for one in people[1:] if one.room == people[0].room)
    away.leave()
    await rig.pass_ms(66_000)
    here = [one for one in people if one is not away]
    assert set(_phases(*here)) == {(1, "second")} != {first}


@pytest.mark.parametrize("order", ["move", "remove", "erase_person"])
async def test_a_seat_that_the_class_has_emptied_holds_up_nobody(rig: Rig, order: str) -> None:
    """A bot plays it at once: neither the phones of its table nor those of the others wait a minute for it."""
    host = await rig.create("two", options=Options(timers=Timers(0)), class_=ClassOptions(people=6, table=3))
    people = {name: await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy", "Di")}
    assert (await host.command("class.in_step", on=True)).ok
    assert (await host.command("host.start")).ok
    await seen(host)
    first = _phases(*people.values())[0]
    for name in ("Bo", "Cy", "Di"):
        assert (await people[name].command("ready", ready=True)).ok
    to: dict[str, Any] = {"to": 2} if order == "move" else {}
    assert (await host.command(f"class.{order}", person=1, **to)).ok
    await rig.pass_ms(3_000)
    if order == "move":
        moved = await rig.join(host.room, "Ana", id="Ana")
        assert moved.room == people["Bo"].room
        assert (await moved.command("ready", ready=True)).ok
        await rig.pass_ms(3_000)
    assert first not in _phases(people["Bo"], people["Cy"], people["Di"])


async def test_a_seat_that_waits_for_its_bot_is_told_as_away(rig: Rig) -> None:
    """At a table's own console it is emptied for a minute: not all are done there, and the card says so."""
    host, ana, _ = await _class(rig)
    console = Client(rig)
    await console.say(Resume(ana.room, host_token=host.token))
    assert (await console.command("host.remove", seat=ana.you.seat)).ok
    card = (await seen(host)).table["tables"]["1"]
    assert (card["people"], card["away"]) == (0, 1)
    await rig.pass_ms(61_000)
    card = (await seen(host)).table["tables"]["1"]
    assert (card["away"], card["status"]) == (0, "running")


async def test_a_class_that_cannot_be_read_holds_up_no_table(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is wrong with it: its tables then go on by themselves."""
    _, ana, bo = await _class(rig)
    first, _ = _phases(ana, bo)
    assert (await ana.command("ready", ready=True)).ok
    await rig.stop()
    await rig.start()
    read = rig.log.read

    async def damaged(room: str, *more: int) -> object:
        if room not in (ana.room, bo.room):
            raise ValueError("not what was stored")
        return await read(room, *more)

    monkeypatch.setattr(rig.log, "read", damaged)
    phone = Client(rig)
    await phone.say(Resume(ana.room, seat_token=ana.token))
    await rig.pass_ms(2_000)
    assert _phases(phone)[0] == first, "it waits for the class to be read"
    await rig.pass_ms(10_000)
    assert _phases(phone)[0] != first


async def test_a_paused_table_holds_up_the_others_until_they_go_on_alone(rig: Rig) -> None:
    """Switched off, whoever has done goes on at once."""
    host, ana, bo = await _class(rig)
    first, _ = _phases(ana, bo)
    assert (await host.command("host.pause", table=2)).ok
    assert (await ana.command("ready", ready=True)).ok
    await rig.pass_ms(30_000)
    assert _phases(ana, bo) == [first, first]
    assert (await host.command("class.in_step", on=False)).ok
    await rig.pass_ms(3_000)
    assert _phases(ana, bo)[0] != first
    assert "in_step" not in (await seen(host)).table["class"]


@pytest.mark.parametrize("breaks", [False, True])
async def test_a_table_that_is_over_holds_up_nobody(rig: Rig, *, breaks: bool) -> None:
    """Nor does one that has not begun, nor one that stands still for good."""
    host, ana, bo = await _class(rig)
    assert (await host.command("class.table", seats=1)).ok
    if breaks:
        rig.room(bo.room).failure = "a bug"
    else:
        assert (await host.command("host.end", table=2)).ok
    first, _ = _phases(ana, bo)
    assert (await ana.command("ready", ready=True)).ok
    await rig.pass_ms(3_000)
    assert _phases(ana, bo)[0] != first


@pytest.mark.parametrize("dies", [False, True])
async def test_tables_keep_together_after_a_restart(rig: Rig, *, dies: bool) -> None:
    """Although nobody has come to the class itself: its people go to their tables."""
    _, ana, bo = await _class(rig)
    _phases(ana, bo)
    assert (await ana.command("ready", ready=True)).ok
    await (rig.kill() if dies else rig.stop())
    await rig.start()
    back = []
    for person in (ana, bo):
        phone = Client(rig)
        await phone.say(Resume(person.room, seat_token=person.token))
        back.append(phone)
        await rig.pass_ms(10_000)
    first, same = _phases(*back)
    assert first == same
    assert (await back[1].command("ready", ready=True)).ok
    await rig.pass_ms(13_000)
    after, also = _phases(*back)
    assert after == also != first


async def test_a_visitor_does_not_say_whether_tables_keep_together(rig: Rig) -> None:
    """Whoever leads or assists does."""
    host, _, _ = await _class(rig)
    data = (await host.command("class.invite", rank="visitor")).data
    assert data is not None
    visitor = Client(rig)
    await visitor.say(Resume(host.room, host_token=data["host_token"]))
    assert code(await visitor.command("class.in_step", on=False)) == "not_your_role"

"""People of a class whose names look alike, by the rule of its rooms: on the list, at the door, and at tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from makersphere_server.classes.book import ClassBook, Person, Table
from makersphere_server.classes.grouping import WAYS, best_table, dealt_anew
from tests.server.rig.classes import open_class, seen
from tests.server.rig.fakes import Client, Rig

PAIRS = [("Maria", "MARIA"), ("Kim", "KIM"), ("mila", "MILA"), ("Emil", "EMIL"), ("Li Wei", "LI WEI")]


async def _with_both(rig: Rig, monkeypatch: pytest.MonkeyPatch, *names: str, **laid: int) -> Client:
    """Return the host of a class that has people who look alike, as a version of before took them."""
    host = await open_class(rig, **laid)
    with monkeypatch.context() as before:
        before.setattr(ClassBook, "named", lambda *_: None)
        before.setattr("makersphere_server.classes.roster_names.new_among", lambda *_: 0)
        assert ((await host.command("class.people", names=[*names])).data or {})["added"] == len(names)
    return host


async def _at(host: Client) -> dict[str, int]:
    """Return at which table each is, by name."""
    people = (await seen(host)).hand["person"].values()
    return {person["name"]: person.get("table", 0) for person in people}


@pytest.mark.parametrize(("listed", "typed"), PAIRS)
async def test_who_types_a_look_alike_of_a_listed_name_is_that_person(rig: Rig, listed: str, typed: str) -> None:
    """Nobody is missing, and the list has one person."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=[listed])).ok
    came = await rig.join(host.room, typed, id="phone")
    assert came.table["seat"][str(came.you.seat)]["name"] == listed
    assert list(await _at(host)) == [listed]


@pytest.mark.parametrize(("listed", "typed"), PAIRS)
async def test_a_look_alike_on_the_list_is_a_twin(rig: Rig, listed: str, typed: str) -> None:
    """Within one list, and of a name that was there before."""
    host = await open_class(rig)
    answer = await host.command("class.people", names=[listed, typed])
    assert answer.data == {"added": 1, "people": 1, "twins": [typed], "left": [1]}
    again = await host.command("class.people", names=["Zoe", typed])
    assert again.data == {"added": 1, "people": 2, "twins": [typed], "left": [1]}


async def test_a_wrong_pass_is_told_as_a_pass_or_a_link(rig: Rig) -> None:
    """Nobody who has typed one is told of a link alone."""
    host = await open_class(rig)
    typed = "ABCD 2345 EFGH"
    error = (await rig.join(host.room, "", pass_=typed)).error()
    assert error.message.startswith("This pass or personal link opens no place. Check what you typed")


async def test_two_who_look_alike_come_to_two_tables(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by their own name, though the first table would be theirs by the way in which people are grouped."""
    host = await _with_both(rig, monkeypatch, "Kim", "KIM", people=4, table=2)
    assert (await host.command("class.group", by="wish")).ok
    assert (await host.command("class.ask", wish=True)).ok
    for name in ("Kim", "KIM"):
        came = await rig.join(host.room, name, id=name, answer=1, wish="Kim")
        assert came.table["seat"][str(came.you.seat)]["name"] == name
    assert await _at(host) == {"Kim": 1, "KIM": 2}
    refused = [
        await host.command("class.move", person=1, to=2),
        await host.command("class.move", person=2, to=1),
    ]
    assert [answer.error.message.split(":")[0] for answer in refused if answer.error] == [
        "Somebody at table 2 has a name that looks like Kim",
        "Somebody at table 1 has a name that looks like KIM",
    ]
    assert await _at(host) == {"Kim": 1, "KIM": 2}


async def test_a_single_table_takes_one_of_two_and_tells_the_other(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose phone waits, and goes on by itself once there is another table."""
    host = await _with_both(rig, monkeypatch, "Kim", "KIM", people=3, table=3)
    await rig.join(host.room, "Kim", id="Kim")
    error = (await rig.join(host.room, "KIM", id="KIM")).error()
    assert (error.code, "looks like yours, KIM" in error.message) == ("room_full", True)
    assert error.retry_after
    assert await _at(host) == {"Kim": 1, "KIM": 0}
    assert (await host.command("class.table", seats=3)).ok
    assert (await rig.join(host.room, "KIM", id="KIM")).you.kind == "seat"
    assert await _at(host) == {"Kim": 1, "KIM": 2}


async def test_two_who_look_alike_are_not_swapped_to_one_table(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """They may change places with each other."""
    host = await _with_both(rig, monkeypatch, "Kim", "KIM", "Ana", "Bo", people=4, table=2)
    for name in ("Kim", "KIM", "Ana", "Bo"):
        await rig.join(host.room, name, id=name)
    assert await _at(host) == {"Kim": 1, "KIM": 2, "Ana": 1, "Bo": 2}
    with_bo: dict[str, Any] = {"person": 1, "with": 4}
    refused = await host.command("class.swap", **with_bo)
    assert refused.error is not None
    assert (refused.error.field, refused.error.message[:20]) == ("with", "Somebody at table 2 ")
    with_each_other: dict[str, Any] = {"person": 1, "with": 2}
    assert (await host.command("class.swap", **with_each_other)).ok
    assert await _at(host) == {"Kim": 2, "KIM": 1, "Ana": 1, "Bo": 2}


def _people(names: Sequence[str], **said: str) -> list[Person]:
    return [Person(number, name, **said) for number, name in enumerate(names, 1)]  # type: ignore[arg-type]


@pytest.mark.parametrize("by", WAYS)
@pytest.mark.parametrize("names", ["Kim KIM", "Kim KIM Ana Bo", "Ana Kim Bo KIM Cy kim"])
def test_all_dealt_anew_leaves_no_two_alike_at_one_table(by: str, names: str) -> None:
    """Though one group says that they belong together; everybody has a place, and no table is too full."""
    people = _people(names.split(), mark="A", wants="Kim")
    tables = [Table(number, f"r{number}", 2) for number in (1, 2, 3)]
    to = dealt_anew(by, people, tables)
    alike = [to[person.number] for person in people if person.name.casefold() == "kim"]
    assert len(set(alike)) == len(alike)
    assert len(to) == len(people)
    assert max(list(to.values()).count(table) for table in to.values()) <= 2


def test_all_dealt_anew_to_one_table_leaves_one_of_two_alike_where_they_are() -> None:
    """That table would lock the later one out."""
    assert dealt_anew("size", _people(["Kim", "KIM", "Ana"]), [Table(1, "r1", 9)]) == {1: 1, 3: 1}


def test_a_wish_names_whoever_looks_like_that() -> None:
    """As the rooms do it."""
    maria, other = Person(1, "Maria", table=2), Person(2, "Bo", table=1)
    ana = Person(3, "Ana", wants="MARIA")
    tables = [Table(1, "r1", 3), Table(2, "r2", 3)]
    assert best_table("wish", ana, [maria, other, ana], tables) == tables[1]
    to = dealt_anew("wish", [maria, other, ana], [Table(1, "r1", 2), Table(2, "r2", 2)])
    assert to[1] == to[3] != to[2]

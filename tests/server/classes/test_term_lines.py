"""What stands in somebody's line over the term: what they were asked while they were there, and what they left idle."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from makersphere_protocol.messages import ClassOptions, Options
from makersphere_server.afterwards.take_home.stays import Played, Stay
from makersphere_server.room.model.reflection.questions import END
from tests.server.rig.classes import lines_of
from tests.server.rig.fakes import Client, Rig

ASKED = ("questions", "answered", "questions_at_end", "answered_at_end")


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def _begun(rig: Rig, names: tuple[str, ...], tables: int = 1) -> tuple[Client, list[Client]]:
    """Return the host of a class whose tables of six play, and its people."""
    laid = ClassOptions(people=6 * tables, table=6)
    host = await rig.create("quickstart", options=Options(), class_=laid)
    people = [await rig.join(host.room, name, id=name) for name in names]
    assert (await host.command("host.start")).ok
    await rig.pass_ms(2_000)
    return host, people


async def _until(rig: Rig, host: Client, watched: Client, phase: str) -> None:
    """Close phases at all tables until one of a table's people is in a phase, or its game is over."""
    while phase not in (watched.at.phase, watched.table["game"]["status"]):
        assert (await host.command("host.advance")).ok
        await rig.pass_ms(2_000)
        watched.read()


async def _answer(person: Client) -> None:
    """Answer all that somebody is asked now."""
    person.read()
    for asked in person.hand["question"].values():
        said = {"choice": asked["choices"][0]} if asked.get("choices") else {"text": "so"}
        where = {"season": asked["season"], "question": asked["question"]}
        assert (await person.command("reflect", **where, **said)).ok


async def _line(rig: Rig, host: Client, name: str) -> dict[str, str]:
    return next(line for line in await lines_of(rig, host, "term") if line["name"] == name)


async def test_what_was_asked_after_somebody_was_gone_counts_for_the_others_alone(rig: Rig) -> None:
    """Neither the question of the season in which they were removed, nor those of the end."""
    host, (_, bo) = await _begun(rig, ("Ana", "Bo"))
    await _until(rig, host, bo, "exchange")
    assert (await host.command("class.remove", person=1)).ok
    await _until(rig, host, bo, "recap")
    await _answer(bo)
    await _until(rig, host, bo, "over")
    await _answer(bo)
    ana, other = await _line(rig, host, "Ana"), await _line(rig, host, "Bo")
    assert [other[name] for name in ASKED] == ["1", "1", "2", "2"]
    assert [ana[name] for name in ASKED] == ["0", "0", "0", "0"]


async def test_who_is_moved_was_asked_at_each_table_what_was_asked_while_they_sat_there(rig: Rig) -> None:
    """A question that was open at both counts once; of one that came before a newcomer, nothing counts."""
    host, (ana, bo, cy) = await _begun(rig, ("Ana", "Bo", "Cy"), tables=2)
    await _until(rig, host, ana, "recap")
    for person in (ana, bo, cy):
        await _answer(person)
    await rig.pass_ms(500)
    assert (await host.command("class.move", person=3, to=2)).ok
    cy = await rig.join(host.room, "Cy", id="Cy")
    await _until(rig, host, cy, "exchange")
    await _until(rig, host, cy, "recap")
    late = await rig.join(host.room, "Dan", id="dan")
    assert late.room in (ana.room, bo.room)
    await _until(rig, host, cy, "over")
    for person in (ana, bo, cy):
        await _answer(person)
    found = {name: [(await _line(rig, host, name))[one] for one in ASKED] for name in ("Ana", "Bo", "Cy", "Dan")}
    assert found["Ana"] == found["Bo"] == found["Cy"] == ["1", "1", "2", "2"]
    assert found["Dan"] == ["0", "0", "2", "0"]


@pytest.mark.parametrize(
    ("stay", "own", "had", "asked"),
    [
        (Stay(0, 99), (), {"first", "recap"}, {1, END}),
        (Stay(0, 12), (), {"first"}, set()),
        (Stay(0, 12), ((1, "recap"),), {"first", "recap"}, {1}),
        (Stay(10, 99), (), {"recap"}, {1, END}),
    ],
)
def test_somebodys_time_is_from_the_phase_in_which_they_sat_down(
    stay: Stay, own: tuple[tuple[int, str], ...], had: set[str], asked: set[int]
) -> None:
    """That in which they were taken away is of it only if they did something in it; so are the questions."""
    played = Played({(1, "first"): 5, (1, "recap"): 10}, 20, {(1, "first"): 0, (1, "recap"): 1}, {})
    found = played.had([stay], own)
    assert {phase for _, phase in found} == had
    assert played.asked_in(found, [stay]) == asked


async def test_phases_before_the_first_choice_are_idle_ones(rig: Rig) -> None:
    """Of somebody who is moved before they have chosen anything, and who then has a seat that a bot had played."""
    host, (ana, bo, _) = await _begun(rig, ("Ana", "Bo", "Cy"), tables=2)
    await _until(rig, host, ana, "matching")
    assert (await host.command("class.move", person=1, to=2)).ok
    moved = await rig.join(host.room, "Ana", id="Ana")
    assert moved.room == bo.room
    await _until(rig, host, moved, "market")
    assert (await moved.command("ready", ready=True)).ok
    await _until(rig, host, moved, "over")
    line, other = await _line(rig, host, "Ana"), await _line(rig, host, "Bo")
    assert line["decided"] == "1"
    assert line["phases"] == other["phases"], "she was there from the first phase on, as Bo was"
    assert int(line["idle_phases"]) == int(line["phases"]) - 1


async def test_who_left_without_a_choice_has_a_line_of_idle_phases(rig: Rig) -> None:
    """Removed in the middle, with no deed at all: what they sat through stands there, and nothing of after."""
    host, (_, bo) = await _begun(rig, ("Ana", "Bo"))
    await _until(rig, host, bo, "matching")
    assert (await host.command("class.remove", person=1)).ok
    await _until(rig, host, bo, "over")
    ana = await _line(rig, host, "Ana")
    assert (ana["games"], ana["phases"], ana["idle_phases"], ana["decided"]) == ("1", "2", "2", "0")

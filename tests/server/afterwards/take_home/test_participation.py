"""Who took part: who decided in time, who left, who asked, and what it is worth."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import attrs
import pytest

from makersphere_protocol.messages import Options
from makersphere_server.afterwards.export_files import csv_file
from makersphere_server.afterwards.take_home.files import one_file
from makersphere_server.afterwards.take_home.participation import Part, counted_answers, gradebook, parts
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import begun, stored, to_the_end

PHASES = ("policy", "admission", "exchange", "matching", "incubation", "market", "appraisal")


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def next_phase(rig: Rig, host: Client, *ready: Client) -> str:
    """Have some people say that they are ready, have the phase closed, and return which it was."""
    host.read()
    phase = str(host.table["game"]["phase"])
    for person in ready:
        person.read()
        assert (await person.command("ready", ready=True)).ok
    await rig.pass_ms(1_000)
    host.read()
    if host.table["game"]["phase"] == phase:
        await host.command("host.advance")
        await rig.pass_ms(1_000)
        host.read()
    return phase


async def season_of(rig: Rig, host: Client, *ready: Client) -> None:
    """Play a season in which some people decide each phase."""
    while await next_phase(rig, host, *ready) != "recap":
        pass


async def test_a_phase_counts_where_a_person_decided_before_it_closed(rig: Rig) -> None:
    """Who said to be ready in each phase has all of them; who did nothing has none; bots' seats have no row."""
    host, ann, _ = await begun(rig, "quickstart", 6, ("Ann", "Ben"))
    await season_of(rig, host, ann)
    await to_the_end(rig, host)
    found = (await stored(rig, host.room)).game().people
    assert [(part.seat, part.name) for part in found] == [(1, "Ann"), (2, "Ben")]
    assert found[0].phases == found[1].phases
    first = [place for place in found[0].phases if place[0] == 1]
    assert list(found[0].decided) == list(found[0].own) == first
    assert found[1].decided == ()
    assert found[0].seasons == (1, 2)


async def test_a_phase_in_which_a_role_is_asked_nothing_counts_for_nobody(rig: Rig) -> None:
    """A recap asks nobody, and policy asks operators alone."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    await to_the_end(rig, host)
    (ann,) = (await stored(rig, host.room)).game().people
    assert ann.role == "maker"
    assert {phase for _, phase in ann.phases} == {*PHASES} - {"policy"}


async def test_who_left_has_a_bot_from_then_on(rig: Rig) -> None:
    """After a minute away a bot plays; the row says after which phase the person did nothing more, and since when."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    await season_of(rig, host, ann)
    ann.leave()
    await rig.pass_ms(90_000)
    await to_the_end(rig, host)
    game = (await stored(rig, host.room)).game()
    (found,) = game.people
    assert found.left is not None
    assert found.left[0] == 1
    assert found.bot_from is not None
    assert found.bot_from[0] == 2


async def test_who_was_removed_without_a_choice_has_left_after_the_last_phase_of_theirs(rig: Rig) -> None:
    """An empty field would say that they were there to the end."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    while await next_phase(rig, host) != "admission":
        pass
    assert (await host.command("host.remove", seat=ann.you.seat)).ok
    await to_the_end(rig, host)
    (found,) = (await stored(rig, host.room)).game().people
    assert (found.phases, found.own) == (((1, "admission"),), ())
    assert found.left == (1, "admission")


async def test_who_was_removed_before_anything_was_asked_of_them_has_left_after_what_they_did(rig: Rig) -> None:
    """They said to be ready in a phase that asks their role nothing; where they did nothing at all they have no row."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    ann.read()
    assert ann.table["game"]["phase"] == "policy"
    assert (await ann.command("ready", ready=True)).ok
    assert (await host.command("host.remove", seat=ann.you.seat)).ok
    await to_the_end(rig, host)
    (found,) = (await stored(rig, host.room)).game().people
    assert (found.phases, found.left) == ((), (1, "policy"))
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    assert (await host.command("host.remove", seat=ann.you.seat)).ok
    await to_the_end(rig, host)
    assert (await stored(rig, host.room)).game().people == ()


async def test_what_a_rewind_took_back_counts_once(rig: Rig) -> None:
    """A phase that was played twice is one phase, and counts as it was played in the end."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    await season_of(rig, host, ann)
    assert (await host.command("host.rewind", season=1, phase="matching")).ok
    await rig.pass_ms(1_000)
    host.read()
    await to_the_end(rig, host)
    (found,) = (await stored(rig, host.room)).game().people
    assert len(set(found.phases)) == len(found.phases)
    assert [place for place in found.decided if place[0] == 1] == [(1, "admission"), (1, "exchange")]


async def test_a_practice_season_counts_nowhere(rig: Rig) -> None:
    """What was done while it did not count is not counted."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    await to_the_end(rig, host)
    plain = len((await stored(rig, host.room)).game().people[0].phases)
    practised = await rig.create("quickstart", options=Options(seats=6, practice=True))
    ann = await rig.join(practised.room, "Ann")
    assert (await practised.command("host.start")).ok
    await rig.pass_ms(3_000)
    assert (await ann.command("ask", what="help")).ok
    await season_of(rig, practised, ann)
    await to_the_end(rig, practised)
    room = await stored(rig, practised.room)
    (found,) = room.game().people
    assert len(found.phases) == plain
    assert found.decided == ()
    assert found.asked == 0
    (found,) = parts(room.game().finished, room.records, room.private, _answers_of(1, 2, None))
    assert (found.answered, found.reflected) == ((1, 1), (1, 1))
    told = counted_answers(room.game().finished, _answers_of(1, 2, None))
    assert [each["season"] for each in told] == [2, None]


async def test_an_answer_about_a_season_that_was_taken_back_counts_nowhere(rig: Rig) -> None:
    """Only seasons that stand, up to their question, have one that can be answered."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    await season_of(rig, host, ann)
    while host.table["game"]["phase"] != "recap":
        await next_phase(rig, host, ann)
    assert (await host.command("host.rewind", season=2, phase="matching")).ok
    await rig.pass_ms(1_000)
    assert (await host.command("host.end")).ok
    room = await stored(rig, host.room)
    (found,) = parts(room.game().finished, room.records, room.private, _answers_of(1, 2))
    assert found.answered == (1, 1)


def _answers_of(*seasons: int | None) -> list[dict[str, Any]]:
    """Return what the first person answered to a question of each season."""
    said = {"seat": "1", "member": 1, "kind": "text", "text": "so", "choice": None}
    return [{**said, "season": season, "question": f"of {season}"} for season in seasons]


async def test_who_asked_the_host_is_counted(rig: Rig) -> None:
    """Each wish for time, help or another role."""
    host, ann, _ = await begun(rig, "quickstart", 6, ("Ann", "Ben"))
    for what in ("time", "help"):
        assert (await ann.command("ask", what=what)).ok
    await to_the_end(rig, host)
    found = (await stored(rig, host.room)).game().people
    assert [part.asked for part in found] == [2, 0]


async def test_a_team_decides_together_and_each_of_it_has_a_row(rig: Rig) -> None:
    """What one of a team decided counts for the seat; who did it stands beside it."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",), teams=True)
    ben = await rig.share(host, "Ben", 1)
    await next_phase(rig, host)
    await next_phase(rig, host, ann)
    await next_phase(rig, host, ben)
    await to_the_end(rig, host)
    first, second = (await stored(rig, host.room)).game().people
    assert (first.name, second.name) == ("Ann", "Ben")
    assert first.decided == second.decided == ((1, "admission"), (1, "exchange"))
    assert (first.own, second.own) == (((1, "admission"),), ((1, "exchange"),))


async def test_a_renamed_person_has_one_row_by_one_name(rig: Rig) -> None:
    """The name that the host gave stands there, alone."""
    host, _ = await begun(rig, "quickstart", 6, ("Ana López",))
    assert (await host.command("host.seat", seat=1, name="Ana L.")).ok
    await to_the_end(rig, host)
    room = await stored(rig, host.room)
    assert [part.name for part in room.game().people] == ["Ana L."]
    assert [part.name for part in room.game(names=False).people] == [""]
    assert room.game().words.seat(1) == "Ana L."


async def test_a_row_without_a_name_is_called_by_its_seat(rig: Rig) -> None:
    """Whom a host has taken away has no name any more; a gradebook would drop a row without one.

    The name of who sits there now is the next person's.
    """
    host, *people = await begun(rig, "quickstart", 6, ("Ann", "Ben"))
    while await next_phase(rig, host, *people) != "admission":
        pass
    for seat in (1, 2):
        assert (await host.command("host.remove", seat=seat)).ok
    (await rig.share(host, "Cem", 1)).read()
    await to_the_end(rig, host)
    room = await stored(rig, host.room)
    rows = list(csv.DictReader(io.StringIO(one_file(room.game(), "participation").body.decode("utf-8-sig"))))
    assert [(row["id"], row["name"]) for row in rows] == [
        ("1.1", "Maker 1, person 1"),
        ("1.2", "Cem"),
        ("2.1", "Maker 2"),
    ]
    teacher = one_file(room.game(), "teacher").body.decode()
    assert all(row["name"] in teacher for row in rows)


async def test_answers_are_counted_by_season_and_at_the_end(rig: Rig) -> None:
    """Of the questions that anybody answered; a question is counted once, however often it was answered."""
    host, *_ = await begun(rig, "quickstart", 6, ("Ann", "Ben"))
    await to_the_end(rig, host)
    room = await stored(rig, host.room)
    said = {"member": 1, "kind": "text", "text": "so", "choice": None}
    answers: list[dict[str, Any]] = [
        {"season": 1, "question": "a", "seat": "1", **said},
        {"season": 2, "question": "b", "seat": "1", **said},
        {"season": 2, "question": "c", "seat": "2", **said},
        {"season": None, "question": "d", "seat": "2", **said},
    ]
    ann, ben = parts(room.game().finished, room.records, room.private, answers)
    assert (ann.answered, ann.reflected) == ((2, 2), (0, 1))
    assert (ben.answered, ben.reflected) == ((1, 2), (1, 1))


async def test_nobody_was_asked_after_they_had_left(rig: Rig) -> None:
    """Neither of a season whose question came while a bot played for them, nor at the end, unless they answered."""
    host, ann, _ = await begun(rig, "quickstart", 6, ("Ann", "Ben"))
    await season_of(rig, host, ann)
    ann.leave()
    await rig.pass_ms(90_000)
    await to_the_end(rig, host)
    room = await stored(rig, host.room)
    said = {"member": 1, "kind": "text", "text": "so", "choice": None, "question": "a"}
    of_ben: list[dict[str, Any]] = [{"season": season, "seat": "2", **said} for season in (1, 2, None)]
    ann_did, ben_did = parts(room.game().finished, room.records, room.private, of_ben)
    assert (ann_did.answered, ann_did.reflected) == ((0, 1), (0, 0))
    assert (ben_did.answered, ben_did.reflected) == ((2, 2), (1, 1))
    late = [*of_ben, {"season": None, "seat": "1", **said}]
    ann_did, _ = parts(room.game().finished, room.records, room.private, late)
    assert (ann_did.answered, ann_did.reflected) == ((0, 1), (1, 1))


async def test_who_was_back_for_a_seasons_question_was_asked_it(rig: Rig) -> None:
    """A bot that had played the phases before makes nobody somebody who had left."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    ann.leave()
    await rig.pass_ms(90_000)
    while await next_phase(rig, host) != "appraisal":
        pass
    await ann.resume()
    await next_phase(rig, host, ann)
    await to_the_end(rig, host)
    room = await stored(rig, host.room)
    (found,) = parts(room.game().finished, room.records, room.private, _answers_of(1, None))
    assert (found.answered, found.reflected) == ((1, 1), (1, 1))
    assert found.decided == ()


async def test_an_answer_counts_for_its_author_alone(rig: Rig) -> None:
    """A teammate who answered nothing gets nothing for it, and neither does whoever has the seat next."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",), teams=True)
    await rig.share(host, "Ben", 1)
    await to_the_end(rig, host)
    room = await stored(rig, host.room)
    said = {"season": None, "question": "d", "kind": "text", "text": "so", "choice": None}
    answers: list[dict[str, Any]] = [{**said, "seat": "1", "member": 2}]
    ann, ben = parts(room.game().finished, room.records, room.private, answers)
    assert (ann.reflected, ben.reflected) == ((0, 1), (1, 1))


def _part(**changed: Any) -> Part:  # noqa: ANN401  (fields of it)
    places = tuple((1, phase) for phase in PHASES)
    part = Part(1, 1, "Ann", "maker", places, places[:6], places[:6], ((1, ""), (2, "")), ((1, ""),), 0, None, None)
    return attrs.evolve(part, **changed)


def test_points_without_idle_phases_need_a_choice() -> None:
    """Idle phases take nothing away there, and whoever has chosen nothing at all has nothing for it."""
    weights = {"decided": 70, "seasons": 30}
    some, none = _part(), _part(decided=(), own=())
    idle = [row[-2:] for row in gradebook([some, none], weights).rows]
    assert idle == [[1, 100], [7, 0]]


def test_a_gradebook_opens_the_table() -> None:
    """UTF-8 with its mark, one line a person, plain numbers, no formula; points by the file's own weights."""
    people = [
        _part(),
        _part(seat=2, name="=SUM(A1)", left=(1, "market"), bot_from=(1, "appraisal")),
        _part(name="谷雨"),
    ]
    body = csv_file(gradebook(people, {"decided": 70, "answered": 20, "reflected": 10}))
    assert body.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["Ann", "'=SUM(A1)", "谷雨"]
    assert [row["id"] for row in rows] == ["1.1", "2.1", "1.1"]
    assert (rows[0]["phases"], rows[0]["decided"]) == ("7", "6")
    assert (rows[0]["points"], rows[0]["points_of"]) == ("70", "90")
    assert (rows[0]["idle_phases"], rows[0]["points_without_idle"]) == ("1", "80")
    assert (rows[0]["left_season"], rows[0]["bot_from_season"]) == ("", "")
    assert (rows[1]["left_season"], rows[1]["left_phase"], rows[1]["bot_from_season"]) == ("1", "market", "1")

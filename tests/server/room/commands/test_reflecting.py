"""Questions beside the game: who is asked, what is taken, who reads it, and that it is durable and can be forgotten."""

import io
import json
import zipfile
from typing import Any

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Create, Options, Result
from makersphere_server.afterwards.downloads import Downloads
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.room.commands.reflecting import LONGEST, MOST_TIMES
from makersphere_server.room.model.reflection.questions import END, questions_of
from makersphere_server.room.model.reflection.reflections import MOST_PICKED
from makersphere_server.room.shown.questions_shown import wall_answers
from tests.server.rig.fakes import Client, Rig, code

CANARY = "Canarywords said in confidence"
Given = dict[str, Any]


async def opened(rig: Rig, people: int = 2, **options: Any) -> tuple[Client, list[Client]]:  # noqa: ANN401
    """Return the host and the people of a quickstart game that has begun."""
    host = await rig.create("quickstart", options=Options(seats=6, **options))
    seated = [await rig.join(host.room, f"Person{n}") for n in range(people)]
    assert (await host.command("host.start")).ok
    return host, seated


async def to_phase(host: Client, phase: str, season: int = 1) -> None:
    """Close phases until one is open, or until the game is `over`."""
    game = host.table["game"]
    while (game["status"], game["phase"], game["season"]) != ("running", phase, season) and game["status"] != phase:
        await host.command("host.advance")
        await host.rig.pass_ms(1_000)
        host.read()
        game = host.table["game"]


async def told(*clients: Client) -> None:
    """Let everybody read what has come."""
    await clients[0].rig.pass_ms(100)
    for client in clients:
        client.read()


def asked(client: Client) -> list[Given]:
    """Return what a seat is asked now."""
    return list(client.hand.get("question", {}).values())


def answer_to(question: Given, words: str = CANARY) -> Given:
    """Return arguments that answer a question."""
    where: Given = {"season": question["season"], "question": question["question"]}
    return where | ({"choice": question["choices"][0]} if "choices" in question else {"text": words})


async def words_at_the_end(rig: Rig, people: int = 2) -> tuple[Client, list[Client], Given]:
    """Return a game that is over, and the question to be answered in one's own words."""
    host, seated = await opened(rig, people)
    await to_phase(host, "over")
    await told(host, *seated)
    return host, seated, next(one for one in asked(seated[0]) if "choices" not in one)


async def test_a_season_asks_from_its_recap_to_the_next_and_two_questions_come_at_the_end(rig: Rig) -> None:
    """Nothing before the first recap; then the role's question of that season, until the next recap or the end."""
    host, (ann, ben) = await opened(rig)
    await told(ann, ben)
    assert asked(ann) == []
    await to_phase(host, "recap")
    await told(ann, ben)
    first = questions_of(ann.table["seat"]["1"]["role"], 1)[0]
    assert [(one["season"], one["question"]) for one in asked(ann)] == [(1, first.key)]
    await to_phase(host, "market", 2)
    await told(ann)
    assert [one["season"] for one in asked(ann)] == [1]
    await to_phase(host, "recap", 2)
    await told(ann)
    assert [one["season"] for one in asked(ann)] == [2]
    await to_phase(host, "over")
    await told(ann, ben)
    assert [one["season"] for one in asked(ann)] == [END, END]
    assert asked(ann) == asked(ben)
    assert {"choices" in one for one in asked(ann)} == {True, False}


async def test_an_answer_reaches_its_author_and_the_hosts_and_nobody_else(rig: Rig) -> None:
    """Not another seat, not a watcher, not the log; a host reads who said what, and how many were asked."""
    host, (ann, ben), question = await words_at_the_end(rig)
    wall = await rig.watch(host.room)
    assert (await ann.command("reflect", **answer_to(question))).ok
    await told(host, ann, ben, wall)
    key = f"{END}:{question['question']}"
    assert ann.hand["reflection"][f"{key}:1"]["text"] == CANARY
    given = host.hand["reflection"][f"{key}:1:1"]
    assert (given["seat"], given["text"], "picked" in given) == (1, CANARY, False)
    assert host.hand["question"][key]["asked"] == 2
    for other in (ben, wall):
        assert not any(CANARY.encode() in frame for frame in other.connection.sent)
    assert not any(CANARY.encode() in record.command for record in await rig.log.read(host.room))


async def test_a_choice_stands_in_no_log_either(rig: Rig) -> None:
    """The log goes home with a host, and names no word of an answer: not even which choice it was."""
    host, (ann, _), _ = await words_at_the_end(rig)
    question = next(one for one in asked(ann) if "choices" in one)
    for choice in question["choices"]:
        await ann.command("reflect", season=END, question=question["question"], choice=choice)
    commands = [record.command for record in await rig.log.read(host.room) if b'"reflect"' in record.command]
    assert len(commands) == len(question["choices"])
    assert not any(choice.encode() in command for choice in question["choices"] for command in commands)


async def test_on_the_wall_is_what_a_host_picks_and_it_says_nobody(rig: Rig) -> None:
    """Nothing before the press; then the words alone, without seat, name or member; nothing after the next press."""
    host, (ann, ben), question = await words_at_the_end(rig)
    wall = await rig.watch(host.room)
    where: Given = {"season": END, "question": question["question"]}
    assert (await ann.command("reflect", **where, text="first")).ok
    assert (await ben.command("reflect", **where, text="second")).ok
    await told(wall)
    assert wall_answers(rig.room(host.room)._live) == {}
    assert "answers" not in wall.table
    assert (await host.command("host.pick", **where, seat=2, shown=True)).ok
    await told(host, wall, ann)
    assert wall.table["answers"] == ann.table["answers"] == {**where, "words": ["second"]}
    assert host.hand["reflection"][f"{END}:{question['question']}:2:1"]["picked"]
    assert (await host.command("host.pick", **where, seat=1, shown=True)).ok
    await told(wall)
    assert wall.table["answers"]["words"] == ["second", "first"]
    for seat in (1, 2):
        assert (await host.command("host.pick", **where, seat=seat, shown=False)).ok
    await told(wall)
    assert "answers" not in wall.table


async def test_what_else_is_shown_takes_them_away_for_good(rig: Rig) -> None:
    """A scene or a question of the host's; a new pick begins anew, and the scene before stays what it was."""
    host, (ann, ben), question = await words_at_the_end(rig)
    wall = await rig.watch(host.room)
    where: Given = {"season": END, "question": question["question"]}
    for client, text in ((ann, "first"), (ben, "second")):
        await client.command("reflect", **where, text=text)
    for away in ({"scene": "money"}, {"scene": "money", "talk": "over"}, {"scene": "money", "step": 0}):
        await host.command("host.pick", **where, seat=1, shown=True)
        await told(wall)
        assert wall.table["answers"]["words"] == ["first"]
        await host.command("host.show", **away)
        await told(host, wall)
        assert "answers" not in wall.table
        assert not any("picked" in given for given in host.hand["reflection"].values())
    await host.command("host.pick", **where, seat=2, shown=True)
    await told(wall)
    assert wall.table["answers"]["words"] == ["second"]
    assert wall.table["show"]["scene"] == "money"


async def test_a_chart_counts_and_names_nobody(rig: Rig) -> None:
    """A choice is shown as counts, and goes on counting while it stands there."""
    host, (ann, ben, cem, dora), _ = await words_at_the_end(rig, 4)
    wall = await rig.watch(host.room)
    question = next(one for one in asked(ann) if "choices" in one)
    where: Given = {"season": END, "question": question["question"]}
    for client in (ann, ben, cem):
        await client.command("reflect", **where, choice="makers")
    assert (await host.command("host.pick", **where, shown=True)).ok
    await dora.command("reflect", **where, choice="energy")
    await told(wall)
    assert wall.table["answers"] == {**where, "choices": question["choices"], "counts": {"makers": 3, "energy": 1}}
    assert (await host.command("host.pick", **where, shown=False)).ok
    await told(wall)
    assert "answers" not in wall.table


async def test_a_chart_that_few_have_answered_counts_nothing(rig: Rig) -> None:
    """Where one or two have answered, the room could tell whose a count is: the wall has the question alone."""
    host, seated, _ = await words_at_the_end(rig, 3)
    wall = await rig.watch(host.room)
    question = next(one for one in asked(seated[0]) if "choices" in one)
    where: Given = {"season": END, "question": question["question"]}
    assert (await host.command("host.pick", **where, shown=True)).ok
    for client, counts in zip(seated, ({}, {}, {"counts": {"makers": 3}}), strict=True):
        await client.command("reflect", **where, choice="makers")
        await told(wall, client)
        expected = {**where, "choices": question["choices"], **counts}
        assert wall.table["answers"] == client.table["answers"] == expected


async def test_words_that_change_leave_the_wall(rig: Rig) -> None:
    """Nobody has read what they say now; the same words again stay."""
    host, (ann, _), question = await words_at_the_end(rig)
    wall = await rig.watch(host.room)
    where: Given = {"season": END, "question": question["question"]}
    await ann.command("reflect", **where, text="kind")
    await host.command("host.pick", **where, seat=1, shown=True)
    await ann.command("reflect", **where, text="kind")
    await told(wall)
    assert wall.table["answers"]["words"] == ["kind"]
    await ann.command("reflect", **where, text="rude")
    await told(wall)
    assert "answers" not in wall.table
    assert not any(b"rude" in frame for frame in wall.connection.sent)


async def test_the_wall_has_room_for_so_many(rig: Rig) -> None:
    """One more is refused, and the field is named."""
    host, seated, question = await words_at_the_end(rig, MOST_PICKED)
    where: Given = {"season": END, "question": question["question"]}
    for client in seated:
        await client.command("reflect", **where, text=f"by {client.you.seat}")
        assert (await host.command("host.pick", **where, seat=client.you.seat, shown=True)).ok
    await told(host)
    assert len(host.table["answers"]["words"]) == MOST_PICKED


def _field(result: Result) -> str:
    assert result.error is not None
    return result.error.field


async def test_what_is_no_answer_is_refused_with_its_field(rig: Rig) -> None:
    """Too long, blank, of the wrong kind, of another role, unknown: each says which field is at fault."""
    host, (ann, _), question = await words_at_the_end(rig)
    key = question["question"]
    choice = next(one["question"] for one in asked(ann) if "choices" in one)
    wrong: list[tuple[Given, str]] = [
        ({"season": END, "question": key, "text": "x" * (LONGEST + 1)}, "text"),
        ({"season": END, "question": key, "text": " \u200b\n"}, "text"),
        ({"season": END, "question": key}, "text"),
        ({"season": END, "question": key, "text": 3}, "text"),
        ({"season": END, "question": key, "choice": "makers"}, "choice"),
        ({"season": END, "question": choice, "choice": "neither"}, "choice"),
        ({"season": END, "question": choice, "text": "words"}, "text"),
        ({"season": END, "question": "no_such_question", "text": "words"}, "question"),
        ({"season": 1, "question": key, "text": "words"}, "question"),
        ({"season": END, "text": "words"}, "question"),
        ({"question": key, "text": "words"}, "season"),
        ({"season": END, "question": key, "text": "words", "more": 1}, "more"),
    ]
    for args, field in wrong:
        result = await ann.command("reflect", **args)
        assert (code(result), _field(result)) == ("bad_args", field), args
    assert (await ann.command("reflect", season=END, question=key, text="x" * LONGEST)).ok
    assert not (await host.command("reflect", **answer_to(question))).ok


async def test_too_early_and_too_late_are_refused(rig: Rig) -> None:
    """Before its recap a question is not asked yet, after the next one it is asked no more."""
    host, (ann, _) = await opened(rig)
    role = host.table["seat"]["1"]["role"]
    first, second = questions_of(role, 1)[0], questions_of(role, 2)[0]
    early: Given = {"season": 1, "question": first.key, "choice": first.choices[0]}
    result = await ann.command("reflect", **early)
    assert (code(result), _field(result)) == ("rule", "season")
    await to_phase(host, "recap")
    ann.read()
    assert (await ann.command("reflect", **early)).ok
    for season, key in ((2, second.key), (END, "end_outside")):
        result = await ann.command("reflect", season=season, question=key, text="soon")
        assert (code(result), _field(result)) == ("rule", "season")
    await to_phase(host, "recap", 2)
    ann.read()
    late = await ann.command("reflect", **early)
    assert (code(late), _field(late)) == ("rule", "season")
    assert late.error is not None
    assert late.error.message != result.error.message  # type: ignore[union-attr]


async def test_an_answer_can_be_changed_so_many_times(rig: Rig) -> None:
    """Each is a record in the log, so there is an end to it; the last one stays."""
    _, (ann, _), question = await words_at_the_end(rig)
    where: Given = {"season": END, "question": question["question"]}
    for n in range(MOST_TIMES):
        assert (await ann.command("reflect", **where, text=f"thought {n}")).ok
        await ann.rig.pass_ms(100)
    result = await ann.command("reflect", **where, text="one more")
    assert (code(result), _field(result)) == ("rule", "question")
    await told(ann)
    assert ann.hand["reflection"][f"{END}:{question['question']}:1"]["text"] == f"thought {MOST_TIMES - 1}"


async def test_whoever_left_or_looks_on_is_not_asked(rig: Rig) -> None:
    """A seat that a host gave to a bot, and one whose person was taken away, are asked nothing and count for nobody."""
    host, (ann, ben) = await opened(rig)
    await to_phase(host, "recap")
    await told(host, ann, ben)
    question = asked(ann)[0]
    key = f"1:{question['question']}"
    before = host.hand["question"][key]["asked"]
    await host.command("host.seat", seat=1, bot=True)
    await host.command("host.remove", seat=2)
    await told(host, ann, ben)
    assert before > 0
    assert asked(ann) == []
    assert code(await ann.command("reflect", **answer_to(question))) == "not_your_role"
    assert host.hand["question"][key]["asked"] == 0


async def test_teammates_do_not_read_each_others_words(rig: Rig) -> None:
    """They read one hand: it says who has answered, and not what; each answers for themselves."""
    host, (ann, _) = await opened(rig, teams=True)
    cai = await rig.share(host, "Cai", 1)
    await to_phase(host, "over")
    await told(ann, cai)
    where: Given = {"season": END, "question": "end_outside"}
    assert (await ann.command("reflect", **where, text=CANARY)).ok
    assert (await cai.command("reflect", **where, text="mine")).ok
    await told(host, ann, cai)
    assert cai.hand["reflection"] == {f"{END}:end_outside:{member}": {**where, "member": member} for member in (1, 2)}
    assert not any(CANARY.encode() in frame for frame in cai.connection.sent)
    assert host.hand["reflection"][f"{END}:end_outside:1:2"]["text"] == "mine"


@pytest.mark.parametrize("is_killed", [False, True])
async def test_an_acknowledged_answer_and_a_pick_outlive_the_server(rig: Rig, is_killed: bool) -> None:  # noqa: FBT001
    """After a stop or a kill the author, the hosts and the wall have it; the same command again counts once."""
    host, (ann, _), question = await words_at_the_end(rig)
    args = answer_to(question)
    first = await ann.command("reflect", "same", **args)
    await host.command("host.pick", season=END, question=question["question"], seat=1, shown=True)
    await told(host, ann)
    hand, answers, known = ann.hand["reflection"], host.table["answers"], host.hand["reflection"]
    await (rig.kill() if is_killed else rig.stop())
    await rig.start()
    await ann.resume(fresh=True)
    await host.resume(fresh=True)
    assert (ann.hand["reflection"], host.table["answers"], host.hand["reflection"]) == (hand, answers, known)
    assert (await ann.command("reflect", "same", **args)).seq == first.seq
    row = next(row for row in await rig.log.rooms() if row.room == host.room)
    assert verify_room(row, await rig.log.read(host.room)).is_right


async def test_an_answer_that_was_not_stored_is_none(rig: Rig) -> None:
    """Where the store refuses, it is told to nobody."""
    host, (ann, _), question = await words_at_the_end(rig)
    rig.log.fail_next()
    assert code(await ann.command("reflect", **answer_to(question))) == "unavailable"
    await rig.pass_ms(2_000)
    await told(host, ann)
    assert "reflection" not in ann.hand
    assert "reflection" not in host.hand


async def test_questions_are_switched_off(rig: Rig) -> None:
    """As the room is opened, by a host, or by the scenario: nobody is asked, and a host may switch them on again."""
    host, (ann, _) = await opened(rig, questions=False)
    await to_phase(host, "over")
    await told(ann)
    assert asked(ann) == []
    args: Given = {"season": END, "question": "end_outside", "text": "words"}
    assert code(await ann.command("reflect", **args)) == "rule"
    assert (await host.command("host.questions", on=True)).ok
    await told(ann)
    assert len(asked(ann)) == 2
    assert (await ann.command("reflect", **args)).ok
    assert (await host.command("host.questions", on=False)).ok
    await rig.kill()
    await rig.start()
    await ann.resume(fresh=True)
    assert asked(ann) == []


async def test_the_same_create_frame_is_known_again_whatever_came_later() -> None:
    """An option that a frame does not use changes nothing of what the frame is known by."""
    plain, off = Create("counter", Options(seats=3)), Create("counter", Options(seats=3, questions=False))
    assert b"questions" not in encode(plain)
    assert b'"questions":false' in encode(off)


async def test_the_debrief_and_the_tables_have_the_answers(rig: Rig) -> None:
    """In the debrief all of them, and which were on the wall; in the tables own words with the names alone."""
    host, (ann, ben), question = await words_at_the_end(rig)
    await ann.command("reflect", **answer_to(question))
    await ben.command("reflect", season=END, question="end_alive", choice="energy")
    await ben.command("reflect", **answer_to(question, "kept back"))
    await host.command("host.pick", season=END, question="end_alive", shown=True)
    await host.command("host.pick", season=END, question=question["question"], seat=1, shown=True)
    await host.command("host.pick", season=END, question=question["question"], seat=1, shown=False)
    downloads = Downloads(rig.lobby.kept_room, ReadingPace(rig.clock))
    found = json.loads((await downloads.debrief(host.room, host.token, "")).body)
    none = {"season": None, "member": 1, "text": None, "choice": None}
    assert found["answers"] == [
        {**none, "question": "end_alive", "seat": "2", "kind": "choice", "choice": "energy", "picked": True},
        {**none, "question": "end_outside", "seat": "1", "kind": "text", "text": CANARY, "picked": True},
        {**none, "question": "end_outside", "seat": "2", "kind": "text", "text": "kept back", "picked": False},
    ]
    for names in (False, True):
        file = await downloads.export(host.room, host.token, "", "csv", names=names)
        with zipfile.ZipFile(io.BytesIO(file.body)) as archive:
            table = archive.read("answers.csv").decode()
        assert "end_alive" in table
        assert (CANARY in table) is names
    log = await downloads.export(host.room, host.token, "", "jsonl", names=True)
    assert CANARY.encode() not in log.body

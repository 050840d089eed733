"""The stuck: how many are lost and never who, a question in own words, and what a host answers to it."""

from collections.abc import Iterable
from typing import Any

import pytest

from makersphere_protocol.messages import Options, Resume
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.room.commands.asking_hosts import LONGEST_QUESTION, MOST_QUESTIONS
from makersphere_server.storage.record import encode_record
from tests.server.rig.fakes import Client, Rig, code

_APART_MS = 10_000
_SAID = "What is a badge?"


async def _hand(client: Client) -> dict[str, Any]:
    await client.rig.pass_ms(100)
    client.read()
    return client.hand


async def _three(rig: Rig) -> tuple[Client, Client, Client]:
    host, ann = await rig.started("two", teams=True)
    return host, ann, await rig.join(host.room, "Ben")


async def test_hosts_see_how_many_are_lost_and_nothing_says_who(rig: Rig) -> None:
    """The count is the hosts'; neither the log, nor a look over the shoulder, nor the store's answers tell whose."""
    host, ann, ben = await _three(rig)
    before = len(await rig.log.read(host.room))
    said = await ann.command("lost", at=ann.at, on=True)
    assert (said.ok, said.seq) == (True, before)
    assert (await ben.command("lost", on=True)).ok
    assert (await _hand(host))["lost"] == {"seats": 2}
    assert "lost" not in host.table
    assert (await _hand(ann))["lost"] == {"on": True}
    looked = await host.command("host.look", seat=1)
    assert looked.data is not None
    assert "lost" not in looked.data["hand"]
    records = await rig.log.read(host.room)
    assert [record for record in records if b"lost" in record.command] == []
    private = await rig.log.privates(host.room)
    assert [key for key, value in private.items() if b'"lost"' in value] == ["standing"]


async def test_somebody_who_is_lost_takes_it_back_and_a_phase_ends_it(rig: Rig) -> None:
    """Said twice it counts once, taken back it counts no more, and the next phase begins with nobody lost."""
    host, ann, ben = await _three(rig)
    before = ann.at
    for client in (ann, ann, ben):
        assert (await client.command("lost", on=True)).ok
    assert (await _hand(host))["lost"] == {"seats": 2}
    assert (await ben.command("lost", on=False)).ok
    assert (await _hand(host))["lost"] == {"seats": 1}
    assert (await host.command("host.advance")).ok
    assert "lost" not in await _hand(host)
    assert "lost" not in await _hand(ann)
    late = await ann.command("lost", at=before, on=True)
    assert code(late) == "not_your_phase"
    assert code(await ann.command("lost", on=1)) == "bad_args"


async def test_the_same_id_counts_once_and_a_kill_forgets_nobody_who_is_lost(rig: Rig) -> None:
    """A frame that comes again is answered again and done once; what was acknowledged is there after a kill."""
    host, ann, _ = await _three(rig)
    assert (await ann.command("lost", "one", on=True)).ok
    assert (await ann.command("lost", "two", on=False)).ok
    assert (await ann.command("lost", "one", on=True)).ok
    assert "lost" not in await _hand(host)
    assert (await ann.command("lost", on=True)).ok
    await rig.kill()
    await rig.start()
    await host.resume()
    assert host.hand["lost"] == {"seats": 1}


async def test_the_servers_own_log_has_no_seat_of_who_is_lost(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is logged of the command names no seat."""
    _, ann, _ = await _three(rig)
    told: list[int] = []

    def write(events: Iterable[Any]) -> None:
        told.extend(one.seat for one in events if one.command == "lost")

    monkeypatch.setattr(rig.room(ann.room)._telling._journal, "write", write)
    assert (await ann.command("lost", "one", on=True)).ok
    assert (await ann.command("lost", "one", on=True)).ok
    assert code(await ann.command("lost", on="yes")) == "bad_args"
    assert told == [0, 0, 0]


async def test_a_question_reaches_the_hosts_and_its_answer_that_seat_alone(rig: Rig) -> None:
    """A question stands in the hosts' hand until one answers; the answer comes to the one phone, and to no table."""
    host, ann, ben = await _three(rig)
    assert (await ann.command("ask_host", text=f" {_SAID} ")).ok
    asked = {"seat": 1, "member": 1, "number": 1, "text": _SAID}
    assert (await _hand(host))["asked_host"] == {"1:1": asked}
    assert (await _hand(ann))["asked_host"] == {"1": asked}
    assert (await host.command("host.advance")).ok
    assert (await _hand(host))["asked_host"] == {"1:1": asked}, "it waits for a host, not for a phase"
    answered = await host.command("host.answer", seat=1, member=1, number=1, text="It opens a space to you.")
    assert answered.ok
    assert "asked_host" not in await _hand(host)
    own = (await _hand(ann))["asked_host"]["1"]
    assert (own["answered"], own["answer"]) == (True, "It opens a space to you.")
    assert ("messaged", "It opens a space to you.") in [(one.text, one.values.get("text")) for one in ann.lines()]
    await _hand(ben)
    assert "asked_host" not in ben.hand
    assert [line for line in ben.lines() if line.text == "messaged"] == []
    assert _SAID not in str(ben.table)


async def test_an_answer_goes_to_no_other_question(rig: Rig) -> None:
    """One that was asked anew or answered meanwhile gets nothing; an answer may be given in person."""
    host, ann, _ = await _three(rig)
    assert (await ann.command("ask_host", text="One?")).ok
    await rig.pass_ms(_APART_MS)
    assert (await ann.command("ask_host", text="Two?")).ok
    assert code(await host.command("host.answer", seat=1, member=1, number=1, text="One.")) == "changed"
    assert code(await host.command("host.answer", seat=2, member=1, number=1, text="One.")) == "bad_args"
    assert (await host.command("host.answer", seat=1, member=1, number=2)).ok
    assert (await _hand(ann))["asked_host"]["1"] == {
        "seat": 1,
        "member": 1,
        "number": 2,
        "text": "Two?",
        "answered": True,
    }
    assert code(await host.command("host.answer", seat=1, member=1, number=2, text="Again.")) == "changed"


@pytest.mark.parametrize("args", [{}, {"text": " \n"}, {"text": "x" * (LONGEST_QUESTION + 1)}])
async def test_a_question_that_is_none_is_refused(rig: Rig, args: dict[str, Any]) -> None:
    """Nothing, blanks and a text that is too long are refused, with the field."""
    _, ann, _ = await _three(rig)
    refused = await ann.command("ask_host", **args)
    assert code(refused) == "bad_args"
    assert refused.error is not None
    assert refused.error.field == "text"


async def test_questions_are_bounded_in_pace_and_number(rig: Rig) -> None:
    """Two within ten seconds are one too many, and so is one more than thirty."""
    _, ann, ben = await _three(rig)
    for number in range(MOST_QUESTIONS):
        assert (await ann.command("ask_host", text=f"{number}?")).ok
        if number == 0:
            soon = await ann.command("ask_host", text="And?")
            assert soon.error is not None
            assert (soon.error.code, soon.error.message[-11:]) == ("rule", "10 seconds.")
        await rig.pass_ms(_APART_MS)
    often = await ann.command("ask_host", text="And?")
    assert often.error is not None
    assert (often.error.code, "30 times" in often.error.message) == ("rule", True)
    assert (await ben.command("ask_host", text="Me too?")).ok


async def test_an_assistant_answers_and_a_visitor_does_not(rig: Rig) -> None:
    """Both read the question; the visitor's answer is refused."""
    host, ann, _ = await _three(rig)
    assert (await ann.command("ask_host", text=_SAID)).ok
    for rank, outcome in (("visitor", "not_your_role"), ("assistant", "ok")):
        given = (await host.command("host.invite", rank=rank)).data
        assert given is not None
        other = Client(rig)
        await other.say(Resume(host.room, host_token=given["host_token"]))
        assert "1:1" in (await _hand(other))["asked_host"]
        answered = await other.command("host.answer", seat=1, member=1, number=1, text="Look it up.")
        assert ("ok" if answered.ok else code(answered)) == outcome


async def test_words_stand_beside_the_log_survive_a_kill_and_go_with_their_seat(rig: Rig) -> None:
    """The log has a digest of a question and of its answer and verifies; who sits there next reads none of it."""
    host, ann, _ = await _three(rig)
    assert (await ann.command("ask_host", text=_SAID)).ok
    assert (await host.command("host.answer", seat=1, member=1, number=1, text="A key, sort of.")).ok
    await rig.kill()
    await rig.start()
    await host.resume()
    await ann.resume(fresh=True)
    assert ann.hand["asked_host"]["1"]["answer"] == "A key, sort of."
    records = await rig.log.read(host.room)
    lines = b"".join(encode_record(record) for record in records)
    assert b"badge" not in lines
    assert b"sort of" not in lines
    row = next(row for row in await rig.log.rooms() if row.room == host.room)
    assert verify_room(row, records).is_right
    assert (await host.command("host.remove", seat=1)).ok
    cleo = await rig.share(host, "Cleo", 1)
    assert "asked_host" not in cleo.hand
    assert [line for line in cleo.lines() if line.text == "messaged"] == []


async def test_a_question_counts_among_what_waits_at_a_table(rig: Rig) -> None:
    """Whoever leads several tables sees how many wait there, and how many are lost."""
    host, ann, ben = await _three(rig)
    assert (await ann.command("ask_host", text=_SAID)).ok
    assert (await ben.command("lost", on=True)).ok
    glance = rig.room(host.room).glance()
    assert (glance["asks"], glance["lost"]) == (1, 1)


async def test_a_room_that_has_not_begun_counts_nobody_as_lost(rig: Rig) -> None:
    """Before the start there is no phase to be lost in."""
    host = await rig.create("two", options=Options(seats=2))
    ann = await rig.join(host.room)
    assert code(await ann.command("lost", on=True)) == "rule"

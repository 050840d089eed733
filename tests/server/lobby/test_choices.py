"""Named choices of the rules: how a room is opened with some, remembers them, and what-if takes more."""

import json
from pathlib import Path

import pytest

from makersphere_protocol.messages import Options, Resume
from makersphere_rules import shipped
from makersphere_rules.choices.named import taken
from makersphere_rules.scenario_building import build
from makersphere_server.afterwards.downloads import debrief_file
from makersphere_server.afterwards.export_tables import finished_room
from makersphere_server.afterwards.exporting import ToldRoom, exported
from makersphere_server.afterwards.verify import verify_file, verify_room
from makersphere_server.lobby.class_size import ClassSizes
from makersphere_server.storage.log_file import read_jsonl
from tests.server.rig.fakes import Client, Rig

CLASSROOM = shipped.scenario("classroom")


async def _opened(rig: Rig, *choices: str) -> Client:
    return await rig.create("classroom", options=Options(seats=6, choices=list(choices), pace="host"))


async def _shown(client: Client) -> Client:
    await client.rig.pass_ms(1_100)
    client.read()
    return client


async def _back(host: Client, room: str = "") -> Client:
    """Return the host who has come back, or gone to another room with the same token."""
    other = Client(host.rig)
    await other.say(Resume(room or host.room, host_token=host.token))
    return await _shown(other)


async def _stored(rig: Rig, room: str) -> dict[str, object]:
    row = next(row for row in await rig.log.rooms() if row.room == room)
    found: dict[str, object] = json.loads(row.scenario)
    return found


def test_what_can_be_chosen_is_offered_with_what_contradicts_it() -> None:
    """A page shows the buttons of the chosen scenario."""
    offered = {each["name"]: each for each in ClassSizes(["classroom", "counter"], shipped.scenario, 500).offered()}
    against = {choice["name"]: choice["against"] for choice in offered["classroom"]["choices"]}
    assert against["double_tax"] == ["no_tax"]
    assert against["no_elimination"] == ["weakest_close"]
    assert against["hours_negotiated"] == []
    assert offered["counter"]["choices"] == []


async def test_a_room_is_opened_with_choices_and_says_so(rig: Rig) -> None:
    """Its scenario is plain, as if written by hand; everybody reads what was chosen, after a restart too."""
    host = await _opened(rig, "double_tax", "no_elimination")
    found = {choice.name: choice for choice in CLASSROOM.choices}
    plain = taken(CLASSROOM.source, [found["double_tax"], found["no_elimination"]])
    assert await _stored(rig, host.room) == json.loads(json.dumps(plain))
    assert host.table["room"]["chosen"] == [{"name": "double_tax"}, {"name": "no_elimination"}]
    await rig.stop()
    await rig.start()
    again = await _back(host)
    assert again.table["room"]["chosen"] == [{"name": "double_tax"}, {"name": "no_elimination"}]
    assert again.table["module"]["world"]["tax"] == 20


async def test_a_room_without_choices_is_as_before(rig: Rig) -> None:
    """Nothing is said, and the scenario declares nothing that an earlier version would not know."""
    host = await rig.create("classroom", options=Options(seats=6))
    assert "chosen" not in host.table["room"]
    assert "choices" not in await _stored(rig, host.room)


@pytest.mark.parametrize(
    ("choices", "code", "said"),
    [
        (["no_such"], "bad_args", "choices"),
        (["double_tax", "double_tax"], "bad_args", "choices"),
        (["double_tax", "no_tax"], "rule", "double_tax and no_tax"),
    ],
)
async def test_choices_that_are_none_or_contradict_each_other_are_refused(
    rig: Rig, choices: list[str], code: str, said: str
) -> None:
    """The refusal names the field, and no room is founded."""
    error = (await _opened(rig, *choices)).error()
    assert error.code == code
    assert said in error.message
    assert await rig.log.rooms() == []


async def test_what_if_takes_choices_by_name(rig: Rig) -> None:
    """The fork is played by them from there on, remembers them, and drops those of its origin that contradict."""
    host = await _opened(rig, "double_tax")
    assert (await host.command("host.start")).ok
    await _shown(host)
    assert [choice["name"] for choice in host.hand["rule_choices"]] == [choice.name for choice in CLASSROOM.choices]
    refused = await host.command("host.fork", season=1, phase="policy", choices=["no_tax", "double_tax"])
    assert refused.error is not None
    assert (refused.error.code, refused.error.field) == ("rule", "choices")
    result = await host.command("host.fork", season=1, phase="policy", choices=["no_tax", "shared_by_work"])
    assert result.ok, result
    assert result.data is not None
    fork = await _back(host, str(result.data["room"]))
    assert fork.table["room"]["chosen"] == [{"name": "no_tax"}, {"name": "shared_by_work"}]
    assert fork.table["module"]["world"]["tax"] == 0
    assert "pro_rata" in fork.table["module"]
    assert host.table["room"]["chosen"] == [{"name": "double_tax"}]


async def test_hosts_find_each_what_if_by_what_it_changes(rig: Rig) -> None:
    """From where on, by which choices, and by which parameters of their own; after a restart, too."""
    host = await _opened(rig)
    assert (await host.command("host.start")).ok
    await _shown(host)
    rooms: list[str] = []
    for more in ({}, {"choices": ["no_tax"]}, {"choices": ["no_tax"], "rules": "[waterfall]\nwage = 4"}):
        made = await host.command("host.fork", f"what if {len(rooms)}", season=1, phase="policy", **more)
        assert made.data is not None, made
        rooms.append(str(made.data["room"]))
    start = {"season": 1, "phase": "policy"}
    told = [
        {**start, "chosen": [], "rules": []},
        {**start, "chosen": [{"name": "no_tax"}], "rules": []},
        {**start, "chosen": [{"name": "no_tax"}], "rules": [{"path": "waterfall.wage", "is": 4}]},
    ]
    assert (await _shown(host)).hand["forked"] == dict(zip(rooms, told, strict=True))
    await rig.stop()
    await rig.start()
    again = await _back(host)
    assert again.hand["forks"] == rooms
    assert again.hand["forked"] == dict(zip(rooms, told, strict=True))


@pytest.mark.parametrize(
    ("language", "choice", "instead"),
    [("en", "Nobody is closed down", "the start of Market in season 1"), ("zh", "谁也不淘汰", "市场分配")],
)
async def test_what_if_says_by_its_title_which_choice_comes_too_late(
    rig: Rig, language: str, choice: str, instead: str
) -> None:
    """And from when on it can be taken; there it is. Beside it stands one that would do."""
    host = await rig.create("classroom", options=Options(seats=6, pace="host", language=language))
    assert (await host.command("host.start")).ok
    while host.table["game"]["phase"] != "appraisal":
        assert (await host.command("host.advance")).ok
        await _shown(host)
    taken_too = ["double_tax", "no_elimination"]
    refused = await host.command("host.fork", season=1, phase="appraisal", choices=taken_too)
    assert refused.error is not None
    assert (refused.error.code, refused.error.field) == ("rule", "choices")
    assert choice in refused.error.message
    assert instead in refused.error.message
    assert "threshold" not in refused.error.message
    assert (await host.command("host.fork", season=1, phase="market", choices=taken_too)).ok


async def test_what_one_takes_home_says_what_was_chosen(rig: Rig, tmp_path: Path) -> None:
    """The debrief, the tables and the log, which verifies as that of any room."""
    host = await _opened(rig, "double_tax")
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end")).ok
    row = next(row for row in await rig.log.rooms() if row.room == host.room)
    records, private = await rig.log.read(host.room), await rig.log.privates(host.room)
    assert verify_room(row, records).is_right
    finished = finished_room(row, records)
    assert json.loads(debrief_file(finished, private).body)["chosen"] == [{"name": "double_tax"}]
    assert b"chosen.csv" in exported([ToldRoom(finished, records, private)], "csv", names=False).body
    kept = tmp_path / "kept.jsonl"
    kept.write_bytes(exported([ToldRoom(finished, records, private)], "jsonl", names=False).body)
    assert read_jsonl(kept).chosen == [{"name": "double_tax"}]
    assert verify_file(kept).is_right


async def test_choices_of_a_scenario_of_ones_own_bring_their_words(rig: Rig) -> None:
    """The texts know nothing of them."""
    words = {"title": {"en": "Half"}, "text": {"en": "Count to half."}}
    own = {**shipped.scenario("counter").source, "choices": [{"name": "half", **words, "counter": {"most": 5}}]}
    rig.two = build({**own, "name": "two"}, shipped.modules())
    host = await rig.create("two", options=Options(choices=["half"]))
    assert host.table["room"]["chosen"] == [{"name": "half", **words}]

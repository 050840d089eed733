"""What if: a new room that goes on from the start of a phase, with the same people in the same seats."""

from copy import deepcopy
from typing import Any

import pytest

from makersphere_protocol.messages import At, Options, Resume
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.rig.fakes import Client, Rig, code


async def _now(client: Client) -> Client:
    await client.rig.pass_ms(1_100)
    client.read()
    return client


async def _forked(host: Client, season: int, phase: str, id: str = "", rules: str = "") -> str:
    more = {"rules": rules} if rules else {}
    result = await host.command("host.fork", id, None, season=season, phase=phase, **more)
    assert result.ok, result
    assert result.data is not None
    return str(result.data["room"])


async def _moved(client: Client, room: str) -> Client:
    """Return somebody who has gone to another room with the token of the first."""
    other = Client(client.rig)
    host_token, seat_token = (client.token, "") if client.you.kind == "host" else ("", client.token)
    await other.say(Resume(room, seat_token, host_token))
    other.token = client.token
    return await _now(other)


def _game(client: Client) -> dict[str, object]:
    """Return what the table shows of the game itself."""
    table = deepcopy(client.table)  # which patches change in place
    return {kind: value for kind, value in table.items() if kind not in ("clock", "room", "seat")}


async def _verified(rig: Rig, room: str) -> None:
    row = next(row for row in await rig.log.rooms() if row.room == room)
    records = await rig.log.read(room)
    report = verify_room(row, records)
    assert report.is_right, report
    assert report.records == len(records)


async def test_a_fork_begins_as_the_phase_began(rig: Rig) -> None:
    """The same seats with the same people, whose tokens open them; it waits until a host lets it go on."""
    host, ann = await rig.started("two")
    assert (await ann.command("count", by=2)).ok
    assert (await host.command("host.advance")).ok
    then = _game(await _now(ann))
    assert (await ann.command("count", by=5)).ok
    before = await rig.log.read(host.room)
    room = await _forked(host, 1, "second")
    assert room != host.room
    assert [record.events for record in (await rig.log.read(host.room))[len(before) :]] == [b"[]"]
    there, ann_there = await _moved(host, room), await _moved(ann, room)
    assert (ann_there.you.seat, ann_there.at) == (1, At(1, "second"))
    assert _game(ann_there) == then
    assert ann_there.table["room"]["origin"] == host.room
    assert ann_there.table["clock"] == {"paused": True, "remaining_ms": 30_000}
    assert (await there.command("host.resume")).ok
    assert (await ann_there.command("count", by=1)).ok
    assert _game(await _now(ann)) != _game(await _now(ann_there))
    for one in (host.room, room):
        await _verified(rig, one)


async def test_after_the_end_people_are_led_into_a_fork_in_their_own_seats(rig: Rig) -> None:
    """The table says that the next room is one where their tokens open their seats; of any other it does not."""
    host, ann = await rig.started("two")
    room = await _forked(host, 1, "first")
    assert code(await host.command("host.next", room=room)) == "rule"
    assert (await host.command("host.end")).ok
    assert (await host.command("host.next", room=room)).ok
    facts = (await _now(ann)).table["room"]
    assert (facts["next"], facts["next_fork"]) == (room, True)
    assert (await _moved(ann, room)).you.seat == ann.you.seat
    assert (await host.command("host.next", room="K7QF234")).ok
    assert "next_fork" not in (await _now(ann)).table["room"]


async def test_a_lost_answer_founds_no_second_one(rig: Rig) -> None:
    """The same command again names the same fork, after a restart too."""
    host, _ = await rig.started("two")
    room = await _forked(host, 1, "first", "what-if")
    assert await _forked(host, 1, "first", "what-if") == room
    await rig.kill()
    await rig.start()
    await host.resume()
    assert await _forked(host, 1, "first", "what-if") == room
    assert len(await rig.log.rooms()) == 2
    assert (await _moved(host, room)).at == At(1, "first")
    assert await _forked(host, 1, "first", "another") != room


@pytest.mark.parametrize("is_killed", [False, True])
@pytest.mark.parametrize("stored", [0, 1, 2])
async def test_a_fork_that_the_store_broke_off_is_gone_on_with(rig: Rig, stored: int, is_killed: bool) -> None:  # noqa: FBT001
    """Nothing, an empty room or the whole fork was stored when the store failed: in the end there is one fork."""
    host, _ = await rig.started("two")
    left = [stored]

    async def store(_: str) -> None:
        if not left[0]:
            raise StoreUnavailable("the test said so")
        left[0] -= 1

    rig.log.before_commit = store
    assert not (await host.command("host.fork", "what-if", None, season=1, phase="first")).ok
    rig.log.before_commit = None
    if is_killed:
        await rig.kill()
        await rig.start()
        await host.resume()
    room = await _forked(host, 1, "first", "what-if")
    assert {row.room for row in await rig.log.rooms()} == {host.room, room}
    assert (await _moved(host, room)).at == At(1, "first")
    await _verified(rig, room)


async def test_a_fork_of_a_game_that_goes_on_keeps_its_seed(rig: Rig) -> None:
    """The end of the fork would tell the dice of the room that it came from; a fork of a finished game opens them."""
    host, _ = await rig.started("two")
    early = await _moved(host, await _forked(host, 1, "first"))
    assert (await early.command("host.end")).ok
    assert (await _now(early)).table["game"]["status"] == "over"
    assert "dice" not in early.table
    later = await _moved(early, await _forked(early, 1, "first"))
    assert (await later.command("host.end")).ok
    assert "dice" not in (await _now(later)).table
    assert (await host.command("host.end")).ok
    after = await _moved(host, await _forked(host, 1, "first"))
    assert (await after.command("host.end")).ok
    assert (await _now(after)).table["dice"] == (await _now(host)).table["dice"]


@pytest.mark.parametrize("on", [False, True])
async def test_a_fork_asks_questions_as_its_origin_does(rig: Rig, on: bool) -> None:  # noqa: FBT001
    """A host who has switched them off, or on where the room began without, need not do so again."""
    host = await rig.create("classroom", options=Options(seats=6, questions=not on))
    assert (await host.command("host.start")).ok
    assert (await host.command("host.questions", on=on)).ok
    there = await _moved(host, await _forked(host, 1, "policy"))
    assert there.hand["host"].get("questions_off", False) is not on


async def test_the_same_dice_fall_in_a_fork(rig: Rig) -> None:
    """Nobody does anything else, so nothing comes out otherwise."""
    host, _ = await rig.started("classroom", 6)
    room = await _forked(host, 1, "policy")
    there = await _moved(host, room)
    assert (await there.command("host.resume")).ok
    for one in (host, there):
        for _ in range(8):
            assert (await one.command("host.advance")).ok
    assert (await _now(host)).table["world"] == (await _now(there)).table["world"]
    await _verified(rig, room)


async def test_a_fork_of_a_rewound_game(rig: Rig) -> None:
    """It goes by the game as it stands: what a rewind has left is not there to go back to."""
    host, ann = await rig.started("two")
    assert (await host.command("host.advance")).ok
    assert (await host.command("host.rewind", season=1, phase="first")).ok
    assert code(await host.command("host.fork", season=1, phase="second")) == "rule"
    assert (await ann.command("count", by=2)).ok
    assert (await host.command("host.advance")).ok
    there = await _moved(ann, await _forked(host, 1, "second"))
    assert _game(there) == _game(await _now(ann))
    await _verified(rig, there.room)


@pytest.mark.parametrize(
    ("season", "phase", "why"), [(1, "second", "rule"), (2, "first", "bad_args"), (1, "x", "bad_args")]
)
async def test_where_nobody_has_been(rig: Rig, season: int, phase: str, why: str) -> None:
    """A fork needs a start; a refused one founds nothing."""
    host, _ = await rig.started("two")
    assert code(await host.command("host.fork", season=season, phase=phase)) == why
    assert len(await rig.log.rooms()) == 1


async def test_a_fork_that_the_store_refuses(rig: Rig) -> None:
    """It can be asked for again with the same id."""
    host, _ = await rig.started("two")
    rig.log.fail_next()
    assert code(await host.command("host.fork", "again", season=1, phase="first")) == "unavailable"
    assert (await _moved(host, await _forked(host, 1, "first", "again"))).at == At(1, "first")


async def test_no_fork_in_the_lobby(rig: Rig) -> None:
    """Before the game there is nothing to go on from."""
    host = await rig.create("two")
    assert "host.fork" not in host.hand["legal"]
    assert code(await host.command("host.fork", season=1, phase="first")) == "rule"


# -- with other rules


async def _played(rig: Rig, phases: int) -> Client:
    """Return the host of a game of bots that has come to a phase of its second season."""
    rig.policy = Rig(bots="standard").policy
    host = await rig.create("classroom", 6)
    await rig.join(host.room)  # who says nothing, so that no phase closes by itself
    assert (await host.command("host.start")).ok
    for _ in range(phases):
        assert (await (await _now(host)).command("host.advance")).ok
    return await _now(host)


async def _otherwise(rig: Rig) -> Client:
    """Return the host of a fork from the first exchange of such a game, with another wage from there on."""
    host = await _played(rig, 4)
    return await _moved(host, await _forked(host, 1, "exchange", rules="waterfall.wage = 2"))


async def _to_the_end(host: Client) -> None:
    while host.table["game"]["status"] != "over":
        assert (await host.command("host.advance")).ok
        await _now(host)


@pytest.mark.parametrize(
    ("phase", "rules", "shown"),
    [
        ("policy", '[waterfall]\nwage = 3\n[modules]\nmarket = ["market", "waterfall"]', ("waterfall", "wage", 3)),
        ("incubation", 'modules.market = ["market", "pro_rata"]', ("pro_rata", "goods_low", 45)),
        ("matching", "incubation.misses = 5", ("incubation", "misses", 5)),
        ("admission", 'modules.appraisal = ["appraisal", "none"]', None),
    ],
)
async def test_a_fork_is_played_by_other_rules(
    rig: Rig, phase: str, rules: str, shown: tuple[str, str, int] | None
) -> None:
    """Up to there it is the same game; from there on the new rules are in force, to its end, and its log verifies."""
    host = await _played(rig, 9)
    result = await host.command("host.fork", season=1, phase=phase, rules=rules)
    assert result.ok, result
    assert result.data is not None
    fork = await _moved(host, str(result.data["room"]))
    same = await _moved(host, await _forked(host, 1, phase))
    modules, before = fork.table["module"], same.table["module"]
    assert modules != before
    assert {kind: value for kind, value in _game(fork).items() if kind not in ("module", "show")} == {
        kind: value for kind, value in _game(same).items() if kind not in ("module", "show")
    }
    if shown is not None:
        module, name, value = shown
        assert modules[module][name] == value
    assert (await fork.command("host.resume")).ok
    await _to_the_end(fork)
    await _verified(rig, fork.welcome().room)
    await rig.stop()
    await rig.start()
    again = await _moved(host, fork.welcome().room)
    assert again.table["module"] == modules
    assert again.table["figures"] == fork.table["figures"]


@pytest.mark.parametrize(
    ("rules", "code_", "said"),
    [
        ("wage = ", "bad_args", "TOML"),
        ("[waterfall]\nwage = 999", "bad_args", "waterfall.wage"),
        ("[waterfall]\nwages = 4", "bad_args", "wage"),
        ("modules.market = ['market']", "bad_args", "payout"),
        ("modules.fair = ['market']", "bad_args", "modules.fair"),
        ("seasons = 9", "bad_args", "seasons: expected modules, or the table of a module"),
        ("blah = 3", "bad_args", "played: blah: expected modules, or the table of a module."),
        ("[space]\nrent = 3", "bad_args", "played: space: expected modules, or the table of a module."),
        ("[waterfal]\nwage = 3", "bad_args", "(did you mean waterfall?)."),
        ("[world]\nspaces = 3", "bad_args", "world.spaces"),
        ("modules.matching = ['negotiation']", "rule", "Go back to the start of Exchange in season 1"),
        ("x" * 4_001, "bad_args", "4000"),
        ("wage = " + "[" * 1_900, "bad_args", "TOML"),
        ("modules.market = 1", "bad_args", "modules.market"),
        ("[changed.waterfall]\nwage = 3", "bad_args", "played: changed: expected modules, or the table of a module"),
    ],
)
async def test_rules_that_cannot_be_played_found_nothing(rig: Rig, rules: str, code_: str, said: str) -> None:
    """The refusal names the field and says what is wrong, and no room is there for it."""
    host = await _played(rig, 4)
    refused = await host.command("host.fork", season=1, phase="matching", rules=rules)
    assert code(refused) == code_
    assert refused.error is not None
    assert refused.error.field == "rules"
    assert said in refused.error.message
    assert len(await rig.log.rooms()) == 1


async def test_what_is_wrong_with_rules_is_said_in_the_hosts_language(rig: Rig) -> None:
    """Place and names stay as they were written; what was expected is Chinese."""
    host = await rig.create(options=Options(seats=6, language="zh"), scenario="classroom")
    await rig.join(host.room)
    assert (await host.command("host.start")).ok
    wrong = {"[waterfal]\nwage = 3": "是不是 waterfall", "[waterfall]\nwage = 999": "waterfall.wage 应为"}
    for rules, said in wrong.items():
        refused = await host.command("host.fork", season=1, phase="policy", rules=rules)
        assert refused.error is not None
        assert said in refused.error.message
        assert "expected" not in refused.error.message


@pytest.mark.parametrize(
    "args", [{"season": 1, "phase": "x"}, {"season": 9, "phase": "policy"}, {"season": 1, "phase": "policy", "why": 1}]
)
async def test_a_fork_that_is_asked_for_wrongly_founds_nothing(rig: Rig, args: dict[str, Any]) -> None:
    """Whatever is wrong with the command is looked at before a room is founded for it, and the game goes on."""
    host = await _played(rig, 1)
    assert code(await host.command("host.fork", rules="waterfall.wage = 3", **args)) == "bad_args"
    late = await host.command("host.fork", at=At(1, "policy"), season=1, phase="policy")
    assert code(late) == "not_your_phase"
    assert len(await rig.log.rooms()) == 1
    assert (await host.command("host.advance")).ok


async def test_a_fork_of_a_fork_keeps_its_rules(rig: Rig) -> None:
    """Forked from the very phase in which its rules began it plays by them too; before that it has never been."""
    fork = await _otherwise(rig)
    second = await _moved(fork, await _forked(fork, 1, "exchange"))
    assert second.table["module"]["waterfall"]["wage"] == 2
    assert (await second.command("host.resume")).ok
    await _to_the_end(second)
    await _verified(rig, second.welcome().room)
    rooms = len(await rig.log.rooms())
    assert code(await fork.command("host.fork", season=1, phase="admission")) == "rule"
    assert len(await rig.log.rooms()) == rooms


async def test_rules_change_once(rig: Rig) -> None:
    """A fork with rules of its own can be forked, and plays on by them; they do not change again."""
    fork = await _otherwise(rig)
    assert (await fork.command("host.resume")).ok
    assert (await fork.command("host.advance")).ok
    await _now(fork)
    again = await fork.command("host.fork", season=1, phase="matching", rules="waterfall.wage = 3")
    assert code(again) == "rule"
    second = await _moved(fork, await _forked(fork, 1, "matching"))
    assert second.table["module"]["waterfall"]["wage"] == 2
    await _verified(rig, second.welcome().room)


async def test_a_fork_goes_back_to_no_start_from_before_its_rules(rig: Rig) -> None:
    """Back to the moment at which it began, by its own rules; never to one that others have opened."""
    fork = await _otherwise(rig)
    assert (await fork.command("host.resume")).ok
    assert (await fork.command("host.advance")).ok
    await _now(fork)
    assert code(await fork.command("host.rewind", season=1, phase="admission")) == "rule"
    assert (await fork.command("host.rewind", season=1, phase="exchange")).ok
    await _now(fork)
    assert fork.table["module"]["waterfall"]["wage"] == 2
    await _verified(rig, fork.welcome().room)


async def test_a_host_finds_the_forks_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """They stand in the hosts' hand, as they were opened, after a restart too, and in nobody else's."""
    host, ann = await rig.started("two")
    assert "forks" not in host.hand
    rooms = [await _forked(host, 1, "first") for _ in range(5)]
    assert (await _now(host)).hand["forks"] == rooms
    assert "forks" not in (await _now(ann)).hand
    await rig.kill()
    stored = rig.log.privates

    async def turned_round(room: str) -> dict[str, bytes]:
        return dict(reversed((await stored(room)).items()))

    monkeypatch.setattr(rig.log, "privates", turned_round)  # a store has no order
    await rig.start()
    assert (await _moved(host, host.room)).hand["forks"] == rooms

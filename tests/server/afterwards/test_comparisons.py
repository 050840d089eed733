"""A what-if room beside its origin: by which rules and decisions they differ, and the same figures of both."""

from __future__ import annotations

import asyncio
import gzip
import inspect
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec
import pytest
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from makersphere_protocol.messages import Options, Resume
from makersphere_rules.seen.views import table_of
from makersphere_server.afterwards import comparisons
from makersphere_server.afterwards.comparisons import Comparisons
from makersphere_server.afterwards.reading_pace import BURST, ReadingPace
from makersphere_server.afterwards.replays import Replays
from makersphere_server.edge.http import Pages
from tests.server.rig.fakes import Client, Rig, settle
from tests.server.rig.limited import limited

Tree = dict[str, Any]
NAMES = ("Ann", "Ben", "Cai", "Dee", "Eli", "Fay")


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def begun(rig: Rig) -> tuple[Client, list[Client]]:
    """Return the host and the people of a game that has begun."""
    host = await rig.create("quickstart", options=Options(seats=6))
    people = [await rig.join(host.room, name) for name in NAMES]
    assert (await host.command("host.start")).ok
    return host, people


async def advance(rig: Rig, host: Client, times: int) -> None:
    """Close some phases."""
    for _ in range(times):
        assert (await host.command("host.advance")).ok
        await rig.pass_ms(1_500)
        host.read()


async def decide(client: Client) -> None:
    """Let somebody send what would be done for them."""
    client.read()
    for name, args in list(client.hand.get("default", {}).items()):
        if name in client.hand.get("legal", {}):
            await client.command(name, **args)


async def settled(client: Client) -> None:
    """Let somebody take in what is worked out once a second."""
    await client.rig.pass_ms(1_100)
    client.read()


async def forked(
    rig: Rig, host: Client, phase: str, rules: str = "", season: int = 1, choices: Sequence[str] = ()
) -> Client:
    """Return the host of a fork that goes on."""
    other_rules = {**({"rules": rules} if rules else {}), **({"choices": [*choices]} if choices else {})}
    found = await host.command("host.fork", "", None, season=season, phase=phase, **other_rules)
    assert found.ok, found
    assert found.data
    other = Client(rig)
    await other.say(Resume(found.data["room"], "", host.token))
    other.token = host.token
    assert (await other.command("host.resume")).ok
    return other


async def to_the_end(rig: Rig, host: Client) -> None:
    """Play a room to its end."""
    while host.table["game"]["status"] != "over":
        await advance(rig, host, 1)


async def reveal(host: Client, step: int = 2) -> None:
    """Show who stands where: makers, then investors, then operators."""
    assert (await host.command("host.show", scene="ranking", step=step)).ok


class Reader:
    """Asks for forks beside their origins, as a page does."""

    def __init__(self, rig: Rig, pace: ReadingPace | None = None) -> None:
        """Ask one server."""
        shown = Comparisons(rig.lobby.kept_room, pace or ReadingPace(rig.clock))
        self.pages = Pages({}, lambda: True, shows={"beside": shown.answer})

    async def ask(self, room: str, token: str = "", **headers: str) -> Response:
        """Return the answer to a request for a fork beside its origin."""
        shown = {"Authorization": f"Bearer {token}"} if token else {}
        request = Request(f"/api/rooms/{room}/beside", Headers(Host="here", **shown, **headers), "GET")
        found = self.pages.answer(request, "192.0.2.1")
        assert inspect.isawaitable(found)
        answer: Response = await found
        return answer


async def ask(rig: Rig, room: str, token: str = "") -> Response:
    """Return the answer to a request for a fork beside its origin."""
    return await Reader(rig).ask(room, token)


async def beside(rig: Rig, room: str, token: str = "") -> Tree:
    """Return a fork beside its origin."""
    found = await ask(rig, room, token)
    assert found.status_code == 200, found.body
    tree: Tree = json.loads(found.body)
    return tree


async def test_both_endings_stand_side_by_side_with_what_differed(rig: Rig) -> None:
    """The rule that was changed, the start, the same figures and scores as each room's own end, for everybody.

    The fork's table has none of that: its origin was still played when it was founded.
    """
    host, _ = await begun(rig)
    await advance(rig, host, 2)
    fork = await forked(rig, host, "admission", "[waterfall]\nwage = 4")
    await to_the_end(rig, host)
    await to_the_end(rig, fork)
    await reveal(host)
    await reveal(fork)
    found = await beside(rig, fork.room)
    assert found["start"] == {"season": 1, "phase": "admission"}
    (rule,) = found["rules"]
    assert rule == {"path": "waterfall.wage", "is": 4, "was": host.table["module"]["waterfall"]["wage"]}
    for side, client in (("origin", host), ("fork", fork)):
        table, end = found[side]["table"], table_of(rig.room(client.room)._live.state)
        assert found[side]["room"] == client.room
        assert table["figures"] == end["figures"]
        assert table["score"] == end["score"]
        assert table["debrief"]["1"]["curves"] == end["debrief"]["1"]["curves"]
    assert "debrief" not in fork.table
    told = await beside(rig, fork.room, host.token)
    del told["first"]
    assert found == told


async def test_rules_that_were_chosen_by_name_are_told_by_name(rig: Rig) -> None:
    """What the fork alone was given stands there, and beside it the parameters that it moves."""
    host, _ = await begun(rig)
    await advance(rig, host, 2)
    fork = await forked(rig, host, "admission", choices=["no_tax"])
    found = await beside(rig, fork.room, host.token)
    assert [choice["name"] for choice in found["chosen"]] == ["no_tax"]
    assert any(rule["path"].endswith(".tax") for rule in found["rules"])
    assert "from" not in found["chosen"][0]
    plain = await beside(rig, (await forked(rig, host, "admission", "[waterfall]\nwage = 4")).room, host.token)
    assert plain["chosen"] == []


async def test_a_choice_that_begins_later_says_from_which_season_on(rig: Rig) -> None:
    """It stands with the choice itself, and not with its parameters alone."""
    host, _ = await begun(rig)
    while host.table["game"]["phase"] != "appraisal":
        await advance(rig, host, 1)
    season = host.table["game"]["season"]
    fork = await forked(rig, host, "appraisal", season=season, choices=["no_tax"])
    found = await beside(rig, fork.room, host.token)
    assert found["chosen"] == [{"name": "no_tax", "from": season + 1}]


async def test_a_decision_that_differs_is_told_by_phase_and_seat_and_counted_by_role(rig: Rig) -> None:
    """What somebody chose otherwise after the start is a host's to read, what both rooms have before it is not told."""
    host, people = await begun(rig)
    maker = people[0]
    await advance(rig, host, 1)
    fork = await forked(rig, host, "admission")
    maker.read()
    there = Client(rig)
    await there.say(Resume(fork.room, maker.token))
    await settled(there)
    assert (await maker.command("keep_idea", card=1)).ok
    assert (await there.command("keep_idea", card=2)).ok
    await to_the_end(rig, host)
    await to_the_end(rig, fork)
    found = await beside(rig, fork.room, host.token)
    assert {"phase": "admission", "seat": 1, "command": "keep_idea", "origin": {"card": 1}} | {
        "fork": {"card": 2}
    } in found["first"]
    assert "policy" not in {each["phase"] for each in found["first"]}
    for token in ("", maker.token):
        told = await beside(rig, fork.room, token)
        assert "first" not in told
        assert told["decisions"] == found["decisions"]
    counts = found["decisions"]["1"]["maker"]
    assert counts["origin"] >= 1
    assert counts["fork"] >= 1
    assert counts["alike"] <= min(counts["origin"], counts["fork"])


async def test_who_came_late_to_one_of_the_rooms_is_counted_in_their_role(rig: Rig) -> None:
    """A seat that the origin got after the fork is in no fork, and its decisions are the origin's alone."""
    host, _ = await begun(rig)
    await advance(rig, host, 1)
    fork = await forked(rig, host, "admission")
    late = await rig.join(host.room, "Zoe")
    assert late.you.seat == len(NAMES) + 1
    pitched = False
    while host.table["game"]["status"] != "over":
        late.read()
        if "pitch" in late.hand.get("default", {}):
            pitched |= (await late.command("pitch", **late.hand["default"]["pitch"])).ok
        await advance(rig, host, 1)
    assert pitched
    await to_the_end(rig, fork)
    found = await beside(rig, fork.room, host.token)
    theirs = [one for one in found["first"] if one["seat"] == late.you.seat]
    assert all("fork" not in one for one in theirs)
    assert sum(counts["maker"]["origin"] for counts in found["decisions"].values() if "maker" in counts) >= 1
    assert not any(counts.get("waiting") for counts in found["decisions"].values())


async def test_single_ratings_are_never_told(rig: Rig) -> None:
    """They are counted like any decision, and no line says who rated whom, not even to a host."""
    host, people = await begun(rig)
    while host.table["game"]["phase"] != "appraisal":
        for client in people:
            await decide(client)
        await advance(rig, host, 1)
    season = host.table["game"]["season"]
    fork = await forked(rig, host, "appraisal", season=season)
    for client in people:
        await settled(client)
    rater = next(one for one in people if "rate" in one.hand["legal"])
    there = Client(rig)
    await there.say(Resume(fork.room, rater.token))
    await settled(there)
    rated = rater.hand["legal"]["rate"]["properties"]["seat"]["enum"][0]
    assert (await rater.command("rate", seat=rated, score=5)).ok
    assert (await there.command("rate", seat=rated, score=1)).ok
    await to_the_end(rig, host)
    await to_the_end(rig, fork)
    found = await beside(rig, fork.room, host.token)
    role = host.table["seat"][str(rater.you.seat)]["role"]
    assert found["decisions"][str(season)][role] == {"origin": 1, "fork": 1, "alike": 0}
    assert found["start"] == {"season": season, "phase": "appraisal"}
    assert found["first"] == []


async def test_before_both_are_over_it_is_the_hosts_alone_and_tells_no_decision(rig: Rig) -> None:
    """Sealed choices of a game that goes on stay sealed; figures that were counted are on its table anyway."""
    host, people = await begun(rig)
    await advance(rig, host, 2)
    fork = await forked(rig, host, "admission")
    await to_the_end(rig, host)
    for token in ("", people[0].token):
        assert (await ask(rig, fork.room, token)).status_code == 409
    found = await beside(rig, fork.room, host.token)
    assert "decisions" not in found
    assert "first" not in found
    await to_the_end(rig, fork)
    assert "decisions" in await beside(rig, fork.room, people[0].token)


@pytest.mark.parametrize("first", ["origin", "fork"])
async def test_no_score_of_a_room_is_told_before_that_room_has_revealed_all_of_them(rig: Rig, first: str) -> None:
    """Its hosts see them at once; the others' page waits for each room's own podium, whichever comes first."""
    host, people = await begun(rig)
    await advance(rig, host, 2)
    fork = await forked(rig, host, "admission")
    await to_the_end(rig, host)
    assert (await fork.command("host.end")).ok
    both = {"origin": host, "fork": fork}
    second = next(side for side in both if side != first)
    reader = Reader(rig)

    async def told(token: str) -> set[str]:
        found = json.loads((await reader.ask(fork.room, token)).body)
        return {side for side in both if b'"final"' in msgspec.json.encode(found[side])}

    tokens = ("", people[0].token)
    await reveal(both[first], 1)  # two roles of three
    assert [await told(token) for token in tokens] == [set(), set()]
    assert await told(host.token) == {"origin", "fork"}
    await reveal(both[first])
    assert [await told(token) for token in tokens] == [{first}, {first}]
    await reveal(both[second])
    assert [await told(token) for token in tokens] == [{"origin", "fork"}] * 2


async def test_scores_are_told_at_once_where_nobody_leads(rig: Rig) -> None:
    """A page shows them at once there, as it does the ranking itself."""
    host, _ = await begun(rig)
    fork = await forked(rig, host, "policy")
    for client in (host, fork):
        while client.table["game"]["status"] != "over":
            await rig.pass_ms(60_000)
            client.read()
    found = await beside(rig, fork.room)
    assert all("score" in found[side]["table"] for side in ("origin", "fork"))
    assert not any("waits" in found[side] for side in ("origin", "fork"))


async def test_each_side_says_where_it_ended(rig: Rig) -> None:
    """So that a page says why a game that was cut short has fewer points."""
    host, _ = await begun(rig)
    fork = await forked(rig, host, "policy")
    found = await beside(rig, fork.room, host.token)
    assert [found[side].get("ended") for side in ("origin", "fork")] == [None, None]
    await advance(rig, fork, 2)
    assert (await fork.command("host.end")).ok
    await to_the_end(rig, host)
    found = await beside(rig, fork.room)
    assert found["origin"]["ended"] == {"season": host.table["game"]["seasons"], "phase": "recap"}
    assert found["fork"]["ended"] == {"season": 1, "phase": "exchange"}


async def test_a_room_without_an_origin_has_nothing_beside_it(rig: Rig) -> None:
    """A wrong token opens nothing, and a room that is no fork says so."""
    host, _ = await begun(rig)
    assert (await ask(rig, host.room, "a wrong one")).status_code == 401
    found = await ask(rig, host.room, host.token)
    assert found.status_code == 409
    assert "forked" in json.loads(found.body)["error"]["message"]


async def test_one_reader_has_one_pace_for_all_of_the_past(rig: Rig) -> None:
    """Who has asked for comparisons as often as one may waits for replays too; another one does not."""
    host, people = await begun(rig)
    pace = ReadingPace(rig.clock)
    reader = Reader(rig, pace)
    found = [(await reader.ask(host.room, people[0].token)).status_code for _ in range(BURST + 1)]
    assert found == [409] * BURST + [429]
    reader.pages = Pages({}, lambda: True, shows={"beside": Replays(rig.lobby.kept_room, pace).answer})
    assert [(await reader.ask(host.room, one.token)).status_code for one in people[:2]] == [429, 409]


async def test_nothing_is_gone_through_for_whoever_may_not_see_it(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one of the games goes on, only a host's question costs anything."""
    host, people = await begun(rig)
    await advance(rig, host, 2)
    fork = await forked(rig, host, "admission")
    await to_the_end(rig, host)
    gone_through: list[Any] = []

    def noted(*both: Any) -> tuple[Tree, frozenset[str]]:  # noqa: ANN401  (as `compared` has them)
        gone_through.append(both)
        return {}, frozenset()

    monkeypatch.setattr(comparisons, "compared", noted)
    for token in ("", people[0].token):
        assert (await ask(rig, fork.room, token)).status_code == 409
    assert not gone_through
    assert (await ask(rig, fork.room, host.token)).status_code == 200
    assert gone_through


async def test_an_origin_that_is_gone_is_nobodys_wrong_guess() -> None:
    """Who asks for a fork whose origin was erased has named no room that is not there."""
    async with limited(failures_per_address=2) as rig:
        host, _ = await begun(rig)
        fork = await forked(rig, host, "policy")
        await rig.kill()
        await rig.log.erase(host.room)
        await rig.start()
        asked = [asyncio.ensure_future(ask(rig, fork.room)) for _ in range(4)]
        await settle()  # whoever has guessed wrong too often would wait
        assert [one.done() and one.result().status_code for one in asked] == [404] * 4


async def test_what_is_final_is_packed_once(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty phones ask for the same bytes at once; a host's are others."""
    host, _ = await begun(rig)
    fork = await forked(rig, host, "policy")
    await to_the_end(rig, host)
    await to_the_end(rig, fork)
    packed: list[bytes] = []
    pack = gzip.compress

    def counted(body: bytes, *args: int) -> bytes:
        packed.append(body)
        return pack(body, *args)

    monkeypatch.setattr(gzip, "compress", counted)
    reader = Reader(rig)
    found = [await reader.ask(fork.room, **{"Accept-Encoding": "gzip"}) for _ in range(3)]
    await reader.ask(fork.room, host.token, **{"Accept-Encoding": "gzip"})
    assert [b'"first"' in body for body in packed] == [True, False]
    assert {answer.headers["Content-Encoding"] for answer in found} == {"gzip"}
    assert {gzip.decompress(answer.body) for answer in found} == {(await reader.ask(fork.room)).body}

"""A game seen again: at each stop a seat gets what was on its screen then, a wall what everybody saw, and no more."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from copy import deepcopy
from typing import Any

import pytest
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from makersphere_protocol.messages import BESIDE, Options, Resume
from makersphere_server.afterwards import replaying, replays
from makersphere_server.afterwards.reading_pace import BURST, PER_S, PER_S_WITHOUT_TOKEN, ReadingPace
from makersphere_server.afterwards.replaying import Replayed, Stop, replayed_stops
from makersphere_server.afterwards.replays import Replays
from makersphere_server.edge.http import Pages
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import to_the_end

Tree = dict[str, Any]
PEOPLE = ("Ann", "Ben", "Cai", "Dee", "Eli", "Fay")  # one in each seat: makers, investors, an operator
# lies over the game, and is not of it
LIVE = (
    *("clock", "show", "room", "dice", "device", "asks_in", "question", "reflection"),
    *("asked_host", "lost", "still_there", "stood_in"),
)
Seen = tuple[int, str, Tree, list[Tree]]


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


def game_of(tree: Tree) -> Tree:
    """Return what of a table or hand is the game's: names and faces, clocks and what may be done beside it are not."""
    found = {kind: value for kind, value in deepcopy(tree).items() if kind not in LIVE}
    for seat in found.get("seat", {}).values():
        for field in ("name", "by", "face", "pen", "seen"):
            seat.pop(field, None)
    if "legal" in found:
        found["legal"] = {name: form for name, form in found["legal"].items() if name not in BESIDE}
    return found


async def begun(rig: Rig, scenario: str = "quickstart") -> tuple[Client, list[Client]]:
    """Return the host and the people of a game that has begun."""
    host = await rig.create(scenario, options=Options(seats=6))
    people = [await rig.join(host.room, name) for name in PEOPLE]
    assert (await host.command("host.start")).ok
    return host, people


async def settled(rig: Rig, everybody: list[Client]) -> None:
    """Let what is worked out once a second be worked out for all."""
    await rig.pass_ms(2_500)
    for client in everybody:
        client.read()


async def played(rig: Rig, host: Client, people: list[Client], rewinds_at: int = 0) -> list[Seen]:
    """Play to the end, and return what everybody had on the screen when each phase closed."""
    seen: list[Seen] = []
    while host.table["game"]["status"] != "over":
        for client in people:
            await decide(client)
        await settled(rig, [host, *people])
        game = host.table["game"]
        hands = [game_of(client.hand) for client in people]
        seen.append((game["season"], game["phase"], game_of(host.table), hands))
        if len(seen) == rewinds_at:
            season, phase, *_ = seen[-2]
            assert (await host.command("host.rewind", season=season, phase=phase)).ok
            del seen[-2:]
            rewinds_at = 0
        else:
            assert (await host.command("host.advance")).ok
        host.read()
    return seen


async def decide(client: Client) -> None:
    """Let somebody send what would be done for them, so that hands hold sealed choices."""
    client.read()
    for name, args in list(client.hand.get("default", {}).items()):
        if name in client.hand.get("legal", {}):
            await client.command(name, **args)


async def instead_of_the_first(rig: Rig, host: Client) -> Client:
    """Return somebody who is given seat 1, whose person is taken away."""
    assert (await host.command("host.remove", seat=1)).ok
    passed = await host.command("host.seat_pass", seat=1)
    assert passed.data
    return await rig.join(host.room, "Zoe", pass_=passed.data["code"])


class Reader:
    """Asks for stops, as a page does."""

    def __init__(self, rig: Rig) -> None:
        """Ask one server."""
        replays_ = Replays(rig.lobby.kept_room, ReadingPace(rig.clock))
        self.pages = Pages({}, lambda: True, shows={"replay": replays_.answer})
        self.address = "192.0.2.1"

    async def ask(self, path: str, token: str = "", **headers: str) -> Response:
        """Return the answer to a request."""
        shown = {"Authorization": f"Bearer {token}"} if token else {}
        request = Request(f"/api/rooms/{path}", Headers(Host="here", **shown, **headers), "GET")
        found = self.pages.answer(request, self.address)
        assert asyncio.iscoroutine(found)
        answer: Response = await found
        return answer

    async def stop(self, room: str, step: int, token: str = "") -> Tree:
        """Return what a stop shows."""
        found = await self.ask(f"{room}/replay/{step}", token)
        assert found.status_code == 200, found.body
        tree: Tree = json.loads(found.body)
        return tree


async def test_at_each_stop_everybody_gets_what_they_had_on_their_screen_and_nothing_else(rig: Rig) -> None:
    """Table and hands equal those recorded while playing, to the field; a host and a wall get no hand at all."""
    host, people = await begun(rig)
    seen = await played(rig, host, people)
    reader = Reader(rig)
    listed = json.loads((await reader.ask(f"{host.room}/replay")).body)["stops"]
    assert [(stop["season"], stop["phase"]) for stop in listed] == [(one[0], one[1]) for one in seen]
    for step, (_, _, table, hands) in enumerate(seen):
        rig.clock.move_to(rig.clock.now + 5_000)
        for client, hand in zip(people, hands, strict=True):
            found = await reader.stop(host.room, step, client.token)
            assert game_of(found["table"]) == table
            assert game_of(found["hand"]) == hand
        for token in ("", host.token):
            assert "hand" not in await reader.stop(host.room, step, token)


async def test_nobody_sees_another_hand_and_a_wrong_token_opens_nothing(rig: Rig) -> None:
    """The secrets of a seat stand in its own replay alone: ambitions, theses, sealed choices of then."""
    host, people = await begun(rig)
    seen = await played(rig, host, people)
    reader = Reader(rig)
    aims = [hand.get("maker", {}) for hand in seen[0][3]]
    assert any("ambition" in fields for maker in aims for fields in maker.values())
    for step in range(len(seen)):
        rig.clock.move_to(rig.clock.now + 10_000)
        bodies = [json.dumps(await reader.stop(host.room, step, token)) for token in ("", host.token)]
        assert not [body for body in bodies if '"ambition"' in body or '"thesis_sectors"' in body]
        for client in people:
            found = await reader.stop(host.room, step, client.token)
            own = {str(client.hand["id"])}
            assert set(found["hand"].get("maker", {})) | set(found["hand"].get("investor", {})) <= own
    assert (await reader.ask(f"{host.room}/replay/0", "a wrong one")).status_code == 401
    assert (await reader.ask("AAAAAAA/replay/0")).status_code == 404


async def test_there_is_no_replay_before_the_end(rig: Rig) -> None:
    """Neither for a seat nor for a host nor for a wall; and no step that the game has not been at."""
    host, people = await begun(rig)
    reader = Reader(rig)
    for token in (people[0].token, host.token, ""):
        found = await reader.ask(f"{host.room}/replay/0", token)
        assert found.status_code == 409
        assert json.loads(found.body)["error"]["code"] == "rule"
    seen = await played(rig, host, people)
    rig.clock.move_to(rig.clock.now + 10_000)
    assert (await reader.ask(f"{host.room}/replay/{len(seen) - 1}")).status_code == 200
    found = await reader.ask(f"{host.room}/replay/{len(seen)}")
    assert (found.status_code, json.loads(found.body)["error"]["field"]) == (409, "step")


async def test_what_a_rewind_took_back_is_no_stop(rig: Rig) -> None:
    """Each phase stands there once, as it was played in the end."""
    host, people = await begun(rig)
    seen = await played(rig, host, people, rewinds_at=4)
    reader = Reader(rig)
    stops = json.loads((await reader.ask(f"{host.room}/replay")).body)["stops"]
    places = [(stop["season"], stop["phase"]) for stop in stops]
    assert places == [(one[0], one[1]) for one in seen]
    assert len(set(places)) == len(places)
    found = await reader.stop(host.room, 3, people[0].token)
    assert game_of(found["hand"]) == seen[3][3][0]


async def test_who_sat_down_later_sees_no_hand_of_before(rig: Rig) -> None:
    """Whoever is given a vacated seat in play has its hand from then on; what stood in it before is another's."""
    host, people = await begun(rig)
    assert (await host.command("host.advance")).ok
    newcomer = await instead_of_the_first(rig, host)
    await played(rig, host, [newcomer, *people[1:]])
    reader = Reader(rig)
    assert "hand" not in await reader.stop(host.room, 0, newcomer.token)
    assert (await reader.stop(host.room, 1, newcomer.token))["hand"]["id"] == 1
    assert (await reader.stop(host.room, 0, people[1].token))["hand"]["id"] == 2
    assert (await reader.ask(f"{host.room}/replay/0", people[0].token)).status_code == 401


@pytest.mark.parametrize("place", [1, 2, 3])
async def test_a_fork_opens_no_hand_of_before_either(rig: Rig, place: int) -> None:
    """Whoever was given a seat in the second phase has none of its first in a fork, wherever that begins."""
    host, people = await begun(rig)
    assert (await host.command("host.advance")).ok
    newcomer = await instead_of_the_first(rig, host)
    starts = []
    for _ in range(3):
        await settled(rig, [host])
        starts.append(deepcopy(host.table["game"]))
        assert (await host.command("host.advance")).ok
    await played(rig, host, [])  # while it goes on, a fork of it opens no replay
    start = {name: starts[place - 1][name] for name in ("season", "phase")}
    found = await host.command("host.fork", "", None, **start)
    assert found.data, found
    fork = Client(rig)
    await fork.say(Resume(found.data["room"], "", host.token))
    assert (await fork.command("host.resume")).ok
    await played(rig, fork, [])
    reader = Reader(rig)
    shown = [step for step in range(place + 1) if "hand" in await reader.stop(fork.room, step, newcomer.token)]
    assert shown == list(range(1, place + 1))
    assert "hand" in await reader.stop(fork.room, 0, people[1].token)


async def test_wandering_has_its_pace(rig: Rig) -> None:
    """Who asks too fast is told when to try again; others are not held up, and nor is the same reader later."""
    host, people = await begun(rig, "counter")
    await played(rig, host, people[:0])
    reader = Reader(rig)
    one, other = people[0].token, people[1].token
    found = [await reader.ask(f"{host.room}/replay/0", one) for _ in range(BURST + 1)]
    assert [answer.status_code for answer in found] == [200] * BURST + [429]
    assert int(found[-1].headers["Retry-After"]) >= 1
    assert (await reader.ask(f"{host.room}/replay/0", other)).status_code == 200
    rig.clock.move_to(rig.clock.now + 1_000)
    assert (await reader.ask(f"{host.room}/replay/0", one)).status_code == 200


async def test_one_network_without_tokens_has_one_pace(rig: Rig) -> None:
    """Whoever has half of an IPv6 address has as many of them as they like, and is one reader all the same."""
    host, people = await begun(rig, "counter")
    await played(rig, host, people[:0])
    reader = Reader(rig)
    most = BURST * PER_S_WITHOUT_TOKEN // PER_S
    found = []
    for number in range(most + 1):
        reader.address = f"2001:db8::{number:x}"
        found.append((await reader.ask(f"{host.room}/replay")).status_code)
    assert found == [200] * most + [429]
    reader.address = "2001:db8:0:1::1"
    assert (await reader.ask(f"{host.room}/replay")).status_code == 200


async def test_nothing_is_gone_through_before_the_end(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for a game that is played costs it nothing but reading its log."""
    host, _ = await begun(rig)
    gone_through: list[Any] = []
    monkeypatch.setattr(replaying, "in_lobby", lambda *args: gone_through.append(args))
    assert (await Reader(rig).ask(f"{host.room}/replay")).status_code == 409
    assert not gone_through


async def test_a_log_is_gone_through_once_and_few_games_lie_in_memory(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second stop of a game costs no replay; where there is too much, what was asked for longest ago goes."""
    gone_through: list[str] = []
    through = replayed_stops

    def counted(row: Any, records: Any) -> Any:  # noqa: ANN401  (as `replayed_stops` has them)
        gone_through.append(row.room)
        return through(row, records)

    monkeypatch.setattr(replays, "replayed_stops", counted)
    monkeypatch.setattr(replays, "MOST_HANDS", 10)
    rooms = []
    for _ in range(2):
        host, people = await begun(rig, "counter")
        await played(rig, host, people[:0])
        rooms.append(host.room)
    reader = Reader(rig)
    for room in (rooms[0], rooms[0], rooms[1], rooms[1], rooms[0]):
        await reader.stop(room, 0)
    assert gone_through == [rooms[0], rooms[1], rooms[0]]


async def test_a_stop_goes_packed_to_who_takes_it(rig: Rig) -> None:
    """Thirty phones ask for the same table at once over one Wi-Fi."""
    host, people = await begun(rig)
    await played(rig, host, people)
    reader = Reader(rig)
    plain = await reader.ask(f"{host.room}/replay/3")
    packed = await reader.ask(f"{host.room}/replay/3", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) * 2 < len(plain.body)


async def test_a_run_before_is_told_of_to_who_had_the_seat_then(rig: Rig) -> None:
    """In a game of several runs a hand has the story of one that is over; who sat down later reads their part."""
    host, _ = await begun(rig)
    await to_the_end(rig, host)
    state = rig.room(host.room)._live.state
    replayed = Replayed([Stop(season, "recap", 50 * season, state) for season in (1, 2)])

    def seasons(since: int) -> set[str]:
        (story,) = json.loads(replayed.shown(1, 1, since))["hand"]["story"].values()
        return set(story["seasons"])

    assert seasons(0) == {"1", "2"}
    assert seasons(60) == {"2"}

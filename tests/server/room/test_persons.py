"""Once, for the person: an id counts once for whoever sent it, by whichever way they come back."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import At, Create, Join, Options, Result, Resume
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.room.model.people.seats import Seats, without_people
from tests.server.rig.asking import give_pass
from tests.server.rig.fakes import Client, Rig, code, long_id
from tests.server.rig.limited import limited

Back = Callable[[Rig, Client], Awaitable[Client]]


async def _joined_again(rig: Rig, ann: Client) -> Client:
    return await rig.join(ann.room, "Ann", id="a")


async def _on_a_second_device(rig: Rig, ann: Client) -> Client:
    result = await ann.command("rejoin_code")
    assert result.data is not None
    return await _with_code(rig, ann.room, result.data["code"])


async def _with_code(rig: Rig, room: str, rejoin_code: str) -> Client:
    second = Client(rig)
    await second.say(Resume(room, code=rejoin_code))
    await rig.pass_ms(50)
    second.read()
    return second


async def _resumed(rig: Rig, ann: Client) -> Client:
    await ann.resume(fresh=True)
    return ann


async def _after_a_kill(rig: Rig, ann: Client) -> Client:
    await rig.kill()
    await rig.start()
    return await _joined_again(rig, ann)


async def _with_two_codes(rig: Rig, ann: Client) -> Client:
    return await _on_a_second_device(rig, await _on_a_second_device(rig, ann))


BACK = [_joined_again, _on_a_second_device, _resumed, _after_a_kill, _with_two_codes]


async def _begun(rig: Rig, scenario: str = "counter") -> tuple[Client, Client]:
    host = await rig.create(scenario, id="room")
    ann = await rig.join(host.room, "Ann", id="a")
    assert (await host.command("host.start")).ok
    await rig.pass_ms(50)
    ann.read()
    host.read()
    return host, ann


@pytest.mark.parametrize("back", BACK)
async def test_an_id_counts_once_by_every_way_back(rig: Rig, back: Back) -> None:
    """The same command again gets the same answer, other content is refused, and the member is the same."""
    _, ann = await _begun(rig)
    at, first = ann.at, await ann.command("count", "buy", by=9)
    again = await back(rig, ann)
    repeated = await again.command("count", "buy", at, by=9)
    assert (repeated.ok, repeated.seq) == (first.ok, first.seq)
    assert code(await again.command("count", "buy", at, by=8)) == "id_reused"
    assert again.you == ann.you
    assert again.table["tally"]["total"] == 9


@pytest.mark.parametrize("back", BACK)
async def test_a_refusal_is_repeated_by_every_way_back(rig: Rig, back: Back) -> None:
    """What was refused is not taken the second time, whatever token sends it."""
    _, ann = await _begun(rig, "two")
    late = At(1, "second")
    refused = await ann.command("count", "early", late, by=3)
    again = await back(rig, ann)
    await rig.pass_ms(60_000)
    again.read()
    assert again.at == late
    assert (await again.command("count", "early", late, by=3)).error == refused.error


@pytest.mark.parametrize("back", [_joined_again, _on_a_second_device, _resumed])
async def test_no_way_back_gives_a_fresh_budget_of_commands(back: Back) -> None:
    """A person has so many commands at once, with whatever token they are sent."""
    async with limited(commands_per_s=1, command_burst=2) as rig:
        _, ann = await _begun(rig)
        assert (await ann.command("count", by=1)).ok
        again = await back(rig, ann)
        await again.command("count", by=1)
        assert code(await again.command("count", by=1)) == "rate_limited"


async def test_a_host_with_a_fresh_token_has_the_budget_of_before() -> None:
    """To open the same room again buys a host no more commands."""
    async with limited(commands_per_s=1, command_burst=2) as rig:
        host = await rig.create(id="room")
        assert (await host.command("host.announce", "one", text="one")).ok
        again = await rig.create(id="room")
        assert (again.room, (await again.command("host.announce", "two", text="two")).ok) == (host.room, True)
        assert code(await again.command("host.announce", "three", text="three")) == "rate_limited"


async def test_two_members_of_a_seat_are_two_people(rig: Rig) -> None:
    """Each one's ids are their own, after both have come back too."""
    host = await rig.create(options=Options(teams=True))
    people = [await rig.join(host.room, "Ann", id="a"), await rig.share(host, "Ben", 1, id="b")]
    assert (await host.command("host.start")).ok
    await rig.pass_ms(50)
    host.read()
    at = host.at
    first = [(await one.command("count", "1", at, by=3)).seq for one in people]
    assert len({*first}) == 2
    back = [await _on_a_second_device(rig, one) for one in people]
    assert [(await one.command("count", "1", at, by=3)).seq for one in back] == first


async def test_whoever_sits_down_in_a_freed_seat_is_somebody_else(rig: Rig) -> None:
    """The new person has a number of their own, and an id of the one before fetches nobody's answer."""
    host, ann = await _begun(rig)
    await rig.join(host.room, "Ben")  # who is not ready, so that the phase goes on
    at, first = ann.at, await ann.command("count", "1", by=3)
    assert (await host.command("host.remove", seat=1)).ok
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    eve = await rig.share(host, "Eve", 1, id="e")
    assert (eve.you.seat, eve.you.member) == (1, ann.you.member + 1)
    assert (await eve.command("count", "1", at, by=3)).seq != first.seq


async def test_a_number_is_given_once_although_the_names_were_erased() -> None:
    """A seat whose people have been forgotten still knows how many there were: the log names them by their numbers."""
    seats = Seats([1], {}, Dirty())
    seats.sit(seats[1], "Ann", "token", "", "en")
    stored = seats.take_unsaved()["seat:1"]
    assert stored is not None
    later = Seats([1], {"seat:1": without_people(stored)}, Dirty())
    assert later.sit(later[1], "Ben", "other", "", "en").number == 2


async def test_a_founder_with_a_fresh_token_is_the_same_host(rig: Rig) -> None:
    """What the founder sent before is known when the create frame has come again, and is done once."""
    host, ann = await _begun(rig)
    at = ann.at
    told = await host.command("host.announce", "words", text="Hello")
    fork = await host.command("host.fork", "fork", season=at.season, phase=at.phase)
    invited = await host.command("host.invite", "invite")
    assert invited.data is not None
    again = Client(rig)
    await again.say(Create("counter", Options(seats=3), id=long_id("room")))
    await rig.pass_ms(50)
    again.read()
    assert again.token != host.token
    assert (await again.command("host.announce", "words", text="Hello")).seq == told.seq
    assert (await again.command("host.fork", "fork", season=at.season, phase=at.phase)).data == fork.data
    assert len(rig.lobby._rows) == 2
    fresh = await again.command("host.invite", "invite")
    assert fresh.data is not None
    older = Client(rig)
    await older.say(Resume(host.room, host_token=invited.data["host_token"]))
    assert older.error().code == "unauthorised"


async def test_two_hosts_are_two_people(rig: Rig) -> None:
    """The same id from each of them is a command each: two passes are out, and none takes the other's place."""
    host = await rig.create(options=Options(seats=3, teams=True))
    await rig.join(host.room, "Ann", id="a")
    result = await host.command("host.invite")
    assert result.data is not None
    second = Client(rig)
    await second.say(Resume(host.room, host_token=result.data["host_token"]))
    await rig.pass_ms(50)
    second.read()
    passes = [await give_pass(one, "1", seat=1) for one in (host, second)]
    for name, given_pass in zip(("Ben", "Cat"), passes, strict=True):
        assert (await rig.join(host.room, name, seat=1, pass_=given_pass)).you.seat == 1


async def test_an_id_is_known_after_a_rewind_and_a_way_back(rig: Rig) -> None:
    """What was accepted stays accepted: a rewind undoes the choice, and the id does not make it again."""
    host, ann = await _begun(rig, "two")
    at, first = ann.at, await ann.command("count", "buy", by=9)
    assert (await host.command("host.rewind", season=1, phase="first")).ok
    again = await _joined_again(rig, ann)
    assert (await again.command("count", "buy", at, by=9)).seq == first.seq
    assert again.table.get("tally", {}).get("total", 0) == 0


async def test_of_two_devices_at_once_the_later_one_has_the_person(rig: Rig) -> None:
    """What the earlier device had under way is decided once or not at all, and the later one may send it again."""
    _, ann = await _begun(rig)
    at = ann.at
    again = Client(rig)
    again.session.receive(encode(Join(ann.room, "Ann", id=long_id("a"))))
    sending = asyncio.create_task(ann.command("count", "buy", at, by=9))
    await rig.pass_ms(50)
    ann.read()
    again.read()
    first = await sending
    assert ann.connection.closed == 4409
    assert first.ok or code(first) == "unauthorised"
    assert (await again.command("count", "buy", at, by=9)).ok
    await rig.pass_ms(50)
    again.read()
    assert again.table["tally"]["total"] == 9


async def test_a_store_from_before_keeps_the_ids_of_the_tokens_that_it_has(rig: Rig) -> None:
    """Where no author was kept, a person is known by the token that they have, and keeps that by every way back."""
    host, ann = await _begun(rig)
    at, first = ann.at, await ann.command("count", "buy", by=9)
    told = await host.command("host.announce", "words", text="Hello")
    await rig.stop()
    private = rig.log._rooms[host.room].private
    for key in ("seat:1", "hosts"):
        private[key] = msgspec.json.encode(_without_authors(msgspec.json.decode(private[key])))
    await rig.start()
    again = await _joined_again(rig, ann)
    assert (await again.command("count", "buy", at, by=9)).seq == first.seq
    chair = await rig.create(id="room")
    assert (await chair.command("host.announce", "words", text="Hello")).seq == told.seq


def _without_authors(stored: dict[str, object] | list[dict[str, object]]) -> object:
    people = stored["members"] if isinstance(stored, dict) else stored
    assert isinstance(people, list)
    for one in people:
        one.pop("author", None)
    if isinstance(stored, dict):
        stored.pop("came")
    return stored


async def test_a_stored_host_of_before_is_known_by_the_token() -> None:
    """The sender of a host without an author is the token, and stays it when the token is renewed."""
    hosts = Hosts.stored({"hosts": b'[{"token":"one","language":"en","is_founder":true,"invitation":""}]'})
    assert hosts.renew_founder("two") == ["one"]
    found = hosts.find("two")
    assert found is not None
    assert found.sender == "one"


# -- any order of ways back

STEPS = st.one_of(
    st.tuples(st.just("send"), st.integers(0, 1), st.integers(0, 3), st.integers(1, 2)),
    st.tuples(st.sampled_from(["join", "code", "resume"]), st.integers(0, 1), st.just(0), st.just(0)),
    st.tuples(st.sampled_from(["kill", "stop"]), st.just(0), st.just(0), st.just(0)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, min_size=4, max_size=16))
def test_in_any_order_of_ways_back_each_id_counts_once(steps: list[tuple[str, int, int, int]]) -> None:
    """Two people join again, take codes and resume in any order while the server restarts: no id counts twice."""
    asyncio.run(_play(steps))


async def _play(steps: list[tuple[str, int, int, int]]) -> None:
    rig = await Rig().start()
    host = await rig.create(id="room")
    people = [await rig.join(host.room, name, id=name) for name in ("Ann", "Ben")]
    assert (await host.command("host.start")).ok
    await rig.pass_ms(50)
    host.read()
    at, given_answers = host.at, dict[tuple[int, int], tuple[int, int | None]]()
    for what, who, number, by in steps:
        match what:
            case "send":
                result = await people[who].command("count", f"id-{number}", at, by=by)
                _check(result, by, given_answers.setdefault((who, number), (by, result.seq)))
            case "kill" | "stop":
                await (rig.kill() if what == "kill" else rig.stop())
                await rig.start()
                for one in people:
                    await one.resume(fresh=True)
            case _:
                people[who] = await _came_back(rig, people[who], what, ("Ann", "Ben")[who])
    await rig.pass_ms(100)
    await people[0].resume(fresh=True)
    total = people[0].table.get("tally", {}).get("total", 0)
    assert total == sum(by for by, _ in given_answers.values())
    await rig.stop()


def _check(result: Result, by: int, first: tuple[int, int | None]) -> None:
    if by == first[0]:
        assert (result.ok, result.seq) == (True, first[1])
    else:
        assert code(result) == "id_reused"


async def _came_back(rig: Rig, one: Client, what: str, name: str) -> Client:
    match what:
        case "join":
            return await rig.join(one.room, name, id=name)
        case "code":
            return await _on_a_second_device(rig, one)
        case _:
            await one.resume()
            return one

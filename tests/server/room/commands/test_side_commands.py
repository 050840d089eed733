"""What stands beside the game: asking the hosts, moving to another device, second hosts, messages, a locked door."""

from makersphere_protocol.messages import Command, Resume
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.storage.record import encode_record
from tests.server.rig.fakes import Client, Rig, code


async def _by_code(rig: Rig, room: str, typed: str) -> Client:
    """Return a new device that has come with a code."""
    client = Client(rig)
    await client.say(Resume(room, code=typed))
    await rig.pass_ms(50)
    client.read()
    return client


async def _given(client: Client, name: str, field: str, id: str = "") -> str:
    result = await client.command(name, id)
    assert result.ok, result
    assert result.data is not None
    return str(result.data[field])


async def _look(client: Client) -> dict[str, object]:
    await client.rig.pass_ms(50)
    client.read()
    return client.hand


async def test_a_seat_asks_and_the_hosts_alone_see_it(rig: Rig) -> None:
    """What a seat asks for stands in the hosts' hand until it is heard or the phase is over, and nowhere else."""
    host, ann = await rig.started("two")
    ben = await rig.join(host.room, "Ben")
    assert ann.hand["legal"]["ask"]["properties"]["what"] == {"enum": ["time", "help", "role"]}
    assert (await ann.command("ask", what="time")).ok
    assert (await _look(host))["ask"] == {"1": {"what": "time"}}
    assert "ask" not in await _look(ann)
    assert "ask" not in await _look(ben)
    assert (await host.command("host.extend", seconds=30, seat=1)).ok
    assert "ask" not in await _look(host)
    assert (await ann.command("ask", what="help")).ok
    assert (await host.command("host.message", seat=1, text="Coming")).ok
    assert "ask" not in await _look(host)
    assert (await ann.command("ask", what="role")).ok
    assert (await host.command("host.advance")).ok
    assert "ask" not in await _look(host)
    assert code(await ann.command("ask", what="money")) == "bad_args"


async def test_what_was_asked_survives_a_kill(rig: Rig) -> None:
    """A wish that was acknowledged is there after a restart, also while the room is paused."""
    host, ann = await rig.started("two")
    assert (await host.command("host.pause")).ok
    assert (await ann.command("ask", what="help")).ok
    await rig.kill()
    await rig.start()
    await host.resume()
    assert host.hand["ask"] == {"1": {"what": "help"}}


async def test_a_code_takes_a_seat_to_another_device(rig: Rig) -> None:
    """The other device gets the seat and a token of its own; the old one's opens nothing any more."""
    host, ann = await rig.started()
    typed = await _given(ann, "rejoin_code", "code")
    other = await _by_code(rig, host.room, f" {typed[:4].lower()}-{typed[4:]}")
    assert (other.you.kind, other.you.seat, other.you.member) == ("seat", 1, 1)
    assert other.token != ann.token
    assert ann.connection.closed == 4409
    assert (await other.command("count", by=2)).ok
    ann.connect()
    await ann.say(Resume(host.room, ann.token))
    assert ann.error().code == "unauthorised"


async def test_a_lost_welcome_locks_nobody_out(rig: Rig) -> None:
    """The code stays good until there is a newer one, also after a kill."""
    host, ann = await rig.started()
    typed = await _given(ann, "rejoin_code", "code")
    await _by_code(rig, host.room, typed)
    await rig.kill()
    await rig.start()
    second = await _by_code(rig, host.room, typed)
    assert second.you.seat == 1
    newer = await _given(second, "rejoin_code", "code")
    for wrong in (typed, "", "22222222"):
        stranger = await _by_code(rig, host.room, wrong)
        assert stranger.error().code == "unauthorised"
        assert stranger.connection.closed == 4401
    assert (await _by_code(rig, host.room, newer)).you.seat == 1


async def test_codes_and_tokens_are_stored_nowhere(rig: Rig) -> None:
    """What opens a seat or a chair is in the answer alone; the same command again gives a fresh one, once counted."""
    host, ann = await rig.started()
    typed = await _given(ann, "rejoin_code", "code", "mine")
    token = await _given(host, "host.invite", "host_token", "hers")
    seq = ann.results()[-1].seq
    again = await ann.command("rejoin_code", "mine")
    assert again.seq == seq
    assert again.data is not None
    assert again.data["code"] != typed
    records = await rig.log.read(host.room)
    stored = b"".join(map(encode_record, records)) + b"".join((await rig.log.privates(host.room)).values())
    for secret in (typed, again.data["code"], token):
        assert str(secret).encode() not in stored
    assert [record.events for record in records if b"rejoin_code" in record.command] == [b"[]"]


async def test_the_log_of_what_stands_beside_the_game_is_right(rig: Rig) -> None:
    """A log with these commands verifies: the rules know nothing of them, and they have no events."""
    host, ann = await rig.started()
    assert (await ann.command("ask", what="time")).ok
    await _given(ann, "rejoin_code", "code")
    await _given(host, "host.invite", "host_token")
    assert (await host.command("host.message", seat=1, text="yes")).ok
    assert (await host.command("host.lock", joining=False)).ok
    assert (await ann.command("count", by=1)).ok
    (stored,) = await rig.log.rooms()
    report = verify_room(stored, await rig.log.read(host.room))
    assert report.is_right, report


async def test_a_second_host(rig: Rig) -> None:
    """A host invites another, who may do the same; the same invitation again takes the chair back first."""
    host, _ = await rig.started("two")
    token = await _given(host, "host.invite", "host_token", "hers")
    second = Client(rig)
    await second.say(Resume(host.room, host_token=token))
    await rig.pass_ms(50)
    second.read()
    assert second.you.kind == "host"
    assert (await second.command("host.pause")).ok
    assert (await host.command("host.resume")).ok
    fresh = await _given(host, "host.invite", "host_token", "hers")
    assert second.connection.closed == 4409
    await rig.kill()
    await rig.start()
    third = Client(rig)
    await third.say(Resume(host.room, host_token=fresh))
    await rig.pass_ms(50)
    assert third.welcome().you.kind == "host"
    await host.resume()
    assert host.you.kind == "host"


async def test_hosts_are_not_without_number(rig: Rig) -> None:
    """Eight chairs, the founder's included."""
    host, _ = await rig.started("two")
    results = [await host.command("host.invite") for _ in range(8)]
    assert [result.ok for result in results] == [True] * 7 + [False]
    assert code(results[-1]) == "rule"


async def test_a_message_reaches_its_seat_alone(rig: Rig) -> None:
    """Nobody else gets a byte of it, and the log keeps a digest."""
    host, ann = await rig.started("two")
    ben = await rig.join(host.room, "Ben")
    wall = await rig.watch(host.room)
    assert (await host.command("host.message", seat=1, text="only you")).ok
    await rig.pass_ms(50)
    assert ann.lines()[-1].text == "messaged"
    assert ann.lines()[-1].values == {"text": "only you"}
    for other in (ben, wall, host):
        assert not any(b"only you" in frame for frame in other.connection.sent)
    records = await rig.log.read(host.room)
    assert not any(b"only you" in record.command for record in records)


async def test_a_locked_room_lets_nobody_new_in(rig: Rig) -> None:
    """Locked, a room keeps those it has, over a restart too, and everybody sees that it is."""
    host, ann = await rig.started("two")
    assert (await host.command("host.lock", joining=False)).ok
    await _look(host)
    assert host.table["room"]["locked"] is True
    stranger = await rig.join(host.room, "Cem")
    assert stranger.error().code == "joining_closed"
    assert stranger.error().retry_after == 10
    await rig.kill()
    await rig.start()
    await ann.resume()
    assert ann.you.seat == 1
    stranger = await rig.join(host.room, "Cem")
    assert stranger.error().code == "joining_closed"
    await host.resume()
    assert (await host.command("host.lock", joining=True)).ok
    assert (await rig.join(host.room, "Cem")).you.seat == 2
    await _look(host)
    assert "locked" not in host.table["room"]


async def test_after_the_end_a_host_leads_everybody_to_the_next_room(rig: Rig) -> None:
    """The table names it, over a restart too; while the game goes on nobody is led away, and no word is a code."""
    host, ann = await rig.started("two")
    assert code(await host.command("host.next", room="K7QF234")) == "rule"
    assert (await host.command("host.end")).ok
    assert code(await host.command("host.next", room="nowhere")) == "bad_args"
    assert (await host.command("host.next", room="K7QF234")).ok
    await _look(ann)
    assert ann.table["room"]["next"] == "K7QF234"
    await rig.kill()
    await rig.start()
    await ann.resume()
    assert ann.table["room"]["next"] == "K7QF234"


async def test_nothing_of_it_is_previewed(rig: Rig) -> None:
    """A preview of a wish shows nothing, and tells no host."""
    host, ann = await rig.started()
    assert (await ann.preview("ask", what="help")).preview == {}
    await ann.say(Command("late", "ask", {"what": "help"}, ann.at))
    assert ann.results()[-1].ok
    assert (await _look(host))["ask"] == {"1": {"what": "help"}}
